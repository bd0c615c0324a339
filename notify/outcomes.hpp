// What came of the mails, on its way into the database: stored while the next mail is under way, in groups,
// and kept when the database cannot take it. What is not stored yet stands in the hand-overs.
#pragma once

#include "base/clock.hpp"
#include "db/store.hpp"
#include "notify/hand_overs.hpp"
#include "notify/settlement.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace convoke::notify {

class Outcomes {
 public:
  // Outcomes that may wait for the database before the next mail is begun.
  static constexpr std::size_t most_waiting = 256;

  // Keeps the references. `changed` hears of each that was stored, or was not; `mutex` is its owner's.
  Outcomes(db::Store& store, const Clock& clock, HandOvers& hand_overs, std::mutex& mutex,
           std::condition_variable& changed)
      : store_(store), clock_(clock), hand_overs_(hand_overs), mutex_(mutex), changed_(changed) {}

  // While mails follow each other so many outcomes are stored at once, or as many as there are after so long:
  // each commit costs a sync of the disk, and a power cut cannot make more than these come twice.
  static constexpr std::size_t group = 24;
  static constexpr std::chrono::milliseconds longest_gathering{20};

  // Stores it without waiting: at once, or gathered with those that follow when `more` do. `slot` is that of
  // the hand-over that it ends. Any thread, `mutex` not held.
  void store(Settlement settlement, std::optional<std::size_t> slot, bool more = false);
  // Stores what has been gathered, all of it or what has waited until `now`. `mutex` not held.
  void store_gathered(std::optional<std::chrono::steady_clock::time_point> now = std::nullopt);
  // When to ask for that, with `mutex` held; nothing while nothing waits for company.
  std::optional<std::chrono::steady_clock::time_point> gathered_by() const;

  // A mail that is out and could not be marked must be marked before anything else is sent, or a full disk
  // would make every lease send it again. Waits, `mutex` not held; false when some are left still.
  bool store_leftovers();

  // With `mutex` held.
  std::size_t on_their_way() const { return on_their_way_; }
  bool has_leftovers() const { return !leftovers_.empty(); }

 private:
  struct Unsettled {
    Settlement settlement;
    std::optional<std::size_t> slot;
  };
  using Batch = std::vector<Unsettled>;
  Deferred<std::vector<bool>> writing(std::shared_ptr<const Batch> batch);
  bool is_ripe() const { return !next_.empty() && (hurry_ || next_.size() >= group); }
  Batch taken();
  void write(Batch batch);
  void written(const Batch& batch, const Result<std::vector<bool>>& ours);
  void note(const Unsettled& one, bool ours);

  db::Store& store_;
  const Clock& clock_;
  HandOvers& hand_overs_;
  std::mutex& mutex_;  // of all below
  std::condition_variable& changed_;
  std::size_t on_their_way_ = 0;
  bool writing_ = false;  // a batch; what comes meanwhile is the next one
  bool hurry_ = false;    // nothing follows soon: the next batch is not to wait for company
  std::chrono::steady_clock::time_point first_{};  // when the first of the next batch came
  Batch next_, leftovers_;
};

}  // namespace convoke::notify
