// Changing one day of a series without touching the others: cancelling it, moving it, giving it another title
// or place. Subscribers see the day change under the series' own UID (feeds.md rule 32), and the reminders
// follow in the same transaction.
#pragma once

#include "base/deferred.hpp"
#include "calendar/event_occurrences.hpp"
#include "model/event.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// What is to be otherwise on that day. The outer absence leaves a member as it is; an inner one makes it as
// in the series again.
struct OccurrenceChange {
  std::optional<bool> cancelled;
  std::optional<std::optional<Date>> date;
  std::optional<std::optional<TimeOfDay>> time, end_time;
  std::optional<std::optional<std::string>> title, place, note;
  std::optional<int> expected_sequence;  // refuse with conflict if somebody was faster

  OccurrenceChange() = default;
};

// `day`: as EventOccurrence::day, where the series has it, also when it was moved since. Errors: forbidden
// (no editor, or an event of a neighbour's calendar); not_found (no such event, it does not recur, or its
// series does not name that day); invalid_input; conflict; limit_exceeded over calendar::max_overrides
// changed days; storage_unavailable. A change that changes nothing succeeds and leaves SEQUENCE alone.
Deferred<Event> change_occurrence(Context& context, Actor actor, EventId id, Date day,
                                  OccurrenceChange change);

// The event with that day changed, for a use case that stores it in a transaction of its own. Errors:
// not_found, invalid_input, limit_exceeded.
Result<Event> event_with_day(const Event& before, Date day, const OccurrenceChange& change);

// Makes the day as the series says, also one that was taken out of the series (Recurrence::without). Errors:
// the same.
Deferred<Event> restore_occurrence(Context& context, Actor actor, EventId id, Date day,
                                   std::optional<int> expected_sequence = {});

// Called when the period of `event` was changed from that of `before`: what still names a day of the new
// series is kept of the old one's exceptions, the rest is dropped.
void keep_exceptions(const Event& before, Event& event);

}  // namespace convoke::service
