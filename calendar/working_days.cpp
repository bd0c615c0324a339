#include "calendar/working_days.hpp"

namespace convoke::calendar {
namespace {

// A set of holidays that covers years must not turn into a long search.
constexpr int max_days_in_span = 400;
constexpr int max_days_back = 4'000;
constexpr int max_days_off_in_a_row = 31;

}  // namespace

bool is_working_day(Date day, const Holidays& holidays) {
  return !is_weekend(day) && !holidays.contains(day);
}

Date last_working_day(Date first, Date last, const Holidays& holidays) {
  Date day = last;
  for (int looked = 0; day >= first && looked < max_days_in_span; ++looked, day = add_days(day, -1))
    if (is_working_day(day, holidays)) return day;
  return last;
}

Date minus_working_days(Date day, int count, const Holidays& holidays) {
  for (int walked = 0; count > 0 && walked < max_days_back; ++walked) {
    day = add_days(day, -1);
    if (is_working_day(day, holidays)) --count;
  }
  return day;
}

bool is_working_day(Date day, const WorkingWeek& week) {
  return !week.is_day_off(day);
}

Date working_day_not_after(Date day, const WorkingWeek& week) {
  for (int back = 0; back <= max_days_off_in_a_row; ++back)
    if (const Date one = add_days(day, -back); is_working_day(one, week)) return one;
  return day;
}

Date working_day_after(Date day, const WorkingWeek& week) {
  for (int ahead = 1; ahead <= max_days_off_in_a_row; ++ahead)
    if (const Date one = add_days(day, ahead); is_working_day(one, week)) return one;
  return add_days(day, 1);
}

Date add_working_days(Date day, int count, const WorkingWeek& week) {
  const int step = count < 0 ? -1 : 1;
  for (int left = count * step, walked = 0; left > 0 && walked < max_days_back; ++walked) {
    day = add_days(day, step);
    if (is_working_day(day, week)) --left;
  }
  return day;
}

}  // namespace convoke::calendar
