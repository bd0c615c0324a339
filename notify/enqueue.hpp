// The one way into the queue. What a Message-ID is made of (an event's UID, a date, a rule) stands in public
// calendars, and whoever knew it could say in a forged report that the mail came back (RFC 3464): so it is
// made once more here with the key of this installation, as its links are.
#pragma once

#include "db/unit.hpp"
#include "model/reminder.hpp"

#include <string>

namespace convoke::notify {

// Queues `row` as Reminders::enqueue does. Its Message-ID becomes the keyed one of that which it has: the
// same for the same, in this installation alone. In a write only.
bool enqueue(db::Unit& unit, Reminder row);

// "<32 hex digits@domain>" of "<…@domain>".
std::string keyed_message_id(db::Unit& unit, const std::string& message_id);

}  // namespace convoke::notify
