// Looks through a foreign calendar file before libical sees a byte of it. libical 3.0.16 overflows its stack
// on deep nesting, takes half a minute for one long line and a minute for many EXDATEs (threats 0.4, 0.5, G2,
// G4); what passes here costs it milliseconds.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace convoke::calendar {

inline constexpr std::size_t largest_calendar_file = 2 * 1024 * 1024;
inline constexpr std::size_t longest_raw_line = 8 * 1024;        // as it stands in the file
inline constexpr std::size_t longest_unfolded_line = 64 * 1024;  // with its continuation lines
inline constexpr std::size_t deepest_component = 4;  // VCALENDAR > VEVENT > VALARM, and one to spare
inline constexpr std::size_t most_components = 5'000;
inline constexpr std::size_t most_excluded_dates = 500;  // EXDATE and RDATE values of one component
inline constexpr std::size_t most_parameters = 64;       // of one property
inline constexpr std::size_t longest_tzid = 255;

struct PrescannedCalendar {
  std::string_view text;                 // the file without a byte order mark
  std::vector<std::size_t> event_lines;  // the line of each BEGIN:VEVENT, in order, counted from 1
};

// Errors name the line: limit_exceeded for a limit above; unsupported_format when it is no iCalendar in
// UTF-8; invalid_input for components that do not close, a TZID that is a path, or a recurrence rule that
// read_rule refuses.
Result<PrescannedCalendar> prescan_ical(std::string_view bytes);

}  // namespace convoke::calendar
