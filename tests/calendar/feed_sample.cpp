// Prints a feed of very different events, or (with --expected) what a reader must find in it, a JSON line an
// event. Used by feed_readers.py to hold the feed against a library that shares no code with it.
#include "tests/calendar/ical_support.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstring>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

struct Sample {
  Event event;
  std::string summary;
  std::string start, end;  // ISO: a date, or an instant in UTC
};

std::string json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::vector<Sample> samples() {
  std::vector<Sample> out;
  const auto add = [&](Event event, std::string summary, std::string start, std::string end) {
    event.uid = fmt::format("sample-{}@example.org", out.size());
    out.push_back({std::move(event), std::move(summary), std::move(start), std::move(end)});
  };
  const std::vector<std::pair<std::string, std::string>> titles = {
      {"a,b;c\\d\"e:f^g", "a,b;c\\d\"e:f^g"},
      {"one\r\nX-INJECTED:1", "one X-INJECTED:1"},
      {"one\nEND:VEVENT", "one END:VEVENT"},
      {"sep\xE2\x80\xA8"
       "aration\xC2\x85"
       "x",
       "sep aration x"},
      {"bell\a esc\x1B[31m", "bell esc[31m"},
      // No backslash before n or a comma: python3-icalendar 4 unescapes such pairs twice. libical reads them
      // right, see the case of rule 23.
      {"C:\\dir\\file", "C:\\dir\\file"},
      {"emoji 👩‍👩‍👧‍👦 and עברית", "emoji 👩‍👩‍👧‍👦 and עברית"},
      {"lone \xED\xA0\x80", "lone \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"Дуже довга назва науково-практичної конференції бібліотекарів шкіл області та міста",
       "Дуже довга назва науково-практичної конференції бібліотекарів шкіл області та міста"}};
  for (const auto& [title, summary] : titles) {
    Event event = meeting();
    event.title = event.place = event.note = title;
    event.online_url = "https://meet.example.org/зал,1;2?a=b";
    add(event, summary, "2026-11-12T08:00:00Z", "2026-11-12T10:00:00Z");
  }
  struct Edge {
    const char *zone, *date, *time, *start;
  };
  for (const auto& [zone, date, time, start] :
       std::vector<Edge>{{"Europe/Kyiv", "2027-03-28", "02:30", "2027-03-28T00:30:00Z"},
                         {"Europe/Kyiv", "2027-03-28", "03:30", "2027-03-28T01:30:00Z"},
                         {"Europe/Kyiv", "2027-03-28", "04:30", "2027-03-28T01:30:00Z"},
                         {"Europe/Kyiv", "2027-10-31", "02:30", "2027-10-30T23:30:00Z"},
                         {"Europe/Kyiv", "2027-10-31", "03:30", "2027-10-31T00:30:00Z"},
                         {"Europe/Kyiv", "2027-10-31", "04:30", "2027-10-31T02:30:00Z"},
                         {"Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"},
                         {"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},
                         {"Europe/Vilnius", "2026-10-25", "03:30", "2026-10-25T00:30:00Z"},
                         {"Europe/Vilnius", "2026-07-01", "10:00", "2026-07-01T07:00:00Z"},
                         {"Europe/Minsk", "2026-07-01", "10:00", "2026-07-01T07:00:00Z"},
                         {"Europe/Samara", "2026-12-01", "10:00", "2026-12-01T06:00:00Z"}}) {
    Event event = meeting();
    event.zone = zone;
    event.period = make_dated(day(date), parse_iso_time(time).value());
    add(event, event.title, start, format_iso(at(start) + minutes{90}));
  }
  Event one_day = meeting();
  one_day.period = make_dated(day("2026-12-31"));
  add(one_day, one_day.title, "2026-12-31", "2027-01-01");
  const auto month = vague(Precision::month, "2026-10-01", "2026-10-31", "жовтень");
  add(month, month.title + " (дату ще не визначено)", "2026-10-30", "2026-10-31");
  Event due = vague(Precision::exact_date, "2027-01-15", "2027-01-15", "до 15 січня");
  due.period.deadline = true;
  add(due, "Строк: " + due.title, "2027-01-15", "2027-01-16");
  Event cancelled = meeting();
  cancelled.status = EventStatus::cancelled;
  add(cancelled, "Скасовано: " + cancelled.title, "2026-11-12T08:00:00Z", "2026-11-12T10:00:00Z");
  Event series = vague(Precision::recurring, "2026-09-01", "2027-05-31", "третій четвер");
  series.period.recurrence = Recurrence{Frequency::monthly, {{std::chrono::Thursday, 3}}, {}, {}, false, {}};
  series.period.time = hours{19};
  add(series, series.title, "2026-09-17T16:00:00Z", "2026-09-17T17:30:00Z");
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--expected") == 0) {
    for (const auto& one : samples())
      fmt::print("{{\"uid\":{},\"summary\":{},\"start\":{},\"end\":{}}}\n", json(one.event.uid),
                 json(one.summary), json(one.start), json(one.end));
    return 0;
  }
  std::vector<Event> events;
  for (const auto& one : samples()) events.push_back(one.event);
  const auto feed = feed_of(events);
  std::fwrite(feed.body.data(), 1, feed.body.size(), stdout);
  return 0;
}
