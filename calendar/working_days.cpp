#include "calendar/working_days.hpp"

namespace convoke::calendar {
namespace {

// A set of holidays that covers years must not turn into a long search.
constexpr int max_days_in_span = 400;
constexpr int max_days_back = 4'000;

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

}  // namespace convoke::calendar
