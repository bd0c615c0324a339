// What the processes on one database agree on through the file beside it ("<database>.lock"): who serves, who
// writes now, and the number of the newest change. See
// deploy/decisions/0001-several-processes-one-database.md.
#pragma once

#include "base/result.hpp"

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace convoke::db::sqlite {

class ProcessLock {
 public:
  // Opens or creates the lock file (0600) and counts this process among those that have the database open.
  // Errors: storage_unavailable when the folder cannot be written, conflict while a restore replaces the
  // file.
  static Result<std::unique_ptr<ProcessLock>> open(const std::string& database_path);
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

  // For life: false when another server holds it.
  bool become_server();
  // Whether some other holder serves the database now.
  bool another_serves() const;
  // For life: false when any other process, or another store of this one, has the database open.
  bool become_only_one();
  bool others_have_it_open() const;

  // The right to write and to checkpoint. Waits at most `patience`; false when it was not to be had.
  bool lock_writing(std::chrono::milliseconds patience);
  void unlock_writing();

  // The number of the newest entry of the change log, shared by all processes.
  std::int64_t last_change() const { return shared_->last_change.load(std::memory_order_acquire); }
  // Raises it; never lowers it.
  void raise_last_change(std::int64_t number);
  // Sets it to what the database says. Only while writing is locked.
  void set_last_change(std::int64_t number);

 private:
  // The contents of the lock file: one page mapped by every process.
  struct Shared {
    std::atomic<std::int64_t> last_change;
    // Until when (milliseconds of the monotonic clock) somebody waits for the right to write.
    std::atomic<std::int64_t> wanted_until;
  };
  static_assert(std::atomic<std::int64_t>::is_always_lock_free);

  ProcessLock(int descriptor, Shared* shared) : descriptor_(descriptor), shared_(shared) {}
  void let_others_first() const;
  bool held_by_others(off_t byte, short type) const;

  int descriptor_;
  Shared* shared_;
};

// Exclusive use of the write lock for a scope.
class WritingTurn {
 public:
  WritingTurn(ProcessLock& lock, std::chrono::milliseconds patience)
      : lock_(&lock), held_(lock.lock_writing(patience)) {}
  ~WritingTurn() { end(); }
  WritingTurn(const WritingTurn&) = delete;
  WritingTurn& operator=(const WritingTurn&) = delete;

  bool held() const { return held_; }
  void end() {
    if (held_) lock_->unlock_writing();
    held_ = false;
  }

 private:
  ProcessLock* lock_;
  bool held_;
};

}  // namespace convoke::db::sqlite
