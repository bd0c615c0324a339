#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define CALENDAR_COLUMNS "id, account, scope, name, query, hash, created, last_read, last_reader, revoked"

PersonalCalendar read_calendar(const Query& row) {
  PersonalCalendar calendar;
  calendar.id = row.id<PersonalCalendarId>(0);
  calendar.account = row.id<AccountId>(1);
  calendar.scope = known(personal_scope_of(row.text(2)), "scope");
  calendar.name = row.text(3);
  calendar.query = row.text(4);
  calendar.hash = row.text(5);
  calendar.created = row.instant(6);
  calendar.last_read = row.maybe_instant(7);
  calendar.last_reader = row.text(8);
  calendar.revoked = row.maybe_instant(9);
  return calendar;
}

}  // namespace

PersonalCalendarId SqlitePersonalCalendars::insert(const PersonalCalendar& calendar) {
  Query row = connection_.query(
      "INSERT INTO personal_calendar (account, scope, name, query, hash, created, last_read, last_reader,"
      " revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id");
  row.bind(calendar.account, name_of(calendar.scope), calendar.name, calendar.query, calendar.hash,
           calendar.created, calendar.last_read, calendar.last_reader, calendar.revoked);
  row.step();
  const auto id = row.id<PersonalCalendarId>(0);
  row.run();
  changes_.append("personal_calendar", id.value, "insert");
  return id;
}

std::optional<PersonalCalendar> SqlitePersonalCalendars::find(PersonalCalendarId id) {
  Query row = connection_.query("SELECT " CALENDAR_COLUMNS " FROM personal_calendar WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_calendar(row);
}

std::optional<PersonalCalendar> SqlitePersonalCalendars::find_by_hash(const std::string& hash) {
  Query row = connection_.query("SELECT " CALENDAR_COLUMNS " FROM personal_calendar WHERE hash = ?1");
  row.bind(hash);
  if (!row.step()) return std::nullopt;
  return read_calendar(row);
}

std::vector<PersonalCalendar> SqlitePersonalCalendars::of_account(AccountId account) {
  Query rows = connection_.query("SELECT " CALENDAR_COLUMNS
                                 " FROM personal_calendar WHERE account = ?1 ORDER BY id DESC");
  rows.bind(account);
  std::vector<PersonalCalendar> calendars;
  while (rows.step()) calendars.push_back(read_calendar(rows));
  return calendars;
}

int SqlitePersonalCalendars::count_in_force(AccountId account) {
  Query row =
      connection_.query("SELECT count(*) FROM personal_calendar WHERE account = ?1 AND revoked IS NULL");
  row.bind(account);
  row.step();
  return row.number(0);
}

bool SqlitePersonalCalendars::revoke(PersonalCalendarId id, Instant at) {
  const int changed =
      connection_.query("UPDATE personal_calendar SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")
          .bind(id, at)
          .run();
  if (changed > 0) changes_.append("personal_calendar", id.value, "update");
  return changed > 0;
}

void SqlitePersonalCalendars::touch(PersonalCalendarId id, Instant read, const std::string& reader) {
  connection_.query("UPDATE personal_calendar SET last_read = ?2, last_reader = ?3 WHERE id = ?1")
      .bind(id, read, reader)
      .run();
}

}  // namespace convoke::db::sqlite
