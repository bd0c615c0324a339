// The repositories of db/intake.hpp over one SQLite connection.
#pragma once

#include "db/intake.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqliteIntakes final : public Intakes {
 public:
  explicit SqliteIntakes(Connection& connection) : connection_(connection) {}
  IntakeId insert(const Intake& intake) override;
  void update(const Intake& intake) override;
  std::optional<Intake> find(IntakeId id) override;
  std::vector<Intake> of_account(AccountId account) override;
  bool remove(IntakeId id) override;
  int remove_expired(Instant now) override;

 private:
  Connection& connection_;
};

class SqliteCorrections final : public Corrections {
 public:
  explicit SqliteCorrections(Connection& connection) : connection_(connection) {}
  void save(const Correction& correction) override;
  std::vector<Correction> list(OrganisationId organisation) override;
  bool remove(OrganisationId organisation, CorrectedField field, const std::string& raw) override;

 private:
  Connection& connection_;
};

}  // namespace convoke::db::sqlite
