// The times at which an event takes place, each as it is: what was cancelled, moved or corrected for one day
// of a series is already applied. Pages, previews, reminders and the API read these and never an Override.
#pragma once

#include "calendar/occurrences.hpp"
#include "model/event.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::calendar {

struct EventOccurrence {
  std::string key;   // as Occurrence::key
  Date day;          // of the series, also when it was moved: what a change of this one is addressed by
  Date first, last;  // where it takes place, both inclusive
  std::optional<TimeOfDay> time, end_time;
  bool cancelled = false;                         // by itself or with the whole event
  bool moved = false;                             // to another day or another time
  std::optional<std::string> title, place, note;  // when other than the event's

  bool operator==(const EventOccurrence&) const = default;
};

// Overrides of one event, whoever wrote them: a calendar file, a request.
inline constexpr std::size_t max_overrides = 500;

// The occurrences of `event` that meet from..to where they take place now: one that was moved into the window
// is there, one that was moved out of it is not. Ascending by day; at most max_occurrences and those moved
// in. Cancelled ones are among them, marked; days of Recurrence::without and overrides of days that the
// series does not name are not. Bounded by the window and the number of overrides; `steps` as in
// occurrences().
std::vector<EventOccurrence> event_occurrences(const Event& event, Date from, Date to,
                                               std::size_t* steps = nullptr);

// The one of the series' day `day`, as it is now; nothing when the series does not name that day.
std::optional<EventOccurrence> occurrence_on(const Event& event, Date day);

// The event as it is on that one occasion: its title, place, note and times are the occurrence's, its period
// is one day or range without a recurrence, and it is cancelled when the occurrence is. For mails and
// entries.
Event as_on(const Event& event, const EventOccurrence& occurrence);

// The event as the series it is without the days of it that were cancelled: each is a day on which it does
// not take place, and no change of it any more. For readers who do not want to see what was cancelled
// (feeds.md rule 35).
Event without_cancelled_days(Event event);

}  // namespace convoke::calendar
