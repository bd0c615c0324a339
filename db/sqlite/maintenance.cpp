#include "db/sqlite/maintenance.hpp"

#include "base/log.hpp"
#include "db/sqlite/migrations.hpp"
#include "db/sqlite/process_lock.hpp"
#include "db/sqlite/repositories.hpp"

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace convoke::db::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds patience{5000};

Error unwritable(const std::string& path, int error) {
  return {Errc::storage_unavailable, "cannot write " + path + ": " + std::generic_category().message(error)};
}

// A file that goes away with its side files unless it is kept.
class Scratch {
 public:
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  ~Scratch() {
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) ::unlink((path_ + suffix).c_str());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Empty and new. 0, or the errno of what stood in the way.
  int make() const {
    ::unlink(path_.c_str());  // left by a process that was killed
    const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return errno;
    ::close(descriptor);
    return 0;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The name of a file is durable only when its folder is.
void sync_path(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw StorageError(StorageError::Kind::broken, "cannot open what was just written");
  const int failed = ::fsync(descriptor);
  ::close(descriptor);
  if (failed) throw StorageError(StorageError::Kind::broken, "cannot make the file durable");
}

std::string folder_of(const std::string& path) {
  const auto folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

// All pages in one step: one moment of the source, whatever others write meanwhile.
void copy_pages(Connection& from, const std::string& path) {
  Connection to(path, Access::writer, patience);
  sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (!copy) throw storage_error(sqlite3_extended_errcode(to.handle()), 0, "the copy cannot begin");
  const int step = sqlite3_backup_step(copy, -1);
  const int system_error = sqlite3_system_errno(to.handle());
  sqlite3_backup_finish(copy);
  if (step != SQLITE_DONE) throw storage_error(step, system_error, "the copy was not finished");
  // One file without a log beside it.
  to.text("PRAGMA journal_mode=DELETE");
}

bool name_taken(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

// The newest change that the replaced database may have shown to anybody.
std::int64_t newest_shown(const std::string& target, const ProcessLock& lock) {
  std::int64_t newest = lock.last_change();
  if (!name_taken(target)) return newest;
  try {
    Connection old(target, Access::reader, patience);
    newest = std::max(newest, old.integer("SELECT coalesce(max(number), 0) FROM change_log"));
  } catch (const StorageError&) {
    // Damaged: that is why it is being replaced; the lock file still knows.
  }
  return newest;
}

Result<bool> check_backup(Connection& backup) {
  if (auto origin = check_origin(backup); !origin) return origin.error();
  if (backup.integer("PRAGMA user_version") == 0) return Error{Errc::invalid_input, "the backup is empty"};
  if (const auto problems = find_problems(backup); !problems.empty())
    return Error{Errc::invalid_input, "the backup is damaged (" + problems.substr(0, problems.find('\n')) +
                                          "); nothing was changed"};
  return true;
}

// The log of the change goes on above everything that was ever shown.
std::int64_t mark_restored(Connection& connection, std::int64_t newest, const Author& author) {
  connection.execute("BEGIN IMMEDIATE");
  SqliteChanges changes(connection);
  changes.begin_unit(author, std::max(newest, changes.last()));
  changes.append("database", 0, "update");
  // What had ended since the backup was taken must not open anything again.
  connection.execute("DELETE FROM session");
  connection.execute("DELETE FROM one_time_link");
  connection.execute("COMMIT");
  return changes.number();
}

// The old log leaves before the new file comes: it must never be played over it. Killed in between, the next
// open() finds the database missing, not an old state, and the restore can be repeated.
Result<bool> replace(const std::string& fresh, const std::string& target) {
  const std::string old = target + ".replaced";
  for (const char* suffix : {"-wal", "-shm", ""}) {
    ::unlink((old + suffix).c_str());
    if (::rename((target + suffix).c_str(), (old + suffix).c_str()) != 0 && errno != ENOENT)
      return unwritable(old + suffix, errno);
  }
  if (::rename(fresh.c_str(), target.c_str()) != 0) return unwritable(target, errno);
  sync_path(folder_of(target));
  return true;
}

Result<bool> restore_locked(const std::string& file, const std::string& target, const Author& author,
                            ProcessLock& lock) {
  const Scratch fresh(target + ".restoring");
  if (const int error = fresh.make(); error != 0) return unwritable(fresh.path(), error);
  {
    Connection backup(file, Access::reader, patience);
    if (auto sound = check_backup(backup); !sound) return sound.error();
    copy_pages(backup, fresh.path());
  }
  std::int64_t number = 0;
  {
    Connection copy(fresh.path(), Access::writer, patience);
    migrate(copy);
    number = mark_restored(copy, newest_shown(target, lock), author);
  }
  sync_path(fresh.path());
  if (auto replaced = replace(fresh.path(), target); !replaced) return replaced.error();
  lock.set_last_change(number);
  return true;
}

}  // namespace

Result<bool> copy_to_file(Connection& connection, const std::string& file) {
  if (name_taken(file)) return Error{Errc::invalid_input, file + " exists already; choose another name"};
  const Scratch part(file + ".part");
  if (const int error = part.make(); error != 0) return unwritable(part.path(), error);
  copy_pages(connection, part.path());
  {
    Connection copy(part.path(), Access::reader, patience);
    if (copy.text("PRAGMA quick_check(1)") != "ok")
      throw StorageError(StorageError::Kind::broken, "the copy is not sound");
  }
  sync_path(part.path());
  if (::link(part.path().c_str(), file.c_str()) != 0) {
    if (errno == EEXIST) return Error{Errc::invalid_input, file + " exists already; choose another name"};
    return unwritable(file, errno);
  }
  sync_path(folder_of(file));
  return true;
}

std::string find_problems(Connection& connection) {
  std::string problems;
  const auto add = [&problems](const std::string& line) {
    problems += (problems.empty() ? "" : "\n") + line;
  };
  try {
    Query rows = connection.query("PRAGMA integrity_check");
    while (rows.step())
      if (const auto line = rows.text(0); line != "ok") add(line);
    Query references = connection.query("PRAGMA foreign_key_check");
    while (references.step())
      add("row " + std::to_string(references.integer(1)) + " of " + references.text(0) + " refers to a " +
          references.text(2) + " that is not there");
  } catch (const StorageError& failure) {
    if (failure.kind() != StorageError::Kind::broken) throw;
    add(failure.what());
  }
  return problems;
}

Result<bool> restore(const std::string& file, const std::string& target, const Author& author) {
  if (!name_taken(file)) return Error{Errc::not_found, "there is no file " + file};
  auto lock = ProcessLock::open(target);
  if (!lock) return lock.error();
  if (!(*lock)->become_server() || !(*lock)->become_only_one())
    return Error{Errc::conflict, "the database is in use; stop the server and other commands first"};
  try {
    WritingTurn turn(**lock, patience);
    if (!turn.held()) return Error{Errc::conflict, "another process is writing the database"};
    return restore_locked(file, target, author, **lock);
  } catch (const StorageError& failure) {
    log::error("storage.restore_failed", {{"what", failure.what()}});
    if (failure.kind() == StorageError::Kind::full)
      return Error{Errc::storage_unavailable, "the disk is full; nothing was changed"};
    return Error{Errc::invalid_input, "the backup cannot be read; nothing was changed"};
  }
}

}  // namespace convoke::db::sqlite
