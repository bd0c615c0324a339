// Everything that stands in the way of the rows of one plan, by day; and of one row while it is typed.
#pragma once

#include "base/deferred.hpp"
#include "service/conflicts.hpp"
#include "service/plan_table.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace convoke::service {

// Either another event, or the day itself.
struct Clash {
  Date day{};
  std::shared_ptr<const Event> event;  // of the plan; null while it is typed
  std::optional<FoundConflict> other;  // none: it is the day
  calendar::StandingDay standing;      // of such a clash

  Clash() = default;
};

inline constexpr std::size_t most_plan_clashes = 1'000;

struct PlanClashes {
  std::shared_ptr<const Plan> plan;
  std::vector<Clash> coming;  // from today, by day; two rows of the plan that clash are one clash
  std::size_t past = 0;       // those on days that are over
  std::vector<Clash> gone;    // they, when they were asked for
  bool cut = false;           // there are more than most_plan_clashes

  PlanClashes() = default;
};

// Of the rows that are open. Errors: not_found (also a plan of an association outside `within`; empty: all),
// storage_unavailable.
Deferred<PlanClashes> clashes_of_plan(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                      const Actor& actor, PlanId plan, Reach within, bool past = false);

// Of the row (0: a new one) as `fields` say, by day; nothing while no day can be read. Errors: the same.
Deferred<std::vector<Clash>> clashes_of_row(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                            const Actor& actor, PlanId plan, EventId row, RowFields fields,
                                            Reach within);

// Of the row as it is stored. Errors: the same.
Deferred<std::vector<Clash>> clashes_of_row(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                            const Actor& actor, PlanId plan, EventId row, Reach within);

}  // namespace convoke::service
