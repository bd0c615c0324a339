// The door of an event of several days: a mark a person and day, whatever telephones send and however late.
#include "db/store.hpp"
#include "service/certificates.hpp"
#include "service/registration_door.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr Date first = make_date(2026, 9, 24), second = make_date(2026, 9, 25),
               third = make_date(2026, 9, 26);

// A conference of three days in Kyiv; it is 09:30 on the first of them.
class Days {
 public:
  template<class Fn>
  auto write(Fn fn) {
    return fixture.context.store.write(db::Author("test", fixture.clock.now()), fn).wait().value();
  }
  Days() {
    at("2026-09-24T06:30:00Z");
    event = write([](db::Unit& unit) {
      Event one;
      one.uid = random_uuid();
      one.title = "Книга в дорозі";
      one.kind = EventKind::conference;
      one.status = EventStatus::dated;
      one.zone = "Europe/Kyiv";
      one.period = make_dated(first);
      one.period.precision = Precision::date_range;
      one.period.last = third;
      return unit.events().insert(one);
    });
    RegistrationSettings settings;
    settings.offered = {true, true};
    settings.places[0] = "3";
    REQUIRE(save_registration(fixture.context, editor, scope(), settings).wait());
  }
  void at(const char* when) { fixture.clock.set(parse_iso_instant(when).value()); }
  DeskScope scope() const { return DeskScope(event, {}); }
  RegistrationId enter(const std::string& name, AttendanceFormat format = AttendanceFormat::hall) {
    RegistrationEntry entry;
    entry.name = name;
    entry.format = format;
    return add_registration(fixture.context, editor, scope(), entry).wait().value().id;
  }
  Arrived comes(RegistrationId who, std::chrono::seconds ago = 0s, std::optional<Date> day = std::nullopt,
                bool undo = false) {
    Arrival seen;
    seen.person = who;
    seen.ago = ago;
    seen.day = day;
    seen.undo = undo;
    return arrive(fixture.context, editor, scope(), {seen}).wait().value().front();
  }
  Door door(std::optional<Date> day = std::nullopt) {
    DoorSelection selection;
    selection.day = day;
    return door_of_event(fixture.context, editor, scope(), selection).wait().value();
  }
  int came(Date day) { return door(day).counts.came[0]; }
  RegistrationState state(RegistrationId who) {
    return write([=](db::Unit& unit) { return unit.registrations().find(who)->state; });
  }
  void move(int days) {
    write([=, this](db::Unit& unit) {
      auto one = unit.events().find(event).value();
      one.period.first = add_days(*one.period.first, days);
      one.period.last = add_days(*one.period.last, days);
      return unit.events().update(one), true;
    });
  }
  void lose_day() {
    write([=, this](db::Unit& unit) {
      auto one = unit.events().find(event).value();
      one.period = Period();
      return unit.events().update(one), true;
    });
  }
  Result<WalkIn> walks_in(const std::string& name, const std::string& key, Arrival seen = {}) {
    RegistrationEntry entry;
    entry.key = key;
    entry.name = name;
    entry.format = AttendanceFormat::hall;
    entry.consent = true;
    return walk_in(fixture.context, editor, scope(), entry, seen).wait();
  }

  Fixture fixture;
  EventId event;
};

}  // namespace

TEST_CASE("somebody who comes on two days is marked on each and stays one person") {
  Days days;
  const auto olena = days.enter("Верба Олена"), taras = days.enter("Яворів Тарас");
  CHECK(days.door().days == std::vector{first, second, third});
  CHECK(days.door().day == first);
  CHECK(days.comes(olena).answer == ArrivalAnswer::here);
  CHECK(days.comes(olena).answer == ArrivalAnswer::already);
  CHECK(days.comes(taras).answer == ArrivalAnswer::here);
  days.at("2026-09-25T06:30:00Z");
  auto door = days.door();
  CHECK(door.day == second);
  CHECK(door.counts.came[0] == 0);
  CHECK(door.counts.expected[0] == 2);
  CHECK(door.here.empty());
  const auto again = days.comes(olena);
  CHECK(again.answer == ArrivalAnswer::here);
  CHECK(again.day == second);
  CHECK(days.comes(olena).answer == ArrivalAnswer::already);
  CHECK(days.came(first) == 2);
  CHECK(days.came(second) == 1);
  CHECK(days.came(third) == 0);
  const auto figures =
      registration_desk(days.fixture.context, editor, days.scope(), {}).wait().value().figures;
  CHECK(figures.by_format.at(AttendanceFormat::hall).came == 2);
  CHECK(figures.by_day == std::vector{std::pair(first, 2), std::pair(second, 1), std::pair(third, 0)});
}

