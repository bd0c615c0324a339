// What is stored about whoever sent a paper in, given to them by the link of their mails (threats I3).
#pragma once

#include "service/submissions.hpp"

#include <string>

namespace convoke::service {

// As one JSON object in UTF-8: what they entered, the files without their bytes, each step with its moment,
// what was decided and said to them, what they agreed to, and the mails they got. Errors: those of
// view_paper().
Deferred<std::string> own_paper_data(Context& context, std::string token);

}  // namespace convoke::service
