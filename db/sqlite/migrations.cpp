#include "db/sqlite/migrations.hpp"

#include "base/log.hpp"
#include "db/sqlite/event_words.hpp"
#include "db/sqlite/repositories.hpp"

#include <string>

namespace convoke::db::sqlite {
namespace {

// Runs `work` in one transaction.
template<class Work>
void in_transaction(Connection& connection, Work work) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    work();
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

// The events of an older schema, which had no words. All or none: whoever is interrupted begins again.
void index_old_events(Connection& connection) {
  if (connection.integer("SELECT EXISTS (SELECT 1 FROM event) AND NOT EXISTS (SELECT 1 FROM event_words)") ==
      0)
    return;
  in_transaction(connection, [&] {
    SqliteChanges changes(connection);
    SqliteEvents(connection, changes).each([&](const Event& event) { index_event(connection, event); });
  });
}

}  // namespace

Result<bool> check_origin(Connection& connection) {
  const auto application = connection.integer("PRAGMA application_id");
  const auto version = connection.integer("PRAGMA user_version");
  const bool empty = connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (application == 0 && version == 0 && empty) return true;
  if (application != application_id)
    return Error{Errc::invalid_input, "this is a database of another program; it was left as it is"};
  if (version > newest_version())
    return Error{Errc::invalid_input, "the database was written by a newer version of Convoke (schema " +
                                          std::to_string(version) + ", this program knows up to " +
                                          std::to_string(newest_version()) + "); install that version"};
  return true;
}

bool migrate(Connection& connection) {
  const auto before = connection.integer("PRAGMA user_version");
  for (auto version = before; version < newest_version(); ++version) {
    in_transaction(connection, [&] {
      connection.execute(std::string(migration_steps()[static_cast<std::size_t>(version)]));
      connection.execute("PRAGMA application_id=" + std::to_string(application_id));
      connection.execute("PRAGMA user_version=" + std::to_string(version + 1));
    });
    if (before > 0) log::info("storage.migrated", {{"version", version + 1}});
  }
  index_old_events(connection);
  return before < newest_version();
}

}  // namespace convoke::db::sqlite
