#include "db/sqlite/delivery_repositories.hpp"

namespace convoke::db::sqlite {

void SqliteMailLog::add(const DeliveryAttempt& attempt) {
  connection_
      .query(
          "INSERT INTO delivery_attempt (reminder, number, at, outcome, reply) VALUES (?1,"
          " (SELECT coalesce(max(number), 0) + 1 FROM delivery_attempt WHERE reminder = ?1), ?2, ?3, ?4)")
      .bind(attempt.reminder, attempt.at, attempt.outcome, attempt.reply)
      .run();
}

std::vector<DeliveryAttempt> SqliteMailLog::attempts(ReminderId reminder) {
  Query rows = connection_.query(
      "SELECT number, at, outcome, reply FROM delivery_attempt WHERE reminder = ?1 ORDER BY number");
  rows.bind(reminder);
  std::vector<DeliveryAttempt> attempts;
  while (rows.step())
    attempts.push_back({reminder, rows.number(0), rows.instant(1), rows.text(2), rows.text(3)});
  return attempts;
}

void SqliteMailLog::keep(ReminderId reminder, const MailCopy& copy) {
  connection_
      .query(
          "INSERT INTO mail_copy (reminder, recipient, subject, text, html) VALUES (?1, ?2, ?3, ?4, ?5)"
          " ON CONFLICT (reminder) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject,"
          " text = excluded.text, html = excluded.html")
      .bind(reminder, copy.to, copy.subject, copy.text, copy.html)
      .run();
}

std::optional<MailCopy> SqliteMailLog::copy(ReminderId reminder) {
  Query row = connection_.query("SELECT recipient, subject, text, html FROM mail_copy WHERE reminder = ?1");
  row.bind(reminder);
  if (!row.step()) return std::nullopt;
  return MailCopy{row.text(0), row.text(1), row.text(2), row.text(3)};
}

int SqliteMailLog::forget_before(Instant settled) {
  connection_
      .query("DELETE FROM delivery_attempt WHERE reminder IN (SELECT id FROM reminder WHERE settled < ?1)")
      .bind(settled)
      .run();
  return connection_
      .query("DELETE FROM mail_copy WHERE reminder IN (SELECT id FROM reminder WHERE settled < ?1)")
      .bind(settled)
      .run();
}

void SqliteAddressTroubles::mark(const AddressTrouble& trouble) {
  connection_
      .query(
          "INSERT INTO address_trouble (address, since, status, why) VALUES (lower(?1), ?2, ?3, ?4)"
          " ON CONFLICT (address) DO UPDATE SET since = excluded.since, status = excluded.status,"
          " why = excluded.why")
      .bind(trouble.address, trouble.since, trouble.status, trouble.why)
      .run();
}

std::optional<AddressTrouble> SqliteAddressTroubles::find(const std::string& address) {
  Query row =
      connection_.query("SELECT address, since, status, why FROM address_trouble WHERE address = lower(?1)");
  row.bind(address);
  if (!row.step()) return std::nullopt;
  return AddressTrouble{row.text(0), row.instant(1), row.text(2), row.text(3)};
}

std::vector<AddressTrouble> SqliteAddressTroubles::list() {
  Query rows = connection_.query("SELECT address, since, status, why FROM address_trouble ORDER BY address");
  std::vector<AddressTrouble> troubles;
  while (rows.step()) troubles.push_back({rows.text(0), rows.instant(1), rows.text(2), rows.text(3)});
  return troubles;
}

bool SqliteAddressTroubles::clear(const std::string& address) {
  return connection_.query("DELETE FROM address_trouble WHERE address = lower(?1)").bind(address).run() > 0;
}

std::string SqliteSecrets::keep(const std::string& name, const std::string& fresh) {
  connection_.query("INSERT INTO secret (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING")
      .bind(name, fresh)
      .run();
  return *find(name);
}

std::optional<std::string> SqliteSecrets::find(const std::string& name) {
  Query row = connection_.query("SELECT value FROM secret WHERE name = ?1");
  row.bind(name);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

}  // namespace convoke::db::sqlite
