// When a rule's mail leaves: so many days from the anchor, at the rule's local time, never in quiet hours,
// never on a day when nobody works. Pure.
#pragma once

#include "calendar/days_off.hpp"
#include "model/reminder_rules.hpp"

namespace convoke::notify {

struct SendTime {
  Date wanted;   // the day that the offset names
  Date day;      // when it leaves: `wanted`, or the day that quiet hours and days off moved it to
  TimeOfDay at;  // local

  bool operator==(const SendTime&) const = default;
};

// A time in quiet hours waits for their end, on the next day when they go over midnight. Then a day off gives
// way to the working day before it (unless set.on_days_off); but a mail that comes after the anchor ("it was
// due") stays after it, and goes to the first working day behind.
SendTime send_time(const ReminderRule& rule, Date anchor, const ReminderRules& set,
                   const calendar::WorkingWeek& week);

}  // namespace convoke::notify
