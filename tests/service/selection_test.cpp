// Each filter is an exact check and, where a database can tell, a hint in SQL. Here the two are put to the
// same random events and questions and must agree.
#include "calendar/filters/feed_query.hpp"
#include "calendar/filters/filter.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <algorithm>
#include <future>
#include <random>
#include <set>

using namespace convoke;

namespace {

constexpr unsigned seed = 20261122;
constexpr int events_in_store = 300, questions = 400;

class Chance {
 public:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(engine_); }
  bool one_in(int count) { return below(count) == 0; }
  template<class T>
  const T& of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }

 private:
  std::mt19937 engine_{seed};
};

const std::vector<std::string> audiences = {"молоді бібліотекарі", "Директори", "заведующие, методисты"};
const std::vector<std::string> names = {"Гайко В.И.", "Калинчук О.В.", ""};

Date some_day(Chance& chance) {
  return add_days(make_date(2026, 1, 1), chance.below(365));
}

Period some_period(Chance& chance) {
  Period period;
  if (chance.one_in(5)) return period;
  period.precision = chance.one_in(2) ? Precision::exact_date : Precision::date_range;
  period.first = period.last = some_day(chance);
  if (period.precision == Precision::date_range) period.last = add_days(*period.first, chance.below(60));
  return period;
}

Event some_event(Chance& chance, const std::vector<OrganisationId>& organisations,
                 const std::vector<PersonId>& people) {
  Event event;
  event.uid = random_uuid();
  event.title = "Захід";
  event.zone = "Europe/Kyiv";
  event.organisation = chance.of(organisations);
  event.kind = static_cast<EventKind>(chance.below(static_cast<int>(event_kind_count)));
  event.status = static_cast<EventStatus>(chance.below(5));
  event.period = some_period(chance);
  event.section = chance.one_in(2) ? "Методична робота" : "";
  if (chance.one_in(2)) event.level = static_cast<Level>(chance.below(static_cast<int>(level_count)));
  while (chance.one_in(2)) event.audience.push_back(chance.of(audiences));
  while (chance.one_in(2))
    event.responsible.push_back(
        {chance.one_in(3) ? PersonId{} : chance.of(people), chance.of(names), "методист", ""});
  return event;
}

// A value that the filter takes; most of them some event has.
std::string some_value(Chance& chance, std::string_view key) {
  if (key == "kind") return std::string(name_of(static_cast<EventKind>(chance.below(12))));
  if (key == "status") return std::string(name_of(static_cast<EventStatus>(chance.below(5))));
  if (key == "level")
    return std::string(name_of(static_cast<Level>(chance.below(static_cast<int>(level_count)))));
  if (key == "organisation") return std::to_string(1 + chance.below(4));
  if (key == "responsible") return chance.one_in(3) ? "Гайко" : std::to_string(1 + chance.below(6));
  if (key == "audience") return chance.of(audiences);
  if (key == "section") return "методична робота";
  if (key == "from" || key == "to") return format_iso(some_day(chance));
  if (key == "periods") return "hide";
  if (key == "lang") return "be";
  if (key == "alarms") return "1";
  return "захід";
}

template<class T>
T answer_of(Deferred<T> deferred) {
  std::promise<Result<T>> promise;
  auto future = promise.get_future();
  std::move(deferred).start([&](Result<T> answer) { promise.set_value(std::move(answer)); });
  return future.get().value();
}

std::set<std::int64_t> ids(const std::vector<Event>& events) {
  std::set<std::int64_t> out;
  for (const auto& event : events) out.insert(event.id.value);
  return out;
}

struct World {
  tests::TemporaryStore store;
  Chance chance;
  std::vector<Event> all;

  template<class Fn>
  auto write(Fn fn) {
    return answer_of(store->write(db::Author("test", Instant{}), fn));
  }
  World() {
    all = write([this](db::Unit& unit) {
      std::vector<OrganisationId> organisations(1);
      std::vector<PersonId> people;
      for (int i = 0; i < 3; ++i) {
        Organisation organisation;
        organisation.name = "Громада " + std::to_string(i);
        organisations.push_back(unit.organisations().insert(organisation));
      }
      for (int i = 0; i < 5; ++i) {
        Person person;
        person.name = "Особа " + std::to_string(i);
        people.push_back(unit.people().insert(person));
      }
      for (int i = 0; i < events_in_store; ++i)
        unit.events().insert(some_event(chance, organisations, people));
      return unit.events().all();
    });
  }

  std::vector<Event> select(EventSelection selection) {
    return answer_of(store->read([selection](db::Unit& unit) { return unit.events().select(selection); }));
  }
  std::vector<Event> exactly(const calendar::FeedQuery& query, const std::vector<Event>& events) const {
    std::vector<Event> out;
    std::copy_if(events.begin(), events.end(), std::back_inserter(out),
                 [&](const Event& event) { return calendar::matches(query, event); });
    return out;
  }
};

calendar::FeedQuery parsed(const std::vector<std::pair<std::string, std::string>>& pairs) {
  auto query = calendar::parse_feed_query(pairs);
  if (!query) FAIL(query.error().message);
  return *query;
}

}  // namespace

TEST_CASE("what a database narrows by never loses an event that the exact filters keep") {
  World world;
  int narrowed = 0;
  for (int i = 0; i < questions; ++i) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto* filter : calendar::filters::registry())
      if (world.chance.one_in(4)) pairs.emplace_back(filter->key, some_value(world.chance, filter->key));
    const auto query = calendar::parse_feed_query(pairs);
    if (!query) continue;  // to= before from=
    const auto hinted = world.select(calendar::selection_of(*query));
    narrowed += hinted.size() < world.all.size() ? 1 : 0;
    CAPTURE(seed, calendar::canonical(*query));
    CHECK(ids(world.exactly(*query, hinted)) == ids(world.exactly(*query, world.all)));
  }
  CHECK(narrowed > questions / 2);
}

TEST_CASE("a filter that a database knows wholly gives the same events in SQL as by its exact check") {
  World world;
  for (const std::string key : {"kind", "status", "level", "organisation", "from", "to"}) {
    int some = 0;
    for (int i = 0; i < 20; ++i) {
      const auto query = parsed({{key, some_value(world.chance, key)}});
      CAPTURE(seed, calendar::canonical(query));
      const auto exact = world.exactly(query, world.all);
      some += exact.empty() || exact.size() == world.all.size() ? 0 : 1;
      CHECK(ids(world.select(calendar::selection_of(query))) == ids(exact));
    }
    CAPTURE(key);
    CHECK(some > 0);
  }
  const auto person = parsed({{"responsible", "2"}});
  CHECK(ids(world.select(calendar::selection_of(person))) == ids(world.exactly(person, world.all)));
}

TEST_CASE("a hint that narrows too far is noticed") {
  World world;
  const auto query = parsed({{"kind", "meeting"}});
  auto wrong = calendar::selection_of(query);
  wrong.statuses = {EventStatus::held};
  CHECK(ids(world.exactly(query, world.select(wrong))) != ids(world.exactly(query, world.all)));
}
