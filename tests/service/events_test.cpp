#include "service/events.hpp"

#include "db/store.hpp"
#include "service/snapshot.hpp"
#include "service/tokens.hpp"
#include "tests/service/fixture.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Imported : Fixture {
  std::vector<Event> events;
  Imported() {
    import(small_plan);
    events = context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  }
  Result<Event> change(std::size_t index, const EventChange& wanted) {
    return change_event(context, editor, events.at(index).id, wanted).wait();
  }
  std::vector<Reminder> waiting(std::size_t index) {
    const EventId id = events.at(index).id;
    return context.store
        .read([id](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.event = id;
          selection.state = ReminderState::planned;
          return unit.reminders().list(selection);
        })
        .wait()
        .value();
  }
};

}  // namespace

TEST_CASE("fixing the date keeps the UID and raises SEQUENCE and replans the reminders") {
  Imported imported;
  EventChange fix;
  fix.date = make_date(2026, 11, 12);
  fix.time = TimeOfDay{600};
  const auto event = imported.change(1, fix);
  REQUIRE(event);
  CHECK(event->uid == imported.events[1].uid);
  CHECK(event->sequence == imported.events[1].sequence + 1);
  CHECK(event->modified > imported.events[1].modified);
  CHECK(event->status == EventStatus::dated);
  CHECK(event->period.precision == Precision::exact_time);
  CHECK(event->period.source_text == imported.events[1].period.source_text);
  const auto waiting = imported.waiting(1);
  const auto before = std::count_if(waiting.begin(), waiting.end(), [](const Reminder& row) {
    return row.reason == ReminderReason::upcoming;
  });
  CHECK(before == 3);           // 14, 3 and 1 days before
  REQUIRE(waiting.size() > 4);  // an invitation first, and at last whether it was held
  CHECK(waiting[0].reason == ReminderReason::invitation);
  CHECK(format_iso(waiting[1].due) == "2026-10-29T06:30:00Z");
}

TEST_CASE("a change that changes nothing leaves SEQUENCE alone") {
  Imported imported;
  EventChange same;
  same.title = imported.events[0].title;
  const auto event = imported.change(0, same);
  REQUIRE(event);
  CHECK(event->sequence == imported.events[0].sequence);
  CHECK(event->modified == imported.events[0].modified);
}

TEST_CASE("two changes in one second still have different LAST-MODIFIED times") {
  Imported imported;
  EventChange first, second;
  first.note = "перша";
  second.note = "друга";
  const auto a = imported.change(0, first);
  const auto b = imported.change(0, second);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(b->modified > a->modified);
  CHECK(b->sequence == a->sequence + 1);
}

TEST_CASE("moving a dated event makes it moved and cancelling takes its reminders back") {
  Imported imported;
  EventChange move;
  move.date = make_date(2026, 9, 30);
  CHECK(imported.change(0, move)->status == EventStatus::moved);
  CHECK_FALSE(imported.waiting(0).empty());
  EventChange cancel;
  cancel.status = EventStatus::cancelled;
  CHECK(imported.change(0, cancel)->status == EventStatus::cancelled);
  CHECK(imported.waiting(0).empty());
}

TEST_CASE("a period may be written as people write it") {
  Imported imported;
  EventChange change;
  change.period = "22-24 квітня";
  const auto event = imported.change(1, change);
  REQUIRE(event);
  CHECK(event->period.precision == Precision::date_range);
  CHECK(event->period.first == make_date(2027, 4, 22));
}

TEST_CASE("wrong changes are refused with what to do and change nothing") {
  Imported imported;
  const auto before = imported.context.store.last_change();
  const auto refused = [&](EventChange change, Errc code) {
    const auto event = imported.change(1, change);
    REQUIRE_FALSE(event);
    CHECK(event.error().code == code);
    CHECK_FALSE(event.error().message.empty());
  };
  EventChange time_alone, no_title, bad_link, backwards, unreadable, raced;
  time_alone.time = TimeOfDay{600};
  refused(time_alone, Errc::invalid_input);
  no_title.title = "  ";
  refused(no_title, Errc::invalid_input);
  bad_link.online_url = "javascript:alert(1)";
  refused(bad_link, Errc::invalid_input);
  backwards.date = make_date(2026, 11, 12);
  backwards.time = TimeOfDay{600};
  backwards.end_time = TimeOfDay{600};
  refused(backwards, Errc::invalid_input);
  unreadable.period = "коли зацвіте папороть";
  refused(unreadable, Errc::invalid_input);
  raced.note = "x";
  raced.expected_sequence = 7;
  refused(raced, Errc::conflict);
  CHECK(imported.context.store.last_change() == before);
}

TEST_CASE("a title of a thousand characters is taken and a longer one is refused") {
  Imported imported;
  EventChange change;
  change.title = std::string(1000, 'x');
  CHECK(imported.change(0, change));
  change.title = std::string(1001, 'x');
  CHECK(imported.change(0, change).error().code == Errc::limit_exceeded);
}

TEST_CASE("a new event belongs to the only association there is") {
  Imported imported;
  NewEvent wanted;
  wanted.title = "Вебінар про відкритий доступ";
  wanted.kind = EventKind::seminar;
  wanted.details.date = make_date(2026, 12, 3);
  const auto event = create_event(imported.context, editor, wanted).wait();
  REQUIRE(event);
  CHECK(event->organisation == imported.events[0].organisation);
  CHECK(event->uid.size() == 36);
  CHECK(event->sequence == 0);
}

TEST_CASE("readers and strangers may not change events") {
  Imported imported;
  EventChange change;
  change.note = "x";
  for (const auto role : {Role::anonymous, Role::reader})
    CHECK(
        change_event(imported.context, Actor("x", role), imported.events[0].id, change).wait().error().code ==
        Errc::forbidden);
}

TEST_CASE("a token opens what its scope says until it is revoked") {
  Fixture fixture;
  const auto reading = add_token(fixture.context, "сайт", "read").wait().value();
  const auto writing = add_token(fixture.context, "методист", "write").wait().value();
  CHECK(authenticate(fixture.context, reading.token).wait()->role == Role::reader);
  CHECK(authenticate(fixture.context, writing.token).wait()->role == Role::editor);
  CHECK(authenticate(fixture.context, reading.token + "x").wait().error().code == Errc::unauthenticated);
  CHECK(authenticate(fixture.context, "").wait().error().code == Errc::unauthenticated);
  REQUIRE(revoke_token(fixture.context, writing.id).wait());
  CHECK(authenticate(fixture.context, writing.token).wait().error().code == Errc::unauthenticated);
  CHECK(revoke_token(fixture.context, writing.id).wait().error().code == Errc::not_found);
}
