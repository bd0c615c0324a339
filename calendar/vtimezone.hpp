// Writes the VTIMEZONE that a feed needs for its local times. Our own because libical's copies reach back to
// 1893 in 23 parts and carry a TZID prefix that clients do not know, while Outlook reads two yearly rules and
// nothing else.
#pragma once

#include "base/time_zone.hpp"

#include <string>
#include <string_view>

namespace convoke::calendar {

// A VTIMEZONE, as folded CR LF lines, that gives the offset of every instant from `from` to `to`.
// - A zone that keeps one offset over that time and the years after: one STANDARD.
// - A zone whose clocks change by the same two yearly rules over that time and the years after: one STANDARD
// and one
//   DAYLIGHT beginning in 1970, each with a yearly RRULE of one BYDAY (feeds.md rules 33 and 34).
// - Otherwise each change within the time, one observance each.
// Precondition: check_zone(zone) succeeded; throws std::runtime_error otherwise.
std::string render_vtimezone(std::string_view zone, Instant from, Instant to);

// Times of these zones are written in UTC ("…Z") and need no VTIMEZONE.
bool is_utc(std::string_view zone);

}  // namespace convoke::calendar
