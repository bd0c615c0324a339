// The reminders of an event in the queue follow the event: called in the transaction of every change.
#pragma once

#include "base/date.hpp"
#include "db/unit.hpp"
#include "notify/recipients.hpp"
#include "notify/rules.hpp"

#include <string>
#include <vector>

namespace convoke::notify {

struct QueueChange {
  int planned = 0;     // rows that now wait for their time
  int missed = 0;      // rows recorded as past when they were planned
  int superseded = 0;  // rows taken back
  int kept = 0;        // rows that stay as they are: still right, or settled already
};

// Makes the queue say what `event` (as just stored, with its id) asks for at `now`:
// - a row that is no longer wanted, or wanted at another time, is superseded; a new one is queued or revived;
// - what was sent for the same date, rule and person stays sent; a moved date has new keys (planner.hpp) and
//   reminds again;
// - what is due before `now` is recorded as missed, so importing an old plan fires nothing (needs, row 28a);
// - an event that is held, cancelled or a goal keeps no waiting row.
// Throws StorageError only.
QueueChange replan(db::Unit& unit, const Event& event, const RuleSet& rules, Instant now);

// One line of "who would get what, when and why".
struct PreviewRow {
  Reminder reminder;
  std::string event_title;
  std::vector<Person> people;  // whom the mail would reach today
  std::string problem;         // "no address" when it would reach nobody
};

// What the rules ask of `events` with a local due day between two days (inclusive), by due time. Pure; says
// nothing of what the queue has sent already.
std::vector<PreviewRow> preview(const std::vector<Event>& events, const Directory& directory,
                                const RuleSet& rules, Date from, Date to);

}  // namespace convoke::notify
