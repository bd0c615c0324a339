#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {

bool SqliteAttendances::add(AccountId account, EventId event, Instant since) {
  const int changed =
      connection_
          .query("INSERT INTO attendance (account, event, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
          .bind(account, event, since)
          .run();
  if (changed > 0) changes_.append("attendance", account.value, "insert");
  return changed > 0;
}

bool SqliteAttendances::remove(AccountId account, EventId event) {
  const int changed = connection_.query("DELETE FROM attendance WHERE account = ?1 AND event = ?2")
                          .bind(account, event)
                          .run();
  if (changed > 0) changes_.append("attendance", account.value, "remove");
  return changed > 0;
}

bool SqliteAttendances::has(AccountId account, EventId event) {
  Query row = connection_.query("SELECT EXISTS (SELECT 1 FROM attendance WHERE account = ?1 AND event = ?2)");
  row.bind(account, event);
  row.step();
  return row.flag(0);
}

std::vector<EventId> SqliteAttendances::of_account(AccountId account) {
  Query rows = connection_.query("SELECT event FROM attendance WHERE account = ?1 ORDER BY event");
  rows.bind(account);
  std::vector<EventId> events;
  while (rows.step()) events.push_back(rows.id<EventId>(0));
  return events;
}

int SqliteAttendances::count_of_event(EventId event) {
  Query row = connection_.query("SELECT count(*) FROM attendance WHERE event = ?1");
  row.bind(event);
  row.step();
  return row.number(0);
}

}  // namespace convoke::db::sqlite
