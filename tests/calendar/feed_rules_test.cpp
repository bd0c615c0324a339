// One case a rule of the calendar contract: what a feed must be so that every client shows it right.
#include "base/time_zone.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/ical_entry.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

std::string long_cyrillic() {
  std::string out;
  for (int i = 0; i < 40; ++i)
    out +=
        "Науково-практична конференція шкільних бібліотекарів "
        "👩‍🏫, ";
  return out + "кінець";
}

Event recurring(Frequency frequency, std::vector<WeekdayRule> weekdays) {
  Event event = vague(Precision::recurring, "2026-09-01", "2027-05-31", "третій четвер місяця");
  event.period.recurrence = Recurrence{frequency, std::move(weekdays), {}, {}, false, {}};
  return event;
}

std::vector<Event> varied() {
  std::vector<Event> events = {meeting(), vague(Precision::month, "2026-11-01", "2026-11-30", "листопад"),
                               vague(Precision::date_range, "2026-05-22", "2026-05-24", "22-24 травня"),
                               recurring(Frequency::monthly, {{std::chrono::Thursday, 3}}), meeting()};
  events.back().zone = "Europe/Minsk";
  events.back().online_url = "https://meet.example.org/зал?a=1,2;b";
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i].uid = "event-" + std::to_string(i) + "@example.org";
    events[i].title = long_cyrillic();
  }
  return events;
}

std::string ical_date_text(std::string iso) {
  std::erase(iso, '-');
  return iso;
}

std::string text_of(const Event& event, const FeedView& how = view()) {
  return render_event(event, how).text;
}

}  // namespace

TEST_CASE("feed rule 3: the same events give the same bytes and ETag and a change gives others") {
  auto events = varied();
  const Feed first = feed_of(events);
  CHECK(feed_of(events).body == first.body);
  CHECK(feed_of(events).etag == first.etag);
  CHECK(first.etag.size() == 34);
  CHECK(first.etag.front() == '"');
  CHECK(first.etag.back() == '"');
  events[1].place = "Читальна зала";
  CHECK(feed_of(events).etag != first.etag);
}

TEST_CASE("feed rule 15: the order in which events come from the database does not change the bytes") {
  auto events = varied();
  const Feed first = feed_of(events);
  std::reverse(events.begin(), events.end());
  CHECK(feed_of(events).body == first.body);
}

TEST_CASE("feed rule 2: the stream has no byte order mark and is UTF-8") {
  const auto body = feed_of(varied()).body;
  CHECK(body.starts_with("BEGIN:VCALENDAR\r\n"));
  CHECK(is_valid_utf8(body));
}

TEST_CASE("feed rule 16: every line ends with CR LF and none has more than 75 octets or half a character") {
  const auto body = feed_of(varied()).body;
  REQUIRE(body.ends_with("\r\n"));
  std::size_t lines = 0, folded = 0;
  for (std::size_t begin = 0; begin < body.size(); ++lines) {
    const auto end = body.find("\r\n", begin);
    REQUIRE(end != std::string::npos);
    const auto line = body.substr(begin, end - begin);
    CAPTURE(line);
    CHECK(line.size() <= 75);
    CHECK(is_valid_utf8(line));
    CHECK(line.find_first_of("\r\n") == std::string::npos);
    folded += line.starts_with(' ') ? 1 : 0;
    begin = end + 2;
  }
  CHECK(folded > 20);
  CHECK(values(body, "SUMMARY").size() == 5);
  for (const auto& summary : values(body, "SUMMARY"))
    CHECK(summary.find("бібліотекарів 👩‍🏫\\, Науково") != std::string::npos);
}

TEST_CASE(
    "feed rule 17: one VCALENDAR begins with its version and maker and method and is valid when empty") {
  for (const auto& body : {feed_of(varied()).body, feed_of({}).body}) {
    const auto lines = unfolded(body);
    REQUIRE(lines.size() > 6);
    CHECK(lines[0] == "BEGIN:VCALENDAR");
    CHECK(lines[1] == "VERSION:2.0");
    CHECK(lines[2] == "PRODID:-//Convoke//Calendar//EN");
    CHECK(lines[3] == "CALSCALE:GREGORIAN");
    CHECK(lines[4] == "METHOD:PUBLISH");
    CHECK(lines.back() == "END:VCALENDAR");
    CHECK(std::count(lines.begin(), lines.end(), "BEGIN:VCALENDAR") == 1);
  }
  const auto empty = parse(feed_of({}).body);
  REQUIRE(empty);
  CHECK(icalcomponent_count_errors(empty.get()) == 0);
  CHECK(icalcomponent_count_components(empty.get(), ICAL_VTIMEZONE_COMPONENT) == 1);
}

