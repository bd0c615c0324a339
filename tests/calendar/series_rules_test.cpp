// The rules of the calendar contract that series and the links of an event follow: one case a rule.
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/ical_reader.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

Event course(std::string_view first = "2026-09-03", std::string_view last = "2026-11-26") {
  Event event = vague(Precision::recurring, first, last, "щочетверга");
  event.title = "Курс «Цифрова бібліотека»";
  event.place = "Комп’ютерний клас";
  event.period.recurrence = Recurrence{};
  event.period.recurrence->frequency = Frequency::weekly;
  event.period.recurrence->weekdays = {{std::chrono::Thursday, 0}};
  event.period.time = hours{17};
  event.period.end_time = hours{18} + minutes{30};
  return event;
}

Event deadlines(Frequency frequency, std::string_view first, std::string_view last) {
  Event event = vague(Precision::recurring, first, last, "щоквартально");
  event.period.recurrence = Recurrence{};
  event.period.recurrence->frequency = frequency;
  return event;
}

Override on(std::string_view which) {
  Override one;
  one.day = day(which);
  return one;
}

std::string text_of(const Event& event, const FeedView& how = view()) {
  return render_event(event, how).text;
}

// The components of a fragment, the series first.
std::vector<std::string> components(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::string end_line = "END:VEVENT\r\n";
    const auto end = text.find(end_line, begin);
    if (end == std::string::npos) break;
    out.push_back(text.substr(begin, end + end_line.size() - begin));
    begin = end + end_line.size();
  }
  return out;
}

}  // namespace

TEST_CASE("feed rule 28: an all-day entry of a series that was moved has both ends as days") {
  Event event = course();
  event.period.time.reset();
  event.period.end_time.reset();
  event.overrides = {on("2026-09-10")};
  event.overrides[0].date = day("2026-09-12");
  const auto parts = components(text_of(event));
  REQUIRE(parts.size() == 2);
  CHECK(has_line(parts[1], "RECURRENCE-ID;VALUE=DATE:20260910"));
  CHECK(has_line(parts[1], "DTSTART;VALUE=DATE:20260912"));
  CHECK(has_line(parts[1], "DTEND;VALUE=DATE:20260913"));
}

TEST_CASE("feed rule 29: an all-day series may have a day with hours and its VTIMEZONE is there") {
  Event event = course();
  event.period.time.reset();
  event.period.end_time.reset();
  event.overrides = {on("2026-09-10")};
  event.overrides[0].time = hours{11};
  event.overrides[0].end_time = hours{12};
  const auto body = feed_of({event}).body;
  CHECK(has_line(body, "RECURRENCE-ID;VALUE=DATE:20260910"));
  CHECK(has_line(body, "DTSTART;TZID=Europe/Kyiv:20260910T110000"));
  CHECK(has_line(body, "DTEND;TZID=Europe/Kyiv:20260910T120000"));
  CHECK(values(body, "TZID") == std::vector<std::string>{"Europe/Kyiv"});
}

TEST_CASE("feed rule 30: a course at seven in the evening stays at seven over both changes of the clocks") {
  for (const auto* zone : {"Europe/Kyiv", "Europe/Minsk", "Europe/Moscow", "Europe/Warsaw", "Europe/Vilnius",
                           "Asia/Almaty", "Europe/Kiev"}) {
    CAPTURE(zone);
    Event event = course("2026-09-03", "2027-05-27");
    event.zone = zone;
    event.period.time = hours{19};
    event.period.end_time = hours{20};
    const auto text = text_of(event);
    CHECK(has_line(text, std::string("DTSTART;TZID=") + zone + ":20260903T190000"));
    CHECK(has_line(text, std::string("DTEND;TZID=") + zone + ":20260903T200000"));
    const auto until =
        ical_utc(to_instant(CivilTime{day("2027-05-27"), hours{24} - std::chrono::seconds{1}}, zone));
    CHECK(value(text, "RRULE") == "FREQ=WEEKLY;BYDAY=TH;UNTIL=" + until);
    CHECK(until.ends_with("Z"));
    CHECK(text.find("COUNT") == std::string::npos);
  }
}

