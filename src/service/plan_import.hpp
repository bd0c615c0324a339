// Stores a plan that was read from a document. The same plan brought in again updates its events: a row keeps
// its UID, and a date that was fixed since stays fixed as long as the row's period reads the same.
#pragma once

#include "db/unit.hpp"
#include "model/imported_plan.hpp"
#include "service/event_store.hpp"
#include "service/plans.hpp"

namespace convoke::service {

// Inside the caller's transaction. `imported` has its source and time set.
ImportSummary store_plan(const Writing& writing, const ImportedPlan& imported);

}  // namespace convoke::service
