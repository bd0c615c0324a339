#include "service/registration_scope.hpp"

#include "service/reach.hpp"

namespace convoke::service {

std::optional<Error> desk_refusal(const Actor& actor) {
  if (actor.role == Role::editor) return std::nullopt;
  return Error(actor.role == Role::anonymous ? Errc::unauthenticated : Errc::forbidden,
               "registrations are the organisers' to see");
}

Result<Event> desk_event(db::Unit& unit, const DeskScope& scope) {
  auto event = unit.events().find(scope.event);
  if (!event || event->source || !Reach(unit, scope.within).holds(event->organisation))
    return Error(Errc::not_found, "there is no such event");
  return std::move(*event);
}

Result<RegistrationForm> desk_form(db::Unit& unit, const DeskScope& scope) {
  auto form = unit.registrations().form(scope.event);
  if (!form) return Error(Errc::not_found, "registration was never switched on for this event");
  return std::move(*form);
}

}  // namespace convoke::service
