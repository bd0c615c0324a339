// Recurrence rules of foreign calendars (RFC 5545 3.3.10): read, refused with a reason, or counted out day by
// day. Our own because one step of libical's iterator may take ten seconds; here no rule costs more than ten
// years of days.
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "model/period.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace convoke::calendar {

inline constexpr std::size_t most_rule_items = 24;  // values of all BY… parts together
inline constexpr std::size_t most_rule_instances = 1'000;
inline constexpr int longest_rule_years = 10;
inline constexpr int largest_rule_interval = 366;

struct IcalRule {
  enum class Every { day, week, month, year };

  Every every = Every::day;
  int interval = 1;
  std::optional<int> count;
  std::optional<Date> until_date;        // UNTIL as a date, or as a local time
  std::optional<Instant> until_instant;  // UNTIL in UTC
  std::vector<WeekdayRule> weekdays;
  std::vector<int> month_days;  // 1 to 31, -1 to -31
  std::vector<unsigned> months;
  std::vector<int> positions;  // BYSETPOS
  std::chrono::weekday week_start = std::chrono::Monday;
};

// `text` as it stands after "RRULE:". Errors, each with the reason: invalid_input for what is malformed,
// finer than a day, names days that do not exist, or is a part we do not read (BYYEARDAY, BYWEEKNO, RSCALE);
// limit_exceeded for more than the limits above. Takes microseconds whatever the rule says.
Result<IcalRule> read_rule(std::string_view text);

// The days of the rule from `start` on, ascending, `last` included: at most most_rule_instances days and
// longest_rule_years years. UNTIL is not looked at (the caller knows the zone and narrows `last`); COUNT is.
// RFC 5545 makes `start` the first instance even when the rule does not name it. Each day of those years is
// looked at once at most, the whole of the last period included; `steps`, when given, is set to how many
// were.
std::vector<Date> days_of(const IcalRule& rule, Date start, Date last, std::size_t* steps = nullptr);

}  // namespace convoke::calendar
