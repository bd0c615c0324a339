#include "tests/contract/random_event.hpp"

#include "calendar/feed_words.hpp"
#include "calendar/ical_entry.hpp"
#include "tests/contract/hostile_text.hpp"
#include "tests/support/feed_witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace convoke::testing {
namespace {

namespace json = boost::json;
using calendar::VaguePeriods;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t most_instances = 60;  // as the readers count them

// Rules of every kind: two changes a year in either half of the world, half an hour, none, Ramadan's; one
// that is no zone and so counts as UTC.
constexpr std::array<std::pair<const char*, const char*>, 20> zones = {{
    {"Europe/Kyiv", "Europe/Kyiv"},
    {"Europe/Kyiv", "Europe/Kyiv"},
    {"Europe/Minsk", "Europe/Minsk"},
    {"Europe/Moscow", "Europe/Moscow"},
    {"Europe/Vilnius", "Europe/Vilnius"},
    {"Europe/Warsaw", "Europe/Warsaw"},
    {"Europe/Berlin", "Europe/Berlin"},
    {"Europe/Dublin", "Europe/Dublin"},
    {"Europe/Samara", "Europe/Samara"},
    {"Asia/Yekaterinburg", "Asia/Yekaterinburg"},
    {"Asia/Almaty", "Asia/Almaty"},
    {"Asia/Kolkata", "Asia/Kolkata"},
    {"Asia/Tbilisi", "Asia/Tbilisi"},
    {"America/New_York", "America/New_York"},
    {"America/St_Johns", "America/St_Johns"},
    {"Australia/Lord_Howe", "Australia/Lord_Howe"},
    {"Pacific/Auckland", "Pacific/Auckland"},
    {"Africa/Casablanca", "Africa/Casablanca"},
    {"UTC", "UTC"},
    {"Europe/Atlantis\r\nX-INJECTED:1", "UTC"},
}};

// What an address is written as; none where it is no address.
constexpr std::array<std::pair<const char*, const char*>, 8> addresses = {{
    {"https://meet.example.org/a?b=1&c=2", "https://meet.example.org/a?b=1&c=2"},
    {"https://meet.example.org/a,b;c?x=%2C%3B", "https://meet.example.org/a,b;c?x=%2C%3B"},
    {"https://meet.example.org/зал", "https://meet.example.org/%D0%B7%D0%B0%D0%BB"},
    {"http://x/\r\nX-INJECTED:1", ""},
    {"javascript:alert(1)", ""},
    {"https://meet.example.org/\x01", ""},
    {"mailto:a@example.org", ""},
    {"https://meet.example.org/зал номер", ""},
}};

std::string local(Date day, TimeOfDay time, const std::string& zone) {
  return fmt::format("{}T{} {}", format_iso(day), format_iso(time), zone);
}

Date last_of_month(Date day) {
  return Date{day.year() / day.month() / std::chrono::last};
}

}  // namespace

struct RandomEvents::Drawing {
  Event event;
  calendar::FeedView how;
  std::string title, zone;  // as read
  json::object at, says, entry;
  std::vector<Date> days;     // of a series
  std::string before, after;  // the marks of the title
  bool shown = true, todo = false, tentative = false;
};

int RandomEvents::between(int least, int most) {
  // Not std::uniform_int_distribution: its numbers differ between libraries, and a seed must say the same
  // everywhere.
  return least + static_cast<int>(random_() % static_cast<std::uint64_t>(most - least + 1));
}

calendar::FeedView RandomEvents::view() {
  calendar::FeedView how;
  how.language = all_languages[static_cast<std::size_t>(between(0, 3))];
  how.periods = static_cast<VaguePeriods>(between(0, 3));
  how.alarms = one_in(4);
  how.base_url = "https://plans.example.org";
  return how;
}

