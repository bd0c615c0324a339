#include "db/sqlite/registration_guests.hpp"

#include "db/storage_error.hpp"

namespace convoke::db::sqlite {
namespace {

#define INVITATION_COLUMNS \
  "id, event, code, person, name, email, institution, language, invited, reminded, declined, registration"
// By the address: a place that was registered by the link and handed over is somebody else's.
#define HAS_REGISTRATION                                                                  \
  "EXISTS (SELECT 1 FROM registration AS r WHERE r.event = i.event AND i.email <> '' AND" \
  " r.email = i.email AND r.state IN ('submitted', 'pending', 'waiting', 'registered', 'attended'))"

RegistrationInvitation read_invitation(const Query& row) {
  RegistrationInvitation one;
  one.id = row.id<RegistrationInvitationId>(0);
  one.event = row.id<EventId>(1);
  one.code = row.text(2);
  one.person = row.id<PersonId>(3);
  one.name = row.text(4);
  one.email = row.text(5);
  one.institution = row.text(6);
  one.language = known(language_of(row.text(7)), "language");
  one.invited = row.instant(8);
  one.reminded = row.maybe_instant(9);
  one.declined = row.maybe_instant(10);
  one.registration = row.id<RegistrationId>(11);
  return one;
}

std::optional<RegistrationInvitation> found(Query& row) {
  if (!row.step()) return std::nullopt;
  return read_invitation(row);
}

}  // namespace

RegistrationInvitationId SqliteRegistrationInvitations::insert(const RegistrationInvitation& one) {
  Query row = connection_.query(
      "INSERT INTO registration_invitation (event, code, person, name, email, institution, language, invited,"
      " reminded, declined, registration) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING "
      "id");
  row.bind(one.event, one.code, one.person, one.name, one.email, one.institution, tag_of(one.language),
           one.invited, one.reminded, one.declined, one.registration);
  row.step();
  const auto id = row.id<RegistrationInvitationId>(0);
  row.run();
  return id;
}

void SqliteRegistrationInvitations::update(const RegistrationInvitation& one) {
  const int changed = connection_
                          .query(
                              "UPDATE registration_invitation SET reminded = ?2, declined = ?3,"
                              " registration = ?4 WHERE id = ?1")
                          .bind(one.id, one.reminded, one.declined, one.registration)
                          .run();
  if (changed == 0) throw StorageError(StorageError::Kind::refused, "there is no such invitation");
}

std::optional<RegistrationInvitation> SqliteRegistrationInvitations::find(RegistrationInvitationId id) {
  Query row = connection_.query("SELECT " INVITATION_COLUMNS " FROM registration_invitation WHERE id = ?1");
  row.bind(id);
  return found(row);
}

std::optional<RegistrationInvitation> SqliteRegistrationInvitations::find_by_code(const std::string& code) {
  Query row = connection_.query("SELECT " INVITATION_COLUMNS " FROM registration_invitation WHERE code = ?1");
  row.bind(code);
  return found(row);
}

std::optional<RegistrationInvitation> SqliteRegistrationInvitations::find_by_address(
    EventId event, const std::string& email) {
  if (email.empty()) return std::nullopt;
  Query row = connection_.query("SELECT " INVITATION_COLUMNS
                                " FROM registration_invitation WHERE event = ?1 AND email = ?2");
  row.bind(event, email);
  return found(row);
}

std::vector<InvitedPerson> SqliteRegistrationInvitations::of_event(EventId event) {
  Query rows = connection_.query("SELECT " INVITATION_COLUMNS ", " HAS_REGISTRATION
                                 " FROM registration_invitation AS i WHERE event = ?1 ORDER BY id");
  rows.bind(event);
  std::vector<InvitedPerson> all;
  while (rows.step()) {
    InvitedPerson one;
    one.invitation = read_invitation(rows);
    one.answer = answer_of(one.invitation, rows.flag(12));
    all.push_back(std::move(one));
  }
  return all;
}

InvitationAnswer SqliteRegistrationInvitations::answer(const RegistrationInvitation& one) {
  Query row =
      connection_.query("SELECT " HAS_REGISTRATION " FROM registration_invitation AS i WHERE i.id = ?1");
  row.bind(one.id);
  return answer_of(one, row.step() && row.flag(0));
}

void SqliteRegistrationInvitations::opt_out(const std::string& email, Instant at) {
  connection_.query("INSERT INTO invitation_opt_out (email, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
      .bind(email, at)
      .run();
}

bool SqliteRegistrationInvitations::opt_in(const std::string& email) {
  return connection_.query("DELETE FROM invitation_opt_out WHERE email = ?1").bind(email).run() > 0;
}

bool SqliteRegistrationInvitations::has_opted_out(const std::string& email) {
  Query row = connection_.query("SELECT 1 FROM invitation_opt_out WHERE email = ?1");
  row.bind(email);
  return row.step();
}

int SqliteRegistrationInvitations::erase_people(EventId event) {
  connection_.query("DELETE FROM invitation_kept_away WHERE event = ?1").bind(event).run();
  return connection_
      .query(
          "UPDATE registration_invitation SET name = '', email = '', institution = '', person = NULL"
          " WHERE event = ?1 AND email <> ''")
      .bind(event)
      .run();
}

int SqliteRegistrationInvitations::erase_person(EventId event, const std::string& email) {
  if (email.empty()) return 0;
  return connection_
      .query(
          "UPDATE registration_invitation SET name = '', email = '', institution = '', person = NULL"
          " WHERE event = ?1 AND email = ?2")
      .bind(event, email)
      .run();
}

int SqliteRegistrationInvitations::erase_address(const std::string& email) {
  if (email.empty()) return 0;
  connection_.query("DELETE FROM invitation_opt_out WHERE email = ?1").bind(email).run();
  return connection_
      .query(
          "UPDATE registration_invitation AS i SET name = '', email = '', institution = '', person = NULL"
          " WHERE email = ?1 AND NOT " HAS_REGISTRATION)
      .bind(email)
      .run();
}

void SqliteRegistrationInvitations::keep_away(const std::string& digest, EventId event, Instant at) {
  connection_
      .query(
          "INSERT INTO invitation_kept_away (digest, event, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
      .bind(digest, event, at)
      .run();
}

bool SqliteRegistrationInvitations::is_kept_away(const std::string& digest) {
  Query row = connection_.query("SELECT 1 FROM invitation_kept_away WHERE digest = ?1");
  row.bind(digest);
  return row.step();
}

}  // namespace convoke::db::sqlite
