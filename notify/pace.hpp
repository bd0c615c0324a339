// Two watches of the dispatcher that need no thread: how fast mails may follow each other, and whether the
// wall clock can be believed.
#pragma once

#include "base/clock.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace convoke::notify {

// Mails a minute, evenly spaced.
class Pace {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Pace(int mails_a_minute) {
    if (mails_a_minute > 0) gap_ = std::chrono::nanoseconds{std::chrono::minutes{1}} / mails_a_minute;
  }
  // When the next mail may leave; the one after it waits a gap longer.
  Time next(Time now) {
    const Time turn = std::max(now, free_);
    free_ = turn + gap_;
    return turn;
  }
  bool limits() const { return gap_.count() > 0; }

 private:
  std::chrono::nanoseconds gap_{0};
  Time free_{};
};

// A wall clock that jumps far ahead of a steady one has been set wrongly, or the machine slept: everything
// would seem to be due. Nothing is claimed for a while, so that somebody who hears the alarm can set it right
// (threats F13).
class ClockWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::hours largest_jump{6};
  static constexpr std::chrono::hours pause{1};

  enum class Finding { steady, jumped, came_back };
  Finding note(Instant wall, Time steady) {
    const auto expected = last_wall_ ? *last_wall_ + since(steady) : wall;
    last_wall_ = wall;
    last_steady_ = steady;
    if (wall - expected > largest_jump) {
      held_until_ = steady + pause;
      return Finding::jumped;
    }
    if (held_until_ && expected - wall > largest_jump) {
      held_until_.reset();
      return Finding::came_back;
    }
    return Finding::steady;
  }
  bool holds(Time steady) const { return held_until_ && steady < *held_until_; }

 private:
  std::chrono::seconds since(Time steady) const {
    return std::chrono::duration_cast<std::chrono::seconds>(steady - last_steady_);
  }
  std::optional<Instant> last_wall_;
  Time last_steady_{};
  std::optional<Time> held_until_;
};

}  // namespace convoke::notify