TEST_CASE("feed rule 18: nothing of libical stands in the output") {
  const auto body = feed_of(varied()).body;
  CHECK(body.find("X-LIC-ERROR") == std::string::npos);
  CHECK(body.find("freeassociation") == std::string::npos);
}

TEST_CASE("feed rule 19: the calendar has one name in both properties and its zone") {
  const auto body = feed_of(varied()).body;
  CHECK(value(body, "NAME") == "План методичного об’єднання\\, 2026");
  CHECK(value(body, "X-WR-CALNAME") == value(body, "NAME"));
  CHECK(value(body, "X-WR-TIMEZONE") == "Europe/Kyiv");
  auto named = head();
  named.name = "а\r\nX-INJECTED:1 " + long_cyrillic();
  const auto long_name = assemble_feed(named, {}, at("2026-10-01"));
  CHECK(value(long_name.body, "X-WR-CALNAME").size() <= 255);
  CHECK(value(long_name.body, "X-WR-CALNAME") == value(long_name.body, "NAME"));
  CHECK(is_valid_utf8(long_name.body));
  CHECK(values(long_name.body, "X-INJECTED").empty());
}

TEST_CASE("feed rule 20: the refresh interval is said in both ways and is at least a quarter of an hour") {
  const auto body = feed_of(varied()).body;
  CHECK(has_line(body, "REFRESH-INTERVAL;VALUE=DURATION:PT1H"));
  CHECK(value(body, "X-PUBLISHED-TTL") == "PT1H");
  CHECK(feed_refresh_interval >= minutes{15});
}

TEST_CASE("feed rule 21: the colour is a CSS3 name and the same in hexadecimal for Apple") {
  const auto whole = feed_of(varied()).body;
  const auto body = whole.substr(0, whole.find("BEGIN:VEVENT"));
  CHECK(value(body, "COLOR") == "steelblue");
  for (const auto& color : values(whole, "COLOR")) CHECK_FALSE(color_code(color).empty());
  CHECK(value(body, "X-APPLE-CALENDAR-COLOR") == "#4682B4");
  for (std::size_t i = 0; i < event_kind_count; ++i)
    CHECK_FALSE(color_code(color_of(static_cast<EventKind>(i))).empty());
  auto odd = head();
  odd.color = "red\r\nX-INJECTED:1";
  CHECK(value(assemble_feed(odd, {}, at("2026-10-01")).body, "COLOR") == "steelblue");
}

TEST_CASE("feed rule 22: libical reads every feed without an error and finds the same UIDs") {
  for (const auto periods :
       {VaguePeriods::deadline, VaguePeriods::span, VaguePeriods::todo, VaguePeriods::hide}) {
    for (const auto language : all_languages) {
      CAPTURE(name_of(periods), tag_of(language));
      const auto body = feed_of(varied(), view(language, periods)).body;
      const auto parsed = parse(body);
      REQUIRE(parsed);
      CHECK(icalcomponent_count_errors(parsed.get()) == 0);
      std::multiset<std::string> uids;
      for (auto* c = icalcomponent_get_first_component(parsed.get(), ICAL_ANY_COMPONENT); c != nullptr;
           c = icalcomponent_get_next_component(parsed.get(), ICAL_ANY_COMPONENT))
        if (icalcomponent_isa(c) != ICAL_VTIMEZONE_COMPONENT) uids.insert(icalcomponent_get_uid(c));
      const auto written = values(body, "UID");
      CHECK(uids == std::multiset<std::string>(written.begin(), written.end()));
      CHECK(uids.size() == (periods == VaguePeriods::hide ? 4U : 5U));
    }
  }
}