RandomEvents::Words RandomEvents::words(int most_pieces, std::string_view without) {
  Words out{"Т", "Т"};
  for (int left = between(0, most_pieces); left > 0; --left) {
    const auto index = static_cast<std::size_t>(between(0, static_cast<int>(hostile_pieces.size()) - 1));
    if (hostile_pieces[index].first.find_first_of(without) != std::string_view::npos) continue;
    out.written += fmt::format("|{}", hostile_pieces[index].first);
    out.read += fmt::format("|{}", hostile_pieces[index].second);
    // Pushes the next piece over every place of a fold.
    std::string padding(static_cast<std::size_t>(between(0, 12)), 'x');
    for (int letters = one_in(3) ? between(0, 60) : 0; letters > 0; --letters) padding += "щ";
    out.written += padding;
    out.read += padding;
  }
  out.written += "|я";
  out.read += "|я";
  return out;
}

Date RandomEvents::day() {
  return add_days(make_date(2025, 1, 1), between(0, 5 * 365));
}

// Round a change of clocks of Europe, where most zones of the table change, or of New York.
Date RandomEvents::day_of_changed_clocks(TimeOfDay& time) {
  using namespace std::chrono;
  const auto in = year{between(2025, 2030)};
  const std::array<Date, 4> edges = {
      Date{sys_days{in / March / Sunday[last]}}, Date{sys_days{in / October / Sunday[last]}},
      Date{sys_days{in / March / Sunday[2]}}, Date{sys_days{in / November / Sunday[1]}}};
  time = minutes{30 * between(0, 10)};
  return add_days(edges[static_cast<std::size_t>(between(0, 3))], between(-1, 1));
}

void RandomEvents::dated(Drawing& to) {
  const Date when = day();
  to.event.period = make_dated(when);
  to.at = {{"DTSTART", format_iso(when)}, {"DTEND", format_iso(add_days(when, 1))}};
}

void RandomEvents::timed(Drawing& to) {
  TimeOfDay time = minutes{5 * between(0, 287)};
  const Date when = one_in(2) ? day_of_changed_clocks(time) : day();
  std::optional<TimeOfDay> end;
  // Two hours at least: an hour may vanish between.
  if (one_in(2)) end = (time + minutes{5 * between(24, 200)}) % hours{24};
  to.event.period = make_dated(when, time, end);
  to.at["DTSTART"] = local(when, time, to.zone);
  if (end)
    to.at["DTEND"] = local(add_days(when, *end <= time ? 1 : 0), *end, to.zone);
  else
    to.at["DTEND"] =
        fmt::format("{} +{}", local(when, time, to.zone), calendar::usual_duration(to.event.kind).count());
}

void RandomEvents::days_on_end(Drawing& to) {
  const Date first = day(), last = add_days(first, between(1, calendar::longest_shown_range_days - 1));
  to.event.period = make_dated(first);
  to.event.period.precision = Precision::date_range;
  to.event.period.last = last;
  to.at = {{"DTSTART", format_iso(first)}, {"DTEND", format_iso(add_days(last, 1))}};
}

void RandomEvents::vague(Drawing& to) {
  constexpr std::array<std::pair<Precision, int>, 7> kinds = {{{Precision::month, 1},
                                                               {Precision::month_range, 2},
                                                               {Precision::quarter, 3},
                                                               {Precision::half_year, 6},
                                                               {Precision::season, 3},
                                                               {Precision::year_end, 1},
                                                               {Precision::date_range, 4}}};
  const auto [precision, months] = kinds[static_cast<std::size_t>(between(0, 6))];
  const Date any = day();
  const Date first{any.year() / any.month() / 1};
  Date last = last_of_month(first);
  for (int i = 1; i < months; ++i) last = last_of_month(add_days(last, 1));
  auto& period = to.event.period;
  period.precision = precision;
  period.first = first;
  period.last = last;
  period.source_text = words(1).written;
  to.event.status = EventStatus::planned;
  to.shown = to.how.periods != VaguePeriods::hide;
  to.todo = to.how.periods == VaguePeriods::todo;
  to.tentative = !to.todo;
  if (to.tentative)
    to.after = fmt::format(" ({})", calendar::word(calendar::Word::not_yet_dated, to.how.language));
  if (to.todo) to.at = {{"DTSTART", format_iso(first)}, {"DUE", format_iso(last)}};
  if (to.how.periods == VaguePeriods::span)
    to.at = {{"DTSTART", format_iso(first)}, {"DTEND", format_iso(add_days(last, 1))}};
  if (to.how.periods == VaguePeriods::deadline) to.entry["within"] = {format_iso(first), format_iso(last)};
}

