// A whole period as JSON, so that it comes back the same: for drafts that are stored between two looks at
// them.
#pragma once

#include "base/result.hpp"
#include "model/period.hpp"

#include <boost/json/value.hpp>

namespace convoke::service {

boost::json::value period_json(const Period& period);
// Errors: invalid_input for anything that period_json() does not write.
Result<Period> parse_period_json(const boost::json::value& value);

}  // namespace convoke::service
