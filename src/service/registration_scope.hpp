// Whose registrations somebody may see and change: an organiser's, of events that the own association and
// those below it hold. Everything that an organiser does at the desk or at the door begins here.
#pragma once

#include "db/store.hpp"
#include "service/registration_desk.hpp"
#include "service/registration_steps.hpp"

#include <optional>
#include <utility>

namespace convoke::service {

// Errors: unauthenticated, forbidden.
std::optional<Error> desk_refusal(const Actor& actor);
// Errors: not_found, for an event outside the scope as well as for none.
Result<Event> desk_event(db::Unit& unit, const DeskScope& scope);
// Errors: not_found when registration was never switched on.
Result<RegistrationForm> desk_form(db::Unit& unit, const DeskScope& scope);

// fn(const RegistrationWork&, const Event&) -> Result<T>, in one transaction; the mails that it queued leave.
template<class T, class Fn>
Deferred<T> desk_write(Context& context, const Actor& actor, DeskScope scope, Fn fn) {
  if (auto no = desk_refusal(actor)) return Deferred<T>::ready(std::move(*no));
  const Instant now = context.clock.now();
  auto work = [scope, fn = std::move(fn), now,
               domain = context.settings.mail_domain](db::Unit& unit) -> Result<T> {
    auto event = desk_event(unit, scope);
    if (!event) return event.error();
    return fn(RegistrationWork(unit, domain, now), *event);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