TEST_CASE("feed rule 23: a hostile title comes back as it is and injects no line") {
  struct Row {
    std::string title, expected;
  };
  const std::vector<Row> rows = {
      {"a,b;c\\d\"e:f^g", "a,b;c\\d\"e:f^g"},
      {"one\r\nX-INJECTED:1", "one X-INJECTED:1"},
      {"one\nEND:VEVENT\nBEGIN:VEVENT", "one END:VEVENT BEGIN:VEVENT"},
      {"one\rX-INJECTED:1", "one X-INJECTED:1"},
      {"a\xE2\x80\xA8X-INJECTED:1", "a X-INJECTED:1"},
      {"a\xC2\x85X-INJECTED:1", "a X-INJECTED:1"},
      {std::string("nul\0end", 7), "nulend"},
      {"bell\a esc\x1B[31m del\x7F vt\x0B", "bell esc[31m del vt"},
      {"tab\tend", "tab end"},
      {"\\n is not a line \\, nor this", "\\n is not a line \\, nor this"},
      {"emoji 👩‍👩‍👧‍👦 and עברית \xE2\x80\xAE rtl",
       "emoji 👩‍👩‍👧‍👦 and עברית \xE2\x80\xAE rtl"},
      {"lone \xED\xA0\x80 surrogate", "lone \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD surrogate"},
      {"  blanks at the ends  ", "blanks at the ends"},
      {"BEGIN:VEVENT", "BEGIN:VEVENT"},
  };
  Event plain = meeting();
  plain.place = plain.section = "x";
  plain.title = "x";
  const auto expected_lines = unfolded(feed_of({plain}).body).size();
  for (const auto& row : rows) {
    CAPTURE(row.title);
    Event event = plain;
    event.title = event.place = row.title;
    const auto body = feed_of({event}).body;
    const auto parsed = parse(body);
    REQUIRE(parsed);
    CHECK(icalcomponent_count_errors(parsed.get()) == 0);
    auto* inner = icalcomponent_get_first_component(parsed.get(), ICAL_VEVENT_COMPONENT);
    REQUIRE(inner);
    CHECK(std::string(icalcomponent_get_summary(inner)) == row.expected);
    CHECK(std::string(icalcomponent_get_location(inner)) == row.expected);
    CHECK(unfolded(body).size() == expected_lines);
    CHECK(std::none_of(body.begin(), body.end(), [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n') || c == 0x7F;
    }));
  }
}

TEST_CASE("feed rule 24: a UID is the event's own and an odd one is replaced by ASCII that stays the same") {
  CHECK(value(text_of(meeting()), "UID") == meeting().uid);
  Event odd = meeting();
  for (const std::string& uid :
       {std::string("подія-1"), std::string("a\r\nX-INJECTED:1"), std::string(300, 'u'), std::string()}) {
    odd.uid = uid;
    const auto written = value(text_of(odd), "UID");
    CAPTURE(uid, written);
    CHECK(written.size() <= 255);
    CHECK(written.size() >= 7);
    CHECK(std::all_of(written.begin(), written.end(), [](char c) { return c > 0x20 && c < 0x7F; }));
    CHECK(value(text_of(odd), "UID") == written);
    CHECK(values(text_of(odd), "X-INJECTED").empty());
  }
}

TEST_CASE("feed rule 24: of two events with one UID a feed holds the one changed later") {
  Event older = meeting(), newer = meeting();
  newer.title = "Нова назва";
  newer.modified += hours{1};
  for (const auto& events : {std::vector<Event>{older, newer}, std::vector<Event>{newer, older}}) {
    const auto body = feed_of(events).body;
    CHECK(values(body, "UID").size() == 1);
    CHECK(value(body, "SUMMARY") == "Нова назва");
  }
}

TEST_CASE(
    "feed rule 25: every event says when it was made and changed in UTC and DTSTAMP is its last change") {
  for (const auto& event : varied()) {
    const auto text = text_of(event);
    CHECK(value(text, "DTSTAMP") == "20261001T080000Z");
    CHECK(value(text, "LAST-MODIFIED") == value(text, "DTSTAMP"));
    CHECK(value(text, "CREATED") == "20260901T080000Z");
    CHECK(value(text, "SEQUENCE") == "3");
    CHECK(values(text, "DTSTART").size() == 1);
    CHECK(values(text, "SUMMARY").size() == 1);
  }
}

