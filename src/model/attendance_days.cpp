#include "model/attendance_days.hpp"

#include <algorithm>

namespace convoke {

std::vector<Date> attendance_days(const Event& event) {
  const auto& period = event.period;
  if (!period.first) return {};
  std::vector<Date> days = {*period.first};
  if (period.precision != Precision::date_range || !period.last) return days;
  if (to_days(*period.last) - to_days(*period.first) >= std::chrono::days{most_attendance_days}) return days;
  while (days.back() < *period.last) days.push_back(add_days(days.back(), 1));
  return days;
}

Date day_among(const std::vector<Date>& days, Date day) {
  return days.empty() ? day : std::clamp(day, days.front(), days.back());
}

}  // namespace convoke
