#include "calendar/ical_reader.hpp"

#include "base/time_zone.hpp"
#include "calendar/ical_prescan.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

#include <chrono>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

std::string calendar_of(const std::string& inner) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + inner + "END:VCALENDAR\r\n";
}

std::string event_of(const std::string& lines, const std::string& uid = "a@example.org") {
  return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Нарада\r\n" + lines +
         "END:VEVENT\r\n";
}

ImportedCalendar read(const std::string& text) {
  auto result = read_calendar(text, "Europe/Kyiv");
  if (!result) FAIL(result.error().message);
  return *result;
}

ImportedIcalEvent read_one(const std::string& lines) {
  auto calendar = read(calendar_of(event_of(lines)));
  REQUIRE(calendar.events.size() == 1);
  return calendar.events.front();
}

Error refused(const std::string& text) {
  auto result = read_calendar(text, "Europe/Kyiv");
  if (result) FAIL("it was read");
  return result.error();
}

Error refused_event(const std::string& lines) {
  return refused(calendar_of(event_of(lines)));
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::vector<std::string> iso(const std::vector<Date>& days) {
  std::vector<std::string> out;
  for (const auto one : days) out.push_back(format_iso(one));
  return out;
}

}  // namespace

TEST_CASE("an event of a foreign calendar comes in with its words and its time") {
  const auto one = read_one(
      "DTSTART;TZID=Europe/Minsk:20261112T100000\r\nDTEND;TZID=Europe/Minsk:20261112T113000\r\n"
      "LOCATION:Зала 1\\, поверх "
      "2\r\nDESCRIPTION:Перше\\nДруге\r\nURL:https://example.org/a\r\nSEQUENCE:4\r\n"
      "CATEGORIES:семинар\r\nORGANIZER;CN=Шевчук О.П.:mailto:o@example.org\r\n");
  const Event& event = one.event;
  CHECK(event.uid == "a@example.org");
  CHECK(event.title == "Нарада");
  CHECK(event.place == "Зала 1, поверх 2");
  CHECK(event.description == "Перше\nДруге");
  CHECK(event.online_url == "https://example.org/a");
  CHECK(event.sequence == 4);
  CHECK(event.kind == EventKind::seminar);
  CHECK(event.status == EventStatus::dated);
  CHECK(event.zone == "Europe/Minsk");
  CHECK(event.period == make_dated(day("2026-11-12"), hours{10}, hours{11} + minutes{30}));
  REQUIRE(event.responsible.size() == 1);
  CHECK(event.responsible.front().name == "Шевчук О.П.");
  CHECK(one.line == 4);
  CHECK(one.warnings.empty());
}

TEST_CASE("whole days come in as days whose last one is the day before DTEND") {
  CHECK(read_one("DTSTART;VALUE=DATE:20261112\r\n").event.period == make_dated(day("2026-11-12")));
  CHECK(read_one("DTSTART;VALUE=DATE:20261112\r\nDTEND;VALUE=DATE:20261113\r\n").event.period ==
        make_dated(day("2026-11-12")));
  const auto range = read_one("DTSTART;VALUE=DATE:20260522\r\nDTEND;VALUE=DATE:20260525\r\n").event.period;
  CHECK(range.precision == Precision::date_range);
  CHECK(range.last == day("2026-05-24"));
  CHECK(read_one("DTSTART;VALUE=DATE:20260522\r\nDURATION:P3D\r\n").event.period.last == day("2026-05-24"));
}

TEST_CASE("times in UTC and floating times become times of the given zone") {
  const auto utc = read_one("DTSTART:20261112T080000Z\r\nDURATION:PT90M\r\n").event;
  CHECK(utc.zone == "Europe/Kyiv");
  CHECK(utc.period == make_dated(day("2026-11-12"), hours{10}, hours{11} + minutes{30}));
  CHECK(read_one("DTSTART:20261112T100000\r\n").event.period.time == hours{10});
  // 23:30Z is the next day in Kyiv.
  CHECK(read_one("DTSTART:20261112T233000Z\r\n").event.period.first == day("2026-11-13"));
}

