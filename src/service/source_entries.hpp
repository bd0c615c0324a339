// How a neighbour's calendar becomes events here, within the caller's transaction. Identity is the pair of
// source and foreign UID: no neighbour can touch an event of ours, or of another neighbour, by repeating its
// UID.
#pragma once

#include "calendar/ical_reader.hpp"
#include "db/unit.hpp"
#include "model/source.hpp"

namespace convoke::service {

struct AppliedCalendar {
  int added = 0, updated = 0, unchanged = 0, removed = 0;
  int ours = 0;  // came back from here: left out
};

// Makes the events of `source` those of `calendar`: known ones keep their id and uid and change only where
// readers see a difference (feeds.md rules 26, 27), others are added, what is gone is removed. An event keeps
// its foreign UID when nobody here has it, else it gets one of its own, the same each time. What is an event
// of ours that the neighbour took over, or a copy that we made, is left out: two installations that read each
// other would otherwise multiply everything. Nobody is linked to a person, nothing is reminded of.
AppliedCalendar apply_calendar(db::Unit& unit, const CalendarSource& source,
                               const calendar::ImportedCalendar& calendar, Instant now);

// Takes all its events away; how many there were.
int remove_entries(db::Unit& unit, SourceId source);

}  // namespace convoke::service
