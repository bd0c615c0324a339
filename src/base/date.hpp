// Civil dates: what stands in a plan. A Date has no time zone; an Instant (base/clock.hpp) is a point of
// time.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace convoke {

using Date = std::chrono::year_month_day;
// Minutes after midnight of a civil day, 00:00 to 23:59.
using TimeOfDay = std::chrono::minutes;

// Dates in plans lie between these years; a parser refuses what is outside.
inline constexpr int first_year = 1900;
inline constexpr int last_year = 2199;

constexpr Date make_date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

// Days since 1970-01-01, for arithmetic: to_days(b) - to_days(a).
constexpr std::chrono::sys_days to_days(Date date) {
  return std::chrono::sys_days{date};
}

constexpr Date add_days(Date date, int days) {
  return Date{to_days(date) + std::chrono::days{days}};
}

constexpr Date first_of_month(Date date) {
  return date.year() / date.month() / 1;
}
constexpr Date last_of_month(Date date) {
  return Date{date.year() / date.month() / std::chrono::last};
}

constexpr std::chrono::weekday weekday_of(Date date) {
  return std::chrono::weekday{to_days(date)};
}
// Saturday or Sunday.
constexpr bool is_weekend(Date date) {
  return weekday_of(date).iso_encoding() >= 6;
}

// 2024-11-14
std::string format_iso(Date date);
// 10:00
std::string format_iso(TimeOfDay time);
// 2024-11-14T08:00:00Z
std::string format_iso(Instant instant);

// Errors: invalid_input unless the text is exactly YYYY-MM-DD, an existing day.
Result<Date> parse_iso_date(std::string_view text);
// HH:MM, 00:00 to 23:59.
Result<TimeOfDay> parse_iso_time(std::string_view text);
// YYYY-MM-DDTHH:MM:SSZ, or YYYY-MM-DD for its midnight in UTC.
Result<Instant> parse_iso_instant(std::string_view text);

}  // namespace convoke
