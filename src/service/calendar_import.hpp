// Events from another program's calendar file (.ics). Known ones are updated by their UID.
#pragma once

#include "service/plans.hpp"

namespace convoke::service {

// Errors: those of calendar::read_calendar; storage_unavailable.
Deferred<ImportSummary> import_calendar(Context& context, const Actor& actor, const ImportRequest& request);

}  // namespace convoke::service
