// The public holidays that the program ships with: Ukraine, Belarus and Russia, a file a year in
// calendar/holidays, whose heads name the laws and decrees they follow. Next year's file is read from a
// folder of the operator's own: the format is the same.
#pragma once

#include "base/result.hpp"
#include "calendar/days_off.hpp"

#include <string_view>
#include <vector>

namespace convoke::calendar {

// Lives as long as the program.
const DaysOff& built_in_days_off();

// A file larger than this, or with more days, is refused.
inline constexpr std::size_t max_holiday_file = 64 * 1024;
inline constexpr std::size_t max_special_days = 1'000;

// Lines of country (two capital letters), day (ISO), "off" or "working", and a name, parted by tabs; "#"
// begins a line that says nothing, and so does an empty one. UTF-8, with or without a byte order mark, either
// line end. Errors: invalid_input with the number of the line.
Result<std::vector<SpecialDay>> read_special_days(std::string_view text);

}  // namespace convoke::calendar
