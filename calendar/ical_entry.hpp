// Decides how an event stands in a calendar, before any of it is written: on which days or times, as what,
// and marked how. Here live the choices about vague periods; calendar/ical_event.hpp only writes them down.
#pragma once

#include "calendar/event_occurrences.hpp"
#include "calendar/feed_view.hpp"
#include "model/event.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::calendar {

// A range of days longer than this has no day of its own any more and is shown like a vague period.
inline constexpr int longest_shown_range_days = 31;

struct Entry {
  enum class Component { none, event, todo };
  enum class Mark { none, due, not_yet_dated };

  // A start and end in one zone. In UTC when the local time would be skipped or happen twice, which clients
  // resolve differently.
  struct Times {
    Instant start{}, end{};
    bool in_utc = false;
  };

  // One entry of the series that is not as the others are: written as a component of its own.
  struct Changed {
    Date shown{};  // the day on which the series would show it: RECURRENCE-ID
    EventOccurrence occurrence;
    std::optional<Times> times;  // absent: all day
    Date first{}, last{};
  };

  Component component = Component::none;
  Mark mark = Mark::none;
  std::optional<Times> times;    // absent: all day
  Date first{}, last{};          // inclusive days, of an all-day entry; of a todo, last is the day it is due
  std::string rrule;             // of a series whose days one rule can say
  std::vector<Date> more_days;   // of another series: the days after `first`, ascending
  std::vector<Date> without;     // days that `rrule` names and on which it does not take place, ascending
  std::vector<Changed> changed;  // by the day of the series
  // Of a timed series: what the clock on the wall shows at its start. Its dates are written by it, for the
  // first of them may lie in the gap that daylight time leaves, and the others must not follow.
  std::optional<TimeOfDay> wall_time;
  Date series_last{};  // last day on which anything of the series may stand; `last` when there is no series

  bool is_series() const { return !rrule.empty() || !more_days.empty() || !changed.empty(); }

  // Nobody is busy because a report is due or a month has begun: only known hours block them.
  bool transparent() const { return !times; }
};

// What `view` shows of `event`; component none when nothing: goals, periods without dates, all-year work
// (unless asked for by span or todo), and vague periods in a view that hides them.
Entry entry_of(const Event& event, const FeedView& view);

// How long an event of this kind takes when nobody said.
std::chrono::minutes usual_duration(EventKind kind);

// The zone its times are written in: the event's, or UTC when that is no zone.
std::string entry_zone(const Event& event);

}  // namespace convoke::calendar