TEST_CASE("feed rule 26: what an event carries as its sequence and change is what a reader gets") {
  Event event = meeting();
  const auto before = text_of(event);
  event.sequence = 4;
  event.modified += std::chrono::seconds{1};
  event.place = "Центральна бібліотека";
  const auto after = text_of(event);
  CHECK(value(after, "SEQUENCE") == "4");
  CHECK(value(after, "DTSTAMP") == "20261001T080001Z");
  CHECK(value(after, "UID") == value(before, "UID"));
}

TEST_CASE("feed rule 28: an all-day event ends on the day after") {
  Event one_day = meeting();
  one_day.period = make_dated(day("2026-12-31"));
  CHECK(has_line(text_of(one_day), "DTSTART;VALUE=DATE:20261231"));
  CHECK(has_line(text_of(one_day), "DTEND;VALUE=DATE:20270101"));
  const auto range = text_of(vague(Precision::date_range, "2026-05-22", "2026-05-24", "22-24 травня"));
  CHECK(has_line(range, "DTSTART;VALUE=DATE:20260522"));
  CHECK(has_line(range, "DTEND;VALUE=DATE:20260525"));
  CHECK(has_line(range, "STATUS:CONFIRMED"));
}

TEST_CASE("feed rule 29: a timed event has start and end in its zone and never floats") {
  const auto text = text_of(meeting());
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20261112T100000"));
  CHECK(has_line(text, "DTEND;TZID=Europe/Kyiv:20261112T120000"));
  Event utc = meeting();
  utc.zone = "UTC";
  CHECK(has_line(text_of(utc), "DTSTART:20261112T100000Z"));
  Event no_zone = meeting();
  no_zone.zone = "Europe/Atlantis\r\nX-INJECTED:1";
  CHECK(has_line(text_of(no_zone), "DTSTART:20261112T100000Z"));
}

TEST_CASE("feed rule 29: an event without an end lasts as long as its kind usually does") {
  Event event = meeting();
  event.period.end_time.reset();
  CHECK(has_line(text_of(event), "DTEND;TZID=Europe/Kyiv:20261112T113000"));
  event.kind = EventKind::conference;
  CHECK(has_line(text_of(event), "DTEND;TZID=Europe/Kyiv:20261112T160000"));
  event.period.end_time = event.period.time;  // "10:00-10:00" says nothing about the end
  CHECK(has_line(text_of(event), "DTEND;TZID=Europe/Kyiv:20261112T160000"));
}

TEST_CASE("feed rule 29: an evening that ends after midnight ends on the next day") {
  Event event = meeting();
  event.period.time = hours{22};
  event.period.end_time = hours{1};
  CHECK(has_line(text_of(event), "DTEND;TZID=Europe/Kyiv:20261113T010000"));
}

TEST_CASE("a time that the change of clocks skips or doubles is written in UTC so that no client errs") {
  struct Row {
    const char *zone, *date, *time, *start;
  };
  // On both sides of both edges, in three zones. What exists once keeps its local time.
  const std::vector<Row> rows = {
      {"Europe/Kyiv", "2027-03-28", "02:30", ";TZID=Europe/Kyiv:20270328T023000"},
      {"Europe/Kyiv", "2027-03-28", "03:30", ":20270328T013000Z"},
      {"Europe/Kyiv", "2027-03-28", "04:00", ";TZID=Europe/Kyiv:20270328T040000"},
      {"Europe/Kyiv", "2027-10-31", "02:30", ";TZID=Europe/Kyiv:20271031T023000"},
      {"Europe/Kyiv", "2027-10-31", "03:30", ":20271031T003000Z"},
      {"Europe/Kyiv", "2027-10-31", "04:00", ";TZID=Europe/Kyiv:20271031T040000"},
      {"Europe/Berlin", "2026-03-29", "02:30", ":20260329T013000Z"},
      {"Europe/Berlin", "2026-03-29", "03:00", ";TZID=Europe/Berlin:20260329T030000"},
      {"Europe/Berlin", "2026-10-25", "02:30", ":20261025T003000Z"},
      {"Europe/Berlin", "2026-10-25", "03:00", ";TZID=Europe/Berlin:20261025T030000"},
      {"America/New_York", "2026-03-08", "02:30", ":20260308T073000Z"},
      {"America/New_York", "2026-11-01", "01:30", ":20261101T053000Z"},
      {"America/New_York", "2026-11-01", "02:00", ";TZID=America/New_York:20261101T020000"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.zone, row.date, row.time);
    Event event = meeting();
    event.zone = row.zone;
    event.period = make_dated(day(row.date), parse_iso_time(row.time).value(), hours{12});
    const auto text = text_of(event);
    CHECK(has_line(text, std::string("DTSTART") + row.start));
    const bool in_utc = std::string_view(row.start).ends_with('Z');
    CHECK(values(text, "DTEND").front().ends_with('Z') == in_utc);
  }
}

