#include "calendar/holidays.hpp"

namespace convoke::calendar {

const DaysOff& built_in_days_off() {
  static const DaysOff table;
  return table;
}

}  // namespace convoke::calendar
