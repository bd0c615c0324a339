// The times at which something has to happen: one for a period, one for each quarter, month, Tuesday... of a
// recurring one. Reminders count back from Occurrence::last and remember what they sent by Occurrence::key.
#pragma once

#include "model/period.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace convoke::calendar {

struct Occurrence {
  std::string key;  // stable: "2024-Q4", "2024-11", "2024-W45", "2024", "2024-11-14"; "" of what happens once
  Date first;       // inclusive
  Date last;        // inclusive; the day it is due

  bool operator==(const Occurrence&) const = default;
};

// A series gives no more than these; what lies behind is cut off.
inline constexpr std::size_t max_occurrences = 400;

// The occurrences of `period` that meet from..to (both inclusive), ascending. None for a period without
// dates. Sub-periods are clipped to the period: of a quarterly task of 2024/2025 the first is Q3 2024 from 1
// September.
//  - weekly, biweekly and daily with named weekdays: those days, key = the day; weekly without: ISO weeks,
//  "2024-W45";
//  - semiannual and 3_per_year: halves and thirds of the period, "2024-09-01/1"; list: its members;
//  - a day of the month: monthly on that day of each month; of longer sub-periods, that day of the month
//  after;
//  - biweekly counts from the week of the first named day; days of Recurrence::without are left out.
// The work is bounded by the days of the window and by max_occurrences, never by the length of the series,
// its distance to the window or the number of its members; `steps`, when given, is set to what was done.
std::vector<Occurrence> occurrences(const Period& period, Date from, Date to, std::size_t* steps = nullptr);

}  // namespace convoke::calendar
