#include "base/date.hpp"

#include <fmt/format.h>

#include <optional>

namespace convoke {
namespace {

// The number that the digits of `text` make, or nothing when another character is among them.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string format_iso(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string format_iso(TimeOfDay time) { return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60); }

std::string format_iso(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const auto seconds = (instant - day).count();
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_iso(Date{day}), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

Result<Date> parse_iso_date(std::string_view text) {
  const Error bad{Errc::invalid_input, "a date is written YYYY-MM-DD, for example 2024-11-14"};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return bad;
  const Date date = make_date(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
  if (!date.ok() || *year < first_year || *year > last_year) return bad;
  return date;
}

Result<TimeOfDay> parse_iso_time(std::string_view text) {
  const Error bad{Errc::invalid_input, "a time of day is written HH:MM, for example 10:00"};
  if (text.size() != 5 || text[2] != ':') return bad;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return bad;
  return TimeOfDay{*hour * 60 + *minute};
}

Result<Instant> parse_iso_instant(std::string_view text) {
  const Error bad{Errc::invalid_input, "an instant is written YYYY-MM-DDTHH:MM:SSZ, for example 2024-11-14T08:00:00Z"};
  const auto date = parse_iso_date(text.substr(0, 10));
  if (!date) return bad;
  if (text.size() == 10) return Instant{to_days(*date)};
  if (text.size() != 20 || text[10] != 'T' || text[16] != ':' || text[19] != 'Z') return bad;
  const auto time = parse_iso_time(text.substr(11, 5));
  const auto seconds = digits(text.substr(17, 2));
  if (!time || !seconds || *seconds > 59) return bad;
  return Instant{to_days(*date)} + *time + std::chrono::seconds{*seconds};
}

}  // namespace convoke
