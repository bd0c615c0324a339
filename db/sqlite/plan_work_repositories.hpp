// The repositories of db/plan_work.hpp over one SQLite connection.
#pragma once

#include "db/plan_work.hpp"
#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqlitePlanEdits final : public PlanEdits {
 public:
  SqlitePlanEdits(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  PlanEditId insert(const PlanEdit& edit) override;
  std::optional<PlanEdit> find(PlanEditId id) override;
  std::vector<PlanEdit> of_plan(PlanId plan, int limit) override;
  std::optional<PlanEdit> last_of_plan(PlanId plan) override;
  bool mark_undone(PlanEditId id, Instant at) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqlitePlanVersions final : public PlanVersions {
 public:
  SqlitePlanVersions(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  int insert(const PlanVersion& version) override;
  std::optional<PlanVersion> find(PlanId plan, int number) override;
  std::optional<PlanVersion> last_of_plan(PlanId plan) override;
  std::vector<PlanVersion> of_plan(PlanId plan) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

}  // namespace convoke::db::sqlite
