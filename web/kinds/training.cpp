// A training goes by lessons.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor training_kind = {EventKind::training, "Programme", "Lessons", "Materials", nullptr};

}  // namespace convoke::web
