// Stores a plan that was read from a document. The same plan brought in again updates its events: a row keeps
// its UID, and a date that was fixed since stays fixed as long as the row's period reads the same.
#pragma once

#include "db/unit.hpp"
#include "model/imported_plan.hpp"
#include "service/event_store.hpp"
#include "service/plans.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// Inside the caller's transaction. `imported` has its source and time set; its plan's organisation, if it is
// set, is one that is stored.
ImportSummary store_plan(const Writing& writing, const ImportedPlan& imported);

// The association that a plan names, or whose plan its title says it is; empty when it says nothing.
std::string name_of_organisation(const Plan& plan);

// What the row says as it stands.
RowAsRead row_as_read(const Event& row);

// The plan of the same organisation and year, if it was brought in before: by its title, or because at least
// half of the rows are its rows. One that shares less is named in a warning.
std::optional<Plan> find_known(db::Unit& unit, const Plan& plan, const std::vector<Event>& rows,
                               std::vector<std::string>& warnings);

}  // namespace convoke::service
