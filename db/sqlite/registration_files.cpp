#include "db/sqlite/registration_guests.hpp"

namespace convoke::db::sqlite {
namespace {

#define FILE_COLUMNS "registration, field, name, kind, size, digest, added"

RegistrationFile read_file(const Query& row) {
  RegistrationFile file;
  file.registration = row.id<RegistrationId>(0);
  file.field = row.text(1);
  file.name = row.text(2);
  file.kind = known(submitted_kind_of(row.text(3)), "kind of a file");
  file.size = static_cast<std::size_t>(row.integer(4));
  file.digest = row.text(5);
  file.added = row.instant(6);
  return file;
}

}  // namespace

void SqliteRegistrationFiles::put(const RegistrationFile& file, const std::string& bytes) {
  connection_
      .query("INSERT OR REPLACE INTO registration_file (" FILE_COLUMNS
             ", bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CAST(?8 AS BLOB))")
      .bind(file.registration, file.field, file.name, name_of(file.kind),
            static_cast<std::int64_t>(file.size), file.digest, file.added, bytes)
      .run();
}

std::vector<RegistrationFile> SqliteRegistrationFiles::of(RegistrationId registration) {
  Query rows = connection_.query("SELECT " FILE_COLUMNS
                                 " FROM registration_file WHERE registration = ?1 ORDER BY field");
  rows.bind(registration);
  std::vector<RegistrationFile> files;
  while (rows.step()) files.push_back(read_file(rows));
  return files;
}

std::optional<RegistrationFile> SqliteRegistrationFiles::find(RegistrationId registration,
                                                              const std::string& field) {
  Query row = connection_.query("SELECT " FILE_COLUMNS
                                " FROM registration_file WHERE registration = ?1 AND field = ?2");
  row.bind(registration, field);
  if (!row.step()) return std::nullopt;
  return read_file(row);
}

std::string SqliteRegistrationFiles::bytes(RegistrationId registration, const std::string& field) {
  Query row = connection_.query("SELECT bytes FROM registration_file WHERE registration = ?1 AND field = ?2");
  row.bind(registration, field);
  return row.step() ? row.text(0) : std::string();
}

std::size_t SqliteRegistrationFiles::stored(EventId event) {
  Query row = connection_.query(
      "SELECT coalesce(sum(f.size), 0) FROM registration AS r JOIN registration_file AS f"
      " ON f.registration = r.id WHERE r.event = ?1");
  row.bind(event);
  row.step();
  return static_cast<std::size_t>(row.integer(0));
}

std::size_t SqliteRegistrationFiles::unconfirmed() {
  Query row = connection_.query(
      "SELECT coalesce(sum(f.size), 0) FROM registration_file AS f JOIN registration AS r"
      " ON r.id = f.registration WHERE r.confirmed IS NULL");
  row.step();
  return static_cast<std::size_t>(row.integer(0));
}

int SqliteRegistrationFiles::remove(RegistrationId registration) {
  return connection_.query("DELETE FROM registration_file WHERE registration = ?1").bind(registration).run();
}

int SqliteRegistrationFiles::remove_field(EventId event, const std::string& field) {
  return connection_
      .query(
          "DELETE FROM registration_file WHERE field = ?2"
          " AND registration IN (SELECT id FROM registration WHERE event = ?1)")
      .bind(event, field)
      .run();
}

int SqliteRegistrationFiles::remove_all(EventId event) {
  return connection_
      .query(
          "DELETE FROM registration_file WHERE registration IN"
          " (SELECT id FROM registration WHERE event = ?1)")
      .bind(event)
      .run();
}

}  // namespace convoke::db::sqlite
