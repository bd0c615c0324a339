#include "db/sqlite/reader_pool.hpp"

#include "base/log.hpp"
#include "db/sqlite/repositories.hpp"
#include "db/sqlite/writer.hpp"

#include <algorithm>

namespace convoke::db::sqlite {
namespace {

void roll_back(Connection& connection) {
  try {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
  } catch (const StorageError& failure) {
    log::error("storage.read_rollback_failed", {{"what", failure.what()}});
  }
}

// A read changes nothing, so it always ends with a rollback.
void read_unit(Connection& connection, const Store::Work& work, const Store::Done& done) {
  std::exception_ptr failure;
  try {
    connection.query("BEGIN").run();
    SqliteUnit unit(connection);
    work(unit);
  } catch (...) {
    failure = std::current_exception();
  }
  roll_back(connection);
  finish(done, std::move(failure));
}

}  // namespace

ReaderPool::ReaderPool(const Options& options, ProcessLock& lock)
    : path_(options.path),
      busy_timeout_(options.busy_timeout),
      compare_every_(options.compare_every),
      lock_(lock),
      compare_at_(std::chrono::steady_clock::now() + options.compare_every) {
  for (int i = 0; i < std::max(options.readers, 1); ++i) threads_.emplace_back([this] { run(); });
}

ReaderPool::~ReaderPool() {
  stop();
}

void ReaderPool::submit(Store::Work work, Store::Done done) {
  submit_job([work = std::move(work), done](Connection& connection) { read_unit(connection, work, done); },
             [done](std::exception_ptr failure) { finish(done, std::move(failure)); });
}

void ReaderPool::submit_job(Job job, Failed failed) {
  {
    const std::lock_guard guard(mutex_);
    if (!stopping_) {
      waiting_.push_back({std::move(job), std::move(failed)});
      wake_.notify_one();
      return;
    }
  }
  failed(std::make_exception_ptr(StorageError(StorageError::Kind::busy, "the database is being closed")));
}

void ReaderPool::stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

void ReaderPool::run() {
  std::unique_ptr<Connection> connection;
  for (;;) {
    Task task;
    {
      std::unique_lock guard(mutex_);
      const auto until = compare_at_;
      wake_.wait_until(guard, until, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty() && stopping_) return;
      const auto now = std::chrono::steady_clock::now();
      if (now >= compare_at_) {
        compare_at_ = now + compare_every_;
        // Before what waits: it may depend on the counter being right.
        waiting_.push_front({[this](Connection& open) { compare_counter(open); }, [](std::exception_ptr) {}});
      }
      if (waiting_.empty()) continue;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    run_task(task, connection);
  }
}

void ReaderPool::run_task(Task& task, std::unique_ptr<Connection>& connection) {
  if (!connection) {
    try {
      connection = std::make_unique<Connection>(path_, Access::reader, busy_timeout_);
    } catch (...) {
      task.failed(std::current_exception());
      return;
    }
  }
  task.job(*connection);
  if (connection->in_transaction()) connection.reset();
}

void ReaderPool::compare_counter(Connection& connection) {
  try {
    lock_.raise_last_change(connection.integer("SELECT coalesce(max(number), 0) FROM change_log"));
  } catch (const StorageError& failure) {
    log::warning("storage.compare_failed", {{"what", failure.what()}});
  }
}

}  // namespace convoke::db::sqlite
