// Every coroutine that runs on its own is started here, so that it is counted, its exception is logged, and
// it can be cancelled. Nothing else in the program uses asio::detached.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace convoke::web {

// One running coroutine. cancel() asks whatever it awaits to end, with asio::error::operation_aborted.
class Task {
 public:
  explicit Task(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

  const boost::asio::any_io_executor& executor() const { return executor_; }
  // Only on the task's own executor.
  void cancel() { signal_.emit(boost::asio::cancellation_type::terminal); }

 private:
  friend class TaskGroup;
  boost::asio::any_io_executor executor_;
  boost::asio::cancellation_signal signal_;
};

class TaskGroup {
 public:
  // `when_empty` is called, on the ending task's executor, each time the last task has ended.
  explicit TaskGroup(std::function<void()> when_empty = {}) : when_empty_(std::move(when_empty)) {}
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  // Starts `work` on the task's executor. `name` is for the log line when it ends by an exception.
  void spawn(std::shared_ptr<Task> task, std::string name, boost::asio::awaitable<void> work);
  // Cancels every task, each on its own executor. Any thread.
  void cancel();
  std::size_t size() const;

 private:
  void ended(std::uint64_t number, const std::string& name, std::exception_ptr failure);

  std::function<void()> when_empty_;
  mutable std::mutex mutex_;
  std::uint64_t next_ = 0;
  std::map<std::uint64_t, std::shared_ptr<Task>> tasks_;
};

}  // namespace convoke::web
