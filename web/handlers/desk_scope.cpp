#include "web/handlers/desk_scope.hpp"

#include "service/accounts.hpp"
#include "web/handlers/common.hpp"

namespace convoke::web {

service::Actor desk_actor(const Request& request) {
  return request.who ? service::actor_of(*request.who) : request.actor;
}

service::Editor editor_of(const Request& request) {
  return {request.actor, request.who->name, request.who->reach};
}

OrganisationId desk_within(const Request& request) {
  return request.who ? request.who->organisation : request.actor.organisation;
}

Result<service::DeskScope> desk_scope(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  return service::DeskScope(EventId{*number}, desk_within(request));
}

}  // namespace convoke::web
