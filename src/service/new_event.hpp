// An event of no plan, as a person adds it on the web: its period in words, its kind and who is responsible
// read as those of a plan's row are. What else is told of it is written afterwards (event_details.hpp).
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "service/context.hpp"
#include "service/plan_edits.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// As typed.
struct EventEntry {
  std::string title, period, responsible;
  std::optional<EventKind> kind;  // none: told by the title
  OrganisationId organisation;    // 0: the actor's own, or the only one there is
  EventId known;                  // an event like it that its author has been shown: this is another one

  EventEntry() = default;
};

// What is wrong, by the fields title, period and responsible, in their order; a period in which no date can
// be read too: without one the event would stand in no calendar.
std::vector<RowProblem> check_entry(const EventEntry& entry, Date today);

struct EventEntered {
  EventId event;  // 0: nothing was stored
  EventId
      known;  // the association has an event of this title and these days already, which is not `entry.known`

  EventEntered() = default;
};

// Stores it once, however often it is sent; reminders and announcements follow as for every event that a
// person adds. Errors: forbidden, not_found (an association beyond the actor's reach), invalid_input
// (check_entry), storage_unavailable.
Deferred<EventEntered> enter_event(Context& context, Actor actor, EventEntry entry);

}  // namespace convoke::service
