#include "db/sqlite/repositories.hpp"

#include <algorithm>
#include <tuple>

namespace convoke::db::sqlite {
namespace {

#define REMINDER_COLUMNS                                                                              \
  "id, event, occurrence, rule, recipient, reason, due, expires, event_sequence, state, message_id, " \
  "attempts, "                                                                                        \
  "next_attempt, lease_until, claimed_by, last_error, settled"

Reminder read_reminder(const Query& row) {
  Reminder reminder;
  reminder.id = row.id<ReminderId>(0);
  reminder.key = {row.id<EventId>(1), row.text(2), row.text(3), row.text(4)};
  reminder.reason = known(reminder_reason_of(row.text(5)), "reason");
  reminder.due = row.instant(6);
  reminder.expires = row.instant(7);
  reminder.event_sequence = row.number(8);
  reminder.state = known(reminder_state_of(row.text(9)), "state");
  reminder.message_id = row.text(10);
  reminder.attempts = row.number(11);
  reminder.next_attempt = row.maybe_instant(12);
  reminder.lease_until = row.maybe_instant(13);
  reminder.claimed_by = row.text(14);
  reminder.last_error = row.text(15);
  reminder.settled = row.maybe_instant(16);
  return reminder;
}

std::vector<Reminder> read_reminders(Query& rows) {
  std::vector<Reminder> reminders;
  while (rows.step()) reminders.push_back(read_reminder(rows));
  return reminders;
}

// Only the conditions that are asked for, so that each finds its index; values stay bound.
std::string list_statement(const ReminderSelection& selection) {
  std::string sql = "SELECT " REMINDER_COLUMNS " FROM reminder WHERE 1";
  if (selection.event) sql += " AND event = ?1";
  if (selection.due_from) sql += " AND due >= ?2";
  if (selection.due_before) sql += " AND due < ?3";
  if (selection.state) sql += " AND state = ?4";
  if (selection.recipient) sql += " AND recipient = ?5";
  return sql + (selection.newest_first ? " ORDER BY due DESC, id DESC" : " ORDER BY due, id") +
         " LIMIT ?6 OFFSET ?7";
}

}  // namespace

bool SqliteReminders::enqueue(const Reminder& r) {
  return connection_
             .query(
                 "INSERT INTO reminder (event, occurrence, rule, recipient, reason, due, expires,"
                 " event_sequence, state, message_id, next_attempt, last_error, settled)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
                 " ON CONFLICT (coalesce(event, 0), occurrence, rule, recipient) DO UPDATE SET"
                 " reason = excluded.reason, due = excluded.due, expires = excluded.expires,"
                 " event_sequence = excluded.event_sequence, state = excluded.state, attempts = 0,"
                 " next_attempt = excluded.next_attempt, lease_until = NULL, claimed_by = '',"
                 " last_error = excluded.last_error, settled = excluded.settled"
                 " WHERE reminder.state = 'superseded'")
             .bind(r.key.event, r.key.occurrence, r.key.rule, r.key.recipient, name_of(r.reason), r.due,
                   r.expires, r.event_sequence, name_of(r.state), r.message_id, r.next_attempt, r.last_error,
                   r.settled)
             .run() > 0;
}

void SqliteReminders::supersede(ReminderId id, Instant at) {
  connection_
      .query(
          "UPDATE reminder SET state = 'superseded', settled = ?2, lease_until = NULL, claimed_by = ''"
          " WHERE id = ?1 AND state IN ('planned', 'retrying', 'claimed')")
      .bind(id, at)
      .run();
}

std::optional<Reminder> SqliteReminders::find(ReminderId id) {
  Query row = connection_.query("SELECT " REMINDER_COLUMNS " FROM reminder WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_reminder(row);
}

std::optional<Reminder> SqliteReminders::find_by_message_id(const std::string& message_id) {
  Query row =
      connection_.query("SELECT " REMINDER_COLUMNS " FROM reminder WHERE message_id = ?1 ORDER BY id DESC");
  row.bind(message_id);
  if (!row.step()) return std::nullopt;
  return read_reminder(row);
}

bool SqliteReminders::came_back(ReminderId id, Instant at, const std::string& why) {
  return connection_
             .query(
                 "UPDATE reminder SET state = 'failed', settled = ?2, last_error = ?3"
                 " WHERE id = ?1 AND state = 'sent'")
             .bind(id, at, why)
             .run() > 0;
}

std::vector<Reminder> SqliteReminders::list(const ReminderSelection& selection) {
  Query rows = connection_.query(list_statement(selection));
  const auto state = selection.state ? std::optional(name_of(*selection.state)) : std::nullopt;
  rows.bind(selection.event, selection.due_from, selection.due_before, state, selection.recipient,
            selection.limit, selection.offset);
  return read_reminders(rows);
}

// Each state by itself, in the order of its index: a backlog is not read as a whole for every batch.
std::vector<Reminder> SqliteReminders::claim_due(Instant now, Instant lease_until,
                                                 const std::string& dispatcher, int limit, Claims claims) {
  Query rows = connection_.query(
      "WITH due_rows AS ("
      " SELECT * FROM (SELECT id, due FROM reminder WHERE state = 'planned' AND wake <= ?1"
      "   AND (reason = 'hook') = ?5 ORDER BY wake, id LIMIT ?4)"
      " UNION ALL SELECT * FROM (SELECT id, due FROM reminder WHERE state = 'retrying' AND wake <= ?1"
      "   AND (reason = 'hook') = ?5 ORDER BY wake, id LIMIT ?4)"
      " UNION ALL SELECT id, due FROM reminder WHERE state = 'claimed' AND lease_until <= ?1"
      "   AND (reason = 'hook') = ?5)"
      " UPDATE reminder SET state = 'claimed', claimed_by = ?3, lease_until = ?2, attempts = attempts + 1"
      " WHERE id IN (SELECT id FROM due_rows ORDER BY due, id LIMIT ?4)"
      " RETURNING " REMINDER_COLUMNS);
  rows.bind(now, lease_until, dispatcher, limit, claims == Claims::hooks ? 1 : 0);
  auto claimed = read_reminders(rows);
  // RETURNING promises no order.
  std::ranges::sort(claimed, {}, [](const Reminder& r) { return std::tuple(r.due, r.id); });
  return claimed;
}

// Settled as still claimed, the lease is prolonged; as anything else, it ends.
bool SqliteReminders::settle(const Reminder& reminder) {
  return connection_
             .query(
                 "UPDATE reminder SET state = ?3, last_error = ?4, next_attempt = ?5, settled = ?6,"
                 " attempts = ?8, lease_until = CASE WHEN ?3 = 'claimed' THEN ?7 END,"
                 " claimed_by = CASE WHEN ?3 = 'claimed' THEN ?2 ELSE '' END"
                 " WHERE id = ?1 AND state = 'claimed' AND claimed_by = ?2")
             .bind(reminder.id, reminder.claimed_by, name_of(reminder.state), reminder.last_error,
                   reminder.next_attempt, reminder.settled, reminder.lease_until, reminder.attempts)
             .run() > 0;
}

std::map<ReminderState, int> SqliteReminders::counts() {
  Query rows = connection_.query("SELECT state, count(*) FROM reminder GROUP BY state");
  std::map<ReminderState, int> counts;
  while (rows.step()) counts.emplace(known(reminder_state_of(rows.text(0)), "state"), rows.number(1));
  return counts;
}

bool SqliteReminders::rewrite(const Reminder& r, ReminderState from) {
  return connection_
             .query(
                 "UPDATE reminder SET due = ?3, expires = ?4, state = ?5, message_id = ?6, attempts = ?7,"
                 " next_attempt = ?8, last_error = ?9, settled = ?10"
                 " WHERE id = ?1 AND state = ?2 AND state <> 'claimed'")
             .bind(r.id, name_of(from), r.due, r.expires, name_of(r.state), r.message_id, r.attempts,
                   r.next_attempt, r.last_error, r.settled)
             .run() > 0;
}

std::optional<Instant> SqliteReminders::next_due(Claims claims) {
  // Two looks into the index; one question with IN would read every row that waits.
  Query row = connection_.query(
      "SELECT min(wake) FROM ("
      "SELECT * FROM (SELECT wake FROM reminder WHERE state = 'planned' AND (reason = 'hook') = ?1"
      " ORDER BY wake LIMIT 1)"
      " UNION ALL SELECT * FROM (SELECT wake FROM reminder WHERE state = 'retrying' AND (reason = 'hook') = "
      "?1"
      " ORDER BY wake LIMIT 1))");
  row.bind(claims == Claims::hooks ? 1 : 0);
  if (!row.step()) return std::nullopt;
  return row.maybe_instant(0);
}

}  // namespace convoke::db::sqlite
