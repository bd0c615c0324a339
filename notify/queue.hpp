// The reminders of an event in the queue follow the event: called in the transaction of every change.
#pragma once

#include "base/date.hpp"
#include "db/unit.hpp"
#include "notify/directory.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "notify/rules.hpp"

#include <map>
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
// - an event that is held, cancelled or a goal keeps no waiting row, an occurrence that an answer closes
//   neither; sent back, it is asked for again;
// - rows of other reasons than the rules give (an invitation, a decision) are left alone.
// The rules are those that the unit holds for the event (rules_for). Throws StorageError only.
QueueChange replan(db::Unit& unit, const Event& event, Instant now, const Planning& planning = {});

// One line of "who would get what, when and why".
struct PreviewRow {
  Reminder reminder;
  std::string event_title;
  std::vector<Person> people;  // whom the mail would reach on its day, as far as is known now
  std::string problem;         // "no address" when it would reach nobody
};

// What a preview looks at: all of it as of one moment.
struct PreviewInput {
  std::vector<Event> events;
  std::vector<ReminderRules> sets;
  std::map<EventId, std::vector<std::string>> closed;  // Answers::closed of each event that has any
  Directory directory;
  Planning planning;
};

// What the rules ask of the events with a local due day between two days (inclusive), by due time. Pure; says
// nothing of what the queue has sent already.
std::vector<PreviewRow> preview(const PreviewInput& input, Date from, Date to);

}  // namespace convoke::notify
