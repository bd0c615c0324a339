// Whose plan it is: the association that the title names, or the institution that stands behind it.
#pragma once

#include "documents/plan_parts.hpp"
#include "documents/plan_text.hpp"
#include "model/plan.hpp"

#include <string>
#include <vector>

namespace convoke::documents {

// In the nominative; empty when the document names nobody. An association that the title only calls by its
// kind («методического объединения библиотекарей») gives way to the institution of a stamp, whose legal form
// is kept or abbreviated: "ГУ «…»".
std::string organisation_of(const std::vector<Part>& parts, const TitleReading& title,
                            const std::vector<Approval>& approvals);

}  // namespace convoke::documents