TEST_CASE(
    "feed rule 30: a series whose first day is in the gap of daylight time keeps its hour on the others") {
  Event event = course("2027-03-28", "2027-11-07");
  event.period.recurrence->weekdays = {{std::chrono::Sunday, 0}};
  event.period.time = hours{3} + minutes{30};
  event.period.end_time = hours{5};
  const auto text = text_of(event);
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20270328T033000"));
  CHECK(has_line(text, "DTEND;TZID=Europe/Kyiv:20270328T050000"));
}

TEST_CASE("feed rule 30: a series in UTC has its dates in UTC") {
  Event event = course();
  event.zone = "UTC";
  event.period.recurrence->without = {day("2026-09-17")};
  event.overrides = {on("2026-09-10")};
  event.overrides[0].cancelled = true;
  const auto text = text_of(event);
  CHECK(has_line(text, "DTSTART:20260903T170000Z"));
  CHECK(has_line(text, "EXDATE:20260917T170000Z"));
  CHECK(has_line(text, "RECURRENCE-ID:20260910T170000Z"));
  CHECK(has_line(text, "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20261126T235959Z"));
}

TEST_CASE("feed rule 30: the first entry is the first day of the rule that takes place") {
  Event event = course("2026-09-01", "2026-11-30");  // a Tuesday
  CHECK(has_line(text_of(event), "DTSTART;TZID=Europe/Kyiv:20260903T170000"));
  event.period.recurrence->without = {day("2026-09-03"), day("2026-09-10")};
  const auto text = text_of(event);
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20260917T170000"));
  CHECK(values(text, "EXDATE").empty());
  event.period.last = day("2026-09-10");
  CHECK(text_of(event).empty());
}

TEST_CASE("feed rule 30: every second week counts in weeks that begin on Monday") {
  Event event = course("2026-09-03", "2026-10-31");  // the Tuesdays begin in the week after
  event.period.recurrence->frequency = Frequency::biweekly;
  event.period.recurrence->weekdays = {{std::chrono::Tuesday, 0}};
  const auto text = text_of(event);
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20260908T170000"));
  CHECK(value(text, "RRULE") == "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU;UNTIL=20261031T215959Z");
}

TEST_CASE("feed rule 30: a deadline of every period is one rule where one rule says its days") {
  struct Row {
    Frequency frequency;
    std::optional<unsigned> day_of_month;
    const char *first, *last, *rule;
  };
  const std::vector<Row> rows = {
      {Frequency::quarterly,
       {},
       "2026-01-01",
       "2026-12-31",
       "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20261231"},
      {Frequency::monthly,
       {},
       "2026-01-01",
       "2026-12-31",
       "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20261231"},
      {Frequency::monthly, 5U, "2026-01-01", "2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20261205"},
      {Frequency::monthly, 31U, "2026-01-01", "2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231"},
      {Frequency::monthly, 30U, "2026-01-01", "2026-12-31",
       "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;UNTIL=20261230"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.rule);
    Event event = deadlines(row.frequency, row.first, row.last);
    event.period.recurrence->day_of_month = row.day_of_month;
    const auto text = text_of(event);
    CHECK(value(text, "RRULE") == row.rule);
    CHECK(values(text, "RDATE").empty());
  }
}

TEST_CASE("feed rule 30: a year of work that ends within a quarter adds its last day to the rule") {
  const auto text = text_of(deadlines(Frequency::quarterly, "2026-09-01", "2027-05-31"));
  CHECK(value(text, "RRULE") == "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20270331");
  CHECK(has_line(text, "DTSTART;VALUE=DATE:20260930"));
  CHECK(has_line(text, "RDATE;VALUE=DATE:20270531"));
}

TEST_CASE("feed rule 31: excluded days and changed days have the form and the zone of the start") {
  Event event = course();
  event.period.recurrence->without = {day("2026-10-01"), day("2026-10-29")};
  event.overrides = {on("2026-09-10"), on("2026-11-05")};
  event.overrides[0].cancelled = event.overrides[1].cancelled = true;
  const auto timed = text_of(event);
  CHECK(has_line(timed, "EXDATE;TZID=Europe/Kyiv:20261001T170000,20261029T170000"));
  CHECK(values(timed, "RECURRENCE-ID") == std::vector<std::string>{"20260910T170000", "20261105T170000"});
  CHECK(has_line(timed, "RECURRENCE-ID;TZID=Europe/Kyiv:20261105T170000"));  // after the clocks changed
  event.period.time.reset();
  event.period.end_time.reset();
  const auto days = text_of(event);
  CHECK(has_line(days, "EXDATE;VALUE=DATE:20261001,20261029"));
  CHECK(has_line(days, "RECURRENCE-ID;VALUE=DATE:20260910"));
}

