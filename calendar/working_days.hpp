// Working days, for deadlines that should not fall on a Sunday and for mails that nobody reads on one. Monday
// to Friday, with the holidays that the caller names or a country's own (calendar/days_off.hpp).
#pragma once

#include "base/date.hpp"
#include "calendar/days_off.hpp"

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

// The same with a country's calendar, where a Saturday may be worked and a Monday may not.
bool is_working_day(Date day, const WorkingWeek& week);

// `day`, or the working day before it; `day` itself when there is none in the month before.
Date working_day_not_after(Date day, const WorkingWeek& week);
// The first working day behind `day`; the next day when there is none in the month that follows.
Date working_day_after(Date day, const WorkingWeek& week);

// The day that lies `count` working days after `day`, before it when negative; `day` itself for 0. Every step
// lands on a working day. Gives up (and returns where it stands) after 4,000 days.
Date add_working_days(Date day, int count, const WorkingWeek& week);

}  // namespace convoke::calendar
