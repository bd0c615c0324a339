// A direction of work: stands in its plan and has no page; the table is whole all the same.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor goal_kind = {EventKind::goal, "What is to be done", "Steps", "Result", nullptr};

}  // namespace convoke::web
