#include "calendar/ical_series.hpp"

#include "base/time_zone.hpp"
#include "calendar/ical_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convoke::calendar {
namespace {

// The last day on which an entry that starts at `time` may lie.
std::optional<Date> until_of(const IcalRule& rule, std::string_view zone, std::optional<TimeOfDay> time) {
  if (!rule.until_instant) return rule.until_date;
  const CivilTime until = to_civil(*rule.until_instant, zone);
  return time && until.time < *time ? add_days(until.date, -1) : until.date;
}

// A rule of weekdays that the model can say as it is.
std::optional<Recurrence> as_weekdays(const IcalRule& rule, Date start) {
  if (!rule.month_days.empty() || !rule.months.empty()) return std::nullopt;
  Recurrence out;
  out.weekdays = rule.weekdays;
  if (rule.every == IcalRule::Every::week && rule.positions.empty() && rule.interval <= 2) {
    if (out.weekdays.empty()) out.weekdays = {{weekday_of(start), 0}};
    const bool depends_on_week_start = rule.interval == 2 && out.weekdays.size() > 1;
    if (depends_on_week_start && rule.week_start != std::chrono::Monday) return std::nullopt;
    out.frequency = rule.interval == 1 ? Frequency::weekly : Frequency::biweekly;
    return out;
  }
  if (rule.every != IcalRule::Every::month || rule.interval != 1 || out.weekdays.empty()) return std::nullopt;
  out.frequency = Frequency::monthly;
  if (rule.positions.size() == 1 && out.weekdays.size() == 1 && out.weekdays.front().nth == 0)
    out.weekdays.front().nth = rule.positions.front();  // BYDAY=TH;BYSETPOS=3 is the third Thursday too
  else if (!rule.positions.empty())
    return std::nullopt;
  const auto sayable = [](const WeekdayRule& one) { return one.nth == -1 || (one.nth >= 1 && one.nth <= 5); };
  if (!std::all_of(out.weekdays.begin(), out.weekdays.end(), sayable)) return std::nullopt;
  return out;
}

// RFC 5545 counts the start as an instance even when the rule does not name it; the model's rules do not.
bool starts_on_rule(const Recurrence& recurrence, Date start) {
  return std::any_of(recurrence.weekdays.begin(), recurrence.weekdays.end(), [&](const WeekdayRule& one) {
    if (one.weekday != weekday_of(start)) return false;
    if (one.nth == -1) return add_days(start, 7).month() != start.month();
    return one.nth == 0 || static_cast<int>((static_cast<unsigned>(start.day()) - 1) / 7 + 1) == one.nth;
  });
}

void become_list(Period& period, std::vector<Date> all) {
  period.first = all.front();
  period.last = all.back();
  if (all.size() == 1) return;  // what is left is one dated event
  period.precision = Precision::recurring;
  Recurrence recurrence;
  recurrence.frequency = Frequency::list;
  recurrence.dates = std::move(all);
  period.recurrence = std::move(recurrence);
}

}  // namespace

std::optional<Error> apply_series(const IcalSeries& series, std::string_view zone, Period& period,
                                  std::vector<std::string>& warnings) {
  if (!series.rule && series.more.empty()) return std::nullopt;
  const Date start = *period.first;
  if (*period.last != start)
    warnings.push_back("each entry of the series lasts several days; only the first of them is kept");
  std::vector<Date> all = {start};
  auto without = series.without;
  std::sort(without.begin(), without.end());
  without.erase(std::unique(without.begin(), without.end()), without.end());
  const auto is_excepted = [&](Date day) { return std::binary_search(without.begin(), without.end(), day); };
  const auto nothing_left = [&] { return std::all_of(all.begin(), all.end(), is_excepted); };
  const Error empty(Errc::invalid_input, "every day of the series is excluded");
  if (series.rule) {
    const auto until = until_of(*series.rule, zone, period.time);
    const Date farthest = start + std::chrono::years{longest_rule_years};
    if (until && to_days(*until) > to_days(start) + std::chrono::days{366 * longest_rule_years})
      return Error{Errc::limit_exceeded,
                   fmt::format("the recurrence rule reaches over more than {} years", longest_rule_years)};
    const bool endless = !until && !series.rule->count;
    const Date last = until ? *until : endless ? start + std::chrono::years{open_series_years} : farthest;
    if (endless)
      warnings.push_back(fmt::format("the series has no end; it is kept for {} years", open_series_years));
    all = days_of(*series.rule, start, last.ok() ? last : add_days(last.year() / last.month() / 1, 27));
    if (all.size() == 1 && !until && series.rule->count.value_or(2) > 1)
      return Error{Errc::invalid_input, "the recurrence rule names days that do not exist"};
    if (all.size() == most_rule_instances)
      warnings.push_back(fmt::format("the series is cut after {} entries", most_rule_instances));
    auto recurrence = as_weekdays(*series.rule, start);
    if (series.more.empty() && recurrence && starts_on_rule(*recurrence, start) && all.size() > 1) {
      if (nothing_left()) return empty;
      std::erase_if(without, [&](Date day) { return !std::binary_search(all.begin(), all.end(), day); });
      recurrence->without = std::move(without);
      period.precision = Precision::recurring;
      period.recurrence = std::move(recurrence);
      period.last = all.back();
      return std::nullopt;
    }
  }
  all.insert(all.end(), series.more.begin(), series.more.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (nothing_left()) return empty;
  std::erase_if(all, is_excepted);
  become_list(period, std::move(all));
  return std::nullopt;
}

}  // namespace convoke::calendar
