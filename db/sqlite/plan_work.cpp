#include "db/sqlite/plan_work_repositories.hpp"

#include "db/sqlite/plan_work_column.hpp"

namespace convoke::db::sqlite {
namespace {

#define EDIT_COLUMNS "id, plan, at, author, name, what, subject, count, undone"

PlanEdit read_edit(const Query& row) {
  PlanEdit edit;
  edit.id = row.id<PlanEditId>(0);
  edit.plan = row.id<PlanId>(1);
  edit.at = row.instant(2);
  edit.author = row.text(3);
  edit.name = row.text(4);
  edit.act = known(plan_act_of(row.text(5)), "edit of a plan");
  edit.subject = row.text(6);
  edit.count = row.number(7);
  edit.undone = row.maybe_instant(8);
  return edit;
}

PlanVersion read_version(const Query& row, bool whole) {
  PlanVersion version;
  version.plan = row.id<PlanId>(0);
  version.number = row.number(1);
  version.at = row.instant(2);
  version.author = row.text(3);
  version.name = row.text(4);
  version.reason = row.text(5);
  if (!whole) return version;
  const auto parsed = parse_version_json(row.text(6), version);
  if (!parsed) throw StorageError(StorageError::Kind::broken, parsed.error().message);
  return version;
}

}  // namespace

PlanEditId SqlitePlanEdits::insert(const PlanEdit& edit) {
  Query row = connection_.query(
      "INSERT INTO plan_edit (plan, at, author, name, what, subject, count, rows)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id");
  row.bind(edit.plan, edit.at, edit.author, edit.name, name_of(edit.act), edit.subject,
           static_cast<int>(edit.rows.size()), edit_json(edit));
  row.step();
  const auto id = row.id<PlanEditId>(0);
  row.run();
  changes_.append("plan_edit", id.value, "insert");
  return id;
}

std::optional<PlanEdit> SqlitePlanEdits::find(PlanEditId id) {
  Query row = connection_.query("SELECT " EDIT_COLUMNS ", rows FROM plan_edit WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  auto edit = read_edit(row);
  const auto read = parse_edit_json(row.text(9), edit);
  if (!read) throw StorageError(StorageError::Kind::broken, read.error().message);
  return edit;
}

std::vector<PlanEdit> SqlitePlanEdits::of_plan(PlanId plan, int limit) {
  Query rows =
      connection_.query("SELECT " EDIT_COLUMNS " FROM plan_edit WHERE plan = ?1 ORDER BY id DESC LIMIT ?2");
  rows.bind(plan, limit);
  std::vector<PlanEdit> edits;
  while (rows.step()) edits.push_back(read_edit(rows));
  return edits;
}

std::optional<PlanEdit> SqlitePlanEdits::last_of_plan(PlanId plan) {
  Query row = connection_.query("SELECT " EDIT_COLUMNS
                                " FROM plan_edit WHERE plan = ?1 AND undone IS NULL AND what <> 'undo'"
                                " ORDER BY id DESC LIMIT 1");
  row.bind(plan);
  if (!row.step()) return std::nullopt;
  return read_edit(row);
}

bool SqlitePlanEdits::mark_undone(PlanEditId id, Instant at) {
  const bool marked = connection_.query("UPDATE plan_edit SET undone = ?2 WHERE id = ?1 AND undone IS NULL")
                          .bind(id, at)
                          .run() > 0;
  if (marked) changes_.append("plan_edit", id.value, "update");
  return marked;
}

int SqlitePlanVersions::insert(const PlanVersion& version) {
  Query row = connection_.query(
      "INSERT INTO plan_version (plan, number, at, author, name, reason, body)"
      " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM plan_version WHERE plan = ?1"
      " RETURNING number");
  row.bind(version.plan, version.at, version.author, version.name, version.reason, version_json(version));
  row.step();
  const int number = row.number(0);
  row.run();
  changes_.append("plan_version", version.plan.value, "insert");
  return number;
}

std::optional<PlanVersion> SqlitePlanVersions::find(PlanId plan, int number) {
  Query row = connection_.query(
      "SELECT plan, number, at, author, name, reason, body FROM plan_version WHERE plan = ?1 AND number = "
      "?2");
  row.bind(plan, number);
  if (!row.step()) return std::nullopt;
  return read_version(row, true);
}

std::optional<PlanVersion> SqlitePlanVersions::last_of_plan(PlanId plan) {
  Query row = connection_.query(
      "SELECT plan, number, at, author, name, reason, body FROM plan_version WHERE plan = ?1"
      " ORDER BY number DESC LIMIT 1");
  row.bind(plan);
  if (!row.step()) return std::nullopt;
  return read_version(row, true);
}

std::vector<PlanVersion> SqlitePlanVersions::of_plan(PlanId plan) {
  Query rows = connection_.query(
      "SELECT plan, number, at, author, name, reason FROM plan_version WHERE plan = ?1 ORDER BY number DESC");
  rows.bind(plan);
  std::vector<PlanVersion> versions;
  while (rows.step()) versions.push_back(read_version(rows, false));
  return versions;
}

}  // namespace convoke::db::sqlite