void RandomEvents::all_year(Drawing& to) {
  auto& period = to.event.period;
  period.precision = one_in(2) ? Precision::ongoing : Precision::academic_year;
  period.first = make_date(between(2025, 2030), 9, 1);
  period.last = make_date(static_cast<int>(period.first->year()) + 1, 5, 31);
  to.todo = to.how.periods == VaguePeriods::todo;
  to.shown = to.todo || to.how.periods == VaguePeriods::span;
  to.at = {{"DTSTART", format_iso(*period.first)}};
  if (to.todo)
    to.at["DUE"] = format_iso(*period.last);
  else
    to.at["DTEND"] = format_iso(add_days(*period.last, 1));
}

void RandomEvents::due(Drawing& to) {
  const Date when = day();
  to.event.period = make_dated(when);
  to.event.period.deadline = true;
  to.todo = to.how.periods == VaguePeriods::todo;
  if (to.todo) {
    to.at = {{"DUE", format_iso(when)}};
    return;
  }
  to.before = fmt::format("{}: ", calendar::word(calendar::Word::due, to.how.language));
  to.at = {{"DTSTART", format_iso(when)}, {"DTEND", format_iso(add_days(when, 1))}};
}

void RandomEvents::expect_instances(Drawing& to, const std::vector<Date>& days) {
  json::array instances;
  for (const Date day : days) {
    if (instances.size() == most_instances) break;
    instances.emplace_back(to.event.period.time ? local(day, *to.event.period.time, to.zone)
                                                : format_iso(day));
  }
  to.shown = !days.empty();
  to.days = days;
  if (days.size() > 1) to.entry["instances"] = std::move(instances);
}

// Weekly, every second week, or on the n-th of a weekday of every month, some of the days taken out.
void RandomEvents::series(Drawing& to) {
  using namespace std::chrono;
  auto& period = to.event.period;
  period.precision = Precision::recurring;
  period.first = day();
  period.last = add_days(*period.first, between(40, 400));
  // At night every reader has its own opinion of an hour that is not there; what Convoke does then has its
  // own cases.
  if (one_in(2)) period.time = minutes{5 * between(7 * 12, 21 * 12)};
  const auto on = weekday{static_cast<unsigned>(between(0, 6))};
  const int frequency = between(0, 2),
            nth = std::array{1, 2, 3, 4, -1}[static_cast<std::size_t>(between(0, 4))];
  Recurrence recurrence;
  recurrence.frequency = std::array{Frequency::weekly, Frequency::biweekly,
                                    Frequency::monthly}[static_cast<std::size_t>(frequency)];
  recurrence.weekdays = {{on, frequency == 2 ? nth : 0}};
  std::vector<Date> days;
  for (Date one = *period.first; one <= *period.last; one = add_days(one, 1)) {
    const sys_days at{one};
    if (weekday{at} != on) continue;
    const bool matches =
        frequency == 0 ||
        (frequency == 1 && (days.empty() || (at - sys_days{days.front()}).count() % 14 == 0)) ||
        (frequency == 2 &&
         at == sys_days{nth > 0 ? Date{sys_days{one.year() / one.month() / on[static_cast<unsigned>(nth)]}}
                                : Date{sys_days{one.year() / one.month() / on[last]}}});
    if (matches) days.push_back(one);
  }
  for (std::size_t i = 1; i < days.size(); ++i)
    if (one_in(10)) recurrence.without.push_back(days[i]);
  std::erase_if(days, [&](Date one) {
    return std::find(recurrence.without.begin(), recurrence.without.end(), one) != recurrence.without.end();
  });
  period.recurrence = std::move(recurrence);
  expect_instances(to, days);
}

