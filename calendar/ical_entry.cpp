#include "calendar/ical_entry.hpp"

#include "base/time_zone.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/occurrences.hpp"
#include "calendar/vtimezone.hpp"
#include "calendar/working_days.hpp"

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// In the order of EventKind; from the programmes of such events.
constexpr std::array<minutes, event_kind_count> usual_durations = {
    minutes{90}, hours{6}, hours{3},    hours{2}, hours{3}, hours{1}, hours{3},
    hours{2},    hours{2}, minutes{60}, hours{1}, hours{1}, hours{1}};

// A local time that exists once: it means the same to every reader.
bool is_unequivocal(CivilTime civil, std::string_view zone) {
  const Instant instant = to_instant(civil, zone);
  if (to_civil(instant, zone) != civil) return false;  // skipped
  for (const auto& near : zone_offsets(zone, instant - hours{24}, instant + hours{24})) {
    const Instant other{std::chrono::seconds{to_days(civil.date).time_since_epoch()} + civil.time -
                        near.offset};
    if (other != instant && to_civil(other, zone) == civil) return false;  // happens twice
  }
  return true;
}

Entry::Times times_of(const Event& event, Date first, Date last) {
  const Period& period = event.period;
  const std::string zone = entry_zone(event);
  const CivilTime start{first, period.time.value_or(minutes{0})};
  Entry::Times times;
  times.start = to_instant(start, zone);
  times.end = times.start + usual_duration(event.kind);
  if (period.end_time && (last != first || *period.end_time != *period.time)) {
    times.end = to_instant(last, *period.end_time, zone);
    if (times.end <= times.start)
      times.end = to_instant(add_days(last, 1), *period.end_time, zone);  // past midnight
  }
  times.in_utc =
      is_utc(zone) || !is_unequivocal(start, zone) || !is_unequivocal(to_civil(times.end, zone), zone);
  return times;
}

Entry all_day(Date first, Date last, Entry::Mark mark = Entry::Mark::none) {
  Entry entry;
  entry.component = Entry::Component::event;
  entry.mark = mark;
  entry.first = first;
  entry.last = entry.series_last = last;
  return entry;
}

Entry todo(Date first, Date due) {
  Entry entry = all_day(first, due);
  entry.component = Entry::Component::todo;
  return entry;
}

Entry without_a_day(Date first, Date last, VaguePeriods periods) {
  switch (periods) {
    case VaguePeriods::span:
      return all_day(first, last, Entry::Mark::not_yet_dated);
    case VaguePeriods::todo:
      return todo(first, last);
    case VaguePeriods::hide:
      return {};
    case VaguePeriods::deadline:
      break;
  }
  const Date day = last_working_day(first, last);
  return all_day(day, day, Entry::Mark::not_yet_dated);
}

bool falls_on(Date date, const WeekdayRule& rule) {
  if (weekday_of(date) != rule.weekday) return false;
  if (rule.nth == 0) return true;
  if (rule.nth < 0) return add_days(date, 7).month() != date.month();
  return (static_cast<unsigned>(date.day()) - 1) / 7 + 1 == static_cast<unsigned>(rule.nth);
}

// "FREQ=MONTHLY;BYDAY=3TH" for what names its weekdays in a way one rule can say; empty otherwise.
std::string rule_of(const Recurrence& recurrence) {
  static constexpr std::array<std::string_view, 7> names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  if (recurrence.weekdays.empty() || recurrence.day_of_month) return {};
  const bool monthly = recurrence.frequency == Frequency::monthly;
  std::string rule;
  if (monthly) rule = "FREQ=MONTHLY";
  if (recurrence.frequency == Frequency::weekly) rule = "FREQ=WEEKLY";
  if (recurrence.frequency == Frequency::biweekly) rule = "FREQ=WEEKLY;INTERVAL=2";
  if (rule.empty()) return {};
  std::string by_day;
  for (const auto& [weekday, nth] : recurrence.weekdays) {
    if (monthly != (nth != 0)) return {};
    by_day += (by_day.empty() ? "" : ",") + (nth != 0 ? std::to_string(nth) : std::string{});
    by_day += names.at(weekday.c_encoding());
  }
  return rule + ";BYDAY=" + by_day;
}

