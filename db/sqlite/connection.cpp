#include "db/sqlite/connection.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace convoke::db::sqlite {
namespace {

// Pages in the write-ahead log after which a commit carries them into the database.
constexpr int checkpoint_pages = 1000;
// The log file is cut back to this after a checkpoint.
constexpr int log_bytes_kept = 64 * 1024 * 1024;

[[noreturn]] void rethrow(sqlite3* handle, const SQLite::Exception& failure) {
  throw storage_error(failure.getExtendedErrorCode(), handle ? sqlite3_system_errno(handle) : 0,
                      failure.what());
}

// Runs `fn` and gives what SQLite throws our own name.
template<class Fn>
auto translated(sqlite3* handle, Fn fn) {
  try {
    return fn();
  } catch (const SQLite::Exception& failure) {
    rethrow(handle, failure);
  }
}

SQLite::Database open_file(const std::string& path, std::chrono::milliseconds busy_timeout) {
  // Nobody asks how much memory SQLite has: without counting, its allocations need no lock. Before its first
  // use only.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (uncounted != SQLITE_OK && uncounted != SQLITE_MISUSE)
    throw StorageError(StorageError::Kind::broken, "SQLite cannot be configured");
  // One thread at a time: without a lock at every column it is faster.
  return translated(nullptr, [&] {
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX,
                              static_cast<int>(busy_timeout.count()));
    sqlite3_extended_result_codes(database.getHandle(), 1);
    return database;
  });
}

}  // namespace

StorageError storage_error(int extended_code, int system_error, const std::string& what) {
  using Kind = StorageError::Kind;
  switch (extended_code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Kind::busy, what};
    case SQLITE_FULL:
      return {Kind::full, what};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
    case SQLITE_ERROR:
    case SQLITE_READONLY:
      return {Kind::refused, what};
    case SQLITE_IOERR:
      // A full disk shows as an I/O error where the shared index of the log has to grow.
      if (system_error == ENOSPC || system_error == EDQUOT) return {Kind::full, what};
      return {Kind::broken, what};
    default:
      return {Kind::broken, what};
  }
}

Connection::Connection(const std::string& path, Access access, std::chrono::milliseconds busy_timeout)
    : database_(open_file(path, busy_timeout)) {
  // Without this, whichever connection closes last would checkpoint, lock held or not.
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  execute(
      "PRAGMA foreign_keys=ON;"
      "PRAGMA trusted_schema=OFF;"
      "PRAGMA cell_size_check=ON;"
      "PRAGMA temp_store=MEMORY;");
  if (access == Access::reader) {
    execute("PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;");
    return;
  }
  execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
  execute("PRAGMA wal_autocheckpoint=" + std::to_string(checkpoint_pages));
  execute("PRAGMA journal_size_limit=" + std::to_string(log_bytes_kept));
}

Query Connection::query(std::string_view sql) {
  auto found = prepared_.find(sql);
  if (found == prepared_.end()) {
    auto prepared = translated(handle(), [&] {
      return std::make_unique<Prepared>(Prepared{SQLite::Statement(database_, std::string(sql))});
    });
    found = prepared_.emplace(std::string(sql), std::move(prepared)).first;
  }
  return Query(*this, *found->second);
}

void Connection::execute(const std::string& sql) {
  translated(handle(), [&] { return database_.exec(sql); });
}

std::int64_t Connection::integer(std::string_view sql) {
  Query row = query(sql);
  return row.step() ? row.integer(0) : 0;
}

std::string Connection::text(std::string_view sql) {
  Query row = query(sql);
  return row.step() ? row.text(0) : std::string();
}

std::int64_t Connection::last_inserted() const {
  return sqlite3_last_insert_rowid(handle());
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle()) == 0;
}

Query::Query(Connection& connection, Connection::Prepared& prepared)
    : connection_(&connection), prepared_(&prepared) {
  if (prepared.busy) throw std::logic_error("a statement is used twice at once");
  prepared.busy = true;
}

Query::~Query() {
  if (!prepared_) return;
  prepared_->statement.tryReset();
  prepared_->busy = false;
}

bool Query::step() {
  return translated(connection_->handle(), [this] { return prepared_->statement.executeStep(); });
}

int Query::run() {
  while (step()) {
  }
  return sqlite3_changes(connection_->handle());
}

void Query::reset() {
  prepared_->statement.tryReset();
}

std::int64_t Query::integer(int column) const {
  return prepared_->statement.getColumn(column).getInt64();
}

std::string Query::text(int column) const {
  return prepared_->statement.getColumn(column).getString();
}

bool Query::is_null(int column) const {
  return prepared_->statement.isColumnNull(column);
}

std::optional<Instant> Query::maybe_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

std::optional<Date> Query::maybe_date(int column) const {
  if (is_null(column)) return std::nullopt;
  const auto date = parse_iso_date(text(column));
  if (!date) throw StorageError(StorageError::Kind::broken, "a stored date is none");
  return *date;
}

std::optional<TimeOfDay> Query::maybe_time(int column) const {
  if (is_null(column)) return std::nullopt;
  return TimeOfDay{integer(column)};
}

void Query::bind_null(int index) {
  translated(connection_->handle(), [&] { prepared_->statement.bind(index); });
}

void Query::bind_one(int index, std::int64_t value) {
  translated(connection_->handle(), [&] { prepared_->statement.bind(index, value); });
}

void Query::bind_one(int index, std::string_view value) {
  translated(connection_->handle(), [&] { prepared_->statement.bind(index, std::string(value)); });
}

void Query::bind_one(int index, Date value) {
  if (!value.ok()) throw StorageError(StorageError::Kind::refused, "a date that does not exist");
  bind_one(index, std::string_view(format_iso(value)));
}

}  // namespace convoke::db::sqlite