void RandomEvents::series_of_days(Drawing& to) {
  auto& period = to.event.period;
  period.precision = Precision::recurring;
  std::vector<Date> days = {day()};
  for (int left = between(1, 8); left > 0; --left) days.push_back(add_days(days.back(), between(1, 60)));
  period.first = days.front();
  period.last = days.back();
  if (one_in(2)) period.time = minutes{5 * between(7 * 12, 21 * 12)};
  period.recurrence = Recurrence{Frequency::list, {}, {}, days, false, {}};
  expect_instances(to, days);
}

void RandomEvents::place_and_links(Drawing& to) {
  if (one_in(2)) {
    const auto place = words(3);
    to.event.place = place.written;
    to.says["LOCATION"] = place.read;
  }
  if (one_in(3)) {
    const auto& [written, read] = addresses[static_cast<std::size_t>(between(0, 7))];
    to.event.online_url = written;
    to.entry["count"] = {{"CONFERENCE", *read == '\0' ? 0 : 1}};
    if (*read != '\0') to.entry["has"] = {{"CONFERENCE", read}};
  }
  if (one_in(2)) to.event.note = words(3).written;
  if (one_in(3)) to.event.description = words(6).written;
  if (one_in(3)) to.event.section = words(2).written;
  if (one_in(4)) to.event.agenda = {words(2).written, words(2).written};
  if (one_in(3)) to.event.responsible = {{PersonId{1}, words(1).written, words(1).written, words(1).written}};
}

void RandomEvents::classes_and_files(Drawing& to) {
  auto& event = to.event;
  json::array categories = {calendar::kind_label(event.kind, to.how.language)};
  if (one_in(3)) {
    event.level = static_cast<Level>(between(0, static_cast<int>(level_count) - 1));
    categories.emplace_back(calendar::level_label(*event.level, to.how.language));
  }
  for (int left = one_in(3) ? between(1, 3) : 0; left > 0; --left) {
    const auto audience = words(1, "\"");  // libical splits no list behind a quotation mark
    event.audience.push_back(audience.written);
    categories.emplace_back(audience.read);
  }
  json::array files;
  for (int left = one_in(4) ? between(1, 2) : 0; left > 0; --left) {
    const auto name = words(1, "\\");  // ical.js undoes escapes in parameters, where there are none
    const auto url = fmt::format("https://files.example.org/{}?a=1,2;b", left);
    event.attachments.push_back({url, name.written, "application/pdf"});
    files.emplace_back(fmt::format("{} {{FILENAME={}; FMTTYPE=application/pdf}}", url, name.read));
  }
  if (one_in(4)) {
    const auto contact = words(2);
    event.contact = contact.written;
    to.says["CONTACT"] = contact.read;
  }
  if (one_in(4)) event.image_url = "https://files.example.org/зала.png";
  to.entry["lists"] = {{"CATEGORIES", std::move(categories)}, {"ATTACH", std::move(files)}};
}

