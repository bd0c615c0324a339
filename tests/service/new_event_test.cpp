// Events of no plan, as an organiser adds them on the web.
#include "service/new_event.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "service/periods.hpp"
#include "service/snapshot.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

// The association of small_plan, in whose plan stands «Круглий стіл «Книга в дорозі», листопад 2026 року».
struct Office : Fixture {
  OrganisationId association;

  Office() {
    const auto plan = import(small_plan).plan;
    association = context.store.read([plan](db::Unit& unit) { return unit.plans().find(plan)->organisation; })
                      .wait()
                      .value();
  }
  EventEntry entry(const std::string& title, const std::string& period) const {
    EventEntry entry;
    entry.title = title;
    entry.period = period;
    entry.organisation = association;
    return entry;
  }
  Result<EventEntered> enter(const EventEntry& entry, const Actor& who = editor) {
    return enter_event(context, who, entry).wait();
  }
  Event stored(EventId id) {
    return context.store.read([id](db::Unit& unit) { return *unit.events().find(id); }).wait().value();
  }
  Event entered(const EventEntry& entry) {
    const auto done = enter(entry);
    if (!done) FAIL(done.error().message);
    REQUIRE(done->event);
    return stored(done->event);
  }
};

std::string days_of(const Period& period) {
  return format_iso(*period.first) + "/" + format_iso(*period.last);
}

std::string letters(std::size_t count) {
  std::string text;
  while (count-- > 0) text += "я";
  return text;
}

}  // namespace

TEST_CASE("a day or a month without a year is the coming one in an event of no plan") {
  const Date today = make_date(2026, 11, 23);
  const std::pair<const char*, const char*> read[] = {
      {"22.10.2020", "2020-10-22/2020-10-22"},       {"ноябрь 2024", "2024-11-01/2024-11-30"},
      {"22–24 мая", "2027-05-22/2027-05-24"},        {"22–24 травня 2026 року", "2026-05-22/2026-05-24"},
      {"листопад", "2026-11-01/2026-11-30"},         {"жовтень", "2027-10-01/2027-10-31"},
      {"23 листопада", "2026-11-23/2026-11-23"},     {"22 листопада", "2027-11-22/2027-11-22"},
      {"24.11.2026 10:00", "2026-11-24/2026-11-24"}, {"4 снежня", "2026-12-04/2026-12-04"},
  };
  for (const auto& [text, days] : read) {
    CAPTURE(text);
    const auto period = understand_coming_period(text, today).period;
    REQUIRE(period.has_dates());
    CHECK(days_of(period) == days);
    CHECK(period.source_text == text);
  }
  CHECK(understand_coming_period("коли-небудь потім", today).period.precision == Precision::none);
  CHECK(understand_coming_period("", today).period.precision == Precision::none);
}

TEST_CASE("an event of no plan is read as a row of one and stands among all the others") {
  Office office;
  auto wanted = office.entry("  Обласний   семінар «Книга поруч» ", "22–24 травня, бібліотека-філія № 3");
  wanted.responsible = "Калина О.П., Новенька Я.Я.";
  const auto event = office.entered(wanted);
  CHECK(event.title == "Обласний семінар «Книга поруч»");
  CHECK_FALSE(event.plan);
  CHECK(event.organisation == office.association);
  CHECK(event.kind == EventKind::seminar);
  CHECK(event.level == Level::region);
  CHECK(event.period.precision == Precision::date_range);
  CHECK(days_of(event.period) == "2027-05-22/2027-05-24");
  CHECK(event.status == EventStatus::dated);
  REQUIRE(event.responsible.size() == 2);
  const auto people =
      office.context.store.read([](db::Unit& unit) { return unit.people().find_by_name("Калина О.П."); })
          .wait()
          .value();
  REQUIRE(people.size() == 1);
  CHECK(event.responsible[0].person == people[0].id);
  CHECK(event.responsible[1].person);
  CHECK(event.responsible_text == "Калина О.П., Новенька Я.Я.");
  Snapshots snapshots(office.context);
  CHECK(snapshots.current().wait().value()->find_event(event.id) != nullptr);
}

