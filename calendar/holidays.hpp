// The public holidays that the program ships with: Ukraine, Belarus and Russia, a file a year in
// calendar/holidays. Their heads name the laws and decrees they follow.
#pragma once

#include "calendar/days_off.hpp"

namespace convoke::calendar {

// Lives as long as the program.
const DaysOff& built_in_days_off();

}  // namespace convoke::calendar
