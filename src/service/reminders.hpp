// What is owed to whom, and what was sent.
#pragma once

#include "base/date.hpp"
#include "base/deferred.hpp"
#include "model/reminder.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::notify {
struct PreviewRow;
}

namespace convoke::service {

struct ReminderRow {
  Reminder reminder;
  std::string event_title;
  std::vector<std::string> recipients;  // names of those whom the mail would reach today
  std::string problem;                  // why it would reach nobody: "no address"
};

// What stands in the queue between two days (inclusive), by time. Errors: unauthenticated for anonymous.
Deferred<std::vector<ReminderRow>> list_reminders(Context& context, Actor actor, Date from, Date to);

// What the rules ask for between two days, whatever was sent already. Sends and stores nothing.
Deferred<std::vector<ReminderRow>> preview_reminders(Context& context, Date from, Date to);

// A line of notify::preview() as the listings show it.
ReminderRow row_of_preview(notify::PreviewRow line);

}  // namespace convoke::service
