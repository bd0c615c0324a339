#include "calendar/ical_entry.hpp"

#include "base/time_zone.hpp"
#include "calendar/ical_day_rule.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/occurrences.hpp"
#include "calendar/vtimezone.hpp"
#include "calendar/working_days.hpp"

#include <fmt/format.h>

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

// "FREQ=MONTHLY;BYDAY=3TH" for what names its weekdays in a way one rule can say; empty otherwise.
std::string rule_of(const Period& period) {
  static constexpr std::array<std::string_view, 7> names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  const Recurrence& recurrence = *period.recurrence;
  if (recurrence.day_of_month) return {};
  const auto frequency = recurrence.frequency;
  if (frequency == Frequency::daily && recurrence.weekdays.empty()) return period.time ? "FREQ=DAILY" : "";
  if (recurrence.weekdays.empty()) return {};
  const bool monthly = frequency == Frequency::monthly;
  std::string rule;
  if (monthly) rule = "FREQ=MONTHLY";
  if (frequency == Frequency::weekly || frequency == Frequency::daily) rule = "FREQ=WEEKLY";
  if (frequency == Frequency::biweekly) rule = "FREQ=WEEKLY;INTERVAL=2;WKST=MO";
  if (rule.empty()) return {};
  std::string by_day;
  for (const auto& [weekday, nth] : recurrence.weekdays) {
    if (monthly != (nth != 0)) return {};
    by_day += (by_day.empty() ? "" : ",") + (nth != 0 ? std::to_string(nth) : std::string{});
    by_day += names.at(weekday.c_encoding());
  }
  return rule + ";BYDAY=" + by_day;
}

// An entry of the series that differs, as the view shows it. `shown` is the day the series has it on.
Entry::Changed changed_entry(const Event& event, EventOccurrence occurrence, Date shown) {
  Entry::Changed changed;
  changed.shown = shown;
  const bool stays = occurrence.last == occurrence.day;  // a task of a quarter stays on its soft deadline
  changed.first = stays ? shown : occurrence.first;
  changed.last = stays ? shown : occurrence.last;
  if (occurrence.time) changed.times = times_of(as_on(event, occurrence), changed.first, changed.last);
  changed.occurrence = std::move(occurrence);
  return changed;
}

void extend(Entry& entry, Entry::Changed changed) {
  entry.series_last = std::max(entry.series_last, changed.last);
  entry.changed.push_back(std::move(changed));
}

// The occurrence of `day` when it is not as the series says; an override that changes nothing is none.
std::optional<EventOccurrence> changed_on(const Event& event, Date day) {
  if (event.overrides.empty()) return std::nullopt;
  auto one = occurrence_on(event, day);
  const bool cancelled = one && one->cancelled && event.status != EventStatus::cancelled;
  const bool changed = one && (cancelled || one->moved || one->title || one->place || one->note);
  return changed ? one : std::nullopt;
}

// RFC 5545 3.3.10: a date for a series of days, an instant in UTC for one of local times.
std::string until_text(const Event& event, bool timed, Date last) {
  if (!timed) return ical_date(last);
  return ical_utc(to_instant(CivilTime{last, hours{24} - std::chrono::seconds{1}}, entry_zone(event)));
}

void start_series(const Event& event, Entry& entry) {
  entry.times = times_of(event, entry.first, entry.first);
  entry.times->in_utc = is_utc(entry_zone(event));
  entry.wall_time = event.period.time;
}