TEST_CASE("names of zones from Windows and from other makers are understood") {
  struct Row {
    const char *tzid, *zone;
  };
  for (const auto& row : std::vector<Row>{{"FLE Standard Time", "Europe/Kyiv"},
                                          {"Belarus Standard Time", "Europe/Minsk"},
                                          {"Russian Standard Time", "Europe/Moscow"},
                                          {"Russia Time Zone 3", "Europe/Samara"},
                                          {"W. Europe Standard Time", "Europe/Berlin"},
                                          {"/freeassociation.sourceforge.net/Europe/Minsk", "Europe/Minsk"},
                                          {"/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"},
                                          {"Europe/Kiev", "Europe/Kyiv"}}) {
    CAPTURE(row.tzid);
    const auto one = read_one(std::string("DTSTART;TZID=") + row.tzid + ":20261112T100000\r\n");
    CHECK(one.event.zone == row.zone);
    CHECK(one.warnings.empty());
  }
  const auto unknown = read_one("DTSTART;TZID=Middle Earth:20261112T100000\r\n");
  CHECK(unknown.event.zone == "Europe/Kyiv");
  REQUIRE(unknown.warnings.size() == 1);
  CHECK(unknown.warnings.front().find("Middle Earth") != std::string::npos);
}

TEST_CASE("a zone that only its VTIMEZONE explains is found by the place named there") {
  const auto calendar =
      read(calendar_of("BEGIN:VTIMEZONE\r\nTZID:Office\r\nX-LIC-LOCATION:Europe/"
                       "Minsk\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                       "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
                       event_of("DTSTART;TZID=Office:20261112T100000\r\n")));
  REQUIRE(calendar.events.size() == 1);
  CHECK(calendar.events.front().event.zone == "Europe/Minsk");
}

TEST_CASE("threat rule G5: the edges of daylight time mean what RFC 5545 says and not what libical says") {
  // In the gap: the offset before it. Twice: the first.
  CHECK(read_one("DTSTART;TZID=Europe/Kyiv:20270328T033000\r\n").event.period.time == hours{4} + minutes{30});
  const auto twice =
      read_one("DTSTART;TZID=Europe/Kyiv:20271031T033000\r\nDTEND;TZID=Europe/Kyiv:20271031T050000\r\n");
  CHECK(to_instant(*twice.event.period.first, *twice.event.period.time, "Europe/Kyiv") ==
        at("2027-10-31T00:30:00Z"));
  CHECK(read_one("DTSTART:20271031T003000Z\r\n").event.period.time == hours{3} + minutes{30});
}

TEST_CASE("an evening over midnight keeps its hours and days on end become a range") {
  const auto evening =
      read_one("DTSTART;TZID=Europe/Kyiv:20261112T220000\r\nDTEND;TZID=Europe/Kyiv:20261113T010000\r\n");
  CHECK(evening.event.period == make_dated(day("2026-11-12"), hours{22}, hours{1}));
  const auto days =
      read_one("DTSTART;TZID=Europe/Kyiv:20261112T100000\r\nDTEND;TZID=Europe/Kyiv:20261114T170000\r\n");
  CHECK(days.event.period.precision == Precision::date_range);
  CHECK(days.event.period.last == day("2026-11-14"));
  CHECK(days.warnings.size() == 1);
  const auto backwards = read_one("DTSTART:20261112T100000Z\r\nDTEND:20261112T090000Z\r\n");
  CHECK_FALSE(backwards.event.period.end_time);
  CHECK(backwards.warnings.size() == 1);
}

TEST_CASE("a series of named weekdays stays a rule") {
  const auto third = read_one(
      "DTSTART;TZID=Europe/Kyiv:20260917T100000\r\nRRULE:FREQ=MONTHLY;BYDAY=3TH;UNTIL=20270531T205959Z\r\n");
  const auto& period = third.event.period;
  CHECK(period.precision == Precision::recurring);
  REQUIRE(period.recurrence);
  CHECK(period.recurrence->frequency == Frequency::monthly);
  CHECK(period.recurrence->weekdays == std::vector<WeekdayRule>{{std::chrono::Thursday, 3}});
  CHECK(period.time == hours{10});
  CHECK(period.last == day("2027-05-20"));
  const auto by_position =
      read_one("DTSTART;VALUE=DATE:20260917\r\nRRULE:FREQ=MONTHLY;BYDAY=TH;BYSETPOS=3;COUNT=4\r\n");
  CHECK(by_position.event.period.recurrence == period.recurrence);
  CHECK(by_position.event.period.last == day("2026-12-17"));
  const auto weekly = read_one("DTSTART;VALUE=DATE:20260907\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n");
  CHECK(weekly.event.period.recurrence->weekdays == std::vector<WeekdayRule>{{std::chrono::Monday, 0}});
  CHECK(weekly.event.period.last == day("2026-09-21"));
}

