// Which year a plan is for, and which language it is written in: read from its title and the lines near it.
#pragma once

#include "model/period.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::documents {

struct YearReading {
  PlanContext year;
  std::string warning;  // "year: …" when it was guessed from weak evidence
};

// "на 2024/2025 учебный год", "на 2021 рік", "на март 2026 года", "2025 work plan". Years of dates
// ("12.09.2024", "сентября 2024 г.") and of the past ("за 2020 р.") are passed over. Nothing when no year is
// named.
std::optional<YearReading> find_year(std::string_view text);

// "uk", "be", "ru" or "en": the one whose letters and common words fit most words of the text. "ru" when
// nothing tells.
std::string language_of(std::string_view text);

// 1 to 12 when the folded word is a month's name in any case of the four languages.
std::optional<unsigned> month_of_word(std::string_view folded);

// The date of a stamp, "«12» сентября 2024 г." or "14.09.2020"; it must have its year. Nothing for blanks.
std::optional<Date> find_stamp_date(std::string_view text);
// Whether the line is the place for a date, filled or blank: "« ____ » _____ 2024 года".
bool is_stamp_date_line(std::string_view text);

}  // namespace convoke::documents