TEST_CASE("taking the only day back takes the whole attendance back and one of two does not") {
  Days days;
  const auto olena = days.enter("Верба Олена");
  days.comes(olena);
  days.at("2026-09-25T06:30:00Z");
  days.comes(olena);
  CHECK(days.comes(olena, 0s, std::nullopt, true).answer == ArrivalAnswer::undone);
  CHECK(days.state(olena) == RegistrationState::attended);
  CHECK(days.came(second) == 0);
  CHECK(days.came(first) == 1);
  CHECK(days.comes(olena, 0s, first, true).answer == ArrivalAnswer::undone);
  CHECK(days.state(olena) == RegistrationState::registered);
  CHECK(days.comes(olena, 0s, first, true).answer == ArrivalAnswer::absent);
  CHECK(days.comes(olena, 0s, third).day == third);
  CHECK(days.state(olena) == RegistrationState::attended);
}

TEST_CASE("what a telephone saw yesterday and sends today counts for yesterday") {
  Days days;
  const auto olena = days.enter("Верба Олена"), taras = days.enter("Яворів Тарас");
  days.at("2026-09-25T06:30:00Z");
  CHECK(days.comes(taras).answer == ArrivalAnswer::here);
  // Marked on the second day already, and seen on the first by a telephone without a connection.
  CHECK(days.comes(taras, 22h).answer == ArrivalAnswer::here);
  CHECK(days.comes(taras, 22h).answer == ArrivalAnswer::already);
  const auto late = days.comes(olena, 20h);
  CHECK(late.answer == ArrivalAnswer::here);
  CHECK(late.day == first);
  CHECK(days.came(first) == 2);
  CHECK(days.came(second) == 1);
  // Another telephone hears of it, though it happened long before its last look.
  DoorSelection news;
  news.day = first;
  news.since = days.fixture.clock.now() - 10s;
  const auto door = door_of_event(days.fixture.context, editor, days.scope(), news).wait().value();
  CHECK(door.here.contains(olena));
}

TEST_CASE("what somebody decided later about a day stands against what was seen before on that day alone") {
  Days days;
  const auto olena = days.enter("Верба Олена");
  days.at("2026-09-24T07:00:00Z");
  days.comes(olena);
  days.at("2026-09-24T08:00:00Z");
  days.comes(olena, 0s, std::nullopt, true);
  CHECK(days.comes(olena, 50min).answer == ArrivalAnswer::outdated);
  CHECK(days.state(olena) == RegistrationState::registered);
  CHECK(days.comes(olena, 50min, second).answer == ArrivalAnswer::here);
  CHECK(days.came(first) == 0);
  CHECK(days.came(second) == 1);
}

TEST_CASE("marks follow an event that moves and whoever came on two days that became one came once") {
  Days days;
  const auto olena = days.enter("Верба Олена");
  days.comes(olena);
  days.comes(olena, 0s, second);
  days.move(7);
  CHECK(days.came(add_days(first, 7)) == 1);
  CHECK(days.came(add_days(second, 7)) == 0);
  CHECK(days.comes(olena, 0s, add_days(first, 7), true).answer == ArrivalAnswer::undone);
  CHECK(days.state(olena) == RegistrationState::registered);
  CHECK(days.came(add_days(first, 7)) == 0);
}

TEST_CASE("the desk marks today and takes every day back and certificates go to whoever came on any") {
  Days days;
  auto& context = days.fixture.context;
  const auto olena = days.enter("Верба Олена"), taras = days.enter("Яворів Тарас");
  days.at("2026-09-25T06:30:00Z");
  REQUIRE(step_registration(context, editor, days.scope(), olena, RegistrationStep::attend).wait());
  CHECK(days.came(second) == 1);
  CHECK(
      step_registration(context, editor, days.scope(), olena, RegistrationStep::attend).wait().error().code ==
      Errc::conflict);
  days.comes(olena, 0s, first);
  REQUIRE(step_registration(context, editor, days.scope(), olena, RegistrationStep::undo_door).wait());
  CHECK(days.came(first) + days.came(second) == 0);
  days.comes(taras, 0s, first);
  CHECK(issue_certificates(context, editor, days.scope(), false).wait().value() == 1);
}