TEST_CASE("a series without an end is kept for two years and says so") {
  const auto endless = read_one("DTSTART;VALUE=DATE:20260907\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO\r\n");
  CHECK(endless.event.period.recurrence->frequency == Frequency::biweekly);
  CHECK(endless.event.period.last == day("2028-09-04"));
  CHECK(endless.warnings.size() == 1);
}

TEST_CASE("other series become the list of their days") {
  struct Row {
    const char *start, *rule;
    std::vector<std::string> days;
  };
  const std::vector<Row> rows = {
      {"20260910", "FREQ=MONTHLY;COUNT=3", {"2026-09-10", "2026-10-10", "2026-11-10"}},
      {"20260131", "FREQ=MONTHLY;COUNT=3", {"2026-01-31", "2026-03-31", "2026-05-31"}},
      {"20240229", "FREQ=YEARLY;COUNT=2", {"2024-02-29", "2028-02-29"}},
      {"20260101", "FREQ=DAILY;INTERVAL=10;UNTIL=20260125", {"2026-01-01", "2026-01-11", "2026-01-21"}},
      {"20260130",
       "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
       {"2026-01-30", "2026-02-27", "2026-03-31"}},
      {"20260213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", {"2026-02-13", "2026-03-13", "2026-11-13"}},
      {"20260131", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", {"2026-01-31", "2026-02-28", "2026-03-31"}},
      {"20260901",
       "FREQ=YEARLY;BYMONTH=9,1;BYMONTHDAY=1;COUNT=3",
       {"2026-09-01", "2027-01-01", "2027-09-01"}},
      {"20260525", "FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5;COUNT=2", {"2026-05-25", "2027-05-31"}},
      {"20260101", "FREQ=YEARLY;BYDAY=1TH;COUNT=2", {"2026-01-01", "2027-01-07"}},
      {"20260908",
       "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4",
       {"2026-09-08", "2026-09-20", "2026-09-22", "2026-10-04"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.start, row.rule);
    const auto one =
        read_one(std::string("DTSTART;VALUE=DATE:") + row.start + "\r\nRRULE:" + row.rule + "\r\n");
    REQUIRE(one.event.period.recurrence);
    CHECK(one.event.period.recurrence->frequency == Frequency::list);
    CHECK(iso(one.event.period.recurrence->dates) == row.days);
    CHECK(format_iso(*one.event.period.last) == row.days.back());
  }
}

TEST_CASE("excluded and added days change the list of a series") {
  const auto one = read_one(
      "DTSTART;TZID=Europe/Kyiv:20260907T190000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
      "EXDATE;TZID=Europe/Kyiv:20260914T190000\r\nRDATE:20261002T160000Z\r\n");
  REQUIRE(one.event.period.recurrence);
  CHECK(iso(one.event.period.recurrence->dates) ==
        std::vector<std::string>{"2026-09-07", "2026-09-21", "2026-09-28", "2026-10-02"});
}

TEST_CASE("a start that the rule does not name is still the first of the series") {
  const auto one = read_one("DTSTART;VALUE=DATE:20260908\r\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3\r\n");
  CHECK(iso(one.event.period.recurrence->dates) ==
        std::vector<std::string>{"2026-09-08", "2026-09-14", "2026-09-21"});
}

TEST_CASE(
    "threat rule G2: rules that are too fine or impossible or too long are refused with the reason and at once") {
  struct Row {
    const char *rule, *reason;
  };
  const std::vector<Row> rows = {
      {"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "nothing finer than DAILY"},
      {"FREQ=MINUTELY", "nothing finer than DAILY"},
      {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "nothing finer than DAILY"},
      {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "do not exist"},
      {"FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4", "do not exist"},
      {"FREQ=YEARLY;BYMONTHDAY=-31;BYMONTH=4,6,9,11", "do not exist"},
      {"FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20", "do not exist"},
      {"FREQ=DAILY;INTERVAL=0", "INTERVAL"},
      {"FREQ=DAILY;INTERVAL=-1", "INTERVAL"},
      {"FREQ=DAILY;INTERVAL=2147483648", "INTERVAL"},
      {"FREQ=DAILY;INTERVAL=367", "INTERVAL"},
      {"FREQ=DAILY;COUNT=1000000000", "COUNT"},
      {"FREQ=DAILY;COUNT=1001", "COUNT"},
      {"FREQ=DAILY;COUNT=0", "COUNT"},
      {"FREQ=DAILY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25",
       "more than 24"},
      {"FREQ=DAILY;BYSETPOS=-366", "nothing to choose"},
      {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-367", "BYSETPOS"},
      {"RSCALE=CHINESE;FREQ=YEARLY", "RSCALE"},
      {"FREQ=DAILY;UNTIL=99991231", "UNTIL"},
      {"FREQ=DAILY;UNTIL=20500101", "10 years"},
      {"FREQ=DAILY;UNTIL=20261231;COUNT=3", "both"},
      {"FREQ=DAILY;BYHOUR=1,2,3", "BYHOUR"},
      {"FREQ=DAILY;BYSECOND=60", "BYSECOND"},
      {"FREQ=MONTHLY;BYDAY=6MO", "sixth"},
      {"FREQ=WEEKLY;BYDAY=XX", "BYDAY"},
      {"FREQ=WEEKLY;FREQ=DAILY", "twice"},
      {"INTERVAL=1", "FREQ"},
      {"FREQ=", "frequency"},
      {"garbage", "="},
  };
  for (const auto& row : rows) {
    CAPTURE(row.rule);
    const auto begin = std::chrono::steady_clock::now();
    const auto error =
        refused_event(std::string("DTSTART;VALUE=DATE:20260101\r\nRRULE:") + row.rule + "\r\n");
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK((error.code == Errc::invalid_input || error.code == Errc::limit_exceeded));
    CHECK(error.message.find(row.reason) != std::string::npos);
    CHECK(error.message.find("line ") != std::string::npos);
    CHECK(took < std::chrono::milliseconds{500});  // libical takes seconds to minutes for some of these
  }
}

TEST_CASE("rules at their limits are read") {
  for (const auto* rule :
       {"FREQ=DAILY;COUNT=1000", "FREQ=DAILY;INTERVAL=366;COUNT=2", "FREQ=DAILY;UNTIL=20351231",
        "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24;COUNT=30"}) {
    CAPTURE(rule);
    CHECK(read_one(std::string("DTSTART;VALUE=DATE:20260101\r\nRRULE:") + rule + "\r\n")
              .event.period.recurrence);
  }
}

TEST_CASE("threat fact 0.4: an impossible rule in a VTIMEZONE never reaches libical either") {
  const auto error =
      refused(calendar_of("BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:"
                          "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\n"
                          "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"));
  CHECK(error.message.find("line 8") != std::string::npos);
}

TEST_CASE("threat fact 0.5: deep nesting and long lines and many excluded dates are refused before libical") {
  const auto nested = refused(repeated("BEGIN:VCALENDAR\r\n", 1) + repeated("BEGIN:VEVENT\r\n", 100'000));
  CHECK(nested.code == Errc::invalid_input);
  const auto deep = refused(calendar_of(repeated("BEGIN:X-A\r\n", 100'000)));
  CHECK(deep.code == Errc::limit_exceeded);
  const auto long_line =
      refused_event("DTSTART:20260101\r\nDESCRIPTION:" + std::string(1'900'000, 'x') + "\r\n");
  CHECK(long_line.code == Errc::limit_exceeded);
  const auto excluded =
      refused_event("DTSTART:20260101\r\n" + repeated("EXDATE:20260102T000000Z\r\n", 10'000));
  CHECK(excluded.code == Errc::limit_exceeded);
  CHECK(refused(std::string(10'000'000, 'x')).code == Errc::limit_exceeded);
}

TEST_CASE("threat rule G4: each limit lets through what lies on it and stops what lies beyond") {
  const auto start = std::string("DTSTART;VALUE=DATE:20260101\r\n");
  const auto holds = [&](const std::string& text) { return read_calendar(text, "Europe/Kyiv").has_value(); };
  const auto in_event = [&](const std::string& lines) { return calendar_of(event_of(start + lines)); };

  const auto raw_line = [&](std::size_t size) {
    return in_event("X-A:" + std::string(size - 4, 'x') + "\r\n");
  };
  CHECK(holds(raw_line(longest_raw_line)));
  CHECK_FALSE(holds(raw_line(longest_raw_line + 1)));

  const auto folded_line = [&](std::size_t size) {
    std::string text = "X-A:";
    std::size_t left = size - 4;
    for (; left > 70; left -= 70) text += std::string(70, 'x') + "\r\n ";
    return in_event(text + std::string(left, 'x') + "\r\n");
  };
  CHECK(holds(folded_line(longest_unfolded_line)));
  CHECK_FALSE(holds(folded_line(longest_unfolded_line + 1)));

  const auto excluded = [&](std::size_t count) {
    return in_event("RRULE:FREQ=DAILY;COUNT=900\r\n" +
                    repeated("EXDATE;VALUE=DATE:20260202,20260203\r\n", count / 2));
  };
  CHECK(holds(excluded(most_excluded_dates)));
  CHECK_FALSE(holds(excluded(most_excluded_dates + 2)));

  const auto parameters = [&](std::size_t count) {
    std::string text = "X-A";
    for (std::size_t i = 0; i < count; ++i) text += ";X-P" + std::to_string(i) + "=1";
    return in_event(text + ":v\r\n");
  };
  CHECK(holds(parameters(most_parameters)));
  CHECK_FALSE(holds(parameters(most_parameters + 1)));

  const auto components = [&](std::size_t count) {
    return calendar_of(repeated("BEGIN:VJOURNAL\r\nEND:VJOURNAL\r\n", count - 1));
  };
  CHECK(holds(components(most_components)));
  CHECK_FALSE(holds(components(most_components + 1)));

  const auto nested = [&](std::size_t depth) {
    return calendar_of(repeated("BEGIN:X-A\r\n", depth - 1) + repeated("END:X-A\r\n", depth - 1));
  };
  CHECK(holds(nested(deepest_component)));
  CHECK_FALSE(holds(nested(deepest_component + 1)));

  std::string large = calendar_of("");
  const std::string filler = "X-FILLER:" + std::string(1000, 'x') + "\r\n";
  while (large.size() + filler.size() <= largest_calendar_file) large.insert(large.size() - 15, filler);
  CHECK(holds(large));
  CHECK_FALSE(holds(large + repeated("\r\n", 600)));
}

TEST_CASE("threat rule G4: bytes that are no calendar in UTF-8 are refused and say so") {
  const std::string good = calendar_of(event_of("DTSTART;VALUE=DATE:20260101\r\n"));
  std::string utf16 = "\xFF\xFE";
  for (const char c : good) utf16 += std::string{c, '\0'};
  CHECK(refused(utf16).code == Errc::unsupported_format);
  CHECK(refused(good + '\0').code == Errc::unsupported_format);
  CHECK(refused("<html><body>Sign in</body></html>").code == Errc::unsupported_format);
  CHECK(refused("").code == Errc::unsupported_format);
  CHECK(refused("BEGIN:VCARD\r\nEND:VCARD\r\n").code == Errc::unsupported_format);
  CHECK(refused("BEGIN:VCALENDAR\r\nX:\xD0\r\nEND:VCALENDAR\r\n").code == Errc::unsupported_format);
  CHECK(refused("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n").message.find("END:VCALENDAR") != std::string::npos);
  for (const auto* tzid : {"../../etc/passwd", "..\\..\\x", "\"../x\""}) {
    CAPTURE(tzid);
    CHECK(refused_event(std::string("DTSTART;TZID=") + tzid + ":20261112T100000\r\n").code ==
          Errc::invalid_input);
  }
  CHECK(read("\xEF\xBB\xBF" + good).events.size() == 1);
}

TEST_CASE("line breaks of LF alone are read and of CR alone are refused") {
  std::string lf = calendar_of(event_of("DTSTART;VALUE=DATE:20260101\r\n"));
  std::string cr = lf;
  std::erase(lf, '\r');
  std::erase(cr, '\n');
  CHECK(read(lf).events.size() == 1);
  CHECK_FALSE(read_calendar(cr, "Europe/Kyiv"));
}

TEST_CASE("what cannot be kept of a file is said with its line and the rest is read") {
  const auto calendar = read(
      calendar_of(event_of("DTSTART;VALUE=DATE:20260101\r\n", "one") + event_of("", "no-start") +
                  event_of("DTSTART;VALUE=DATE:20260231\r\n", "no-day") +
                  event_of("DTSTART;VALUE=DATE:20260102\r\n", "one") +
                  event_of("DTSTART;VALUE=DATE:20260103\r\nRECURRENCE-ID;VALUE=DATE:20260104\r\n", "two") +
                  "BEGIN:VTODO\r\nUID:t\r\nSUMMARY:x\r\nEND:VTODO\r\n" +
                  event_of("DTSTART;VALUE=DATE:20260105\r\n", "last")));
  REQUIRE(calendar.events.size() == 2);
  CHECK(calendar.events[0].event.uid == "one");
  CHECK(calendar.events[1].event.uid == "last");
  REQUIRE(calendar.warnings.size() == 5);
  std::string all;
  for (const auto& warning : calendar.warnings) all += warning + "\n";
  CAPTURE(all);
  CHECK(all.find("line 10: it has no DTSTART") != std::string::npos);
  CHECK(all.find("line 15: it has no DTSTART") != std::string::npos);
  CHECK(all.find("line 21: UID 'one' stands in the file twice") != std::string::npos);
  CHECK(all.find("line 27: it changes one entry of a series") != std::string::npos);
  CHECK(all.find("1 to-dos") != std::string::npos);
}

TEST_CASE(
    "two calendars in one file and an event without a UID are read and the same file gives the same UID") {
  const auto one = calendar_of(event_of("DTSTART;VALUE=DATE:20260101\r\n", "a"));
  const auto two = calendar_of("BEGIN:VEVENT\r\nSUMMARY:Б\r\nDTSTART;VALUE=DATE:20260102\r\nEND:VEVENT\r\n");
  const auto first = read(one + two), second = read(one + two);
  REQUIRE(first.events.size() == 2);
  CHECK(first.events[1].event.uid.size() == 64);
  CHECK(first.events[1].event.uid == second.events[1].event.uid);
  CHECK(first.events[1].line == 14);
}

TEST_CASE("an event that Convoke wrote comes back the same") {
  Event event = meeting();
  event.title = "Круглий стіл: «Читання, діти; родина» \\ 2026";
  event.place = "Бібліотека № 3, зала 1";
  event.online_url = "https://meet.example.org/a?b=1,2;c";
  for (const auto* zone : {"Europe/Kyiv", "Europe/Minsk", "Europe/Samara"}) {
    event.zone = zone;
    for (const auto& period :
         {make_dated(day("2026-11-12"), hours{10}, hours{12}), make_dated(day("2026-11-12"))}) {
      event.period = period;
      const auto calendar = read(feed_of({event}).body);
      REQUIRE(calendar.events.size() == 1);
      const auto& back = calendar.events.front().event;
      CHECK(back.uid == event.uid);
      CHECK(back.title == event.title);
      CHECK(back.place == event.place);
      CHECK(back.online_url == event.online_url);
      CHECK(back.kind == event.kind);
      CHECK(back.period == event.period);
      CHECK(back.sequence == event.sequence);
      CHECK(back.zone == (period.time ? event.zone : "Europe/Kyiv"));
      CHECK(calendar.name == head().name);
    }
  }
}

TEST_CASE("a cancelled event comes in as cancelled") {
  CHECK(read_one("DTSTART;VALUE=DATE:20260101\r\nSTATUS:CANCELLED\r\n").event.status ==
        EventStatus::cancelled);
}
