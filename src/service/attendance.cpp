// Who takes part in what.
#include "db/store.hpp"
#include "service/personal_calendars.hpp"

namespace convoke::service {

Deferred<bool> attend(Context& context, const SignedIn& who, EventId event) {
  const Instant now = context.clock.now();
  return context.store.write(db::Author(actor_of(who).name, now),
                             [account = who.account, event, now](db::Unit& unit) -> Result<bool> {
                               if (!unit.events().find(event))
                                 return Error{Errc::not_found, "there is no such event"};
                               return unit.attendances().add(account, event, now);
                             });
}

Deferred<bool> withdraw(Context& context, const SignedIn& who, EventId event) {
  return context.store.write(db::Author(actor_of(who).name, context.clock.now()),
                             [account = who.account, event](db::Unit& unit) -> Result<bool> {
                               if (!unit.events().find(event))
                                 return Error{Errc::not_found, "there is no such event"};
                               return unit.attendances().remove(account, event);
                             });
}

Deferred<bool> attends(Context& context, const SignedIn& who, EventId event) {
  return context.store.read(
      [account = who.account, event](db::Unit& unit) { return unit.attendances().has(account, event); });
}

Deferred<std::vector<EventId>> attended_events(Context& context, const SignedIn& who) {
  return context.store.read(
      [account = who.account](db::Unit& unit) { return unit.attendances().of_account(account); });
}

}  // namespace convoke::service
