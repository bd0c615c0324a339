// One SQLite connection with its prepared statements. The only place where an error of SQLite becomes a
// StorageError, so that no caller ever sees a code, a statement or a path. Used by one thread at a time.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/id.hpp"
#include "db/storage_error.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace convoke::db::sqlite {

// What a connection may do. Only a writer writes and checkpoints (under the lock of process_lock.hpp).
enum class Access { writer, reader };

class Query;

class Connection {
 public:
  // Opens an existing file and sets the pragmas of its access. Throws StorageError.
  Connection(const std::string& path, Access access, std::chrono::milliseconds busy_timeout);

  // The statement `sql`, prepared once for the life of the connection. One use at a time.
  Query query(std::string_view sql);
  // One or more statements without values.
  void execute(const std::string& sql);
  // The first column of the first row.
  std::int64_t integer(std::string_view sql);
  std::string text(std::string_view sql);

  // The number that the last INSERT gave its row. Cheaper than RETURNING, which keeps its rows in a table of
  // its own.
  std::int64_t last_inserted() const;
  // Whether a transaction is open: SQLite ends one by itself when the disk is full or broken.
  bool in_transaction() const;
  sqlite3* handle() const { return database_.getHandle(); }

 private:
  struct Prepared {
    SQLite::Statement statement;
    bool busy = false;
  };
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  friend class Query;
  SQLite::Database database_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>, TextHash, std::equal_to<>> prepared_;
};

// A prepared statement in use: bind, step, read; given back when it goes out of scope.
class Query {
 public:
  Query(Connection& connection, Connection::Prepared& prepared);
  Query(Query&& other) noexcept
      : connection_(other.connection_), prepared_(std::exchange(other.prepared_, nullptr)) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  // Binds the values to ?1, ?2, … in order. Optionals bind NULL when empty, a zero Id does too.
  template<class... Values>
  Query& bind(const Values&... values) {
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }

  // Binds one value to ?index, for statements that are put together.
  template<class Value>
  Query& bind_at(int index, const Value& value) {
    bind_one(index, value);
    return *this;
  }

  // Moves to the next row; false at the end.
  bool step();
  // Runs to the end; the number of rows that a write changed.
  int run();
  // Makes the statement ready for other values.
  void reset();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;
  template<class T>
  T id(int column) const {
    return T{integer(column)};
  }
  bool flag(int column) const { return integer(column) != 0; }
  int number(int column) const { return static_cast<int>(integer(column)); }
  Instant instant(int column) const { return Instant{std::chrono::seconds{integer(column)}}; }
  std::optional<Instant> maybe_instant(int column) const;
  // Throws StorageError::broken when the stored text is no date.
  std::optional<Date> maybe_date(int column) const;
  std::optional<TimeOfDay> maybe_time(int column) const;

 private:
  void bind_null(int index);
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, std::string_view value);
  void bind_one(int index, int value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, bool value) { bind_one(index, static_cast<std::int64_t>(value)); }
  void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, const char* value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, Instant value) { bind_one(index, std::int64_t{value.time_since_epoch().count()}); }
  void bind_one(int index, Date value);
  void bind_one(int index, TimeOfDay value) { bind_one(index, std::int64_t{value.count()}); }
  template<class Tag>
  void bind_one(int index, Id<Tag> value) {
    value ? bind_one(index, value.value) : bind_null(index);
  }
  template<class T>
  void bind_one(int index, const std::optional<T>& value) {
    value ? bind_one(index, *value) : bind_null(index);
  }

  Connection* connection_;
  Connection::Prepared* prepared_;
};

// The StorageError that an error of SQLite means. `system_error` is the errno behind it (0 when none).
StorageError storage_error(int extended_code, int system_error, const std::string& what);

// The value of an enumeration whose name is stored; throws StorageError::broken when the name is unknown.
template<class T>
T known(std::optional<T> value, std::string_view what) {
  if (!value) throw StorageError(StorageError::Kind::broken, "a stored " + std::string(what) + " is unknown");
  return *value;
}

}  // namespace convoke::db::sqlite