TEST_CASE("what a title does not tell is an event and what was chosen stays") {
  Office office;
  CHECK(office.entered(office.entry("Зустріч із письменницею", "3.12.2026")).kind == EventKind::event);
  auto chosen = office.entry("Семінар чи щось таке", "4.12.2026");
  chosen.kind = EventKind::meeting;
  CHECK(office.entered(chosen).kind == EventKind::meeting);
  CHECK(office.entered(office.entry("Допомога бібліотекам", "протягом року")).kind ==
        EventKind::ongoing_task);
}

TEST_CASE("an event of no plan is stored once however often it is sent") {
  Office office;
  auto wanted = office.entry("Зустріч із письменницею", "3.12.2026 14:00");
  const auto first = office.entered(wanted);
  wanted.title = "зустріч  із письменницею";
  const auto again = office.enter(wanted);
  REQUIRE(again);
  CHECK_FALSE(again->event);
  CHECK(again->known == first.id);
  // Another hour, another day, another title: another event.
  CHECK(office.enter(office.entry("Зустріч із письменницею", "3.12.2026 16:00"))->event);
  CHECK(office.enter(office.entry("Зустріч із письменницею", "4.12.2026 14:00"))->event);
  CHECK(office.enter(office.entry("Зустріч із письменником", "3.12.2026 14:00"))->event);
  // A row of a plan counts as well.
  CHECK(office.enter(office.entry("Круглий стіл «Книга в дорозі»", "листопад"))->known);
  // Whoever was shown the other one means a second one.
  wanted.known = first.id;
  CHECK(office.enter(wanted)->event);
}

TEST_CASE("events are added within the associations in reach and by organisers alone") {
  Office office;
  const auto elsewhere = office.context.store
                             .write(db::Author("test", office.clock.now()),
                                    [](db::Unit& unit) {
                                      Organisation one;
                                      one.name = "Сусіднє об’єднання";
                                      one.zone = "Europe/Samara";
                                      return unit.organisations().insert(one);
                                    })
                             .wait()
                             .value();
  Actor organiser("account:1", Role::editor);
  organiser.organisation = office.association;
  organiser.reach = {office.association};
  auto wanted = office.entry("Зустріч", "3.12.2026");
  CHECK(office.enter(wanted, Actor("x", Role::reader)).error().code == Errc::forbidden);
  wanted.organisation = elsewhere;
  CHECK(office.enter(wanted, organiser).error().code == Errc::not_found);
  wanted.organisation = OrganisationId{};
  CHECK(office.stored(office.enter(wanted, organiser)->event).organisation == office.association);
  // The times of day are those of the association.
  wanted.organisation = elsewhere;
  CHECK(office.stored(office.enter(wanted)->event).zone == "Europe/Samara");
}

TEST_CASE("what is wrong with an event that is typed is said of every field") {
  Office office;
  const Date today = make_date(2026, 9, 1);
  const auto faults = [&](const EventEntry& entry) {
    std::string all;
    for (const auto& one : check_entry(entry, today))
      all += one.field + ":" + std::to_string(static_cast<int>(one.fault)) + " ";
    return all;
  };
  const auto with = [](RowFault fault) { return std::to_string(static_cast<int>(fault)) + " "; };
  CHECK(faults(office.entry("Зустріч", "листопад")).empty());
  CHECK(faults(office.entry(" ", " ")) ==
        "title:" + with(RowFault::missing) + "period:" + with(RowFault::missing));
  CHECK(faults(office.entry("Зустріч", "колись")) == "period:" + with(RowFault::unread));
  CHECK(faults(office.entry(letters(1'000), "листопад")).empty());
  CHECK(faults(office.entry(letters(1'001), "листопад")) == "title:" + with(RowFault::too_long));
  CHECK(faults(office.entry("Зустріч", letters(401))) == "period:" + with(RowFault::too_long));
  auto wordy = office.entry("Зустріч", "листопад");
  wordy.responsible = letters(2'000);
  CHECK(faults(wordy).empty());
  wordy.responsible += "я";
  CHECK(faults(wordy) == "responsible:" + with(RowFault::too_long));
  CHECK(faults(office.entry("Зустріч\xff", "листопад")) == "title:" + with(RowFault::not_text));
  CHECK(office.enter(wordy).error().code == Errc::invalid_input);
  CHECK(office.enter(office.entry("Зустріч", "колись")).error().code == Errc::invalid_input);
}
