#include "service/calendar_entries.hpp"

#include "calendar/event_occurrences.hpp"
#include "calendar/holidays.hpp"
#include "model/programme.hpp"
#include "service/calendar_view.hpp"
#include "service/plan_table.hpp"
#include "service/series_day.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace convoke::service {
namespace {

bool is_shown(const calendar::FeedQuery& query, const Event& event) {
  return event.kind != EventKind::goal && !is_talk(event) && event.period.has_dates() &&
         calendar::matches(query, event);
}

bool meets(const Event& event, const Window& window) {
  return *event.period.first <= window.to && *event.period.last >= window.from;
}

int days_between(Date first, Date last) {
  return static_cast<int>((to_days(last) - to_days(first)).count());
}

// The months and quarters of a series that meet the window and have no day yet. A week is none: what is held
// every week on whatever day would fill the list.
void add_undated_days(const Event& event, const Window& window, std::vector<UndatedEntry>& found) {
  for (const auto& one : calendar::event_occurrences(event, window.from, window.to))
    if (awaits_day(one) && !one.cancelled && days_between(one.first, one.last) >= longest_shown_days)
      found.push_back({&event, calendar::as_on(event, one).period, one.day});
}

}  // namespace

Result<Window> make_window(Date from, Date to) {
  const int days = days_between(from, to);
  if (days < 0) return Error{Errc::invalid_input, "the last day must not be before the first"};
  if (days >= longest_window)
    return Error{Errc::invalid_input,
                 "at most " + std::to_string(longest_window) + " days can be asked for at once"};
  return Window{from, to};
}

std::vector<CalendarEntry> entries_between(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                           const Window& window) {
  std::vector<CalendarEntry> entries;
  for (const auto& event : snapshot.events) {
    const bool series = event->period.precision == Precision::recurring;
    if (!is_shown(query, *event) || event->period.is_all_year()) continue;
    if (event->period.is_vague() && !series) continue;
    for (const auto& one : calendar::event_occurrences(*event, window.from, window.to)) {
      if (days_between(one.first, one.last) >= longest_shown_days) continue;
      CalendarEntry entry;
      entry.event = event.get();
      entry.title = one.title.value_or(event->title);
      entry.first = one.first;
      entry.last = one.last;
      entry.time = one.time;
      entry.end_time = one.end_time;
      entry.cancelled = one.cancelled;
      entry.of_series = series;
      entry.day = one.day;
      entries.push_back(std::move(entry));
    }
  }
  std::stable_sort(entries.begin(), entries.end(), [](const CalendarEntry& a, const CalendarEntry& b) {
    const auto key = [](const CalendarEntry& one) {
      return std::tuple(one.first, one.time.value_or(TimeOfDay{0}), one.event->id);
    };
    return key(a) < key(b);
  });
  return entries;
}

std::vector<NamedDay> named_days(const Settings& settings, const Snapshot& snapshot,
                                 const calendar::FeedQuery& query, const Window& window) {
  std::set<std::string> countries;
  for (const auto& event : snapshot.events)
    if (!event->source && is_shown(query, *event))
      if (const auto country = calendar::country_of_zone(event->zone); !country.empty())
        countries.emplace(country);
  if (countries.empty()) countries.emplace(calendar::country_of_zone(settings.default_zone));
  const auto& table = settings.days_off ? *settings.days_off : calendar::built_in_days_off();
  std::vector<NamedDay> days;
  for (Date day = window.from; day <= window.to; day = add_days(day, 1))
    for (const auto& country : countries) {
      const auto name = table.name_of(day, country);
      if (name.empty()) continue;
      NamedDay one;
      one.day = day;
      one.off = table.is_day_off(day, country);
      one.name = std::string(name);
      if (countries.size() > 1) one.name += " (" + country + ")";
      days.push_back(std::move(one));
    }
  return days;
}

bool can_be_dated(const Event& event) {
  const auto precision = event.period.precision;
  return !event.source && is_open(event.status) && event.kind != EventKind::goal &&
         precision != Precision::recurring && precision != Precision::ongoing;
}

std::vector<UndatedEntry> undated_in(const Snapshot& snapshot, const calendar::FeedQuery& query, Date day,
                                     const std::vector<OrganisationId>& reach) {
  const Window month{first_of_month(day), last_of_month(day)};
  std::vector<UndatedEntry> found;
  for (const auto& event : snapshot.events) {
    if (!is_shown(query, *event) || !event->plan || !reaches(reach, event->organisation)) continue;
    if (has_own_days(*event)) add_undated_days(*event, month, found);
    if (!can_be_dated(*event) || event->period.is_all_year() || !event->period.is_vague()) continue;
    if (meets(*event, month)) found.push_back({event.get(), event->period, {}});
  }
  std::stable_sort(found.begin(), found.end(), [](const UndatedEntry& a, const UndatedEntry& b) {
    return std::tuple(*a.period.last, a.event->position) < std::tuple(*b.period.last, b.event->position);
  });
  return found;
}

}  // namespace convoke::service
