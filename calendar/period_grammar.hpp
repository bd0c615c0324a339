// Reads the period cell of a plan: "14 листопада 2024 р., 10:00", «I-II квартал», "1 раз на семестр", «по
// плану ЦБС». The words are in the lexicon (lexicon.hpp), the patterns in period_rules.hpp; this is the way
// through them.
#pragma once

#include "calendar/period_settings.hpp"
#include "model/period_reading.hpp"

#include <string_view>

namespace convoke::calendar {

// Longer cells are no period: they are kept as text, with precision none and a warning. So are those of more
// than max_period_tokens words and figures (period_text.hpp).
inline constexpr std::size_t max_period_bytes = 2'000;

// Never fails: what cannot be read gives precision none, with a warning that says why. `language` is a hint.
// Fits convoke::PeriodReader.
PeriodReading read_period(std::string_view text, std::string_view language, const PlanContext& context);
PeriodReading read_period(std::string_view text, std::string_view language, const PlanContext& context,
                          const PeriodSettings& settings);

}  // namespace convoke::calendar
