// A conference has a programme, and its talks and sections are events of their own.
#include "web/kinds/kind.hpp"

namespace convoke::web {

const KindDescriptor conference_kind = {EventKind::conference, "Programme", "Talks and sections",
                                        "Proceedings", nullptr};

}  // namespace convoke::web
