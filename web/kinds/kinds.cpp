#include "web/kinds/kind.hpp"

#include <array>

namespace convoke::web {

const KindDescriptor& descriptor_of(EventKind kind) {
  // In the order of EventKind.
  static const std::array<const KindDescriptor*, event_kind_count> table = {
      &meeting_kind,      &conference_kind,   &seminar_kind,   &round_table_kind, &competition_kind,
      &consultation_kind, &training_kind,     &excursion_kind, &event_kind,       &report_kind,
      &task_kind,         &ongoing_task_kind, &goal_kind};
  return *table.at(static_cast<std::size_t>(kind));
}

}  // namespace convoke::web
