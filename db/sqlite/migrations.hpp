// The schema, as the steps that lead to it. A step once released is never edited: another follows it.
#pragma once

#include "base/result.hpp"
#include "db/sqlite/connection.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace convoke::db::sqlite {

// "Cnvk": tells a Convoke database from any other SQLite file (PRAGMA application_id).
inline constexpr std::int64_t application_id = 0x436e766b;

// SQL of every step (db/sqlite/schema/, in the order that db/CMakeLists.txt lists); step i leads from version i to i+1
// (PRAGMA user_version).
const std::vector<std::string_view>& migration_steps();
inline std::int64_t newest_version() {
  return static_cast<std::int64_t>(migration_steps().size());
}

// Whether the file is one of ours (or still empty) and not newer than this program. Errors: invalid_input.
Result<bool> check_origin(Connection& connection);
// Brings the schema to the newest version, each step in a transaction of its own: a process killed in between
// leaves a whole version. True when a step ran. Call under the writing lock, after check_origin().
bool migrate(Connection& connection);

}  // namespace convoke::db::sqlite
