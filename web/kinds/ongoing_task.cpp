// Work of the whole year.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor ongoing_task_kind = {EventKind::ongoing_task, "What is to be done", "Steps", "Result",
                                          nullptr};

}  // namespace convoke::web
