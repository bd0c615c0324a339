// What stands in a period cell beside the period: a place, how people meet, the words about a further
// deadline.
#pragma once

#include "calendar/period_text.hpp"
#include "model/period_reading.hpp"

#include <string>
#include <vector>

namespace convoke::calendar {

// The words around the deadline at `token`, with it: "приём заявок – до 1 апреля". Their tokens go into
// `taken`.
std::string text_of_deadline(const Cell& cell, std::size_t token, std::vector<std::size_t>& taken);

// Puts the words that no rule used into reading.place; a warning when they are no known place or mode.
void leave_place(const Cell& cell, const std::vector<std::size_t>& taken, const Period& period,
                 PeriodReading& reading);

}  // namespace convoke::calendar
