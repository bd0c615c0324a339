// Whatever takes place and is of no other kind.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor event_kind = {EventKind::event, "Programme", "Parts", "Report", nullptr};

}  // namespace convoke::web
