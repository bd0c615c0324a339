#include "db/sqlite/registration_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define MARK_COLUMNS "m.registration, m.day, m.here, m.seen, m.heard"

std::vector<AttendanceMark> read_marks(Query& rows) {
  std::vector<AttendanceMark> all;
  while (rows.step()) {
    AttendanceMark one;
    one.registration = rows.id<RegistrationId>(0);
    const auto day = rows.maybe_date(1);
    if (!day) throw StorageError(StorageError::Kind::broken, "a stored mark has no day");
    one.day = *day;
    one.here = rows.flag(2);
    one.seen = rows.instant(3);
    one.heard = rows.instant(4);
    all.push_back(one);
  }
  return all;
}

}  // namespace

void SqliteRegistrations::mark(const AttendanceMark& mark) {
  connection_
      .query(
          "INSERT INTO attendance_mark (registration, day, here, seen, heard) VALUES (?1, ?2, ?3, ?4, ?5)"
          " ON CONFLICT (registration, day) DO UPDATE SET here = excluded.here, seen = excluded.seen,"
          " heard = excluded.heard")
      .bind(mark.registration, mark.day, mark.here, mark.seen, mark.heard)
      .run();
}

std::vector<AttendanceMark> SqliteRegistrations::marks(EventId event) {
  Query rows = connection_.query("SELECT " MARK_COLUMNS
                                 " FROM registration AS r JOIN attendance_mark AS m ON m.registration = r.id"
                                 " WHERE r.event = ?1 ORDER BY m.registration, m.day");
  rows.bind(event);
  return read_marks(rows);
}

std::vector<AttendanceMark> SqliteRegistrations::marks_of(RegistrationId registration) {
  Query rows = connection_.query("SELECT " MARK_COLUMNS
                                 " FROM attendance_mark AS m WHERE m.registration = ?1 ORDER BY m.day");
  rows.bind(registration);
  return read_marks(rows);
}

}  // namespace convoke::db::sqlite