TEST_CASE("feed rule 31: a day that the series does not name is neither excluded nor changed") {
  Event event = course();
  event.period.recurrence->without = {day("2026-09-02"), day("2026-10-02"), day("2027-01-07")};
  event.overrides = {on("2026-09-11")};
  event.overrides[0].cancelled = true;
  const auto text = text_of(event);
  CHECK(values(text, "EXDATE").empty());
  CHECK(components(text).size() == 1);
}

TEST_CASE("feed rule 32: what differs follows its series under one UID as a full copy") {
  Event event = course();
  event.online_url = "https://meet.example.org/course";
  event.level = Level::region;
  event.overrides = {on("2026-09-10"), on("2026-09-17"), on("2026-09-24")};
  event.overrides[0].title = "Гостя курсу; зустріч, розмова";
  event.overrides[1].place = "Мала зала";
  event.overrides[1].note = "Вхід із двору";
  event.overrides[2].date = day("2027-02-05");  // far behind the series
  event.overrides[2].time = hours{10};
  const auto fragment = render_event(event, view());
  const auto parts = components(fragment.text);
  REQUIRE(parts.size() == 4);
  for (const auto& part : parts) {
    for (const auto* name : {"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE", "URL", "CONFERENCE",
                             "CATEGORIES", "COLOR", "STATUS", "TRANSP", "CLASS"}) {
      CAPTURE(name);
      CHECK(value(part, name) == value(parts[0], name));
    }
    CHECK(values(part, "DESCRIPTION").size() == 1);
    CHECK(values(part, "RRULE").size() == (&part == &parts[0] ? 1 : 0));
    CHECK(values(part, "RECURRENCE-ID").size() == (&part == &parts[0] ? 0 : 1));
  }
  CHECK(value(parts[1], "SUMMARY") == "Гостя курсу\\; зустріч\\, розмова");
  CHECK(value(parts[1], "LOCATION") == value(parts[0], "LOCATION"));
  CHECK(has_line(parts[1], "DTSTART;TZID=Europe/Kyiv:20260910T170000"));
  CHECK(value(parts[2], "LOCATION") == "Мала зала");
  CHECK(value(parts[2], "DESCRIPTION").find("Вхід із двору") != std::string::npos);
  CHECK(has_line(parts[3], "RECURRENCE-ID;TZID=Europe/Kyiv:20260924T170000"));
  CHECK(has_line(parts[3], "DTSTART;TZID=Europe/Kyiv:20270205T100000"));
  CHECK(has_line(parts[3], "DTEND;TZID=Europe/Kyiv:20270205T113000"));
  CHECK(value(parts[3], "DESCRIPTION").find("Перенесено з: 24 вересня 2026") != std::string::npos);
  CHECK(fragment.last_instant >= at("2027-02-05T09:30:00Z"));
}

TEST_CASE("feed rule 32: what was moved before its series begins is in the extent of its zone") {
  Event event = course();
  event.overrides = {on("2026-09-10")};
  event.overrides[0].date = day("2026-08-20");
  const auto fragment = render_event(event, view());
  CHECK(fragment.first_instant <= at("2026-08-20T14:00:00Z"));
}

TEST_CASE("feed rule 35: one cancelled day is an entry of its own that says so and the others stay") {
  Event event = course();
  event.overrides = {on("2026-09-10")};
  event.overrides[0].cancelled = true;
  const auto parts = components(text_of(event));
  REQUIRE(parts.size() == 2);
  CHECK(has_line(parts[0], "STATUS:CONFIRMED"));
  CHECK(values(parts[0], "EXDATE").empty());
  CHECK(has_line(parts[1], "STATUS:CANCELLED"));
  CHECK(value(parts[1], "SUMMARY") == "Скасовано: " + event.title);
  event.status = EventStatus::cancelled;
  for (const auto& part : components(text_of(event))) CHECK(has_line(part, "STATUS:CANCELLED"));
}

