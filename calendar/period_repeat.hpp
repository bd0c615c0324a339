// A cell that says how often: its frequency, weekdays and day of the month, and the stretch of time in which
// they hold.
#pragma once

#include "calendar/period_stretch.hpp"

namespace convoke::calendar {

// Fills the period in from the tokens of class repeat (there is one at least).
void read_repeat(const std::vector<Token>& tokens, const std::vector<Stretch>& stretches,
                 const PlanContext& plan, PeriodReading& reading);

}  // namespace convoke::calendar
