#include "model/period.hpp"

#include <array>
#include <charconv>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 15> precision_names = {
    "exact_time", "exact_date",    "date_range",    "month",     "month_range",
    "quarter",    "half_year",     "season",        "academic_year", "calendar_year",
    "recurring",  "ongoing",       "by_other_plan", "year_end",  "none"};

constexpr std::array<std::string_view, 9> frequency_names = {
    "daily", "weekly", "biweekly", "monthly", "quarterly", "semiannual", "yearly", "3_per_year", "list"};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool in_range(int year) { return year >= first_year && year < last_year; }

}  // namespace

bool Period::is_all_year() const {
  return precision == Precision::ongoing || precision == Precision::academic_year ||
         precision == Precision::calendar_year;
}

bool Period::is_vague() const {
  return has_dates() && !is_dated() && !is_all_year() && precision != Precision::date_range &&
         precision != Precision::recurring;
}

Period make_dated(Date day, std::optional<TimeOfDay> time, std::optional<TimeOfDay> end_time) {
  Period period;
  period.precision = time ? Precision::exact_time : Precision::exact_date;
  period.first = period.last = day;
  period.time = time;
  period.end_time = end_time;
  return period;
}

std::string_view name_of(Precision precision) { return precision_names.at(static_cast<std::size_t>(precision)); }

std::string_view type_name(Precision precision) {
  return name_of(precision == Precision::exact_time ? Precision::exact_date : precision);
}

std::optional<Precision> precision_of(std::string_view type) {
  for (std::size_t i = 0; i < precision_names.size(); ++i)
    if (precision_names[i] == type) return static_cast<Precision>(i);
  return std::nullopt;
}

std::string_view name_of(Frequency frequency) { return frequency_names.at(static_cast<std::size_t>(frequency)); }

std::optional<Frequency> frequency_of(std::string_view name) {
  for (std::size_t i = 0; i < frequency_names.size(); ++i)
    if (frequency_names[i] == name) return static_cast<Frequency>(i);
  return std::nullopt;
}

PlanContext PlanContext::calendar_year(int year) {
  return {YearKind::calendar, make_date(year, 1, 1), make_date(year, 12, 31)};
}

PlanContext PlanContext::academic_year(int year) {
  return {YearKind::academic, make_date(year, 9, 1), make_date(year + 1, 5, 31)};
}

PlanContext PlanContext::one_month(int year, unsigned month) {
  return {YearKind::month, make_date(year, month, 1), last_of_month(make_date(year, month, 1))};
}

std::optional<PlanContext> parse_context(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto kind = text.substr(0, colon);
  const auto rest = text.substr(colon + 1);
  const auto year = number(rest.substr(0, 4));
  if (!year || !in_range(*year)) return std::nullopt;
  if (kind == "cal" && rest.size() == 4) return PlanContext::calendar_year(*year);
  if (kind == "acad" && rest.size() == 9 && rest[4] == '/' && number(rest.substr(5)) == *year + 1)
    return PlanContext::academic_year(*year);
  if (kind == "month" && rest.size() == 7 && rest[4] == '-') {
    const auto month = number(rest.substr(5));
    if (month && *month >= 1 && *month <= 12) return PlanContext::one_month(*year, static_cast<unsigned>(*month));
  }
  return std::nullopt;
}

}  // namespace convoke
