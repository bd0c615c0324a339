#include "db/sqlite/repositories.hpp"

#include <array>
#include <unordered_map>

namespace convoke::db::sqlite {
namespace {

constexpr std::array<std::string_view, 3> year_kinds = {"calendar", "academic", "month"};

std::string_view name_of(YearKind kind) {
  return year_kinds.at(static_cast<std::size_t>(kind));
}

std::optional<YearKind> year_kind_of(std::string_view name) {
  for (std::size_t i = 0; i < year_kinds.size(); ++i)
    if (year_kinds[i] == name) return static_cast<YearKind>(i);
  return std::nullopt;
}

Plan read_plan(const Query& row) {
  Plan plan;
  plan.id = row.id<PlanId>(0);
  plan.organisation = row.id<OrganisationId>(1);
  plan.title = row.text(2);
  plan.organisation_name = row.text(3);
  plan.language = row.text(4);
  plan.year.kind = known(year_kind_of(row.text(5)), "kind of year");
  plan.year.first = known(row.maybe_date(6), "year");
  plan.year.last = known(row.maybe_date(7), "year");
  plan.source_name = row.text(8);
  plan.imported = row.instant(9);
  plan.zone = row.text(10);
  return plan;
}

// Plans with their parts in three statements, however many they are. ?1 is the plan wanted, NULL for all.
std::vector<Plan> load(Connection& connection, PlanId wanted) {
  std::vector<Plan> plans;
  std::unordered_map<std::int64_t, std::size_t> index;
  Query rows = connection.query(
      "SELECT id, organisation, title, organisation_name, language, year_kind, year_first, year_last, "
      "source_name,"
      " imported, zone FROM plan WHERE ?1 IS NULL OR id = ?1 ORDER BY year_first DESC, id DESC");
  rows.bind(wanted);
  while (rows.step()) {
    index[rows.integer(0)] = plans.size();
    plans.push_back(read_plan(rows));
  }
  Query approvals = connection.query(
      "SELECT plan, verb, post, name, date, act FROM approval WHERE ?1 IS NULL OR plan = ?1 ORDER BY plan, "
      "position");
  approvals.bind(wanted);
  while (approvals.step())
    plans[index.at(approvals.integer(0))].approvals.push_back({approvals.text(1), approvals.text(2),
                                                               approvals.text(3), approvals.maybe_date(4),
                                                               approvals.text(5)});
  Query preamble = connection.query(
      "SELECT plan, caption, text FROM preamble WHERE ?1 IS NULL OR plan = ?1 ORDER BY plan, position");
  preamble.bind(wanted);
  while (preamble.step())
    plans[index.at(preamble.integer(0))].preamble.push_back({preamble.text(1), preamble.text(2)});
  return plans;
}

}  // namespace

void SqlitePlans::insert_parts(const Plan& plan) {
  for (std::size_t i = 0; i < plan.approvals.size(); ++i) {
    const auto& approval = plan.approvals[i];
    connection_
        .query(
            "INSERT INTO approval (plan, position, verb, post, name, date, act) VALUES "
            "(?1,?2,?3,?4,?5,?6,?7)")
        .bind(plan.id, static_cast<std::int64_t>(i), approval.verb, approval.post, approval.name,
              approval.date, approval.act)
        .run();
  }
  for (std::size_t i = 0; i < plan.preamble.size(); ++i)
    connection_.query("INSERT INTO preamble (plan, position, caption, text) VALUES (?1, ?2, ?3, ?4)")
        .bind(plan.id, static_cast<std::int64_t>(i), plan.preamble[i].caption, plan.preamble[i].text)
        .run();
}

PlanId SqlitePlans::insert(const Plan& plan) {
  Query row = connection_.query(
      "INSERT INTO plan (organisation, title, organisation_name, language, year_kind, year_first, year_last,"
      " source_name, imported, zone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id");
  row.bind(plan.organisation, plan.title, plan.organisation_name, plan.language, name_of(plan.year.kind),
           plan.year.first, plan.year.last, plan.source_name, plan.imported, plan.zone);
  row.step();
  Plan stored = plan;
  stored.id = row.id<PlanId>(0);
  row.run();
  insert_parts(stored);
  changes_.append("plan", stored.id.value, "insert");
  return stored.id;
}

void SqlitePlans::update(const Plan& plan) {
  const int changed =
      connection_
          .query(
              "UPDATE plan SET organisation = ?2, title = ?3, organisation_name = ?4, language = ?5,"
              " year_kind = ?6, year_first = ?7, year_last = ?8, source_name = ?9, imported = ?10, zone = ?11"
              " WHERE id = ?1")
          .bind(plan.id, plan.organisation, plan.title, plan.organisation_name, plan.language,
                name_of(plan.year.kind), plan.year.first, plan.year.last, plan.source_name, plan.imported,
                plan.zone)
          .run();
  if (changed == 0) throw_unknown("plan");
  connection_.query("DELETE FROM approval WHERE plan = ?1").bind(plan.id).run();
  connection_.query("DELETE FROM preamble WHERE plan = ?1").bind(plan.id).run();
  insert_parts(plan);
  changes_.append("plan", plan.id.value, "update");
}

std::optional<Plan> SqlitePlans::find(PlanId id) {
  if (!id) return std::nullopt;
  auto plans = load(connection_, id);
  if (plans.empty()) return std::nullopt;
  return std::move(plans.front());
}

std::vector<Plan> SqlitePlans::list() {
  return load(connection_, PlanId{});
}

}  // namespace convoke::db::sqlite
