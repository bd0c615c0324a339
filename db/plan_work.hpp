// The repositories of work on plans: what each edit did, and the versions that were approved. Part of
// db/unit.hpp.
#pragma once

#include "model/plan_work.hpp"

#include <optional>
#include <vector>

namespace convoke::db {

// In the change log as "plan_edit".
class PlanEdits {
 public:
  virtual ~PlanEdits() = default;
  virtual PlanEditId insert(const PlanEdit& edit) = 0;
  virtual std::optional<PlanEdit> find(PlanEditId id) = 0;
  // Newest first, those undone too; without their rows.
  virtual std::vector<PlanEdit> of_plan(PlanId plan, int limit) = 0;
  // The newest that is not undone and is no undoing itself; without its rows.
  virtual std::optional<PlanEdit> last_of_plan(PlanId plan) = 0;
  // False when it is unknown or undone already: two who undo get one true.
  virtual bool mark_undone(PlanEditId id, Instant at) = 0;
};

// In the change log as "plan_version", with the plan's number.
class PlanVersions {
 public:
  virtual ~PlanVersions() = default;
  // Gives it the plan's next number, which is returned.
  virtual int insert(const PlanVersion& version) = 0;
  virtual std::optional<PlanVersion> find(PlanId plan, int number) = 0;
  // The newest.
  virtual std::optional<PlanVersion> last_of_plan(PlanId plan) = 0;
  // Newest first, without heading and rows.
  virtual std::vector<PlanVersion> of_plan(PlanId plan) = 0;
};

}  // namespace convoke::db
