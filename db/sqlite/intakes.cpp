#include "db/sqlite/intake_repositories.hpp"

namespace convoke::db::sqlite {

IntakeId SqliteIntakes::insert(const Intake& intake) {
  Query row = connection_.query(
      "INSERT INTO intake (account, organisation, file_name, bytes, zone, draft, created, expires, committed)"
      " VALUES (?1, ?2, ?3, CAST(?4 AS BLOB), ?5, ?6, ?7, ?8, ?9) RETURNING id");
  row.bind(intake.account, intake.organisation, intake.file_name, intake.bytes, intake.zone, intake.draft,
           intake.created, intake.expires, intake.committed);
  row.step();
  const auto id = row.id<IntakeId>(0);
  row.run();
  return id;
}

void SqliteIntakes::update(const Intake& intake) {
  const int changed =
      connection_
          .query("UPDATE intake SET organisation = ?2, zone = ?3, draft = ?4, committed = ?5 WHERE id = ?1")
          .bind(intake.id, intake.organisation, intake.zone, intake.draft, intake.committed)
          .run();
  if (changed == 0) throw StorageError(StorageError::Kind::refused, "there is no such intake");
}

std::optional<Intake> SqliteIntakes::find(IntakeId id) {
  Query row = connection_.query(
      "SELECT id, account, organisation, file_name, zone, created, expires, committed, bytes, draft"
      " FROM intake WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  Intake intake;
  intake.id = row.id<IntakeId>(0);
  intake.account = row.id<AccountId>(1);
  intake.organisation = row.id<OrganisationId>(2);
  intake.file_name = row.text(3);
  intake.zone = row.text(4);
  intake.created = row.instant(5);
  intake.expires = row.instant(6);
  intake.committed = row.id<PlanId>(7);
  intake.bytes = row.text(8);
  intake.draft = row.text(9);
  return intake;
}

std::vector<Intake> SqliteIntakes::of_account(AccountId account) {
  Query row = connection_.query(
      "SELECT id, organisation, file_name, created, expires, committed FROM intake WHERE account = ?1"
      " ORDER BY id DESC");
  row.bind(account);
  std::vector<Intake> intakes;
  while (row.step()) {
    Intake intake;
    intake.id = row.id<IntakeId>(0);
    intake.account = account;
    intake.organisation = row.id<OrganisationId>(1);
    intake.file_name = row.text(2);
    intake.created = row.instant(3);
    intake.expires = row.instant(4);
    intake.committed = row.id<PlanId>(5);
    intakes.push_back(std::move(intake));
  }
  return intakes;
}

bool SqliteIntakes::remove(IntakeId id) {
  return connection_.query("DELETE FROM intake WHERE id = ?1").bind(id).run() > 0;
}

int SqliteIntakes::remove_expired(Instant now) {
  return connection_.query("DELETE FROM intake WHERE expires <= ?1").bind(now).run();
}

void SqliteCorrections::save(const Correction& correction) {
  connection_
      .query(
          "INSERT INTO correction (organisation, field, raw, value, at) VALUES (?1, ?2, ?3, ?4, ?5)"
          " ON CONFLICT (organisation, field, raw) DO UPDATE SET value = excluded.value, at = excluded.at")
      .bind(correction.organisation, name_of(correction.field), correction.raw, correction.value,
            correction.at)
      .run();
}

std::vector<Correction> SqliteCorrections::list(OrganisationId organisation) {
  Query row = connection_.query(
      "SELECT field, raw, value, at FROM correction WHERE organisation = ?1 ORDER BY field, raw");
  row.bind(organisation);
  std::vector<Correction> corrections;
  while (row.step()) {
    Correction one;
    one.organisation = organisation;
    one.field = known(corrected_field_of(row.text(0)), "correction");
    one.raw = row.text(1);
    one.value = row.text(2);
    one.at = row.instant(3);
    corrections.push_back(std::move(one));
  }
  return corrections;
}

bool SqliteCorrections::remove(OrganisationId organisation, CorrectedField field, const std::string& raw) {
  return connection_.query("DELETE FROM correction WHERE organisation = ?1 AND field = ?2 AND raw = ?3")
             .bind(organisation, name_of(field), raw)
             .run() > 0;
}

}  // namespace convoke::db::sqlite