// One series; its first entry lies on a day of the rule (feeds.md rule 30).
Entry series_by_rule(const Event& event, const std::string& rule) {
  const Period& period = event.period;
  for (Date day = *period.first; day <= *period.last; day = add_days(day, 1)) {
    const auto& weekdays = period.recurrence->weekdays;
    if (std::none_of(weekdays.begin(), weekdays.end(),
                     [&](const auto& rule_) { return falls_on(day, rule_); }))
      continue;
    Entry entry = all_day(day, day);
    entry.series_last = *period.last;
    std::string until = ical_date(*period.last);
    if (period.time) {
      entry.times = times_of(event, day, day);
      entry.times->in_utc = is_utc(entry_zone(event));
      until = ical_utc(
          to_instant(CivilTime{*period.last, hours{24} - std::chrono::seconds{1}}, entry_zone(event)));
    }
    entry.rrule = rule + ";UNTIL=" + until;
    return entry;
  }
  return {};
}

// A soft deadline at the end of every occurrence; the day itself where an occurrence is one day.
Entry series_by_days(const Event& event) {
  const Period& period = event.period;
  std::vector<Date> days;
  bool all_known = true;
  for (const auto& occurrence : occurrences(period, *period.first, *period.last)) {
    const bool known = occurrence.first == occurrence.last;
    all_known = all_known && known;
    days.push_back(known ? occurrence.first : last_working_day(occurrence.first, occurrence.last));
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  if (days.empty()) return {};
  Entry entry =
      all_day(days.front(), days.front(), all_known ? Entry::Mark::none : Entry::Mark::not_yet_dated);
  if (period.deadline || period.recurrence->day_of_month) entry.mark = Entry::Mark::due;
  if (all_known && period.time && entry.mark == Entry::Mark::none) {
    entry.times = times_of(event, days.front(), days.front());
    entry.times->in_utc = is_utc(entry_zone(event));
  }
  entry.more_days.assign(days.begin() + 1, days.end());
  entry.series_last = days.back();
  return entry;
}

Entry recurring(const Event& event, VaguePeriods periods) {
  const Period& period = event.period;
  if (!period.recurrence) return without_a_day(*period.first, *period.last, periods);
  if (const auto rule = rule_of(*period.recurrence); !rule.empty()) return series_by_rule(event, rule);
  const bool every_day = period.recurrence->frequency == Frequency::daily;
  const bool of_known_days =
      period.recurrence->frequency == Frequency::list && !period.recurrence->list_of_months;
  if (of_known_days) return series_by_days(event);
  switch (periods) {
    case VaguePeriods::span:
      return every_day ? all_day(*period.first, *period.last) : series_by_days(event);
    case VaguePeriods::todo:
      return todo(*period.first, *period.last);
    case VaguePeriods::hide:
      return {};
    case VaguePeriods::deadline:
      break;
  }
  return every_day ? Entry{} : series_by_days(event);  // daily work is in the task list
}

}  // namespace

minutes usual_duration(EventKind kind) {
  return usual_durations.at(static_cast<std::size_t>(kind));
}

std::string entry_zone(const Event& event) {
  return check_zone(event.zone) ? event.zone : std::string("UTC");
}

Entry entry_of(const Event& event, const FeedView& view) {
  const Period& period = event.period;
  if (event.kind == EventKind::goal || !period.has_dates() || *period.last < *period.first) return {};
  const Date first = *period.first, last = *period.last;
  if (period.is_all_year()) {
    if (view.periods == VaguePeriods::span) return all_day(first, last);
    return view.periods == VaguePeriods::todo ? todo(first, last) : Entry{};
  }
  if (period.precision == Precision::recurring) return recurring(event, view.periods);
  if (period.precision == Precision::by_other_plan || period.precision == Precision::none) return {};
  if (period.deadline)
    return view.periods == VaguePeriods::todo ? todo(last, last) : all_day(last, last, Entry::Mark::due);
  if (period.precision == Precision::exact_time && period.time) {
    Entry entry = all_day(first, last);
    entry.times = times_of(event, first, last);
    return entry;
  }
  const bool long_range = (to_days(last) - to_days(first)).count() >= longest_shown_range_days;
  if (period.is_dated() || (period.precision == Precision::date_range && !long_range))
    return all_day(first, last);
  return without_a_day(first, last, view.periods);
}

}  // namespace convoke::calendar
