// The repositories of db/registration_files.hpp and db/registration_invitations.hpp over one SQLite
// connection.
#pragma once

#include "db/registration_files.hpp"
#include "db/registration_invitations.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqliteRegistrationFiles final : public RegistrationFiles {
 public:
  explicit SqliteRegistrationFiles(Connection& connection) : connection_(connection) {}
  void put(const RegistrationFile& file, const std::string& bytes) override;
  std::vector<RegistrationFile> of(RegistrationId registration) override;
  std::optional<RegistrationFile> find(RegistrationId registration, const std::string& field) override;
  std::string bytes(RegistrationId registration, const std::string& field) override;
  std::size_t stored(EventId event) override;
  std::size_t unconfirmed() override;
  int remove(RegistrationId registration) override;
  int remove_field(EventId event, const std::string& field) override;
  int remove_all(EventId event) override;

 private:
  Connection& connection_;
};

class SqliteRegistrationInvitations final : public RegistrationInvitations {
 public:
  explicit SqliteRegistrationInvitations(Connection& connection) : connection_(connection) {}
  RegistrationInvitationId insert(const RegistrationInvitation& invitation) override;
  void update(const RegistrationInvitation& invitation) override;
  std::optional<RegistrationInvitation> find(RegistrationInvitationId id) override;
  std::optional<RegistrationInvitation> find_by_code(const std::string& code) override;
  std::optional<RegistrationInvitation> find_by_address(EventId event, const std::string& email) override;
  std::vector<InvitedPerson> of_event(EventId event) override;
  InvitationAnswer answer(const RegistrationInvitation& invitation) override;
  void opt_out(const std::string& email, Instant at) override;
  bool opt_in(const std::string& email) override;
  bool has_opted_out(const std::string& email) override;
  int erase_people(EventId event) override;
  int erase_person(EventId event, const std::string& email) override;
  int erase_address(const std::string& email) override;
  void keep_away(const std::string& digest, EventId event, Instant at) override;
  bool is_kept_away(const std::string& digest) override;

 private:
  Connection& connection_;
};

}  // namespace convoke::db::sqlite
