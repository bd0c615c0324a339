// What is owed to whom, and what was sent.
#pragma once

#include "base/date.hpp"
#include "base/deferred.hpp"
#include "model/reminder.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::service {

struct ReminderRow {
  Reminder reminder;
  std::string event_title;
  std::vector<std::string> recipients;  // names now; "(no address)" after those that mail cannot reach
};

// The queue between two days (inclusive), by time. Errors: forbidden for anonymous.
Deferred<std::vector<ReminderRow>> list_reminders(Context& context, Actor actor, Date from, Date to);

}  // namespace convoke::service
