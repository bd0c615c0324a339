#include "service/plans.hpp"

#include "db/store.hpp"
#include "service/events.hpp"
#include "service/people.hpp"
#include "service/snapshot.hpp"
#include "tests/service/fixture.hpp"
#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

std::vector<Reminder> all_reminders(Fixture& fixture) {
  return fixture.context.store.read([](db::Unit& unit) { return unit.reminders().list({}); }).wait().value();
}

int count(const std::vector<Reminder>& reminders, ReminderState state) {
  return static_cast<int>(
      std::count_if(reminders.begin(), reminders.end(), [&](const auto& r) { return r.state == state; }));
}

}  // namespace

TEST_CASE("a plan becomes events with its people and its reminders in one go") {
  Fixture fixture;
  const auto summary = fixture.import(small_plan);
  CHECK(summary.events == 4);
  CHECK(summary.updated == 0);
  const auto events = all_events(fixture);
  REQUIRE(events.size() == 4);
  CHECK(events[0].status == EventStatus::dated);
  CHECK(events[1].status == EventStatus::planned);
  CHECK(events[0].responsible.at(0).person);
  CHECK(events[0].responsible.at(0).person == events[2].responsible.at(0).person);
  CHECK_FALSE(events[3].responsible.at(0).person);  // a group, not a person
  CHECK(summary.reminders_planned == count(all_reminders(fixture), ReminderState::planned));
  CHECK(summary.reminders_planned > 0);
  CHECK(fixture.wakes == 1);
}

TEST_CASE("importing last year's plan fires nothing and records what was missed") {
  Fixture fixture;
  fixture.clock.set(parse_iso_instant("2028-01-01").value());
  const auto summary = fixture.import(small_plan);
  CHECK(summary.reminders_planned == 0);
  CHECK(summary.reminders_missed > 0);
  const auto reminders = all_reminders(fixture);
  CHECK(count(reminders, ReminderState::missed) == static_cast<int>(reminders.size()));
}

TEST_CASE("the same plan brought in again changes nothing") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto before = all_events(fixture);
  const auto summary = fixture.import(small_plan);
  CHECK(summary.events == 0);
  CHECK(summary.unchanged == 4);
  const auto after = all_events(fixture);
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(after[i].uid == before[i].uid);
    CHECK(after[i].sequence == before[i].sequence);
  }
}

TEST_CASE("a corrected plan updates its rows under their UIDs and keeps a date that was fixed since") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto before = all_events(fixture);
  EventChange change;
  change.date = make_date(2026, 11, 12);
  REQUIRE(change_event(fixture.context, editor, before[1].id, change).wait());

  const auto summary =
      fixture.import(with(small_plan, "Звіт про стан фонду", "Звіт про стан книжкового фонду"));
  CHECK(summary.updated == 1);
  CHECK(summary.events == 0);
  const auto after = all_events(fixture);
  CHECK(after[1].period.first == make_date(2026, 11, 12));
  CHECK(after[2].uid == before[2].uid);
  CHECK(after[2].sequence == before[2].sequence + 1);
  CHECK(after[2].title == "Звіт про стан книжкового фонду");
}

TEST_CASE("a row whose period was rewritten in the document takes the new period") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto before = all_events(fixture);
  fixture.import(with(small_plan, "листопад 2026 року", "грудень 2026 року"));
  const auto after = all_events(fixture);
  CHECK(after[1].uid == before[1].uid);
  CHECK(after[1].period.first == make_date(2026, 12, 1));
}

TEST_CASE("a row that is no longer in the document is kept and named") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto summary = fixture.import(
      with(small_plan, "2.\tКруглий стіл «Книга в дорозі»\tлистопад 2026 року\tЯвір С.М.\n", ""));
  CHECK(all_events(fixture).size() == 4);
  REQUIRE_FALSE(summary.warnings.empty());
  CHECK(summary.warnings.back().find("no longer in the document") != std::string::npos);
}

TEST_CASE("a document that is no plan stores nothing") {
  Fixture fixture;
  ImportRequest request;
  request.bytes = "Список нових надходжень\n\nТроянда та інші оповідання, 2019\n";
  request.file_name = "list.txt";
  const auto summary = import_document(fixture.context, editor, request).wait();
  REQUIRE_FALSE(summary);
  CHECK(summary.error().code == Errc::not_a_plan);
  CHECK(fixture.context.store.last_change() == 0);
}

TEST_CASE("an anonymous reader may not import") {
  Fixture fixture;
  ImportRequest request;
  request.bytes = small_plan;
  const auto summary = import_document(fixture.context, Actor(), request).wait();
  REQUIRE_FALSE(summary);
  CHECK(summary.error().code == Errc::forbidden);
}

TEST_CASE("a calendar file adds its events and a second import updates them by their UID") {
  Fixture fixture;
  const std::string file =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:neighbour-1\r\n"
      "DTSTAMP:20260901T000000Z\r\nDTSTART;VALUE=DATE:20261014\r\nSUMMARY:Семінар\r\nEND:VEVENT\r\nEND:"
      "VCALENDAR\r\n";
  CHECK(fixture.import(file, "x.ics").events == 1);
  CHECK(fixture.import(file, "x.ics").unchanged == 1);
  CHECK(fixture.import(with(file, "Семінар", "Вебінар"), "x.ics").updated == 1);
  const auto events = all_events(fixture);
  REQUIRE(events.size() == 1);
  CHECK(events[0].uid == "neighbour-1");
  CHECK(events[0].title == "Вебінар");
  CHECK(events[0].sequence == 1);
}

TEST_CASE("people are read from a table with headings in any order and found in plans") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto summary =
      import_people(fixture.context, editor,
                    "Пошта;ПІБ;Мова\nkalyna@example.org;Калина О. П.;uk\nбез адреси;Явір С.М.;uk\n"
                    "verba@example.org;Верба Т.І.;be\n")
          .wait();
  REQUIRE(summary);
  CHECK(summary->added == 1);  // Верба; Калина was entered with the plan
  CHECK(summary->updated == 1);
  REQUIRE(summary->warnings.size() == 1);
  CHECK(summary->warnings[0].find("line 3") != std::string::npos);
  const auto people = list_people(fixture.context, editor).wait().value();
  REQUIRE(people.size() == 3);
  CHECK(people[0].name == "Верба Т.І.");
  CHECK(people[1].email == "kalyna@example.org");
}

TEST_CASE("an address that could break a header is refused") {
  for (const auto* bad : {"", "a", "a@b", "@example.org", "a@b@example.org", "a b@example.org",
                          "a@example.org\r\nBcc: x@example.org", "a@example.org.", "ім'я@example.org"}) {
    CAPTURE(bad);
    CHECK_FALSE(check_email(bad));
  }
  CHECK(check_email(" olena.k+plan@example.org ").value() == "olena.k+plan@example.org");
}
