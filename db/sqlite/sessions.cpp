// Sessions and links that act once: what comes and goes with signing in.
#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define SESSION_COLUMNS "id, account, hash, created, last_seen, agent"

Session read_session(const Query& row) {
  Session session;
  session.id = row.id<SessionId>(0);
  session.account = row.id<AccountId>(1);
  session.hash = row.text(2);
  session.created = row.instant(3);
  session.last_seen = row.instant(4);
  session.agent = row.text(5);
  return session;
}

#define LINK_COLUMNS "hash, purpose, account, created, expires, used"

OneTimeLink read_link(const Query& row) {
  OneTimeLink link;
  link.hash = row.text(0);
  link.purpose = row.text(1);
  link.account = row.id<AccountId>(2);
  link.created = row.instant(3);
  link.expires = row.instant(4);
  link.used = row.maybe_instant(5);
  return link;
}

}  // namespace

SessionId SqliteSessions::insert(const Session& session) {
  Query row = connection_.query(
      "INSERT INTO session (account, hash, created, last_seen, agent) VALUES (?1, ?2, ?3, ?4, ?5)"
      " RETURNING id");
  row.bind(session.account, session.hash, session.created, session.last_seen, session.agent);
  row.step();
  const auto id = row.id<SessionId>(0);
  row.run();
  return id;
}

std::optional<Session> SqliteSessions::find_by_hash(const std::string& hash) {
  Query row = connection_.query("SELECT " SESSION_COLUMNS " FROM session WHERE hash = ?1");
  row.bind(hash);
  if (!row.step()) return std::nullopt;
  return read_session(row);
}

std::vector<Session> SqliteSessions::of_account(AccountId account) {
  Query rows =
      connection_.query("SELECT " SESSION_COLUMNS " FROM session WHERE account = ?1 ORDER BY id DESC");
  rows.bind(account);
  std::vector<Session> sessions;
  while (rows.step()) sessions.push_back(read_session(rows));
  return sessions;
}

void SqliteSessions::touch(SessionId id, Instant seen) {
  connection_.query("UPDATE session SET last_seen = max(last_seen, ?2) WHERE id = ?1").bind(id, seen).run();
}

bool SqliteSessions::remove(SessionId id) {
  return connection_.query("DELETE FROM session WHERE id = ?1").bind(id).run() > 0;
}

int SqliteSessions::remove_of_account(AccountId account) {
  return connection_.query("DELETE FROM session WHERE account = ?1").bind(account).run();
}

int SqliteSessions::remove_older(Instant begun, Instant seen) {
  return connection_.query("DELETE FROM session WHERE created < ?1 OR last_seen < ?2")
      .bind(begun, seen)
      .run();
}

void SqliteOneTimeLinks::insert(const OneTimeLink& link) {
  connection_
      .query(
          "INSERT INTO one_time_link (hash, purpose, account, created, expires, used)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
      .bind(link.hash, link.purpose, link.account, link.created, link.expires, link.used)
      .run();
}

std::optional<OneTimeLink> SqliteOneTimeLinks::find(const std::string& hash) {
  Query row = connection_.query("SELECT " LINK_COLUMNS " FROM one_time_link WHERE hash = ?1");
  row.bind(hash);
  if (!row.step()) return std::nullopt;
  return read_link(row);
}

bool SqliteOneTimeLinks::use(const std::string& hash, Instant at) {
  return connection_
             .query("UPDATE one_time_link SET used = ?2 WHERE hash = ?1 AND used IS NULL AND expires > ?2")
             .bind(hash, at)
             .run() > 0;
}

void SqliteOneTimeLinks::end_all(const std::string& purpose, AccountId account, Instant at) {
  connection_
      .query("UPDATE one_time_link SET used = ?3 WHERE purpose = ?1 AND account IS ?2 AND used IS NULL")
      .bind(purpose, account, at)
      .run();
}

std::optional<OneTimeLink> SqliteOneTimeLinks::in_force(const std::string& purpose, AccountId account,
                                                        Instant at) {
  Query row = connection_.query("SELECT " LINK_COLUMNS
                                " FROM one_time_link WHERE purpose = ?1 AND account IS ?2 AND used IS NULL"
                                " AND expires > ?3 ORDER BY expires DESC LIMIT 1");
  row.bind(purpose, account, at);
  if (!row.step()) return std::nullopt;
  return read_link(row);
}

int SqliteOneTimeLinks::remove_expired(Instant before) {
  return connection_.query("DELETE FROM one_time_link WHERE expires < ?1").bind(before).run();
}

void SqliteRecoveryCodes::replace(AccountId account, const std::vector<std::string>& hashes) {
  connection_.query("DELETE FROM recovery_code WHERE account = ?1").bind(account).run();
  for (const auto& hash : hashes)
    connection_.query("INSERT INTO recovery_code (account, hash) VALUES (?1, ?2)").bind(account, hash).run();
}

bool SqliteRecoveryCodes::use(AccountId account, const std::string& hash, Instant at) {
  return connection_
             .query("UPDATE recovery_code SET used = ?3 WHERE account = ?1 AND hash = ?2 AND used IS NULL")
             .bind(account, hash, at)
             .run() > 0;
}

int SqliteRecoveryCodes::left(AccountId account) {
  Query row = connection_.query("SELECT count(*) FROM recovery_code WHERE account = ?1 AND used IS NULL");
  row.bind(account);
  row.step();
  return static_cast<int>(row.integer(0));
}

}  // namespace convoke::db::sqlite
