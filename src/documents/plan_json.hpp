// The document that `convoke import --json` prints: other people's scripts read it, so its keys and their
// order are fixed.
#pragma once

#include "model/imported_plan.hpp"

#include <string>

namespace convoke::documents {

// {"plan":{…},"items":[…]} with the values as written in the document; dates are ISO or null, and so is every
// text that is not there, except titles and texts of cells, which are "".
std::string plan_json(const ImportedPlan& plan);

}  // namespace convoke::documents
