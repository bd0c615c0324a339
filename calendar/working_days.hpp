// Working days, for deadlines that should not fall on a Sunday. Monday to Friday; holidays are the caller's
// to name.
#pragma once

#include "base/date.hpp"

#include <set>

namespace convoke::calendar {

using Holidays = std::set<Date>;

// Monday to Friday and none of `holidays`.
bool is_working_day(Date day, const Holidays& holidays = {});

// The last working day from `first` to `last` (both inclusive); `last` when there is none. Looks at 400 days
// at most.
Date last_working_day(Date first, Date last, const Holidays& holidays = {});

// The day that lies `count` working days before `day`; `day` itself for 0. Every step lands on a working day,
// so one working day before a Sunday is the Friday. Gives up (and returns where it stands) after 4,000 days.
Date minus_working_days(Date day, int count, const Holidays& holidays = {});

}  // namespace convoke::calendar
