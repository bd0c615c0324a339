// Giving an event a day by pointing at it in a calendar: of a row of a plan it is an edit that can be taken
// back (plan_edits.hpp), of any other event a change (events.hpp).
#pragma once

#include "service/events.hpp"
#include "service/plan_edits.hpp"

#include <string>

namespace convoke::service {

// What makes `event` take place on that day: several days stay as many, and begin on it. Errors:
// invalid_input for a series, and for what is held, cancelled or a neighbour's.
Result<EventChange> dating(const Event& event, const RowDay& day);

// `expected`: the row_stamp() of what was looked at. Errors: forbidden, not_found (also another
// association's), invalid_input, conflict when it says something else by now, storage_unavailable.
Deferred<EditDone> date_event(Context& context, Editor editor, EventId event, RowDay day,
                              std::string expected);

}  // namespace convoke::service
