#include "db/sqlite/writer.hpp"

#include "base/log.hpp"

namespace convoke::db::sqlite {
namespace {

StorageError closing() {
  return {StorageError::Kind::busy, "the database is being closed"};
}

}  // namespace

void finish(const Store::Done& done, std::exception_ptr failure) noexcept {
  try {
    done(std::move(failure));
  } catch (const std::exception& error) {
    log::error("storage.done_failed", {{"what", error.what()}});
  } catch (...) {
    log::error("storage.done_failed");
  }
}

Writer::Writer(std::string path, std::chrono::milliseconds busy_timeout, ProcessLock& lock,
               std::unique_ptr<Connection> connection)
    : path_(std::move(path)), busy_timeout_(busy_timeout), lock_(lock), connection_(std::move(connection)) {
  unit_ = std::make_unique<SqliteUnit>(*connection_);
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
  stop();
}

void Writer::submit(Author author, Store::Work work, Store::Done done) {
  {
    const std::lock_guard guard(mutex_);
    if (!stopping_) {
      waiting_.push_back({std::move(author), std::move(work), std::move(done), nullptr});
      wake_.notify_one();
      return;
    }
  }
  finish(done, std::make_exception_ptr(closing()));
}

void Writer::stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  for (auto group = take_group(); !group.empty(); group = take_group()) {
    commit(group);
    for (auto& task : group) finish(task.done, std::move(task.failure));
  }
}

std::vector<Writer::Task> Writer::take_group() {
  std::unique_lock guard(mutex_);
  wake_.wait(guard, [this] { return stopping_ || !waiting_.empty(); });
  std::vector<Task> group;
  while (!waiting_.empty() && group.size() < max_group) {
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return group;
}

// Whatever goes wrong with the group as a whole goes wrong for every unit in it: nothing of it is stored, and
// a unit that was refused may have been so because of what another had written.
void Writer::commit(std::vector<Task>& group) {
  try {
    write_group(group);
  } catch (...) {
    const auto failure = std::current_exception();
    for (auto& task : group)
      if (!task.failure) task.failure = failure;
    abandon(failure);
  }
}

void Writer::write_group(std::vector<Task>& group) {
  const WritingTurn turn(lock_, busy_timeout_);
  if (!turn.held()) throw StorageError(StorageError::Kind::busy, "another process is writing");
  if (!connection_) open_again();
  connection_->query("BEGIN IMMEDIATE").run();
  unit_->changes().note_other_state();  // another process may have written since
  std::int64_t last = unit_->changes().last();
  for (auto& task : group) last = run_unit(task, last);
  connection_->query("COMMIT").run();
  lock_.set_last_change(last);
}

std::int64_t Writer::run_unit(Task& task, std::int64_t last) {
  connection_->query("SAVEPOINT unit").run();
  unit_->changes().begin_unit(task.author, last);
  bool keep = false;
  try {
    keep = task.work(*unit_);
  } catch (...) {
    task.failure = std::current_exception();
  }
  // A full or broken disk ends the whole transaction, whatever the unit made of it.
  if (!connection_->in_transaction()) {
    if (task.failure) std::rethrow_exception(task.failure);
    throw StorageError(StorageError::Kind::broken, "the transaction was lost");
  }
  if (!keep) {
    connection_->query("ROLLBACK TO unit").run();
    unit_->changes().note_other_state();
  }
  connection_->query("RELEASE unit").run();
  return keep ? unit_->changes().number() : last;
}

// After a failure of the whole group: back to a state where nothing of it was written. The connection is
// kept: it knows where the sound part of the log ends and the next commit writes and syncs over what failed,
// while a fresh one would read the log anew and might take a commit for good whose sync had failed.
void Writer::abandon(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const StorageError& error) {
    log::error("storage.group_failed", {{"what", error.what()}});
  } catch (...) {
    log::error("storage.group_failed");
  }
  try {
    if (connection_ && connection_->in_transaction()) connection_->execute("ROLLBACK");
  } catch (const StorageError& error) {
    log::error("storage.rollback_failed", {{"what", error.what()}});
    unit_.reset();
    connection_.reset();
  }
}

void Writer::open_again() {
  connection_ = std::make_unique<Connection>(path_, Access::writer, busy_timeout_);
  unit_ = std::make_unique<SqliteUnit>(*connection_);
}

void Writer::checkpoint() {
  try {
    const WritingTurn turn(lock_, busy_timeout_);
    if (turn.held() && connection_ && !lock_.others_have_it_open())
      connection_->execute("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const StorageError& failure) {
    log::warning("storage.checkpoint_failed", {{"what", failure.what()}});
  }
}

}  // namespace convoke::db::sqlite
