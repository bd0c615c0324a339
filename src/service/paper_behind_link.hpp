// What the link of an author's mails opens, inside the caller's transaction.
#pragma once

#include "db/unit.hpp"
#include "service/submissions.hpp"

#include <string>

namespace convoke::service {

// Errors: those of view_paper().
Result<PaperView> paper_behind(db::Unit& unit, const std::string& token, Instant now);

}  // namespace convoke::service
