// The threads that read, each with a connection that cannot write. They also notice changes of other
// processes that the shared counter does not know (a process killed between its COMMIT and the counter).
#pragma once

#include "db/sqlite/connection.hpp"
#include "db/sqlite/open.hpp"
#include "db/sqlite/process_lock.hpp"
#include "db/store.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace convoke::db::sqlite {

class ReaderPool {
 public:
  // A job gets a connection outside any transaction. It must not throw.
  using Job = std::function<void(Connection&)>;
  // Called instead of a job when no connection could be opened.
  using Failed = std::function<void(std::exception_ptr)>;

  ReaderPool(const Options& options, ProcessLock& lock);
  ~ReaderPool();

  // A unit of work in one read transaction.
  void submit(Store::Work work, Store::Done done);
  void submit_job(Job job, Failed failed);
  // Finishes what waits, ends the threads and closes the connections; what is submitted later fails.
  void stop();

 private:
  struct Task {
    Job job;
    Failed failed;
  };

  void run();
  void run_task(Task& task, std::unique_ptr<Connection>& connection);
  void compare_counter(Connection& connection);

  const std::string path_;
  const std::chrono::milliseconds busy_timeout_;
  const std::chrono::milliseconds compare_every_;
  ProcessLock& lock_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> waiting_;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point compare_at_;
  std::vector<std::thread> threads_;
};

}  // namespace convoke::db::sqlite