// One series by the rule that its recurrence is; its first entry lies on a day of the rule (feeds.md rule
// 30).
Entry series_by_rule(const Event& event, const std::string& rule) {
  const Period& period = event.period;
  const auto days = occurrences(period, *period.first, *period.last);
  if (days.empty()) return {};
  const Date first = days.front().first;
  Entry entry = all_day(first, first);
  entry.series_last = *period.last;
  if (period.time) start_series(event, entry);
  entry.rrule = fmt::format("{};UNTIL={}", rule, until_text(event, period.time.has_value(), *period.last));
  Period whole = period;
  whole.recurrence->without.clear();
  for (const Date day : period.recurrence->without)
    if (day > first && !occurrences(whole, day, day).empty()) entry.without.push_back(day);
  for (const auto& change : event.overrides)
    if (auto changed = changed_on(event, change.day))
      extend(entry, changed_entry(event, *changed, change.day));
  return entry;
}

// The days that a series without a rule of its own is shown on: a soft deadline at the end of every
// occurrence, the day itself where an occurrence is one day.
struct ShownDay {
  Date day, shown;
  bool excepted;
};

struct ShownDays {
  std::vector<ShownDay> days;  // by `shown`, which each has for itself; the first is not excepted
  bool all_known = true;
};

ShownDays shown_days(const Period& period) {
  const auto& without = period.recurrence->without;
  Period whole = period;
  whole.recurrence->without.clear();
  ShownDays out;
  for (const auto& one : occurrences(whole, *period.first, *period.last)) {
    const bool known = one.first == one.last;
    out.all_known = out.all_known && known;
    const Date shown = known ? one.first : last_working_day(one.first, one.last);
    out.days.push_back({one.last, shown, std::binary_search(without.begin(), without.end(), one.last)});
  }
  auto& days = out.days;
  std::stable_sort(days.begin(), days.end(), [](const auto& a, const auto& b) { return a.shown < b.shown; });
  const auto same = [](const auto& a, const auto& b) { return a.shown == b.shown; };
  days.erase(std::unique(days.begin(), days.end(), same), days.end());
  const auto first = std::find_if(days.begin(), days.end(), [](const auto& one) { return !one.excepted; });
  days.erase(days.begin(), first);
  return out;
}

// The rule and how many of `days`, from the first, it says: all, or all but the last, which the end of a year
// of work often cuts short.
std::pair<std::string, std::size_t> rule_for(const std::vector<ShownDay>& days) {
  constexpr std::size_t enough_for_a_rule = 3;
  std::vector<Date> all;
  for (const auto& one : days) all.push_back(one.shown);
  if (auto rule = rule_naming(all); !rule.empty()) return {std::move(rule), all.size()};
  if (all.size() <= enough_for_a_rule) return {};
  all.pop_back();
  auto rule = rule_naming(all);
  const std::size_t said = rule.empty() ? 0 : all.size();
  return {std::move(rule), said};
}

Entry series_by_days(const Event& event) {
  const Period& period = event.period;
  const auto [days, all_known] = shown_days(period);
  if (days.empty()) return {};
  const Date first = days.front().shown;
  Entry entry = all_day(first, first, all_known ? Entry::Mark::none : Entry::Mark::not_yet_dated);
  const bool timed = all_known && period.time && !period.deadline;
  if (!timed && (period.deadline || period.recurrence->day_of_month)) entry.mark = Entry::Mark::due;
  if (timed) start_series(event, entry);
  entry.series_last = days.back().shown;
  const auto [rule, said] = rule_for(days);
  if (said > 0)
    entry.rrule = fmt::format("{};UNTIL={}", rule, until_text(event, timed, days[said - 1].shown));
  for (std::size_t i = 1; i < days.size(); ++i) {
    if (i < said && days[i].excepted) entry.without.push_back(days[i].shown);
    if (i >= said && !days[i].excepted) entry.more_days.push_back(days[i].shown);
  }
  for (const auto& one : days)
    if (auto changed = changed_on(event, one.day)) extend(entry, changed_entry(event, *changed, one.shown));
  return entry;
}

Entry recurring(const Event& event, VaguePeriods periods) {
  const Period& period = event.period;
  if (!period.recurrence) return without_a_day(*period.first, *period.last, periods);
  if (const auto rule = rule_of(period); !rule.empty()) return series_by_rule(event, rule);
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
