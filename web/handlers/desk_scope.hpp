// Who acts at the desk of an event or a plan, in a session or by a token, and for which event.
#pragma once

#include "service/plan_edits.hpp"
#include "service/registration_desk.hpp"
#include "web/http.hpp"

namespace convoke::web {

service::Actor desk_actor(const Request& request);
// Who writes plans and events in a session. Precondition: the route asks for one.
service::Editor editor_of(const Request& request);
// Whose events are in reach; none: everybody's.
OrganisationId desk_within(const Request& request);
// The event is the first capture. Errors: not_found for what is no number.
Result<service::DeskScope> desk_scope(const Request& request);

}  // namespace convoke::web
