// What somebody can be late with: an event that has a last day, or each time of a series that people report
// on.
#pragma once

#include "model/event.hpp"

namespace convoke::service {

// Series that nobody reports on one by one: daily, weekly, every second week.
bool is_frequent(const Event& event);

// Whether it has a last day by which somebody could be late: no series, no all-year work, no other plan's.
bool is_due_once(const Event& event);

// Whether it is done when somebody says so, and not by taking place.
bool is_work(const Event& event);

}  // namespace convoke::service
