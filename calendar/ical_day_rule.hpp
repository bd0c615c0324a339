// Finds the recurrence rule that names given days, so that a series of deadlines reaches clients that read no
// RDATE (Outlook shows only its first day).
#pragma once

#include "base/date.hpp"

#include <string>
#include <vector>

namespace convoke::calendar {

// The RRULE, without UNTIL, whose days from the first of `days` to the last are exactly `days`; empty when no
// rule of a shape that clients read says them. `days` ascend, each once. Every 5th, every last day, every
// last working day of every n-th month; the n-th weekday of one; every n weeks; every day.
std::string rule_naming(const std::vector<Date>& days);

}  // namespace convoke::calendar