TEST_CASE("feed rule 35: who hides what was cancelled sees a series without its cancelled days") {
  FeedView hiding = view();
  hiding.cancelled = false;
  Event event = course();
  event.period.recurrence->without = {day("2026-10-15")};
  event.overrides = {on("2026-09-10"), on("2026-09-17"), on("2026-10-01")};
  event.overrides[0].cancelled = true;
  event.overrides[1].title = "Гостя курсу";
  event.overrides[2].cancelled = true;
  event.overrides[2].date = day("2026-10-02");  // moved before it was cancelled
  const auto parts = components(text_of(event, hiding));
  REQUIRE(parts.size() == 2);
  CHECK(has_line(parts[0], "EXDATE;TZID=Europe/Kyiv:20260910T170000,20261001T170000,20261015T170000"));
  CHECK(has_line(parts[1], "SUMMARY:Гостя курсу"));
  for (const auto& part : parts) CHECK(has_line(part, "STATUS:CONFIRMED"));
  CHECK(value(parts[0], "SEQUENCE") == value(components(text_of(event))[0], "SEQUENCE"));

  // The first day: the series begins with the next one.
  event = course();
  event.overrides = {on("2026-09-03")};
  event.overrides[0].cancelled = true;
  const auto later = components(text_of(event, hiding));
  REQUIRE(later.size() == 1);
  CHECK(has_line(later[0], "DTSTART;TZID=Europe/Kyiv:20260910T170000"));
  CHECK(values(later[0], "EXDATE").empty());
}

TEST_CASE("feed rule 35: days that were named one by one are left out by who hides what was cancelled") {
  FeedView hiding = view();
  hiding.cancelled = false;
  Event event = deadlines(Frequency::quarterly, "2026-01-01", "2026-12-31");
  event.overrides = {on("2026-06-30")};
  event.overrides[0].cancelled = true;
  const auto shown = text_of(event), hidden = text_of(event, hiding);
  CHECK(components(shown).size() == 2);
  CHECK(components(hidden).size() == 1);
  CHECK(hidden.find("CANCELLED") == std::string::npos);

  Event listed = vague(Precision::recurring, "2026-02-03", "2026-05-20", "три зустрічі");
  listed.period.recurrence = Recurrence{};
  listed.period.recurrence->frequency = Frequency::list;
  listed.period.recurrence->dates = {day("2026-02-03"), day("2026-03-11"), day("2026-05-20")};
  listed.overrides = {on("2026-03-11")};
  listed.overrides[0].cancelled = true;
  CHECK(text_of(listed).find("20260311") != std::string::npos);
  const auto rest = text_of(listed, hiding);
  CHECK(rest.find("20260311") == std::string::npos);
  CHECK(rest.find("20260520") != std::string::npos);

  // Nothing is left to show when all of it was cancelled.
  listed.overrides = {on("2026-02-03"), on("2026-03-11"), on("2026-05-20")};
  for (auto& one : listed.overrides) one.cancelled = true;
  CHECK(text_of(listed, hiding).empty());
}

TEST_CASE("feed rule 35: one quarter of a quarterly deadline can be cancelled and moved") {
  Event event = deadlines(Frequency::quarterly, "2026-01-01", "2026-12-31");
  event.overrides = {on("2026-06-30"), on("2026-09-30")};
  event.overrides[0].cancelled = true;
  event.overrides[1].date = day("2026-10-09");
  const auto parts = components(text_of(event));
  REQUIRE(parts.size() == 3);
  CHECK(has_line(parts[1], "RECURRENCE-ID;VALUE=DATE:20260630"));
  CHECK(has_line(parts[1], "STATUS:CANCELLED"));
  CHECK(has_line(parts[2], "RECURRENCE-ID;VALUE=DATE:20260930"));
  CHECK(has_line(parts[2], "DTSTART;VALUE=DATE:20261009"));
}

