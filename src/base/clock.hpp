// Where the present moment comes from. Pure code takes an Instant; only the edges hold a Clock.
#pragma once

#include <atomic>
#include <chrono>

namespace convoke {

// A point of time in UTC, whole seconds.
using Instant = std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// The machine's clock, shifted by a fixed offset (CONVOKE_CLOCK_OFFSET, seconds).
class SystemClock final : public Clock {
 public:
  explicit SystemClock(std::chrono::seconds offset = {}) : offset_(offset) {}
  Instant now() const override;

 private:
  std::chrono::seconds offset_;
};

// A clock that stands still until it is set: `--now` of the one-shot commands, and tests.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_.load(); }
  void set(Instant at) { at_.store(at); }

 private:
  std::atomic<Instant> at_;
};

}  // namespace convoke
