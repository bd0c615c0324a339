#include "service/due_items.hpp"

namespace convoke::service {

bool is_frequent(const Event& event) {
  const auto& series = event.period.recurrence;
  return series && (series->frequency == Frequency::daily || series->frequency == Frequency::weekly ||
                    series->frequency == Frequency::biweekly);
}

bool is_due_once(const Event& event) {
  const Period& period = event.period;
  return period.has_dates() && !period.is_all_year() && period.precision != Precision::by_other_plan &&
         period.precision != Precision::recurring;
}

bool is_work(const Event& event) {
  return event.period.deadline || event.kind == EventKind::report || event.kind == EventKind::task ||
         event.period.precision == Precision::recurring;
}

}  // namespace convoke::service
