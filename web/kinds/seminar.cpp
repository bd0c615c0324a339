// A seminar has a programme, and materials remain of it.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor seminar_kind = {EventKind::seminar, "Programme", "Parts", "Materials", nullptr};

}  // namespace convoke::web