TEST_CASE("a walk-in noted without a connection is entered once and on the day on which it came") {
  Days days;
  days.at("2026-09-25T06:30:00Z");
  Arrival seen;
  seen.ago = 20h;
  const std::string key = "made-on-the-telephone-1";
  for (int round = 0; round < 3; ++round) {
    const auto entered = days.walks_in("Липа Марія", key, seen);
    REQUIRE(entered);
    REQUIRE(entered->who);
    CHECK(entered->who->name == "Липа Марія");
    CHECK(entered->who->consent.at == parse_iso_instant("2026-09-24T10:30:00Z").value());
    CHECK(days.door().people.size() == 1);
    seen.ago += 1h;  // the answer was lost, and it came again
  }
  CHECK(days.came(first) == 1);
  CHECK(days.came(second) == 0);
  seen.day = third;
  CHECK(days.walks_in("Клен Ірина", "made-on-the-telephone-2", seen)->who);
  CHECK(days.came(third) == 1);
  seen.ago = 24h * 365;
  CHECK(days.walks_in("Явір Степан", "made-on-the-telephone-3", seen)->who->submitted ==
        days.fixture.clock.now() - oldest_arrival);
  // Every place is taken: nobody is stored, and the same key may try again.
  CHECK(days.walks_in("Дуб Іван", "made-on-the-telephone-4").error().code == Errc::conflict);
  CHECK(days.door().people.size() == 3);
}

TEST_CASE("the file of registrations has a column for each day of several and none for one") {
  Days days;
  const auto olena = days.enter("Верба Олена");
  days.comes(olena);
  days.at("2026-09-26T07:05:00Z");
  days.comes(olena);
  const auto all = export_registrations(days.fixture.context, editor, days.scope()).wait().value();
  ExportWords words;
  words.headings = {"1", "2", "3", "4", "5", "6", "7"};
  for (std::size_t i = 0; i < registration_state_count; ++i)
    words.states[static_cast<RegistrationState>(i)] = "s";
  for (const auto format : all_attendance_formats) words.formats[format] = "f";
  const auto csv = registration_file(all, words, false);
  CHECK_THAT(csv, Contains("2026-09-24") && Contains("2026-09-25") && Contains("2026-09-24 09:30") &&
                      Contains("2026-09-26 10:05") && !Contains("2026-09-25 "));
  auto one_day = all;
  one_day.days = {first};
  const auto short_csv = registration_file(one_day, words, false);
  CHECK(short_csv.substr(0, short_csv.find('\n')).find("2026-09") == std::string::npos);
}

TEST_CASE("an event without a day has one mark a person whatever day it is when somebody comes or does not") {
  Days days;
  days.lose_day();
  const auto olena = days.enter("Верба Олена"), taras = days.enter("Яворів Тарас");
  days.at("2026-09-24T20:30:00Z");  // before midnight in Kyiv
  CHECK(days.comes(olena).answer == ArrivalAnswer::here);
  CHECK(days.comes(taras).answer == ArrivalAnswer::here);
  days.at("2026-09-24T21:30:00Z");  // after it
  CHECK(days.comes(olena).answer == ArrivalAnswer::already);
  CHECK(days.came(second) == 2);
  CHECK(days.comes(olena, 0s, std::nullopt, true).answer == ArrivalAnswer::undone);
  CHECK(days.state(olena) == RegistrationState::registered);
  CHECK(days.door().counts.came[0] == 1);
  CHECK(days.comes(olena, 0s, first, true).answer == ArrivalAnswer::absent);
  CHECK(days.state(taras) == RegistrationState::attended);
  // What was seen before it was taken back stays so; who comes after it is here.
  CHECK(days.comes(olena, 30min).answer == ArrivalAnswer::outdated);
  days.at("2026-09-26T06:30:00Z");
  CHECK(days.comes(olena).answer == ArrivalAnswer::here);
  CHECK(days.state(olena) == RegistrationState::attended);
}

TEST_CASE("a walk-in that somebody took back is not said to be here when its telephone sends it again") {
  Days days;
  const std::string key = "made-on-the-telephone-1";
  const auto entered = days.walks_in("Липа Марія", key).value();
  REQUIRE(entered.who);
  const auto maria = entered.who->id;
  CHECK(entered.answer == ArrivalAnswer::here);
  days.at("2026-09-24T06:40:00Z");
  Arrival seen;
  seen.ago = 10min;
  CHECK(days.walks_in("Липа Марія", key, seen)->answer == ArrivalAnswer::here);
  CHECK(days.comes(maria, 0s, std::nullopt, true).answer == ArrivalAnswer::undone);
  const auto again = days.walks_in("Липа Марія", key, seen).value();
  CHECK(again.answer == ArrivalAnswer::outdated);
  CHECK(again.who->id == maria);
  CHECK(days.state(maria) == RegistrationState::registered);
  // Here on another day: not on that one.
  days.comes(maria, 0s, second);
  CHECK(days.walks_in("Липа Марія", key, seen)->answer == ArrivalAnswer::outdated);
  REQUIRE(step_registration(days.fixture.context, editor, days.scope(), maria, RegistrationStep::undo_door)
              .wait());
  REQUIRE(
      step_registration(days.fixture.context, editor, days.scope(), maria, RegistrationStep::cancel).wait());
  CHECK(days.walks_in("Липа Марія", key, seen)->answer == ArrivalAnswer::gone);
  CHECK(days.door().people.size() == 1);
}
