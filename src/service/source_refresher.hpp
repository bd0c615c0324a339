// Reads neighbours' calendars when they are due, one after another, on a thread of its own.
#pragma once

#include "service/sources.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>

namespace convoke::service {

class SourceRefresher {
 public:
  static constexpr std::chrono::seconds tick{30};  // the database is asked for what is due so often
  static constexpr int batch = 20;                 // read in one go, before wishes are looked at again
  static constexpr std::size_t most_wishes = 16;   // that may wait at once

  // Keeps references to the first two. Nothing runs before start() or run_once(). `tell` is called on its
  // thread and may block.
  SourceRefresher(Context& context, Fetcher& fetcher, TellOrganisers tell);
  ~SourceRefresher();  // stop()
  SourceRefresher(const SourceRefresher&) = delete;
  SourceRefresher& operator=(const SourceRefresher&) = delete;

  // Waits on a steady clock, so that a step of the wall clock never makes it hang.
  void start();
  // Interrupts the fetch in hand, refuses the wishes that wait, joins. May be called twice.
  void stop();
  // A source was added: look now. Any thread; never blocks for long.
  void wake();

  // Reads one source before those that are due. Errors: those of read_source; forbidden; storage_unavailable
  // when too many wait or it is being stopped.
  Deferred<SourceReading> read_now(const Actor& actor, SourceId id);

  // Reads what is due; how many were read. For the thread and for tests; not while the thread runs.
  int run_once();

 private:
  struct Wish {
    SourceId id;
    Deferred<SourceReading>::Completion done;
  };

  void run();
  bool stopping() const;
  bool grant_wishes();

  Context& context_;
  Fetcher& fetcher_;
  const TellOrganisers tell_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Wish> wishes_;
  bool stop_ = false, awake_ = false;
  std::thread thread_;
};

}  // namespace convoke::service
