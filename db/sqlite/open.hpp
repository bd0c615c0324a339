// The default backend: one SQLite file, one writer thread that commits groups of units in one fsync,
// read-only readers.
#pragma once

#include "base/result.hpp"
#include "db/store.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace convoke::db::sqlite {

// Whether this process serves (and so must be the only one that does) or runs one command beside a server.
enum class Role { server, command };

struct Options {
  std::string path;  // the database file; created with its folder when `create`
  Role role = Role::command;
  bool create = true;
  int readers = 2;  // read-only connections
  // The longest wait for a lock that another process holds.
  std::chrono::milliseconds busy_timeout{5000};
  // How often last_change() is compared with the database, for a process that died before it could tell.
  std::chrono::milliseconds compare_every{2000};
};

// Opens, locks and migrates. Errors: conflict when another server holds the database (exit 3), invalid_input
// for a file that is no Convoke database or was written by a newer version, not_found when there is none and
// `create` is off, storage_unavailable for a folder that cannot be written, a damaged database, or one that
// another process keeps locked. Never creates an empty database over a damaged one.
Result<std::unique_ptr<Store>> open(const Options& options);

}  // namespace convoke::db::sqlite
