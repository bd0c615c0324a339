#include "calendar/ical_day_rule.hpp"

#include "calendar/ical_rule.hpp"
#include "calendar/working_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

using Every = IcalRule::Every;

constexpr std::array<std::string_view, 7> weekday_names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr int longest_month_interval = 12;
constexpr int longest_week_interval = 52;

struct Candidate {
  std::string text;
  IcalRule rule;
};

int months_between(Date a, Date b) {
  return (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12 +
         static_cast<int>(static_cast<unsigned>(b.month())) -
         static_cast<int>(static_cast<unsigned>(a.month()));
}

std::string head(std::string_view frequency, int interval) {
  return interval == 1 ? fmt::format("FREQ={}", frequency)
                       : fmt::format("FREQ={};INTERVAL={}", frequency, interval);
}

Candidate monthly(int interval) {
  Candidate candidate;
  candidate.text = head("MONTHLY", interval);
  candidate.rule.every = Every::month;
  candidate.rule.interval = interval;
  return candidate;
}

Candidate on_month_days(int interval, std::vector<int> days, int position) {
  auto candidate = monthly(interval);
  candidate.text += fmt::format(";BYMONTHDAY={}", fmt::join(days, ","));
  candidate.rule.month_days = std::move(days);
  if (position == 0) return candidate;
  candidate.text += fmt::format(";BYSETPOS={}", position);
  candidate.rule.positions = {position};
  return candidate;
}

// Outlook's own form of "the last weekday of every third month".
Candidate on_last_working_day(int interval) {
  auto candidate = monthly(interval);
  candidate.text += ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1";
  for (unsigned day = 1; day <= 5; ++day) candidate.rule.weekdays.push_back({std::chrono::weekday{day}, 0});
  candidate.rule.positions = {-1};
  return candidate;
}

Candidate on_nth_weekday(int interval, std::chrono::weekday weekday, int nth) {
  auto candidate = monthly(interval);
  candidate.text += fmt::format(";BYDAY={}{}", nth, weekday_names.at(weekday.c_encoding()));
  candidate.rule.weekdays = {{weekday, nth}};
  return candidate;
}

Candidate weekly(int interval, std::chrono::weekday weekday) {
  Candidate candidate;
  candidate.text = head("WEEKLY", interval);
  if (interval > 1) candidate.text += ";WKST=MO";
  candidate.text += fmt::format(";BYDAY={}", weekday_names.at(weekday.c_encoding()));
  candidate.rule.every = Every::week;
  candidate.rule.interval = interval;
  candidate.rule.weekdays = {{weekday, 0}};
  return candidate;
}

std::vector<Candidate> candidates(const std::vector<Date>& days) {
  const Date first = days[0];
  std::vector<Candidate> out;
  const int gap = static_cast<int>((to_days(days[1]) - to_days(first)).count());
  if (gap == 1) {
    out.push_back({"FREQ=DAILY", {}});
    return out;
  }
  if (gap % 7 == 0 && gap / 7 <= longest_week_interval) out.push_back(weekly(gap / 7, weekday_of(first)));
  const int interval = months_between(first, days[1]);
  if (interval < 1 || interval > longest_month_interval) return out;
  // The largest day tells "by the 31st", which in February is the 28th, from "on the 28th". Each candidate
  // names the first day too, for an expander starts with it whether it does or not (feeds.md rule 30).
  unsigned largest = 0;
  for (const Date day : days) largest = std::max(largest, static_cast<unsigned>(day.day()));
  const Date month_end = last_of_month(first);
  const auto day_of_first = static_cast<unsigned>(first.day());
  const bool clipped = day_of_first == std::min(largest, static_cast<unsigned>(month_end.day()));
  if (largest == day_of_first) out.push_back(on_month_days(interval, {static_cast<int>(largest)}, 0));
  if (first == last_working_day(first_of_month(first), month_end))
    out.push_back(on_last_working_day(interval));
  if (first == month_end) out.push_back(on_month_days(interval, {-1}, 0));
  if (largest == 30 && clipped) out.push_back(on_month_days(interval, {28, 29, 30}, -1));
  if (largest == 29 && clipped) out.push_back(on_month_days(interval, {28, 29}, -1));
  const int nth = static_cast<int>((static_cast<unsigned>(first.day()) - 1) / 7 + 1);
  if (nth < 5) out.push_back(on_nth_weekday(interval, weekday_of(first), nth));
  if (add_days(first, 7) > month_end) out.push_back(on_nth_weekday(interval, weekday_of(first), -1));
  return out;
}

}  // namespace

std::string rule_naming(const std::vector<Date>& days) {
  if (days.size() < 2 || days.size() > most_rule_instances) return {};
  for (const auto& candidate : candidates(days))
    if (days_of(candidate.rule, days.front(), days.back()) == days) return candidate.text;
  return {};
}

}  // namespace convoke::calendar
