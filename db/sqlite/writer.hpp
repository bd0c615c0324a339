// The one thread of a process that changes the database. It takes all units of work that wait, runs each
// under a savepoint of its own, and makes them durable with one COMMIT: one fsync for many.
#pragma once

#include "db/sqlite/connection.hpp"
#include "db/sqlite/process_lock.hpp"
#include "db/sqlite/repositories.hpp"
#include "db/store.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace convoke::db::sqlite {

// Units of work that share one COMMIT at most; what waits longer goes into the next.
inline constexpr std::size_t max_group = 64;

class Writer {
 public:
  // `lock` outlives the writer; `connection` is an open writer connection to `path`.
  Writer(std::string path, std::chrono::milliseconds busy_timeout, ProcessLock& lock,
         std::unique_ptr<Connection> connection);
  ~Writer();

  void submit(Author author, Store::Work work, Store::Done done);
  // Finishes what waits and ends the thread; what is submitted later fails.
  void stop();
  // After stop(), and with the readers closed: carries the log into the database when nobody else has it
  // open.
  void checkpoint();

 private:
  struct Task {
    Author author;
    Store::Work work;
    Store::Done done;
    std::exception_ptr failure;
  };

  void run();
  std::vector<Task> take_group();
  void commit(std::vector<Task>& group);
  void write_group(std::vector<Task>& group);
  // Runs one unit after the change `last`; the newest change after it.
  std::int64_t run_unit(Task& task, std::int64_t last);
  void abandon(const std::exception_ptr& failure);
  void open_again();

  const std::string path_;
  const std::chrono::milliseconds busy_timeout_;
  ProcessLock& lock_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<SqliteUnit> unit_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

// Tells `done` how a unit ended; what it throws is logged and goes no further.
void finish(const Store::Done& done, std::exception_ptr failure) noexcept;

}  // namespace convoke::db::sqlite