TEST_CASE("feed rule 38: links and files and the contact stand where clients look for them and in words") {
  Event event = meeting();
  event.online_url = "https://meet.example.org/зал?a=1,2;b";
  event.image_url = "https://plans.example.org/banner.PNG?v=2";
  event.contact = "Методичний відділ, тел. 12-34; кабінет 5";
  event.attachments = {{"https://plans.example.org/Положення.pdf", "Положення \"про конкурс\" ^1", ""},
                       {"https://plans.example.org/programme", "", "text/html"}};
  event.audience = {"молоді бібліотекарі, школярі", "студенти"};
  event.level = Level::region;
  const auto text = text_of(event);
  CHECK(has_line(text,
                 "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Підключитися онлайн\":"
                 "https://meet.example.org/%D0%B7%D0%B0%D0%BB?a=1,2;b"));
  CHECK(has_line(text,
                 "IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:https://plans.example.org/banner.PNG?v=2"));
  CHECK(value(text, "CONTACT") == "Методичний відділ\\, тел. 12-34\\; кабінет 5");
  CHECK(value(text, "CATEGORIES") == std::string(kind_label(event.kind, Language::uk)) +
                                         ",обласний рівень,молоді бібліотекарі\\, школярі,студенти");
  CHECK(value(text, "COLOR") == std::string(color_of(event.kind)));
  const auto description = value(text, "DESCRIPTION");
  for (const auto* said : {"Контакт: Методичний відділ", "Для кого: молоді", "Документ: Положення",
                           "Підключитися онлайн: https://meet.example.org/", "Сторінка події: https://"}) {
    CAPTURE(said);
    CHECK(description.find(said) != std::string::npos);
  }
  CHECK(values(text, "GEO").empty());
}

TEST_CASE(
    "feed rule 38: a part of a conference names what it is a part of and a neighbour's event its source") {
  const EventContext context{"3f1c2b7e-9f52-4c59-8a0f-2f6f0d1f7a11", "Бібліотека сусідів"};
  const auto text = render_event(meeting(), view(), context).text;
  CHECK(has_line(text, "RELATED-TO;RELTYPE=PARENT:3f1c2b7e-9f52-4c59-8a0f-2f6f0d1f7a11"));
  CHECK(value(text, "DESCRIPTION").find("З календаря: Бібліотека сусідів") != std::string::npos);
  CHECK(values(text_of(meeting()), "RELATED-TO").empty());
  const EventContext odd{"a\r\nX-INJECTED:1", ""};
  CHECK(values(render_event(meeting(), view(), odd).text, "X-INJECTED").empty());
}

TEST_CASE("feed rule 39: files and pictures are addresses with their type and nothing else") {
  Event event = meeting();
  event.attachments = {
      {"https://plans.example.org/a.docx", "Положення", ""},
      {"https://plans.example.org/b", "^ \"лапки\"\r\nX-INJECTED:1", "application/pdf\r\nX-I:1"},
      {"javascript:alert(1)", "x", ""},
      {"data:text/plain;base64,AAAA", "x", ""},
      {"https://plans.example.org/c\r\nX-INJECTED:1", "x", ""},
      {"ftp://plans.example.org/d", "x", ""}};
  event.image_url = "https://plans.example.org/picture";
  const auto text = text_of(event);
  CHECK(has_line(text,
                 "ATTACH;FMTTYPE=application/vnd.openxmlformats-officedocument.wordprocessingml.document;"
                 "FILENAME=\"Положення\":https://plans.example.org/a.docx"));
  CHECK(has_line(text,
                 "ATTACH;FMTTYPE=application/octet-stream;FILENAME=\"^^ ^'лапки^' X-INJECTED:1\":"
                 "https://plans.example.org/b"));
  CHECK(has_line(
      text,
      "IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=application/octet-stream:https://plans.example.org/picture"));
  CHECK(values(text, "ATTACH").size() == 2);
  CHECK(values(text, "X-INJECTED").empty());
  CHECK(text.find("javascript") == std::string::npos);
}

TEST_CASE("feed rule 41: a fragment says whether it is a to-do") {
  const Event month = vague(Precision::month, "2026-11-01", "2026-11-30", "листопад");
  CHECK(render_event(month, view(Language::uk, VaguePeriods::todo)).is_todo);
  CHECK_FALSE(render_event(month, view()).is_todo);
  CHECK_FALSE(render_event(meeting(), view(Language::uk, VaguePeriods::todo)).is_todo);
}

TEST_CASE("a daily course with hours is a series and daily work without hours is none") {
  Event event = deadlines(Frequency::daily, "2027-06-01", "2027-06-05");
  CHECK(text_of(event).empty());
  event.period.time = hours{10};
  const auto text = text_of(event);
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20270601T100000"));
  CHECK(value(text, "RRULE") == "FREQ=DAILY;UNTIL=20270605T205959Z");
}