TEST_CASE("feed rule 30: named weekdays are one series whose first entry is on the rule") {
  const auto third = text_of(recurring(Frequency::monthly, {{std::chrono::Thursday, 3}}));
  CHECK(has_line(third, "DTSTART;VALUE=DATE:20260917"));
  CHECK(has_line(third, "RRULE:FREQ=MONTHLY;BYDAY=3TH;UNTIL=20270531"));
  const auto last = text_of(recurring(Frequency::monthly, {{std::chrono::Friday, -1}}));
  CHECK(has_line(last, "DTSTART;VALUE=DATE:20260925"));
  CHECK(has_line(last, "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270531"));
  const auto weekly =
      text_of(recurring(Frequency::weekly, {{std::chrono::Monday, 0}, {std::chrono::Wednesday, 0}}));
  CHECK(has_line(weekly, "DTSTART;VALUE=DATE:20260902"));
  CHECK(has_line(weekly, "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270531"));
  const auto biweekly = text_of(recurring(Frequency::biweekly, {{std::chrono::Tuesday, 0}}));
  CHECK(has_line(biweekly, "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU;UNTIL=20270531"));
}

TEST_CASE(
    "feed rule 30: a timed series keeps its local hour over the change of clocks and ends by an instant in "
    "UTC") {
  Event event = recurring(Frequency::weekly, {{std::chrono::Monday, 0}});
  event.period.time = hours{19};
  const auto text = text_of(event);
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20260907T190000"));
  CHECK(has_line(text, "DTEND;TZID=Europe/Kyiv:20260907T203000"));
  CHECK(has_line(text, "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270531T205959Z"));
  CHECK(text.find("COUNT") == std::string::npos);
}

TEST_CASE("feed rule 31: the further days of a series have the form of its start") {
  Event event = recurring(Frequency::list, {});
  event.period.recurrence->dates = {day("2026-10-14"), day("2027-02-10"), day("2027-04-14")};
  const auto days = text_of(event);
  CHECK(has_line(days, "DTSTART;VALUE=DATE:20261014"));
  CHECK(has_line(days, "RDATE;VALUE=DATE:20270210,20270414"));
  CHECK(value(days, "SUMMARY") == event.title);
  CHECK(has_line(days, "STATUS:CONFIRMED"));
  event.period.time = hours{10};
  const auto timed = text_of(event);
  CHECK(has_line(timed, "DTSTART;TZID=Europe/Kyiv:20261014T100000"));
  CHECK(has_line(timed, "RDATE;TZID=Europe/Kyiv:20270210T100000,20270414T100000"));
}

TEST_CASE("what recurs without a named day is one soft deadline at the end of every period under one UID") {
  const auto text = text_of(recurring(Frequency::quarterly, {}));
  CHECK(values(text, "UID").size() == 1);
  CHECK(values(text, "DTSTART").size() == 1);
  CHECK(has_line(text, "STATUS:TENTATIVE"));
  CHECK(has_line(text, "TRANSP:TRANSPARENT"));
  CHECK(values(text, "RDATE").size() == 1);
  CHECK(text_of(recurring(Frequency::quarterly, {}), view(Language::uk, VaguePeriods::hide)).empty());
  CHECK(text_of(recurring(Frequency::daily, {})).empty());
}

