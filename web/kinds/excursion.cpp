// An excursion has a route.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor excursion_kind = {EventKind::excursion, "Route", "Stops", "Report", nullptr};

}  // namespace convoke::web