// Some days of the series are cancelled, moved or corrected; each is an entry of its own.
json::array RandomEvents::changed_days(Drawing& to) {
  auto& event = to.event;
  const auto& time = event.period.time;
  const auto when = [&](Date day, TimeOfDay at) { return time ? local(day, at, to.zone) : format_iso(day); };
  json::array entries;
  for (const Date day : to.days) {
    if (!one_in(8)) continue;
    Override change;
    change.day = day;
    json::object entry = {
        {"uid", event.uid}, {"type", "VEVENT"}, {"recurrence", when(day, time.value_or(minutes{0}))}};
    json::object says = to.says;
    Date moved_to = day;
    TimeOfDay at = time.value_or(minutes{0});
    change.cancelled = one_in(3);
    if (!change.cancelled) {
      change.date = moved_to = add_days(day, between(1, 3));
      if (time && one_in(2)) change.time = at = minutes{5 * between(7 * 12, 20 * 12)};
    }
    auto title = std::string(to.title);
    if (one_in(3)) {
      const auto other = words(2);
      change.title = other.written;
      title = other.read;
    }
    if (one_in(3)) {
      const auto other = words(2);
      change.place = other.written;
      says["LOCATION"] = other.read;
    }
    const auto prefix = fmt::format("{}: ", calendar::word(calendar::Word::cancelled, to.how.language));
    says["SUMMARY"] = (change.cancelled ? prefix : std::string{}) + title;
    says["STATUS"] = change.cancelled ? "CANCELLED" : "CONFIRMED";
    const auto end = time ? fmt::format("{} +{}", local(moved_to, at, to.zone),
                                        calendar::usual_duration(event.kind).count())
                          : format_iso(add_days(moved_to, 1));
    entry["at"] = {{"DTSTART", when(moved_to, at)}, {"DTEND", end}};
    entry["says"] = std::move(says);
    entry["only"] = known_properties();
    entry["lists"] = to.entry.at("lists");
    entries.push_back(std::move(entry));
    event.overrides.push_back(std::move(change));
  }
  return entries;
}

std::pair<Event, json::array> RandomEvents::event(const std::string& uid, const calendar::FeedView& how) {
  Drawing to;
  to.how = how;
  const auto title = words(4);
  auto& event = to.event;
  event.uid = uid;
  event.id = EventId{between(1, 1'000'000)};
  event.organisation = OrganisationId{1};
  event.title = title.written;
  event.kind = static_cast<EventKind>(between(0, static_cast<int>(event_kind_count) - 2));  // but a goal
  event.status = EventStatus::dated;
  const auto& [zone, read_zone] =
      zones[static_cast<std::size_t>(between(0, static_cast<int>(zones.size()) - 1))];
  event.zone = zone;
  to.zone = read_zone;
  event.sequence = between(0, 40);
  event.modified = Instant{std::chrono::seconds{1'735'689'600 + between(0, 63'000'000)}};
  event.created = event.modified - hours{between(0, 5000)};
  using Draw = void (RandomEvents::*)(Drawing&);
  constexpr std::array<Draw, 10> draws = {&RandomEvents::timed,       &RandomEvents::timed,
                                          &RandomEvents::timed,       &RandomEvents::dated,
                                          &RandomEvents::due,         &RandomEvents::vague,
                                          &RandomEvents::days_on_end, &RandomEvents::all_year,
                                          &RandomEvents::series,      &RandomEvents::series_of_days};
  (this->*draws[static_cast<std::size_t>(between(0, 9))])(to);
  to.title = title.read;
  place_and_links(to);
  classes_and_files(to);
  const bool cancelled = one_in(6);
  if (cancelled) {
    event.status = EventStatus::cancelled;
    to.before = fmt::format("{}: ", calendar::word(calendar::Word::cancelled, how.language));
    to.after.clear();
  }
  if (!to.shown) return {event, {}};
  to.says["SUMMARY"] = to.before + title.read + to.after;
  to.says["SEQUENCE"] = std::to_string(event.sequence);
  for (const auto* name : {"DTSTAMP", "LAST-MODIFIED"}) to.says[name] = format_iso(event.modified);
  to.says["CREATED"] = format_iso(event.created);
  to.says["STATUS"] = cancelled      ? "CANCELLED"
                      : to.todo      ? "NEEDS-ACTION"
                      : to.tentative ? "TENTATIVE"
                                     : "CONFIRMED";
  to.says["URL"] = fmt::format("https://plans.example.org/events/{}", event.id.value);
  to.entry["uid"] = uid;
  to.entry["type"] = to.todo ? "VTODO" : "VEVENT";
  to.entry["at"] = std::move(to.at);
  to.entry["says"] = std::move(to.says);
  to.entry["only"] = known_properties();
  to.entry["alarms"] = how.alarms && !cancelled ? 1 : 0;
  json::array entries;
  if (!cancelled) entries = changed_days(to);
  entries.push_back(std::move(to.entry));
  return {event, std::move(entries)};
}

}  // namespace convoke::testing
