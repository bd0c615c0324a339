// What the tests of the SQLite backend share: opening with small time-outs, and looking behind the store.
#pragma once

#include "db/sqlite/open.hpp"
#include "db/sqlite/repositories.hpp"
#include "tests/db/store_contract.hpp"
#include "tests/support/temporary_store.hpp"

#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace convoke::tests {

inline db::sqlite::Options options_for(const std::string& path,
                                       db::sqlite::Role role = db::sqlite::Role::command) {
  db::sqlite::Options options;
  options.path = path;
  options.role = role;
  options.busy_timeout = std::chrono::milliseconds{200};
  return options;
}

inline std::unique_ptr<db::Store> open_store(const std::string& path,
                                             db::sqlite::Role role = db::sqlite::Role::command) {
  auto store = db::sqlite::open(options_for(path, role));
  if (!store) FAIL(store.error().message);
  return std::move(*store);
}

// A connection of some other program.
class RawDatabase {
 public:
  explicit RawDatabase(const std::string& path) {
    REQUIRE(sqlite3_open(path.c_str(), &handle_) == SQLITE_OK);
  }
  ~RawDatabase() { sqlite3_close(handle_); }
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  void run(const std::string& sql) {
    CAPTURE(sql);
    REQUIRE(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }

 private:
  sqlite3* handle_ = nullptr;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void put_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// The connection under a unit of work.
inline db::sqlite::Connection& connection_of(db::Unit& unit) {
  return dynamic_cast<db::sqlite::SqliteUnit&>(unit).connection();
}

inline PersonId insert_person(db::Unit& unit, const std::string& name) {
  Person person;
  person.name = name;
  return unit.people().insert(person);
}

inline std::size_t count_people(db::Store& store) {
  return read(store, [](db::Unit& unit) { return unit.people().list().size(); });
}

}  // namespace convoke::tests