TEST_CASE("a series that Convoke wrote comes back with its exceptions and changed days") {
  Event event = course();
  event.period.recurrence->without = {day("2026-10-01"), day("2026-10-29")};
  event.overrides = {on("2026-09-10"), on("2026-09-17"), on("2026-09-24"), on("2026-11-05")};
  event.overrides[0].cancelled = true;
  event.overrides[1].title = "Гостя курсу";
  event.overrides[1].place = "Мала зала";
  event.overrides[2].date = day("2026-09-26");
  event.overrides[2].time = hours{10};
  event.overrides[2].end_time = hours{11} + minutes{30};
  event.overrides[3].time = hours{18};
  event.overrides[3].end_time = hours{20};
  for (const auto* zone : {"Europe/Kyiv", "Europe/Minsk", "UTC"}) {
    CAPTURE(zone);
    event.zone = zone;
    const auto calendar = read_calendar(feed_of({event}).body, zone);
    REQUIRE(calendar);
    REQUIRE(calendar->events.size() == 1);
    const auto& back = calendar->events.front();
    CHECK(back.warnings.empty());
    CHECK(calendar->warnings.empty());
    CHECK(back.event.period.recurrence == event.period.recurrence);
    CHECK(back.event.period.first == event.period.first);
    CHECK(back.event.period.last == event.period.last);
    CHECK(back.event.overrides == event.overrides);
  }
}

TEST_CASE("the files and the contact and the parent that Convoke wrote come back") {
  Event event = meeting();
  event.image_url = "https://plans.example.org/banner.png";
  event.contact = "Методичний відділ, тел. 12-34";
  event.attachments = {{"https://plans.example.org/a.pdf", "Положення", "application/pdf"}};
  const auto file = single_event_file(event, view(), {"parent-1@example.org", ""});
  const auto calendar = read_calendar(file, "Europe/Kyiv");
  REQUIRE(calendar);
  REQUIRE(calendar->events.size() == 1);
  const auto& back = calendar->events.front();
  CHECK(back.warnings.empty());
  CHECK(back.parent_uid == "parent-1@example.org");
  CHECK(back.event.image_url == event.image_url);
  CHECK(back.event.contact == event.contact);
  CHECK(back.event.attachments == event.attachments);
}

TEST_CASE("threat rule G5: every lesson of a series is on its hour on both sides of both edges") {
  struct Row {
    const char *zone, *before, *winter, *after;  // 19:00 local on 22 October, 5 November and 1 April
  };
  const std::vector<Row> rows = {
      {"Europe/Kyiv", "2026-10-22T16:00:00Z", "2026-11-05T17:00:00Z", "2027-04-01T16:00:00Z"},
      {"Europe/Kiev", "2026-10-22T16:00:00Z", "2026-11-05T17:00:00Z", "2027-04-01T16:00:00Z"},
      {"Europe/Vilnius", "2026-10-22T16:00:00Z", "2026-11-05T17:00:00Z", "2027-04-01T16:00:00Z"},
      {"Europe/Warsaw", "2026-10-22T17:00:00Z", "2026-11-05T18:00:00Z", "2027-04-01T17:00:00Z"},
      {"Europe/Minsk", "2026-10-22T16:00:00Z", "2026-11-05T16:00:00Z", "2027-04-01T16:00:00Z"},
      {"Europe/Moscow", "2026-10-22T16:00:00Z", "2026-11-05T16:00:00Z", "2027-04-01T16:00:00Z"},
      {"Asia/Almaty", "2026-10-22T14:00:00Z", "2026-11-05T14:00:00Z", "2027-04-01T14:00:00Z"},
      {"UTC", "2026-10-22T19:00:00Z", "2026-11-05T19:00:00Z", "2027-04-01T19:00:00Z"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.zone);
    Event event = course("2026-09-03", "2027-05-27");
    event.zone = row.zone;
    event.period.time = hours{19};
    event.period.end_time = hours{20};
    // Each day alone is what the series says of it: an override that only renames keeps its instant.
    for (const auto& [which, instant] : std::vector<std::pair<const char*, const char*>>{
             {"2026-10-22", row.before}, {"2026-11-05", row.winter}, {"2027-04-01", row.after}}) {
      CAPTURE(which);
      event.overrides = {on(which)};
      event.overrides[0].title = "Інша назва";
      const auto back = read_calendar(feed_of({event}).body, "UTC");
      REQUIRE(back);
      REQUIRE(back->events.size() == 1);
      REQUIRE(back->events[0].event.overrides.size() == 1);
      CHECK(back->events[0].event.overrides[0].day == day(which));
      const auto one = occurrence_on(back->events[0].event, day(which));
      REQUIRE(one);
      CHECK_FALSE(one->moved);
      CHECK(format_iso(to_instant(one->first, *one->time, back->events[0].event.zone)) == instant);
    }
  }
}

