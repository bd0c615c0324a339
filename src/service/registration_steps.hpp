// What a step does to registrations, inside the caller's transaction: the state follows the table
// (model/registration.hpp), places are taken and given back, whoever waits first is promoted the moment a
// place is free, and everybody concerned gets one mail. Pages, the API, the door and the clock all go through
// here.
#pragma once

#include "db/unit.hpp"
#include "model/event.hpp"
#include "model/registration.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoke::service {

struct RegistrationWork {
  db::Unit& unit;
  std::string mail_domain;
  Instant now;

  RegistrationWork(db::Unit& u, std::string domain, Instant at)
      : unit(u), mail_domain(std::move(domain)), now(at) {}
};

// When the event begins, for those who take part: its first day's time, or the end of that day when no time
// is known. None while it has no day.
std::optional<Instant> begins_at(const Event& event);
// When it is over: the end of its last day, or its end time.
std::optional<Instant> ends_at(const Event& event);
// After this nobody registers any more: the beginning; of a vague period its end.
std::optional<Instant> last_moment(const Event& event);

// Takes a step with `members` of one party, all in the same state; gives the state they are in after it.
// Those that are not stored yet are stored in that state. Errors: conflict, as next_state() says. Nothing is
// changed then.
Result<RegistrationState> take_step(const RegistrationWork& work, const RegistrationForm& form,
                                    std::vector<Registration>& members, RegistrationStep step);

// Gives what is free to those who wait, first come first served. A party that needs more places than are free
// is waited for: nobody overtakes it.
int promote_waiting(const RegistrationWork& work, const RegistrationForm& form, AttendanceFormat format);

// What a mail in this state is called; none for those that no mail tells of.
std::optional<ReminderReason> mail_of(RegistrationState state);
// Queues one mail, for now or for `due`.
void queue_mail(const RegistrationWork& work, const Registration& one, ReminderReason reason,
                std::optional<Instant> due = std::nullopt);

// One mail a party: the first member of each among those that take part.
std::vector<Registration> leads_of_registered(db::Unit& unit, EventId event);

}  // namespace convoke::service
