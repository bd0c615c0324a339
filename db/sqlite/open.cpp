#include "db/sqlite/open.hpp"

#include "base/log.hpp"
#include "db/sqlite/migrations.hpp"
#include "db/sqlite/sqlite_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace convoke::db::sqlite {
namespace {

namespace fs = std::filesystem;

// A database up to this size is checked whole when it is opened (about 0.2 s); a bigger one by `check` alone.
constexpr std::int64_t checked_when_opened = 64 * 1024 * 1024;

constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};

std::string reason(int error) {
  return std::generic_category().message(error);
}

Error damaged(const std::string& path, std::string_view what) {
  return {Errc::storage_unavailable, "the database " + path + " is damaged (" + std::string(what) +
                                         "); it was left as it is: restore a backup"};
}

// The size of a regular file; -1 when there is none.
Result<std::int64_t> file_size(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return std::int64_t{-1};
    return Error{Errc::storage_unavailable, "cannot reach " + path + ": " + reason(errno)};
  }
  if (!S_ISREG(status.st_mode)) return Error{Errc::invalid_input, path + " is no file"};
  return std::int64_t{status.st_size};
}

// Looks at the first bytes before SQLite does: what is no database is left alone. With no log beside it the
// file must be whole pages; SQLite itself would fill the last one with zeros.
Result<bool> check_head(const std::string& path, std::int64_t size, bool has_log) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{Errc::storage_unavailable, "cannot read " + path + ": " + reason(errno)};
  std::array<char, 18> head{};
  const auto count = ::read(descriptor, head.data(), head.size());
  ::close(descriptor);
  if (count != static_cast<ssize_t>(head.size()) || std::string_view(head.data(), 16) != sqlite_magic)
    return Error{Errc::invalid_input, path + " is no Convoke database; it was left as it is"};
  const int stored = static_cast<unsigned char>(head[16]) * 256 + static_cast<unsigned char>(head[17]);
  const int page_size = stored == 1 ? 65536 : stored;
  if (!has_log && (page_size == 0 || size % page_size != 0)) return damaged(path, "its end is missing");
  return true;
}

// Makes the folder, and tells whether a database is there (true) or is to be made (false).
Result<bool> look(const Options& options) {
  const auto folder = fs::path(options.path).parent_path();
  std::error_code failure;
  if (options.create && !folder.empty()) fs::create_directories(folder, failure);
  if (failure)
    return Error{Errc::storage_unavailable,
                 "cannot make the folder " + folder.string() + ": " + failure.message()};
  const auto size = file_size(options.path);
  if (!size) return size.error();
  const auto log_size = file_size(options.path + "-wal");
  const bool has_log = log_size && *log_size > 0;
  if (*size > 0) return check_head(options.path, *size, has_log);
  if (*size < 0 && !options.create) return Error{Errc::not_found, "there is no database " + options.path};
  if (has_log) return damaged(options.path, "its log is there, the database itself is missing or empty");
  return false;
}

Result<bool> make_file(const std::string& path, const ProcessLock& lock) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return true;
  }
  if (errno != EEXIST) return Error{Errc::storage_unavailable, "cannot write " + path + ": " + reason(errno)};
  // Made by another process meanwhile, or empty: then nothing may ever have been stored in it.
  const auto size = file_size(path);
  if (size && *size == 0 && lock.last_change() > 0) return damaged(path, "it is empty, but was not");
  return true;
}

// Under the writing lock.
Result<std::unique_ptr<Connection>> prepare(const Options& options, ProcessLock& lock, bool exists) {
  if (!exists) {
    if (auto made = make_file(options.path, lock); !made) return made.error();
  }
  auto connection = std::make_unique<Connection>(options.path, Access::writer, options.busy_timeout);
  if (auto origin = check_origin(*connection); !origin) return origin.error();
  if (connection->text("PRAGMA journal_mode=WAL") != "wal")
    return Error{Errc::storage_unavailable,
                 "the file system of " + options.path + " cannot hold a shared log"};
  const auto pages = connection->integer("PRAGMA page_count");
  if (exists && pages * connection->integer("PRAGMA page_size") <= checked_when_opened) {
    const auto problem = connection->text("PRAGMA quick_check(1)");
    if (problem != "ok") return damaged(options.path, problem);
  }
  const auto version = connection->integer("PRAGMA user_version");
  if (version > 0 && version < newest_version() && options.role == Role::command && lock.another_serves())
    return Error{Errc::conflict, "the database has to be changed to a newer version; stop the server first"};
  migrate(*connection);
  lock.set_last_change(connection->integer("SELECT coalesce(max(number), 0) FROM change_log"));
  return connection;
}

Error describe(const Options& options, const StorageError& failure) {
  log::error("storage.open_failed", {{"what", failure.what()}});
  switch (failure.kind()) {
    case StorageError::Kind::busy:
      return {Errc::storage_unavailable, "the database is locked by another process; try again in a moment"};
    case StorageError::Kind::full:
      return {Errc::storage_unavailable, "the disk is full; free some space and try again"};
    case StorageError::Kind::refused:
      return {Errc::storage_unavailable,
              "the database " + options.path + " cannot be written: " + failure.what()};
    case StorageError::Kind::broken:
      break;
  }
  return damaged(options.path, failure.what());
}

}  // namespace

Result<std::unique_ptr<Store>> open(const Options& options) {
  const auto exists = look(options);
  if (!exists) return exists.error();
  auto lock = ProcessLock::open(options.path);
  if (!lock) return lock.error();
  if (options.role == Role::server && !(*lock)->become_server())
    return Error{Errc::conflict, "another server uses this database"};
  try {
    WritingTurn turn(**lock, options.busy_timeout);
    if (!turn.held())
      return Error{Errc::storage_unavailable,
                   "another process is writing the database; try again in a moment"};
    auto connection = prepare(options, **lock, *exists);
    if (!connection) return connection.error();
    turn.end();
    return std::unique_ptr<Store>(
        std::make_unique<SqliteStore>(options, std::move(*lock), std::move(*connection)));
  } catch (const StorageError& failure) {
    return describe(options, failure);
  }
}

}  // namespace convoke::db::sqlite