TEST_CASE(
    "threat rule G5: a single day moved into the gap or the overlap is written as the instant it means") {
  struct Row {
    const char *zone, *to, *time, *start;
  };
  const std::vector<Row> rows = {
      {"Europe/Kyiv", "2027-03-28", "03:30", "DTSTART:20270328T013000Z"},
      {"Europe/Kyiv", "2027-10-31", "03:30", "DTSTART:20271031T003000Z"},
      {"Europe/Kiev", "2027-03-28", "03:30", "DTSTART:20270328T013000Z"},
      {"Europe/Vilnius", "2027-10-31", "03:30", "DTSTART:20271031T003000Z"},
      {"Europe/Warsaw", "2027-03-28", "02:30", "DTSTART:20270328T013000Z"},
      {"Europe/Warsaw", "2027-10-31", "02:30", "DTSTART:20271031T003000Z"},
      {"Europe/Minsk", "2027-03-28", "03:30", "DTSTART;TZID=Europe/Minsk:20270328T033000"},
      {"Europe/Moscow", "2027-10-31", "03:30", "DTSTART;TZID=Europe/Moscow:20271031T033000"},
      {"Asia/Almaty", "2027-03-28", "03:30", "DTSTART;TZID=Asia/Almaty:20270328T033000"},
      {"UTC", "2027-03-28", "03:30", "DTSTART:20270328T033000Z"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.zone, row.to);
    Event event = course();
    event.zone = row.zone;
    event.overrides = {on("2026-09-10")};
    event.overrides[0].date = day(row.to);
    event.overrides[0].time = parse_iso_time(row.time).value();
    const auto parts = components(text_of(event));
    REQUIRE(parts.size() == 2);
    CHECK(has_line(parts[1], row.start));
  }
}

TEST_CASE("threat rule G5: exceptions of another zone or type name the day that they mean") {
  const auto file = [](const std::string& lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//Y//EN\r\nBEGIN:VEVENT\r\nUID:s\r\nSUMMARY:Курс\r\n"
           "DTSTART;TZID=Europe/Kyiv:20260903T003000\r\nDTEND;TZID=Europe/Kyiv:20260903T013000\r\n"
           "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=5\r\n" +
           lines + "END:VCALENDAR\r\n";
  };
  struct Row {
    const char* line;
    const char* day;  // taken out; null: none
    std::size_t warnings;
  };
  const std::vector<Row> rows = {
      {"EXDATE;TZID=Europe/Kyiv:20260910T003000\r\n", "2026-09-10", 0},
      {"EXDATE:20260909T213000Z\r\n", "2026-09-10", 0},  // still Wednesday in UTC
      {"EXDATE;TZID=Europe/Warsaw:20260909T233000\r\n", "2026-09-10", 0},
      {"EXDATE;VALUE=DATE:20260910\r\n", "2026-09-10", 1},
      {"EXDATE;TZID=Europe/Kyiv:20260910T120000\r\n", nullptr, 1},
  };
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const auto calendar = read_calendar(file(std::string(row.line) + "END:VEVENT\r\n"), "Europe/Kyiv");
    REQUIRE(calendar);
    REQUIRE(calendar->events.size() == 1);
    const auto& without = calendar->events[0].event.period.recurrence->without;
    CHECK(without == (row.day ? std::vector<Date>{day(row.day)} : std::vector<Date>{}));
    CHECK(calendar->events[0].warnings.size() == row.warnings);
  }
  const auto moved = read_calendar(file("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:s\r\nSUMMARY:Курс\r\n"
                                        "RECURRENCE-ID:20260909T213000Z\r\n"
                                        "DTSTART;TZID=Europe/Warsaw:20260911T100000\r\n"
                                        "DTEND;TZID=Europe/Warsaw:20260911T110000\r\nEND:VEVENT\r\n"),
                                   "Europe/Kyiv");
  REQUIRE(moved);
  REQUIRE(moved->events.size() == 1);
  REQUIRE(moved->events[0].event.overrides.size() == 1);
  const auto& change = moved->events[0].event.overrides[0];
  CHECK(change.day == day("2026-09-10"));
  CHECK(change.date == day("2026-09-11"));
  CHECK(change.time == hours{11});
  CHECK(change.end_time == hours{12});
}
