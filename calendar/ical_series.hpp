// Turns a foreign recurrence (RRULE, RDATE, EXDATE) into the model's: a rule of named weekdays where it is
// one, otherwise the list of its days.
#pragma once

#include "calendar/ical_rule.hpp"
#include "model/period.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

struct IcalSeries {
  std::optional<IcalRule> rule;
  std::vector<Date> more;     // RDATE, as days of the event's zone
  std::vector<Date> without;  // EXDATE
};

// Gives `period`, which holds the first entry and its zone's times, the recurrence and the last day of the
// series. Nothing changes when the series is one day. Warnings are appended. Errors: invalid_input when the
// rule names no day; limit_exceeded when its UNTIL is over longest_rule_years away.
std::optional<Error> apply_series(const IcalSeries& series, std::string_view zone, Period& period,
                                  std::vector<std::string>& warnings);

}  // namespace convoke::calendar
