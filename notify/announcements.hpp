// Tells those responsible that the day of an event is known, has moved, or that it does not take place:
// queued in the transaction of the change, beside replan() (notify/queue.hpp).
#pragma once

#include "base/clock.hpp"
#include "db/unit.hpp"
#include "model/event.hpp"

#include <chrono>
#include <string>

namespace convoke::notify {

// A day is often corrected twice: what follows within this time takes the place of what was not sent yet.
inline constexpr std::chrono::minutes announcement_delay{5};

struct Announced {
  int invitations = 0, cancellations = 0;  // rows that now wait for their time
  int superseded = 0;                      // rows taken back
};

// Queues what the step from `before` (null: the event is new) to `after`, as just stored with its id, makes
// people know:
// - its day (calendar::can_be_attended) became known, or its times, place, title or address changed: an
// invitation to
//   every responsible; to those alone who are responsible only now when nothing else changed;
// - it lost its day: an update to those who had been invited, as vague as the plan is now;
// - it is cancelled: a cancellation to every person who had been sent anything about it since they were last
// told so;
// - somebody is no longer responsible: a cancellation to that person.
// What waits and is overtaken by this is superseded. Nothing is queued for what is over at `now`, for a
// neighbour's event, and for what nobody had heard of. Throws StorageError only.
Announced announce(db::Unit& unit, const Event* before, const Event& after, const std::string& message_domain,
                   Instant now);

}  // namespace convoke::notify