TEST_CASE("feed rule 33: every TZID has exactly one VTIMEZONE before it and none is unused") {
  const auto body = feed_of(varied()).body;
  CHECK(values(body, "TZID") == std::vector<std::string>{"Europe/Kyiv", "Europe/Minsk"});
  CHECK(body.find("END:VTIMEZONE") < body.find("BEGIN:VEVENT"));
  Event all_day_event = meeting();
  all_day_event.period = make_dated(day("2026-11-12"));
  CHECK(values(feed_of({all_day_event}).body, "TZID").empty());
}

TEST_CASE("feed rule 35: a cancelled event stays and says so in its status and its title") {
  Event event = meeting();
  event.status = EventStatus::cancelled;
  const std::vector<std::string> prefixes = {"Скасовано: ", "Адменена: ", "Отменено: ", "Cancelled: "};
  for (const auto language : all_languages) {
    const auto text = text_of(event, view(language));
    CHECK(has_line(text, "STATUS:CANCELLED"));
    CHECK(value(text, "SUMMARY") == prefixes[static_cast<std::size_t>(language)] + event.title);
    CHECK(value(text, "UID") == event.uid);
  }
}

TEST_CASE(
    "feed rule 37: status and transparency and class are always said and only known hours block a day") {
  for (const auto& event : varied()) {
    const auto text = text_of(event);
    const auto status = value(text, "STATUS");
    CHECK((status == "CONFIRMED" || status == "TENTATIVE"));
    CHECK(value(text, "CLASS") == "PUBLIC");
    CHECK(value(text, "TRANSP") ==
          (text.find("VALUE=DATE:") == std::string::npos ? "OPAQUE" : "TRANSPARENT"));
  }
}

TEST_CASE("feed rule 38: the description is plain text with people and agenda and both links") {
  Event event = meeting();
  event.section = "Методична робота";
  event.number = "2.10";
  event.note = "Запросити\nвчителів";
  event.agenda = {"Підсумки року", "Різне"};
  event.online_url = "https://meet.example.org/a?b=1";
  event.responsible = {{{}, "Шевчук О.П.", "методист", ""}, {{}, "", "рада об’єднання", ""}};
  event.place = "Зала 1,\r\n вул. Садова";
  const auto text = text_of(event);
  const auto description = value(text, "DESCRIPTION");
  CAPTURE(description);
  for (const auto* part :
       {"Засідання\\n", "Розділ: Методична робота\\, № 2.10", "Відповідальні: Шевчук О.П. (методист)\\; рада",
        "1. Підсумки року\\n2. Різне", "Примітка: Запросити\\nвчителів",
        "Підключитися онлайн: https://meet.example.org/a?b=1",
        "Сторінка події: https://plans.example.org/events/7"})
    CHECK(description.find(part) != std::string::npos);
  CHECK(value(text, "URL") == "https://plans.example.org/events/7");
  CHECK(has_line(
      text,
      "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Підключитися онлайн\":https://meet.example.org/a?b=1"));
  CHECK(value(text, "LOCATION") == "Зала 1\\, вул. Садова");
  CHECK(value(text, "CATEGORIES") == "засідання");
  CHECK(value(text_of(event, view(Language::en)), "CATEGORIES") == "meeting");
}

TEST_CASE("feed rule 39: an address is absolute http and percent-encoded or it is not written") {
  Event event = meeting();
  event.online_url = "https://meet.example.org/зал номер";
  CHECK(values(text_of(event), "CONFERENCE").empty());
  event.online_url = "https://meet.example.org/зал";
  CHECK(value(text_of(event), "CONFERENCE") == "https://meet.example.org/%D0%B7%D0%B0%D0%BB");
  for (const auto* bad :
       {"http://x/\r\nX-INJECTED:1", "javascript:alert(1)", "//meet.example.org", "https://", "ftp://x/",
        "http://x/\x01", "https://user:secret@x/", "http://x/ y", "meet.example.org"}) {
    CAPTURE(bad);
    event.online_url = bad;
    const auto text = text_of(event);
    CHECK(values(text, "CONFERENCE").empty());
    CHECK(values(text, "X-INJECTED").empty());
    CHECK(text.find("javascript") == std::string::npos);
  }
}

