// What every backend of db::Store must do. The cases of *_contract.cpp know no backend: each runs over every
// line of backends() (backends.cpp), and a new backend is one line there.
#pragma once

#include "db/store.hpp"
#include "tests/support/catch.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace convoke::tests {

// A fresh and empty database, gone when this goes.
class Database {
 public:
  virtual ~Database() = default;
  // Opens it as one more process would.
  virtual std::unique_ptr<db::Store> open() = 0;
};

struct Backend {
  std::string name;
  std::function<std::unique_ptr<Database>()> make;
};

const std::vector<Backend>& backends();

// The database and one store on it, for the backend that this run of the case is about.
class Fixture {
 public:
  Fixture();
  db::Store& store() { return *store_; }
  std::unique_ptr<db::Store> open_another() { return database_->open(); }

 private:
  std::unique_ptr<Database> database_;
  std::unique_ptr<db::Store> store_;
};

// Instants of the cases: seconds after 2026-01-01T00:00:00Z.
Instant at(int seconds);
db::Author author(int seconds = 0);

// Runs `fn(db::Unit&)` as a write or a read, waits, and gives what it returned; a failure fails the case.
template<class Fn>
auto write(db::Store& store, Fn fn) {
  auto result = store.write(author(), std::move(fn)).wait();
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}
template<class Fn>
auto read(db::Store& store, Fn fn) {
  auto result = store.read(std::move(fn)).wait();
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

// An event with nothing but what it must have; the uid is random.
Event plain_event(const std::string& title = "Семинар для библиотекарей школ");
// An event with every field set to something other than its default.
Event full_event();
Reminder plain_reminder(EventId event, int due_seconds, const std::string& recipient = "person:1");

// Every stored field, the id too; says by CAPTURE which differ.
void check_same(const Event& a, const Event& b);
void check_same(const Reminder& a, const Reminder& b);

}  // namespace convoke::tests
