// The order of a plan's rows while one of them finds its place: positions leave gaps, so that a row moves
// without the others being written again.
#pragma once

#include "db/unit.hpp"
#include "model/event.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

class PlanOrder {
 public:
  // Reads the rows of the plan.
  PlanOrder(db::Unit& unit, PlanId plan);

  const std::vector<Event>& rows() const { return rows_; }
  const Event* find(EventId row) const;
  // Among the rows, or among those without `without`.
  std::optional<std::size_t> index_of(EventId row, EventId without = {}) const;
  // The row before this one; 0: it is the first.
  EventId behind(EventId row) const;
  // Behind the last row of the last run of rows of that section; nothing when there is none. `moving` is not
  // looked at.
  std::optional<std::size_t> end_of_section(const std::string& section, EventId moving) const;
  // The rows that stand together with this one under one caption.
  std::vector<Event> section_of(EventId row) const;

  // The row as it is by now: where it stands among the others follows its position.
  void replace(const Event& row);

  // The position of a row that is to stand at `index` of the others (all but `moving`). Without room between
  // its neighbours all are numbered anew, which readers do not see.
  int position_at(std::size_t index, EventId moving);

 private:
  std::vector<std::size_t> others(EventId moving) const;
  void number_anew();

  db::Unit& unit_;
  std::vector<Event> rows_;
};

}  // namespace convoke::service
