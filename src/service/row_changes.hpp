// What edits make of one row, before it is stored.
#pragma once

#include "base/result.hpp"
#include "model/plan_work.hpp"
#include "service/plan_edits.hpp"

#include <optional>
#include <string>

namespace convoke::service {

// The row with these cells; what was not changed keeps what stands behind it: the day that was named since,
// the person behind a name. Errors: invalid_input.
Result<Event> row_with(const Event& before, const RowFields& fields, const Plan& plan);

// Who is responsible, as a cell of a plan says it; whom the event names already stays the same person.
void set_responsible(Event& event, const std::string& text);

// The time zone of a row that is added to a plan: the plan's own, else that of its first row (null: it has
// none), else `fallback`.
std::string zone_of_new_row(const Plan& plan, const Event* first, const std::string& fallback);

// The row after one of the changes for several; nothing when it means nothing for this row. Not of remove.
std::optional<Event> row_after(const Event& before, const RowsChange& change, const Plan& plan);

}  // namespace convoke::service
