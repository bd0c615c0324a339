#include "web/task_group.hpp"

#include "base/log.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

namespace convoke::web {

void TaskGroup::spawn(std::shared_ptr<Task> task, std::string name, boost::asio::awaitable<void> work) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = next_++;
    tasks_.emplace(number, task);
  }
  const auto executor = task->executor();
  const auto slot = task->signal_.slot();
  // The completion owns the task, for its signal must outlive the coroutine.
  auto done = [this, number, name = std::move(name), task = std::move(task)](std::exception_ptr failure) {
    ended(number, name, std::move(failure));
  };
  boost::asio::co_spawn(executor, std::move(work),
                        boost::asio::bind_cancellation_slot(slot, std::move(done)));
}

void TaskGroup::cancel() {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, task] : tasks_)
    boost::asio::post(task->executor(), [task = task] { task->cancel(); });
}

std::size_t TaskGroup::size() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

void TaskGroup::ended(std::uint64_t number, const std::string& name, std::exception_ptr failure) {
  if (failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      log::error("task_failed", {{"task", name}, {"error", error.what()}});
    } catch (...) {
      log::error("task_failed", {{"task", name}});
    }
  }
  bool empty = false;
  {
    const std::lock_guard lock(mutex_);
    tasks_.erase(number);
    empty = tasks_.empty();
  }
  if (empty && when_empty_) when_empty_();
}

}  // namespace convoke::web
