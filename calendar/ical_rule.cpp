#include "calendar/ical_rule.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

namespace convoke::calendar {
namespace {

using std::chrono::days;

constexpr std::array<std::string_view, 7> weekday_names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr int most_weeks_of_year = 53;
constexpr int most_weeks_of_month = 5;
constexpr int most_days_of_month = 31;
constexpr int most_positions = 366;
constexpr std::size_t shown = 60;

using Complaint = std::optional<Error>;

Error refuse(std::string reason) {
  return {Errc::invalid_input, "the recurrence rule " + std::move(reason)};
}
Error too_much(std::string reason) {
  return {Errc::limit_exceeded, "the recurrence rule " + std::move(reason)};
}

std::optional<int> number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::chrono::weekday> weekday_of_name(std::string_view name) {
  const auto* const found = std::find(weekday_names.begin(), weekday_names.end(), name);
  if (found == weekday_names.end()) return std::nullopt;
  return std::chrono::weekday{static_cast<unsigned>(found - weekday_names.begin())};
}

Complaint read_numbers(std::string_view name, std::string_view value, int largest, bool from_end,
                       std::vector<int>& out) {
  for (const auto item : split(value, ',')) {
    const auto found = number(item);
    if (!found || *found == 0 || *found > largest || *found < (from_end ? -largest : 1))
      return refuse(fmt::format("has {}={}, which does not exist", name, ellipsize(item, shown)));
    out.push_back(*found);
  }
  return std::nullopt;
}

Complaint read_frequency(std::string_view value, IcalRule& rule) {
  if (value == "DAILY")
    rule.every = IcalRule::Every::day;
  else if (value == "WEEKLY")
    rule.every = IcalRule::Every::week;
  else if (value == "MONTHLY")
    rule.every = IcalRule::Every::month;
  else if (value == "YEARLY")
    rule.every = IcalRule::Every::year;
  else if (value == "HOURLY" || value == "MINUTELY" || value == "SECONDLY")
    return refuse(fmt::format("repeats {}; nothing finer than DAILY is read", value));
  else
    return refuse(fmt::format("has the unknown frequency {}", ellipsize(value, shown)));
  return std::nullopt;
}

Complaint read_interval(std::string_view value, IcalRule& rule) {
  const auto found = number(value);
  if (!found || *found < 1) return refuse("needs an INTERVAL of 1 or more");
  if (*found > largest_rule_interval)
    return too_much(fmt::format("has an INTERVAL over {}", largest_rule_interval));
  rule.interval = *found;
  return std::nullopt;
}

Complaint read_count(std::string_view value, IcalRule& rule) {
  const auto found = number(value);
  if (!found || *found < 1) return refuse("needs a COUNT of 1 or more");
  if (*found > static_cast<int>(most_rule_instances))
    return too_much(fmt::format("has a COUNT over {}", most_rule_instances));
  rule.count = found;
  return std::nullopt;
}

// 20250531, 20250531T120000 or 20250531T120000Z
Complaint read_until(std::string_view value, IcalRule& rule) {
  const bool has_time = value.size() == 15 || (value.size() == 16 && value.ends_with('Z'));
  if (value.size() != 8 && !(has_time && value[8] == 'T')) return refuse("has an UNTIL that is no date");
  const auto date =
      parse_iso_date(fmt::format("{}-{}-{}", value.substr(0, 4), value.substr(4, 2), value.substr(6, 2)));
  if (!date) return refuse(fmt::format("has an UNTIL outside the years {} to {}", first_year, last_year));
  rule.until_date = *date;
  if (!has_time) return std::nullopt;
  const auto time = parse_iso_time(fmt::format("{}:{}", value.substr(9, 2), value.substr(11, 2)));
  if (!time) return refuse("has an UNTIL that is no time");
  if (value.ends_with('Z')) {
    rule.until_instant = Instant{to_days(*date)} + *time;
    rule.until_date.reset();
  }
  return std::nullopt;
}

Complaint read_weekdays(std::string_view value, IcalRule& rule) {
  for (const auto item : split(value, ',')) {
    const auto name = item.size() < 2 ? item : item.substr(item.size() - 2);
    const auto weekday = weekday_of_name(name);
    const auto nth = item.size() <= 2 ? std::optional<int>(0) : number(item.substr(0, item.size() - 2));
    if (!weekday || !nth || (item.size() > 2 && *nth == 0) || *nth > most_weeks_of_year ||
        *nth < -most_weeks_of_year)
      return refuse(fmt::format("has BYDAY={}, which does not exist", ellipsize(item, shown)));
    rule.weekdays.push_back({*weekday, *nth});
  }
  return std::nullopt;
}

Complaint read_months(std::string_view value, IcalRule& rule) {
  std::vector<int> months;
  if (auto complaint = read_numbers("BYMONTH", value, 12, false, months)) return complaint;
  for (const int month : months) rule.months.push_back(static_cast<unsigned>(month));
  return std::nullopt;
}

Complaint read_part(std::string_view name, std::string_view value, IcalRule& rule) {
  if (name == "FREQ") return read_frequency(value, rule);
  if (name == "INTERVAL") return read_interval(value, rule);
  if (name == "COUNT") return read_count(value, rule);
  if (name == "UNTIL") return read_until(value, rule);
  if (name == "BYDAY") return read_weekdays(value, rule);
  if (name == "BYMONTHDAY") return read_numbers(name, value, most_days_of_month, true, rule.month_days);
  if (name == "BYMONTH") return read_months(value, rule);
  if (name == "BYSETPOS") return read_numbers(name, value, most_positions, true, rule.positions);
  if (name == "WKST") {
    const auto weekday = weekday_of_name(value);
    if (!weekday) return refuse("has a WKST that is no weekday");
    rule.week_start = *weekday;
    return std::nullopt;
  }
  return refuse(fmt::format("has {}, which is not read", ellipsize(name, shown)));
}

// In a year with a 29 February: what exists in no such year exists never.
bool some_day_exists(const IcalRule& rule) {
  if (rule.month_days.empty()) return true;
  for (unsigned month = 1; month <= 12; ++month) {
    if (!rule.months.empty() && std::find(rule.months.begin(), rule.months.end(), month) == rule.months.end())
      continue;
    const int size = static_cast<int>(static_cast<unsigned>(last_of_month(make_date(2000, month, 1)).day()));
    for (const int day : rule.month_days)
      if (day <= size && day >= -size) return true;
  }
  return false;
}

Complaint check_whole(const IcalRule& rule) {
  using Every = IcalRule::Every;
  if (rule.count && (rule.until_date || rule.until_instant)) return refuse("has both COUNT and UNTIL");
  if (rule.every == Every::week && !rule.month_days.empty()) return refuse("is WEEKLY and has BYMONTHDAY");
  const bool by_year = rule.every == Every::year && rule.months.empty();
  for (const auto& weekday : rule.weekdays) {
    if (weekday.nth == 0) continue;
    if (rule.every == Every::day || rule.every == Every::week) return refuse("counts weekdays of no month");
    if (!by_year && std::abs(weekday.nth) > most_weeks_of_month)
      return refuse("names a sixth weekday of a month");
  }
  if (!rule.positions.empty() && rule.weekdays.empty() && rule.month_days.empty() && rule.months.empty())
    return refuse("has BYSETPOS and nothing to choose from");
  if (rule.weekdays.size() + rule.month_days.size() + rule.months.size() + rule.positions.size() >
      most_rule_items)
    return too_much(fmt::format("names more than {} days", most_rule_items));
  if (!some_day_exists(rule)) return refuse("names days that do not exist");
  return std::nullopt;
}

// The first day of the day, week, month or year of `date`.
Date begin_of(const IcalRule& rule, Date date) {
  switch (rule.every) {
    case IcalRule::Every::day:
      return date;
    case IcalRule::Every::week:
      return Date{to_days(date) - (weekday_of(date) - rule.week_start)};
    case IcalRule::Every::month:
      return first_of_month(date);
    case IcalRule::Every::year:
      break;
  }
  return Date{date.year() / std::chrono::January / 1};
}

Date next_begin(const IcalRule& rule, Date begin) {
  switch (rule.every) {
    case IcalRule::Every::day:
      return add_days(begin, rule.interval);
    case IcalRule::Every::week:
      return add_days(begin, 7 * rule.interval);
    case IcalRule::Every::month:
      return begin + std::chrono::months{rule.interval};
    case IcalRule::Every::year:
      break;
  }
  return begin + std::chrono::years{rule.interval};
}

Date end_of(const IcalRule& rule, Date begin) {
  IcalRule once = rule;
  once.interval = 1;
  return next_begin(once, begin);
}

bool is_nth(const IcalRule& rule, Date date, int nth) {
  if (nth == 0) return true;
  const bool in_year = rule.every == IcalRule::Every::year && rule.months.empty();
  const auto from =
      in_year ? to_days(Date{date.year() / std::chrono::January / 1}) : to_days(first_of_month(date));
  const auto until =
      in_year ? to_days(Date{date.year() / std::chrono::December / 31}) : to_days(last_of_month(date));
  if (nth > 0) return (to_days(date) - from).count() / 7 + 1 == nth;
  return (until - to_days(date)).count() / 7 + 1 == -nth;
}

bool in_month_days(const IcalRule& rule, Date date) {
  const int day = static_cast<int>(static_cast<unsigned>(date.day()));
  const int size = static_cast<int>(static_cast<unsigned>(last_of_month(date).day()));
  return std::any_of(rule.month_days.begin(), rule.month_days.end(),
                     [&](int wanted) { return wanted == day || wanted == day - size - 1; });
}

bool names(const IcalRule& rule, Date date, Date start) {
  using Every = IcalRule::Every;
  if (!rule.months.empty() && std::find(rule.months.begin(), rule.months.end(),
                                        static_cast<unsigned>(date.month())) == rule.months.end())
    return false;
  if (!rule.month_days.empty() && !in_month_days(rule, date)) return false;
  if (!rule.weekdays.empty())
    return std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [&](const WeekdayRule& one) {
      return one.weekday == weekday_of(date) && is_nth(rule, date, one.nth);
    });
  if (!rule.month_days.empty() || rule.every == Every::day) return true;
  // What the rule leaves open is taken from the start.
  if (rule.every == Every::week) return weekday_of(date) == weekday_of(start);
  if (rule.every == Every::year && rule.months.empty() && date.month() != start.month()) return false;
  return date.day() == start.day();
}

std::vector<Date> chosen(const IcalRule& rule, Date begin, Date start, std::size_t& steps) {
  std::vector<Date> candidates;
  for (Date day = begin, end = end_of(rule, begin); day < end; day = add_days(day, 1), ++steps)
    if (names(rule, day, start)) candidates.push_back(day);
  if (rule.positions.empty()) return candidates;
  std::vector<Date> out;
  const int size = static_cast<int>(candidates.size());
  for (int i = 0; i < size; ++i)
    for (const int position : rule.positions)
      if (position == i + 1 || position == i - size) {
        out.push_back(candidates[static_cast<std::size_t>(i)]);
        break;
      }
  return out;
}

}  // namespace

