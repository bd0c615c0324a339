// Copying, checking and restoring whole databases. A plain copy of a live file is no backup: part of it may
// still stand in the log beside it.
#pragma once

#include "base/result.hpp"
#include "db/sqlite/connection.hpp"
#include "db/store.hpp"

#include <string>

namespace convoke::db::sqlite {

// A consistent copy in the new file `file` (0600), which appears under its name only when it is whole and
// checked. Errors: invalid_input when the file exists, storage_unavailable when it cannot be written. Throws
// StorageError when the database itself cannot be read.
Result<bool> copy_to_file(Connection& connection, const std::string& file);

// What an integrity check and a check of the references find, one problem a line; empty when sound.
std::string find_problems(Connection& connection);

// Puts the backup `file` in place of the database `target`, which is kept as "<target>.replaced" until the
// next restore. The change log goes on beyond what the replaced database had reached, with one entry
// ("database", "update") by `author`, so that nobody's copy of a feed counts as current. Errors: not_found;
// invalid_input for a file that is damaged, no Convoke database, or of a newer version; conflict when a
// server or any other process has the target open; storage_unavailable when the folder cannot be written.
Result<bool> restore(const std::string& file, const std::string& target, const Author& author);

}  // namespace convoke::db::sqlite