TEST_CASE("feed rule 40: there is no alarm unless asked for and no attendee or organizer") {
  Event event = meeting();
  event.responsible = {{PersonId{4}, "Шевчук О.П.", "методист", ""}};
  const auto text = text_of(event);
  for (const auto* name : {"ATTENDEE", "ORGANIZER", "TRIGGER"}) CHECK(values(text, name).empty());
  auto with_alarms = view();
  with_alarms.alarms = true;
  CHECK(value(text_of(event, with_alarms), "TRIGGER") == "-P1D");
  event.period = make_dated(day("2026-11-12"));
  CHECK(value(text_of(event, with_alarms), "TRIGGER") == "-PT15H");
  event.status = EventStatus::cancelled;
  CHECK(values(text_of(event, with_alarms), "TRIGGER").empty());
}

TEST_CASE("feed rule 41: a to-do stands only in the view that asks for to-dos") {
  const auto month = vague(Precision::month, "2026-11-01", "2026-11-30", "листопад");
  for (const auto periods : {VaguePeriods::deadline, VaguePeriods::span, VaguePeriods::hide})
    CHECK(text_of(month, view(Language::uk, periods)).find("VTODO") == std::string::npos);
  const auto todo = text_of(month, view(Language::uk, VaguePeriods::todo));
  CHECK(has_line(todo, "BEGIN:VTODO"));
  CHECK(has_line(todo, "DTSTART;VALUE=DATE:20261101"));
  CHECK(has_line(todo, "DUE;VALUE=DATE:20261130"));
  CHECK(has_line(todo, "STATUS:NEEDS-ACTION"));
}

TEST_CASE(
    "a month without a day is one tentative entry on its last working day and says so in the reader's "
    "language") {
  const auto month = vague(Precision::month, "2026-10-01", "2026-10-31", "жовтень 2026 року");
  const std::vector<std::string> marks = {"дату ще не визначено", "дата яшчэ не вызначана",
                                          "дата ещё не назначена", "date not yet fixed"};
  for (const auto language : all_languages) {
    const auto text = text_of(month, view(language));
    CHECK(has_line(text, "DTSTART;VALUE=DATE:20261030"));
    CHECK(has_line(text, "DTEND;VALUE=DATE:20261031"));
    CHECK(has_line(text, "STATUS:TENTATIVE"));
    CHECK(has_line(text, "TRANSP:TRANSPARENT"));
    CHECK(value(text, "SUMMARY") == month.title + " (" + marks[static_cast<std::size_t>(language)] + ")");
    CHECK(value(text, "DESCRIPTION").find("жовтень 2026") != std::string::npos);
  }
}

TEST_CASE("every kind of vague period has its entry in the views that show it") {
  struct Row {
    Precision precision;
    const char *first, *last, *deadline_day;
  };
  const std::vector<Row> rows = {
      {Precision::month, "2026-11-01", "2026-11-30", "20261130"},
      {Precision::month_range, "2026-09-01", "2026-10-31", "20261030"},
      {Precision::quarter, "2026-10-01", "2026-12-31", "20261231"},
      {Precision::half_year, "2026-01-01", "2026-06-30", "20260630"},
      {Precision::season, "2026-06-01", "2026-08-31", "20260831"},
      {Precision::year_end, "2027-05-01", "2027-05-31", "20270531"},
      {Precision::date_range, "2026-09-01", "2027-05-31", "20270531"},
  };
  for (const auto& row : rows) {
    CAPTURE(name_of(row.precision));
    const auto event = vague(row.precision, row.first, row.last, "як у плані");
    CHECK(has_line(text_of(event), std::string("DTSTART;VALUE=DATE:") + row.deadline_day));
    const auto span = text_of(event, view(Language::uk, VaguePeriods::span));
    CHECK(value(span, "DTSTART") == ical_date_text(row.first));
    CHECK(value(span, "DTEND") == ical_date_text(format_iso(add_days(day(row.last), 1))));
    CHECK(has_line(span, "TRANSP:TRANSPARENT"));
    CHECK(value(text_of(event, view(Language::uk, VaguePeriods::todo)), "DUE") == ical_date_text(row.last));
    CHECK(text_of(event, view(Language::uk, VaguePeriods::hide)).empty());
  }
}

