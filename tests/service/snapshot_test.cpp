#include "service/snapshot.hpp"

#include "db/store.hpp"
#include "service/events.hpp"
#include "service/tokens.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Reading : Fixture {
  Snapshots snapshots{context};

  Reading() { import(small_plan); }

  std::shared_ptr<const Snapshot> now() { return snapshots.current().wait().value(); }
  EventId first() { return (*now()->events.begin())->id; }
  void note(EventId id, const std::string& text) {
    EventChange change;
    change.note = text;
    REQUIRE(change_event(context, editor, id, change).wait());
  }
  template<class Fn>
  void write(Fn fn) {
    REQUIRE(context.store
                .write(db::Author("test", clock.now()),
                       [fn](db::Unit& unit) {
                         fn(unit);
                         return true;
                       })
                .wait());
  }
};

}  // namespace

TEST_CASE("a changed event is replaced and the others stay the same objects") {
  Reading reading;
  const auto before = reading.now();
  const auto id = reading.first();
  reading.note(id, "нова примітка");
  CHECK(reading.snapshots.if_current() == nullptr);
  const auto after = reading.now();
  CHECK(after->find_event(id)->note == "нова примітка");
  CHECK(before->find_event(id)->note.empty());
  CHECK(after->modified > before->modified);
  for (const auto& event : before->events)
    if (event->id != id) CHECK(after->events.find(event->id) == event);
  CHECK(after->plans == before->plans);  // the very same: they were not read again
  const auto steps = reading.snapshots.difference(before->change, after->change);
  REQUIRE(steps);
  REQUIRE(steps->size() == 1);
  CHECK(steps->front().before == before->events.find(id));
  CHECK(steps->front().after == after->events.find(id));
}

TEST_CASE("a removed event is gone and one that came and went between is no difference but a step") {
  Reading reading;
  const auto before = reading.now();
  const auto id = reading.first();
  reading.write([id](db::Unit& unit) { unit.events().remove(id); });
  const auto after = reading.now();
  CHECK(after->find_event(id) == nullptr);
  CHECK(after->events.size() == before->events.size() - 1);
  CHECK(after->modified > before->modified);
  CHECK(reading.snapshots.difference(before->change, after->change)->front().after == nullptr);

  NewEvent fresh;
  fresh.title = "Зустріч";
  fresh.details.date = make_date(2026, 10, 1);
  const auto added = create_event(reading.context, editor, fresh).wait().value();
  REQUIRE(reading.now()->find_event(added.id));
  reading.write([&](db::Unit& unit) { unit.events().remove(added.id); });
  const auto steps = reading.snapshots.difference(after->change, reading.now()->change);
  REQUIRE(steps);
  REQUIRE(steps->size() == 1);
  CHECK(steps->front().before == nullptr);
  CHECK(steps->front().after == nullptr);
}

TEST_CASE("a change that readers do not see leaves everything but the number alone") {
  Reading reading;
  const auto before = reading.now();
  REQUIRE(add_token(reading.context, "сайт", "read").wait());
  const auto after = reading.now();
  CHECK(after->change > before->change);
  CHECK(after->modified == before->modified);
  CHECK(after->organisations_change == before->organisations_change);
  CHECK(reading.snapshots.difference(before->change, after->change)->empty());
}

TEST_CASE("a renamed association is read again") {
  Reading reading;
  const auto before = reading.now();
  auto organisation = before->organisations.at(0);
  organisation.name = "Інша назва";
  reading.write([organisation](db::Unit& unit) { unit.organisations().update(organisation); });
  const auto after = reading.now();
  CHECK(after->organisations.at(0).name == "Інша назва");
  CHECK(after->organisations_change == after->change);
  CHECK(after->modified > before->modified);
}

TEST_CASE("differences are remembered up to the limit and no further") {
  Reading reading;
  const auto before = reading.now();
  // A step counts as its events and one: this, with the one after, is the limit.
  reading.write([](db::Unit& unit) {
    Event event;
    event.title = "Подія";
    for (std::size_t i = 0; i < Snapshots::longest_history - 2; ++i) {
      event.uid = "many-" + std::to_string(i);
      unit.events().insert(event);
    }
  });
  const auto many = reading.now();
  REQUIRE(add_token(reading.context, "перший", "read").wait());
  const auto known = reading.snapshots.difference(before->change, reading.now()->change);
  REQUIRE(known);
  CHECK(known->size() == Snapshots::longest_history - 2);
  REQUIRE(add_token(reading.context, "другий", "read").wait());
  const auto last = reading.now()->change;
  CHECK_FALSE(reading.snapshots.difference(before->change, last));
  CHECK(reading.snapshots.difference(many->change, last));
  CHECK_FALSE(reading.snapshots.difference(many->change, last + 1));
}

TEST_CASE("a change log that has grown beyond the limit is not followed but everything is read afresh") {
  Reading reading;
  const auto id = reading.first();
  const auto change_often = [&](int times) {
    reading.write([id, times](db::Unit& unit) {
      const auto event = *unit.events().find(id);
      for (int i = 0; i < times; ++i) unit.events().update(event);
    });
  };
  auto before = reading.now();
  change_often(Snapshots::most_changes_followed);
  CHECK(reading.snapshots.difference(before->change, reading.now()->change));
  before = reading.now();
  change_often(Snapshots::most_changes_followed + 1);
  CHECK_FALSE(reading.snapshots.difference(before->change, reading.now()->change));
  CHECK(reading.now()->events.size() == before->events.size());
}
