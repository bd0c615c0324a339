// What a database can tell of events without reading them: the narrowing before an exact filter. An empty
// list narrows nothing.
#pragma once

#include "model/event.hpp"

#include <optional>
#include <vector>

namespace convoke {

struct EventSelection {
  std::vector<EventKind> kinds;
  std::vector<OrganisationId> organisations;
  std::vector<PersonId> people;  // responsible
  std::vector<Level> levels;
  std::vector<EventStatus> statuses;
  bool with_audience = false;    // those only of which an audience is said
  std::optional<Date> from, to;  // whose period touches these days

  bool operator==(const EventSelection&) const = default;
};

}  // namespace convoke
