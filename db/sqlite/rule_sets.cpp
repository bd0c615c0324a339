#include "db/sqlite/execution_repositories.hpp"
#include "db/sqlite/rule_column.hpp"

namespace convoke::db::sqlite {
namespace {

#define RULE_SET_COLUMNS \
  "id, organisation, plan, kind, event, rules, quiet_from, quiet_to, on_days_off, country"

ReminderRules read_rules(const Query& row) {
  ReminderRules set;
  set.id = row.id<RuleSetId>(0);
  set.scope.organisation = row.id<OrganisationId>(1);
  set.scope.plan = row.id<PlanId>(2);
  if (!row.is_null(3)) set.scope.kind = known(event_kind_of(row.text(3)), "kind of event");
  set.scope.event = row.id<EventId>(4);
  auto rules = parse_rules_json(row.text(5));
  if (!rules) throw StorageError(StorageError::Kind::broken, rules.error().message);
  set.rules = std::move(*rules);
  set.quiet_from = TimeOfDay{row.number(6)};
  set.quiet_to = TimeOfDay{row.number(7)};
  set.on_days_off = row.flag(8);
  set.country = row.text(9);
  return set;
}

}  // namespace

RuleSetId SqliteRuleSets::save(const ReminderRules& set) {
  const auto kind = set.scope.kind ? std::optional(name_of(*set.scope.kind)) : std::nullopt;
  Query row = connection_.query(
      "INSERT INTO rule_set (organisation, plan, kind, event, rules, quiet_from, quiet_to, on_days_off,"
      " country) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (coalesce(organisation, 0), coalesce(plan, 0), coalesce(kind, ''), coalesce(event, 0))"
      " DO UPDATE SET rules = excluded.rules, quiet_from = excluded.quiet_from,"
      " quiet_to = excluded.quiet_to, on_days_off = excluded.on_days_off, country = excluded.country"
      " RETURNING id");
  row.bind(set.scope.organisation, set.scope.plan, kind, set.scope.event, rules_json(set.rules),
           set.quiet_from, set.quiet_to, set.on_days_off, set.country);
  row.step();
  const auto id = row.id<RuleSetId>(0);
  row.run();
  changes_.append("rule_set", id.value, "update");
  return id;
}

std::optional<ReminderRules> SqliteRuleSets::find(RuleSetId id) {
  Query row = connection_.query("SELECT " RULE_SET_COLUMNS " FROM rule_set WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_rules(row);
}

std::vector<ReminderRules> SqliteRuleSets::list() {
  Query rows = connection_.query("SELECT " RULE_SET_COLUMNS " FROM rule_set ORDER BY id");
  std::vector<ReminderRules> sets;
  while (rows.step()) sets.push_back(read_rules(rows));
  return sets;
}

bool SqliteRuleSets::remove(RuleSetId id) {
  const bool gone = connection_.query("DELETE FROM rule_set WHERE id = ?1").bind(id).run() > 0;
  if (gone) changes_.append("rule_set", id.value, "remove");
  return gone;
}

}  // namespace convoke::db::sqlite
