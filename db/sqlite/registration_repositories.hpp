// The repository of db/registrations.hpp over one SQLite connection.
#pragma once

#include "db/registrations.hpp"
#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/recent.hpp"

namespace convoke::db::sqlite {

class SqliteRegistrations final : public Registrations {
 public:
  SqliteRegistrations(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  void save_form(const RegistrationForm& form) override;
  std::optional<RegistrationForm> form(EventId event) override;
  std::vector<RegistrationForm> forms() override;
  void mark_told(EventId event, const std::string& told) override;
  bool take(EventId event, AttendanceFormat format, int count) override;
  void give_back(EventId event, AttendanceFormat format, int count) override;
  RegistrationId insert(const Registration& registration) override;
  void update(const Registration& registration) override;
  std::optional<Registration> find(RegistrationId id) override;
  std::optional<Registration> find_by_code(const std::string& code) override;
  std::vector<Registration> of_party(const std::string& party) override;
  std::vector<Registration> of_address(EventId event, const std::string& email) override;
  std::vector<Registration> list(const RegistrationSelection& selection) override;
  std::vector<RegistrationCount> counts(EventId event) override;
  void mark(const AttendanceMark& mark) override;
  std::vector<AttendanceMark> marks(EventId event) override;
  std::vector<AttendanceMark> marks_of(RegistrationId registration) override;
  std::vector<Registration> first_waiting(EventId event, AttendanceFormat format) override;
  bool anybody_waits(EventId event, AttendanceFormat format) override;
  std::int64_t next_queued(EventId event) override;
  std::vector<Registration> lapsing(Instant now, int limit) override;
  int unconfirmed_mails(const std::string& email, Instant since) override;
  int erase_people(EventId event) override;

 private:
  void read_places(RegistrationForm& form);

  Connection& connection_;
  SqliteChanges& changes_;
  Recent<EventId, std::optional<RegistrationForm>> recent_;  // without how many places are taken
};

}  // namespace convoke::db::sqlite
