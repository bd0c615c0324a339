// One thread for long work that needs no database: reading a document must not hold up the loop that serves
// everybody.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace convoke {

class Worker {
 public:
  // Jobs that may wait at once; what they hold (an uploaded document each) bounds the memory.
  static constexpr std::size_t max_waiting = 16;

  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // False when too many jobs wait already. An exception of the job is logged. Any thread.
  bool submit(std::function<void()> job);
  // Finishes the job in hand, drops those that wait and takes no more; the destructor does the same. Once
  // back, nothing of a job runs.
  void stop();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace convoke
