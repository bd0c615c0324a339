// Which events stand in each other's way: the same person in two places, two things in one room, two for the
// same people, and whatever a neighbour holds on the same day, which would divide those who come. Pure.
#pragma once

#include "base/date.hpp"
#include "model/event.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace convoke::calendar {

struct Conflict {
  const Event* other = nullptr;
  Date day{};                // the first on which both take place
  bool responsible = false;  // one person answers for both, at overlapping times
  bool place = false;        // both are held in one place, at overlapping times
  bool neighbour = false;    // one of them is a neighbour's
  bool speaker = false;      // one person speaks at one and answers for, or speaks at, the other
  bool audience = false;     // both are for the same people, at overlapping times

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

// Events by the days they take, so that what stands in the way of one is found without looking at all. Holds
// pointers to the events it was made of.
class ConflictIndex {
 public:
  // An event, and who speaks at it beside those responsible: the names in its agenda.
  struct Entry {
    const Event* event = nullptr;
    std::vector<std::string> speakers;
  };

  // Of the days from..to (a day more at both ends is looked at, for elsewhere it may be another date).
  ConflictIndex(const std::vector<Entry>& entries, Date from, Date to);

  // Those that stand in the way of `one` within the index's days, by day, then by id; the event itself, what
  // it is a part of and its own parts are not among them. Of a series, whichever side it is on, its single
  // days count, each as it was moved or cancelled. Times are compared as instants, so that zones do not
  // matter; what has no time takes the whole day. Parts of one event clash only at known times. At most
  // most_conflicts.
  std::vector<Conflict> of(const Entry& one) const;
  // How many other events of the association that holds `event` take that day.
  std::size_t others_on(Date day, const Event& event) const;

 private:
  // Half open.
  struct Span {
    Instant begin, end;
    bool meets(const Span& other) const { return begin < other.end && other.begin < end; }
  };
  struct Taken {
    std::size_t side = 0;  // in sides_
    Date first;
    Span days;           // the whole of them
    Span times;          // the hours, where they are known
    bool timed = false;  // they are
  };
  using Key = std::uint32_t;  // 0: nothing
  struct Someone {
    PersonId person;
    Key name = 0;
  };
  // What is compared, in numbers.
  struct Side {
    const Event* event = nullptr;
    std::vector<Someone> responsible;
    std::vector<Key> speakers;
    std::vector<Key> audience;
    Key place = 0;
  };

  template<class KeyOf>
  static Side side_of(const Entry& entry, KeyOf key_of);
  static Taken taken_by(const Event& event, Date first, Date last, std::optional<TimeOfDay> time,
                        std::optional<TimeOfDay> end_time);
  static std::vector<Taken> taken_within(const Event& event, Date from, Date to);
  static bool speaks_at_both(const Side& a, const Side& b);
  static Conflict compared(const Side& mine, const Taken& when, const Side& theirs, const Taken& then);

  Date from_, to_;
  std::unordered_map<std::string, Key> keys_;
  std::vector<Side> sides_;
  std::vector<Taken> taken_;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> days_;  // days of UTC; places in taken_
};

// Those of `others` that stand in the way of `event`, which alone is looked at: none unless
// takes_days(event).
std::vector<Conflict> conflicts(const Event& event, const std::vector<const Event*>& others);

}  // namespace convoke::calendar
