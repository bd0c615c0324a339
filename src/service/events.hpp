// Changing events: fixing a date, moving, cancelling, correcting. Every visible change raises SEQUENCE and
// replans the reminders in the same transaction.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>

namespace convoke::service {

// What to change; an absent member stays as it is.
struct EventChange {
  std::optional<std::string> title, place, note, description, online_url;
  std::optional<EventKind> kind;
  std::optional<EventStatus> status;
  std::optional<Date> date;       // fixes (or moves) the day: the period becomes dated
  std::optional<Date> last_date;  // of an event of several days
  std::optional<TimeOfDay> time, end_time;
  std::optional<std::string> period;     // or: a period as people write it, read by the grammar
  std::optional<int> expected_sequence;  // refuse with conflict if somebody was faster

  EventChange() = default;
};

// Errors: forbidden, not_found, invalid_input, conflict, storage_unavailable. A change that changes nothing
// succeeds and leaves SEQUENCE alone (feeds.md rule 26).
Deferred<Event> change_event(Context& context, Actor actor, EventId id, EventChange change);

struct NewEvent {
  OrganisationId organisation;  // 0: the only one there is
  std::string title;
  EventKind kind = EventKind::event;
  std::string zone;
  EventChange details;

  NewEvent() = default;
};

Deferred<Event> create_event(Context& context, Actor actor, NewEvent event);

}  // namespace convoke::service
