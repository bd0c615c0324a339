// Work that is due once.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor task_kind = {EventKind::task, "What is to be done", "Steps", "Result", nullptr};

}  // namespace convoke::web
