// A plan that is begun empty and written on the web, row by row (plan_edits.hpp).
#pragma once

#include "base/deferred.hpp"
#include "service/context.hpp"
#include "service/plan_edits.hpp"

#include <string>

namespace convoke::service {

struct NewPlan {
  std::string title;
  PlanContext year;
  OrganisationId organisation;    // 0: the one of that name
  std::string organisation_name;  // entered when nobody knows it; only by who is of no one association
  std::string language = "uk";
  std::string zone;  // IANA name, of its rows; empty: the association's

  NewPlan() = default;
};

// Errors: forbidden, not_found (an association that the editor does not reach), invalid_input (no title, no
// association, no such time zone), conflict when it has a plan of that title for that year,
// storage_unavailable.
Deferred<PlanId> create_plan(Context& context, Editor editor, NewPlan plan);

}  // namespace convoke::service
