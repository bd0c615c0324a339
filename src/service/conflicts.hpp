// What stands in the way of an event here: our other events, and those of neighbours.
#pragma once

#include "base/deferred.hpp"
#include "calendar/conflicts.hpp"  // IWYU pragma: export
#include "service/snapshot.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoke::service {

struct FoundConflict {
  std::shared_ptr<const Event> other;
  Date day{};
  bool responsible = false, place = false, neighbour = false;  // as in calendar::Conflict
  std::string source;   // what the neighbour's calendar is called; empty: an event of ours
  bool hidden = false;  // of a calendar that is not shared: for organisers' eyes
};

// By day. Everybody sees what is published; whoever may write sees the calendars that are not shared, too.
// Errors: not_found, storage_unavailable.
Deferred<std::vector<FoundConflict>> conflicts_of(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                                  const Actor& actor, EventId event);

}  // namespace convoke::service
