// The stamps of a plan — adopted, agreed, approved, in whatever order people sign — and the version of it
// that is kept at each of them.
#pragma once

#include "base/deferred.hpp"
#include "service/plan_diff.hpp"
#include "service/plan_edits.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_approvals = 20;  // of one plan

// Which stamp of a plan, and what it said when whoever changes it looked: another may be faster.
struct StampKey {
  std::size_t index = 0;
  std::string expected;  // approval_stamp()
};
std::string approval_stamp(const Approval& approval);

// Errors of all: forbidden, not_found, storage_unavailable; further ones are named.

// Without `key` a further one. One that gets its date keeps the plan as a version. Errors: invalid_input (no
// verb, a text too long), limit_exceeded, conflict.
Deferred<bool> save_approval(Context& context, Editor editor, PlanId plan, Approval approval,
                             std::optional<StampKey> key = {});
// Errors: conflict.
Deferred<bool> remove_approval(Context& context, Editor editor, PlanId plan, StampKey key);

// Who approves by a button: signs the first "approved" stamp that has no date and names them or nobody, else
// a new one. `expected`: the plan_stamp() of what they saw. Errors: conflict when the plan is another by now,
// or they have signed it already as it is.
Deferred<bool> approve_plan(Context& context, Editor editor, PlanId plan, std::string post,
                            std::string expected);

struct PlanVersions {
  Plan plan;
  std::vector<PlanVersion> versions;  // newest first, without heading and rows
};
Deferred<PlanVersions> plan_versions(Context& context, PlanId plan, Reach within);

// What became of a version. `to` 0: the plan as it is.
struct VersionComparison {
  Plan plan;
  PlanVersion from, to;  // without rows; `to` with number 0 for the plan as it is
  PlanDifference difference;
};
Deferred<VersionComparison> compare_versions(Context& context, PlanId plan, Reach within, int from, int to);

}  // namespace convoke::service
