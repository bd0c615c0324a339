// Changing events: fixing a date, moving, cancelling, correcting. Every visible change raises SEQUENCE and
// replans the reminders in the same transaction.
#pragma once

#include "base/clock.hpp"
#include "base/deferred.hpp"
#include "model/event.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

struct Writing;  // event_store.hpp

// What to change; an absent member stays as it is.
struct EventChange {
  std::optional<std::string> title, place, note, description, online_url, image_url, contact;
  std::optional<std::optional<int>> attended;       // no number: nobody has counted
  std::optional<std::string> outcome, minutes_url;  // what came of it
  std::optional<EventKind> kind;
  std::optional<EventStatus> status;
  std::optional<Date> date;       // fixes (or moves) the day: the period becomes dated
  std::optional<Date> last_date;  // of an event of several days
  std::optional<TimeOfDay> time, end_time;
  std::optional<bool> deadline;               // of a day: work is due by it, not held on it
  std::optional<std::string> period;          // or: a period as people write it, read by the grammar
  std::optional<std::optional<Level>> level;  // no level: it is not said any more
  std::optional<std::vector<std::string>> audience;
  std::optional<std::vector<std::string>> agenda;
  std::optional<std::vector<Attachment>> attachments;
  std::optional<EventId> parent;         // 0: a part of nothing
  std::optional<int> expected_sequence;  // refuse with conflict if somebody was faster

  EventChange() = default;
};

inline constexpr std::size_t most_audiences = 20, most_attachments = 20, most_points = 100;  // of one event
inline constexpr int most_attended = 100'000;

// The event as `change` makes it, for a use case that stores it in a transaction of its own
// (event_store.hpp). Errors: forbidden for a neighbour's, invalid_input, limit_exceeded, conflict.
Result<Event> event_with(db::Unit& unit, const Event& before, const EventChange& change, Instant now);

// What a changed period makes of the status when nobody sets it.
EventStatus status_after(const Event& before, const Period& period);

// Errors: forbidden (an event of a neighbour's calendar is read-only, too), not_found, invalid_input,
// conflict, storage_unavailable. A change that changes nothing
// succeeds and leaves SEQUENCE alone (feeds.md rule 26).
Deferred<Event> change_event(Context& context, Actor actor, EventId id, EventChange change);

struct NewEvent {
  OrganisationId organisation;  // 0: the only one there is
  std::string title;
  EventKind kind = EventKind::event;
  bool by_title = false;  // kind, level and involvement that are not said are told by the title, as in plans
  std::string zone;       // IANA name; empty: the association's
  std::string responsible;  // as a cell of a plan says it: "Калина О.П., методист"
  EventChange details;

  NewEvent() = default;
};

// An event of no plan. Its period is read as understand_coming_period() does; who is named and not known yet
// is entered, without an address. Errors: forbidden, not_found (an association that there is not, or beyond
// the actor's reach), invalid_input, limit_exceeded, storage_unavailable.
Deferred<Event> create_event(Context& context, Actor actor, NewEvent event);
// The two halves of it, for a use case with a transaction of its own: the event, not stored yet, and storing
// it with the people it names. Precondition of the first: the actor may edit.
Result<Event> new_event(const Writing& writing, const Actor& actor, const NewEvent& wanted,
                        const std::string& default_zone);
Event store_new_event(const Writing& writing, Event event);

// Takes an event back that should never have been: it leaves every feed and page at once, and its reminders
// are not sent. What takes place no more is cancelled instead, so that subscribers see it go (feeds.md rule
// 35). Errors: forbidden, not_found, conflict (`expected_sequence` is not the event's), storage_unavailable.
Deferred<bool> remove_event(Context& context, Actor actor, EventId id,
                            std::optional<int> expected_sequence = {});

}  // namespace convoke::service
