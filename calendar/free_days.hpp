// Days that are not as a working day is, and days that are free: what an event's date is checked against and
// chosen from. Pure.
#pragma once

#include "calendar/conflicts.hpp"
#include "calendar/days_off.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace convoke::calendar {

enum class DayStanding {
  working,
  weekend,
  holiday,
  moved_off,   // a weekday off, in exchange for a weekend that is worked
  moved_work,  // a weekend that is worked, in exchange
};
std::string_view name_of(DayStanding standing);

DayStanding standing_of(Date day, const WorkingWeek& week);
// Whether people are at work on it.
constexpr bool is_worked(DayStanding standing) {
  return standing == DayStanding::working || standing == DayStanding::moved_work;
}

struct StandingDay {
  Date day{};
  DayStanding standing = DayStanding::working;
  std::string name;  // of the holiday, of the exchange; may be empty

  bool operator==(const StandingDay&) const = default;
};

// A longer stay goes over weekends as a matter of course.
inline constexpr int longest_short_stay = 5;  // days
inline constexpr std::size_t most_standing_days = 20;

// The days of `event` from `from` to `to` that are not as a working day is, ascending. Of an event of more
// than longest_short_stay days, weekends are left out; of a series, too: only holidays and exchanges are
// news. At most most_standing_days.
std::vector<StandingDay> standing_days(const Event& event, const WorkingWeek& week, Date from, Date to);

// A day on which an event could be held, or as many in a row as it lasts.
struct FreeDay {
  Date day{};                   // the first
  Date last{};                  // `day` itself, but for an event of several days
  bool beside_day_off = false;  // a holiday, or a day off in exchange, is the day before or the next
  std::size_t others = 0;      // other events of the association on that day; of several days, on the fullest
  std::size_t neighbours = 0;  // and of neighbours

  bool operator==(const FreeDay&) const = default;
};

inline constexpr std::size_t most_free_days = 10;
inline constexpr int longest_search = 400;  // days that are looked at

// Whether `event` lasts several days that are meant, every one of them (takes_days()).
bool lasts_days(const Event& event);

// The working days from..to on which nobody responsible, no speaker, no place and no audience of `one` is
// taken, at its time when it has one: the best first. Days beside holidays, days with neighbours' or other
// events of the association, Mondays and Fridays come later; of equals the earlier one is better. An event of
// several days begins and ends on a working day and lasts over no holiday; over weekends only when it is
// longer than longest_short_stay.
std::vector<FreeDay> free_days(const ConflictIndex& index, const ConflictIndex::Entry& one,
                               const WorkingWeek& week, Date from, Date to,
                               std::size_t most = most_free_days);

}  // namespace convoke::calendar