TEST_CASE("a range of days is shown as its days up to a month and as a vague period beyond") {
  const auto at_limit = vague(Precision::date_range, "2026-10-01", "2026-10-31", "");
  const auto beyond = vague(Precision::date_range, "2026-10-01", "2026-11-01", "");
  CHECK(value(text_of(at_limit), "DTSTART") == "20261001");
  CHECK(value(text_of(at_limit), "STATUS") == "CONFIRMED");
  CHECK(value(text_of(beyond), "DTSTART") == "20261030");
  CHECK(value(text_of(beyond), "STATUS") == "TENTATIVE");
}

TEST_CASE("a deadline is one transparent day with the word for due in the reader's language") {
  Event event = vague(Precision::exact_date, "2027-01-15", "2027-01-15", "до 15 січня");
  event.period.deadline = true;
  const std::vector<std::string> prefixes = {"Строк: ", "Тэрмін: ", "Срок: ", "Due: "};
  for (const auto language : all_languages) {
    const auto text = text_of(event, view(language));
    CHECK(value(text, "SUMMARY") == prefixes[static_cast<std::size_t>(language)] + event.title);
    CHECK(has_line(text, "DTSTART;VALUE=DATE:20270115"));
    CHECK(has_line(text, "DTEND;VALUE=DATE:20270116"));
    CHECK(has_line(text, "TRANSP:TRANSPARENT"));
    CHECK(has_line(text, "STATUS:CONFIRMED"));
  }
  CHECK(has_line(text_of(event, view(Language::uk, VaguePeriods::todo)), "DUE;VALUE=DATE:20270115"));
}

TEST_CASE("goals and events without dates and all-year work stay out of the calendar") {
  Event goal = meeting();
  goal.kind = EventKind::goal;
  CHECK(text_of(goal).empty());
  Event undated = vague(Precision::by_other_plan, "2026-01-01", "2026-12-31", "за планом управління");
  undated.period.first.reset();
  undated.period.last.reset();
  for (const auto periods :
       {VaguePeriods::deadline, VaguePeriods::span, VaguePeriods::todo, VaguePeriods::hide})
    CHECK(text_of(undated, view(Language::uk, periods)).empty());
  for (const auto precision : {Precision::ongoing, Precision::academic_year, Precision::calendar_year}) {
    const auto event = vague(precision, "2026-09-01", "2027-05-31", "постійно");
    CHECK(text_of(event).empty());
    CHECK(text_of(event, view(Language::uk, VaguePeriods::hide)).empty());
    CHECK(has_line(text_of(event, view(Language::uk, VaguePeriods::span)), "DTEND;VALUE=DATE:20270601"));
    CHECK(has_line(text_of(event, view(Language::uk, VaguePeriods::todo)), "DUE;VALUE=DATE:20270531"));
  }
}

TEST_CASE("fixing the date of a vague event keeps its UID and drops the mark") {
  Event event = vague(Precision::month, "2026-11-01", "2026-11-30", "листопад");
  const auto before = text_of(event);
  event.period = make_dated(day("2026-11-12"), hours{10});
  event.status = EventStatus::dated;
  ++event.sequence;
  const auto after = text_of(event);
  CHECK(value(after, "UID") == value(before, "UID"));
  CHECK(value(after, "SUMMARY") == event.title);
  CHECK(value(after, "STATUS") == "CONFIRMED");
  CHECK(value(after, "SEQUENCE") > value(before, "SEQUENCE"));
}

TEST_CASE("a file of one event has no name of a calendar and brings its zone") {
  const auto file = single_event_file(meeting(), view());
  CHECK(values(file, "X-WR-CALNAME").empty());
  CHECK(values(file, "NAME").empty());
  CHECK(value(file, "TZID") == "Europe/Kyiv");
  CHECK(value(file, "METHOD") == "PUBLISH");
  CHECK(file.ends_with("END:VCALENDAR\r\n"));
  const auto parsed = parse(file);
  REQUIRE(parsed);
  CHECK(icalcomponent_count_errors(parsed.get()) == 0);
  Event goal = meeting();
  goal.kind = EventKind::goal;
  CHECK(single_event_file(goal, view()).empty());
}

TEST_CASE("every kind of event has a label in four languages and is found by each of them") {
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    for (const auto language : all_languages) {
      CHECK_FALSE(kind_label(kind, language).empty());
      CHECK(kind_of_label(kind_label(kind, language)) == kind);
    }
  }
  CHECK_FALSE(kind_of_label("opera"));
}
