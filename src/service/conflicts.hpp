// What stands in the way of an event here: our other events, and those of neighbours; the day itself, when
// nobody works on it; and days that are free.
#pragma once

#include "base/deferred.hpp"
#include "calendar/conflicts.hpp"  // IWYU pragma: export
#include "calendar/free_days.hpp"  // IWYU pragma: export
#include "service/snapshot.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoke::service {

struct FoundConflict {
  std::shared_ptr<const Event> other;
  Date day{};
  bool responsible = false, place = false, neighbour = false;  // as in calendar::Conflict
  bool speaker = false, audience = false;
  std::string source;   // what the neighbour's calendar is called; empty: an event of ours
  bool hidden = false;  // of a calendar that is not shared: for organisers' eyes
};

// By day. Everybody sees what is published; whoever may write sees the calendars that are not shared, too.
// Errors: not_found, storage_unavailable.
Deferred<std::vector<FoundConflict>> conflicts_of(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                                  const Actor& actor, EventId event);

// An event whose day is chosen: what is against the one it has, and which others are free.
struct DayChoice {
  std::vector<calendar::StandingDay> standing;  // its days that are not as a working day is
  std::vector<calendar::FreeDay> free;          // the best first
  Date from{}, to{};                            // where `free` was looked for; from > to: nowhere

  DayChoice() = default;
};
// Free days are looked for in the period of an event that awaits its day, and a fortnight around the day or
// the days that another one has; never before tomorrow. None for what is closed, a series, a deadline, a
// neighbour's event. Errors: not_found, storage_unavailable.
Deferred<DayChoice> day_choice(Context& context, std::shared_ptr<const Snapshot> snapshot, const Actor& actor,
                               EventId event);

// Of an event as it is.
bool may_be_dated(const Event& event);

}  // namespace convoke::service
