// Which events stand in each other's way: the same person in two places, two things in one room, and whatever
// a neighbour holds on the same day, which would divide those who come. Pure.
#pragma once

#include "base/date.hpp"
#include "model/event.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

namespace convoke::calendar {

struct Conflict {
  const Event* other = nullptr;
  Date day{};                // the first on which both take place
  bool responsible = false;  // one person answers for both, at overlapping times
  bool place = false;        // both are held in one place, at overlapping times
  bool neighbour = false;    // one of them is a neighbour's

  bool operator==(const Conflict&) const = default;
};

inline constexpr std::size_t most_conflicts = 50;  // of one event
// A longer range of days says when something may happen, not that it does.
inline constexpr std::chrono::days longest_stay{14};
// What something takes that says no end.
inline constexpr std::chrono::hours usual_length{2};

// Whether `event` takes days that others could want: it is dated (or lasts a few known days), no deadline,
// and not cancelled.
bool takes_days(const Event& event);

// Those of `others` that stand in the way of `event`, by day, then by id; `event` itself is not among them.
// None unless takes_days(event). Of a series in `others`, its single days count, each as it was moved or
// cancelled. Times are compared as instants, so that zones do not matter; what has no time takes the whole
// day.
std::vector<Conflict> conflicts(const Event& event, const std::vector<const Event*>& others);

}  // namespace convoke::calendar
