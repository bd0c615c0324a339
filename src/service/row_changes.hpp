// What edits make of one row, before it is stored.
#pragma once

#include "base/result.hpp"
#include "model/plan_work.hpp"
#include "service/plan_edits.hpp"

#include <optional>

namespace convoke::service {

// The row with these cells; what was not changed keeps what stands behind it: the day that was named since,
// the person behind a name. Errors: invalid_input.
Result<Event> row_with(const Event& before, const RowFields& fields, const Plan& plan);

// The row after one of the changes for several; nothing when it means nothing for this row. Not of remove.
std::optional<Event> row_after(const Event& before, const RowsChange& change, const Plan& plan);

}  // namespace convoke::service
