#include "db/sqlite/execution_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define ROSTER_COLUMNS "id, organisation, kind, name, duty, section"

Roster read_roster(const Query& row) {
  Roster roster;
  roster.id = row.id<RosterId>(0);
  roster.organisation = row.id<OrganisationId>(1);
  roster.kind = known(roster_kind_of(row.text(2)), "kind of roster");
  roster.name = row.text(3);
  roster.duty = known(duty_of(row.text(4)), "duty");
  roster.section = row.text(5);
  return roster;
}

void read_tenures(Connection& connection, Roster& roster) {
  Query rows = connection.query("SELECT person, first, last FROM tenure WHERE roster = ?1 ORDER BY position");
  rows.bind(roster.id);
  while (rows.step())
    roster.tenures.push_back({rows.id<PersonId>(0), rows.maybe_date(1), rows.maybe_date(2)});
}

void write_tenures(Connection& connection, RosterId id, const std::vector<Tenure>& tenures) {
  connection.query("DELETE FROM tenure WHERE roster = ?1").bind(id).run();
  Query row = connection.query(
      "INSERT INTO tenure (roster, position, person, first, last) VALUES (?1, ?2, ?3, ?4, ?5)");
  int position = 0;
  for (const auto& tenure : tenures) {
    row.bind(id, ++position, tenure.person, tenure.first, tenure.last).run();
    row.reset();
  }
}

}  // namespace

RosterId SqliteRosters::save(const Roster& roster) {
  const bool fresh = !roster.id;
  Query row = connection_.query(
      "INSERT INTO roster (id, organisation, kind, name, duty, section) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (id) DO UPDATE SET organisation = excluded.organisation, kind = excluded.kind,"
      " name = excluded.name, duty = excluded.duty, section = excluded.section RETURNING id");
  row.bind(roster.id, roster.organisation, name_of(roster.kind), roster.name, name_of(roster.duty),
           roster.section);
  row.step();
  const auto id = row.id<RosterId>(0);
  row.run();
  write_tenures(connection_, id, roster.tenures);
  changes_.append("roster", id.value, fresh ? "insert" : "update");
  return id;
}

std::optional<Roster> SqliteRosters::find(RosterId id) {
  Query row = connection_.query("SELECT " ROSTER_COLUMNS " FROM roster WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  Roster roster = read_roster(row);
  read_tenures(connection_, roster);
  return roster;
}

std::vector<Roster> SqliteRosters::list() {
  Query rows = connection_.query("SELECT " ROSTER_COLUMNS " FROM roster ORDER BY id");
  std::vector<Roster> rosters;
  while (rows.step()) rosters.push_back(read_roster(rows));
  // Both in the order of the rosters.
  Query tenures =
      connection_.query("SELECT roster, person, first, last FROM tenure ORDER BY roster, position");
  auto roster = rosters.begin();
  while (tenures.step()) {
    const auto id = tenures.id<RosterId>(0);
    while (roster->id != id) ++roster;
    roster->tenures.push_back({tenures.id<PersonId>(1), tenures.maybe_date(2), tenures.maybe_date(3)});
  }
  return rosters;
}

bool SqliteRosters::remove(RosterId id) {
  const bool gone = connection_.query("DELETE FROM roster WHERE id = ?1").bind(id).run() > 0;
  if (gone) changes_.append("roster", id.value, "remove");
  return gone;
}

AbsenceId SqliteAbsences::insert(const Absence& absence) {
  Query row = connection_.query(
      "INSERT INTO absence (person, first, last, deputy) VALUES (?1, ?2, ?3, ?4) RETURNING id");
  row.bind(absence.person, absence.first, absence.last, absence.deputy);
  row.step();
  const auto id = row.id<AbsenceId>(0);
  row.run();
  changes_.append("absence", id.value, "insert");
  return id;
}

void SqliteAbsences::update(const Absence& absence) {
  const int changed =
      connection_.query("UPDATE absence SET person = ?2, first = ?3, last = ?4, deputy = ?5 WHERE id = ?1")
          .bind(absence.id, absence.person, absence.first, absence.last, absence.deputy)
          .run();
  if (changed == 0) throw_unknown("absence");
  changes_.append("absence", absence.id.value, "update");
}

std::vector<Absence> SqliteAbsences::list() {
  Query rows = connection_.query("SELECT id, person, first, last, deputy FROM absence ORDER BY first, id");
  std::vector<Absence> absences;
  while (rows.step())
    absences.push_back({rows.id<AbsenceId>(0), rows.id<PersonId>(1), *rows.maybe_date(2), *rows.maybe_date(3),
                        rows.id<PersonId>(4)});
  return absences;
}

bool SqliteAbsences::remove(AbsenceId id) {
  const bool gone = connection_.query("DELETE FROM absence WHERE id = ?1").bind(id).run() > 0;
  if (gone) changes_.append("absence", id.value, "remove");
  return gone;
}

}  // namespace convoke::db::sqlite
