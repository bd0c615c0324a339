// Calendar files that come back: our own feeds, and older versions of what is known.
#include "service/calendar_import.hpp"

#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

std::string calendar_of(const std::string& uid, const std::string& title, int sequence) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:" + uid +
         "\r\nDTSTAMP:20260901T000000Z\r\nDTSTART;VALUE=DATE:20261014\r\nSEQUENCE:" +
         std::to_string(sequence) + "\r\nSUMMARY:" + title + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

}  // namespace

TEST_CASE("a calendar file leaves alone what is in a plan here") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto before = event_called(fixture, "Звіт про стан фонду");
  const auto summary = fixture.import(calendar_of(before.uid, "Звіт", 9), "feed.ics");
  CHECK(summary.events + summary.updated + summary.unchanged == 0);
  CHECK(has_warning(summary.warnings, "1 event of this file is already in a plan here and was left alone"));
  const auto after = event_called(fixture, "Звіт про стан фонду");
  CHECK(after.sequence == before.sequence);
  CHECK(after.section == before.section);
  CHECK((after.period == before.period));
  CHECK(all_organisations(fixture).size() == 1);
}

TEST_CASE("an older version of an event in a calendar file is left out") {
  Fixture fixture;
  fixture.import(calendar_of("neighbour-2", "Семінар", 3), "x.ics");
  const auto summary = fixture.import(calendar_of("neighbour-2", "Вебінар", 2), "x.ics");
  CHECK(summary.updated == 0);
  CHECK(has_warning(summary.warnings, "an older version (SEQUENCE 2, here 3)"));
  CHECK(all_events(fixture).at(0).title == "Семінар");
}

TEST_CASE("a neighbour who never raises SEQUENCE is still followed") {
  Fixture fixture;
  for (const auto* title : {"Семінар", "Вебінар", "Лекція"}) {
    fixture.import(calendar_of("neighbour-3", title, 0), "x.ics");
    CHECK(all_events(fixture).at(0).title == title);
  }
  CHECK(all_events(fixture).at(0).sequence == 2);
}

TEST_CASE("a calendar file without an event that can be read is an error") {
  ImportRequest request;
  request.bytes = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n";
  request.file_name = "empty.ics";
  const auto calendar = read_calendar_file(request, "Europe/Kyiv");
  REQUIRE_FALSE(calendar);
  CHECK(calendar.error().message.find('\n') == std::string::npos);
  Fixture fixture;
  CHECK_FALSE(import_document(fixture.context, editor, request).wait());
  CHECK(fixture.context.store.last_change() == 0);
}
