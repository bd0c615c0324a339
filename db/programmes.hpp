// The repository of programmes of conferences. Part of db/unit.hpp.
#pragma once

#include "model/programme.hpp"

#include <optional>
#include <vector>

namespace convoke::db {

// In the change log as "programme", with the number of the event. Of a talk that is an event only its number
// and its place are kept: its words are the event's. A programme outlives its event, which may be put back.
class Programmes {
 public:
  virtual ~Programmes() = default;
  virtual std::optional<Programme> find(EventId event) = 0;
  // In the place of the one before, if any.
  virtual void save(const Programme& programme) = 0;
  // Events that are a part of `event` and stand in no plan, by id.
  virtual std::vector<EventId> parts_of(EventId event) = 0;
};

}  // namespace convoke::db
