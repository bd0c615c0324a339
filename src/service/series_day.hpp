// One day of a series as somebody writes it in a form or drags it in a calendar; programs do the same by
// change_occurrence() (occurrence_changes.hpp).
#pragma once

#include "base/deferred.hpp"
#include "calendar/event_occurrences.hpp"
#include "service/context.hpp"
#include "service/plan_edits.hpp"

#include <optional>
#include <string>

namespace convoke::service {

// As typed: "2024-11-12", "10:00". What is empty is as in the series.
struct DayWords {
  std::string date, time, end_time, title, place, note;

  DayWords() = default;
  bool operator==(const DayWords&) const = default;
};
// As the day is now.
DayWords words_of(const Event& event, const calendar::EventOccurrence& day);

enum class DayStep {
  save,     // it takes place as written, also when it was cancelled
  cancel,   // it does not, and the note says why; what else was written is left alone
  restore,  // as in the series
  move,     // to `date` and `time`, as long as before; everything else stays
};

struct DaySaved {
  Event event;             // as it stands now
  std::string field;       // of DayWords: which one cannot be used; empty: none
  bool overtaken = false;  // somebody changed the series in between: nothing was stored

  DaySaved() = default;
};

// Whether it is a time within which a day is still to be named: the quarter of what is held quarterly.
bool awaits_day(const calendar::EventOccurrence& day);

// What a form carries, so that who was slower is told.
std::string series_stamp(const Event& event);
// Whether its days can be changed one by one here.
bool has_own_days(const Event& event);

// The series that `day` is one of. Errors: not_found (also another association's, a neighbour's, what does
// not repeat itself, and a day that the series does not name); forbidden; storage_unavailable.
Deferred<Event> series_of_day(Context& context, Editor editor, EventId event, Date day);
// `expected`: the series_stamp() of what was looked at. Errors: the same; limit_exceeded over
// calendar::max_overrides changed days.
Deferred<DaySaved> write_day(Context& context, Editor editor, EventId event, Date day, DayStep step,
                             DayWords typed, std::string expected);

}  // namespace convoke::service
