// A round table has questions to be talked over, and ends with a resolution.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor round_table_kind = {EventKind::round_table, "Agenda", "Parts", "Resolution", nullptr};

}  // namespace convoke::web