Result<IcalRule> read_rule(std::string_view text) {
  IcalRule rule;
  std::vector<std::string_view> seen;
  // Counted before anything is read, so that a thousand items cost nothing.
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')) > most_rule_items)
    return too_much(fmt::format("names more than {} days", most_rule_items));
  for (const auto part : split(text, ';')) {
    if (trim(part).empty()) continue;
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return refuse("has a part without '='");
    std::string upper(part);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    const auto name = part.substr(0, equals);
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      return refuse(fmt::format("says {} twice", ellipsize(to_valid_utf8(name), shown)));
    seen.push_back(name);
    const std::string valid = to_valid_utf8(upper);
    const std::string_view view = valid;
    const auto at = view.find('=');
    if (auto complaint = read_part(trim(view.substr(0, at)), trim(view.substr(at + 1)), rule))
      return *complaint;
  }
  if (std::none_of(seen.begin(), seen.end(), [](auto name) { return to_lower(name) == "freq"; }))
    return refuse("has no FREQ");
  if (auto complaint = check_whole(rule)) return *complaint;
  return rule;
}

std::vector<Date> days_of(const IcalRule& rule, Date start, Date last, std::size_t* steps) {
  std::size_t looked_at = 0;
  std::vector<Date> out = {start};
  const auto count =
      std::min(most_rule_instances, static_cast<std::size_t>(rule.count.value_or(most_rule_instances)));
  const Date horizon{std::min(to_days(last), to_days(start) + days{366 * longest_rule_years})};
  bool done = false;
  for (Date begin = begin_of(rule, start); begin <= horizon && !done; begin = next_begin(rule, begin)) {
    for (const Date day : chosen(rule, begin, start, looked_at)) {
      done = day > horizon || out.size() >= count;
      if (done) break;
      if (day > start) out.push_back(day);
    }
  }
  if (steps) *steps = looked_at;
  return out;
}

}  // namespace convoke::calendar
