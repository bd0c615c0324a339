#include "notify/spreading.hpp"

#include "notify/enqueue.hpp"
#include "notify/planner.hpp"

#include <string>

namespace convoke::notify {

int spread_in(db::Unit& unit, const Reminder& row, const Composition& composition, Instant now) {
  Reminder done = row;
  done.state = ReminderState::superseded;
  done.settled = now;
  if (!unit.reminders().settle(done)) return 0;
  const auto at = row.message_id.find('@');
  const std::string domain = row.message_id.substr(at + 1, row.message_id.size() - at - 2);
  int queued = 0;
  for (const auto& recipient : composition.recipients) {
    Reminder one;
    one.key = row.key;
    one.key.recipient = recipient;
    one.reason = row.reason;
    one.due = row.due;
    one.expires = row.expires;
    one.event_sequence = row.event_sequence;
    one.message_id = stable_message_id(composition.event_uid, one.key, domain);
    if (enqueue(unit, one)) ++queued;
  }
  return queued;
}

}  // namespace convoke::notify
