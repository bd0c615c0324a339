// How a plan differs from a version of it: which rows came, went or say something else, cell by cell.
#pragma once

#include "service/plan_table.hpp"

#include <map>
#include <string>
#include <vector>

namespace convoke::service {

enum class RowMark { added, changed };

struct CellChange {
  std::string field;  // of RowFields: "title"; "status"; "day" when only the day was named since
  std::string was, now;
};

struct RowDifference {
  enum class What { added, removed, changed } what = What::changed;
  Event row;  // as it is now; of a removed one as it was
  std::vector<CellChange> cells;
  bool moved = false;  // it stands elsewhere among the rows that both have
};

struct PlanDifference {
  std::vector<CellChange> heading;  // "title", "preamble", "organisation"
  std::vector<RowDifference> rows;  // in the order of the plan as it is now, removed ones at their old place

  bool none() const { return heading.empty() && rows.empty(); }
};

// What readers of the printed plan would see: section, number, title, period, responsible, place, note, kind,
// and that a row was cancelled. That an event was held, or its day named, is no change of the plan.
PlanDifference plan_difference(const Plan& plan_was, const std::vector<Event>& was, const Plan& plan_now,
                               const std::vector<Event>& now);

// The rows that differ from the newest version; none without one.
std::map<EventId, RowMark> changed_rows(const PlanTable& table);

}  // namespace convoke::service
