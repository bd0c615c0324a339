// From an event and the rules to the reminders that are owed. Pure: the present moment is an argument.
#pragma once

#include "base/clock.hpp"
#include "calendar/days_off.hpp"
#include "model/event.hpp"
#include "model/reminder.hpp"
#include "notify/rules.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// What planning needs beside the rules; the same for every event of an installation.
struct Planning {
  // The right side of every Message-ID; a host name of this installation.
  std::string message_domain = "convoke.invalid";
  // The calendar of holidays; null: those the program ships with.
  std::shared_ptr<const calendar::DaysOff> days_off;
};

// How long a mail about what is overdue is worth sending after its time.
inline constexpr std::chrono::days overdue_is_fresh{14};

// Everything `event` asks of each of `recipients` (notify/recipients.hpp makes the keys) and of those whom
// its overdue work is told ("duty:section_head", "duty:chair"), by due time.
//
// `key.occurrence` names the dates that the reminder speaks of: "2024-11-14" for a day,
// "2024-11-01/2024-11-30" for a period, "2024-Q4/2024-12-31" (the occurrence and its last day) for a
// recurring event. So a moved date gives new keys and the person is reminded of the new date, while a
// reminder sent for an unmoved one stays sent. An occurrence that stands in `closed` (Answers::closed) asks
// for nothing.
//
// `due` is as notify/send_time.hpp says, in the event's zone (gaps and overlaps as base/time_zone.hpp says;
// an unknown zone counts as UTC). Where days off put two of one person's reminders of one occurrence on one
// day, only the later stands: it says all that the other would. `expires` is the start of an event with a
// time of day, else the end of the anchor's day; for "fix the date" and a check-in the end of the period; for
// what is overdue overdue_is_fresh after it was due. A reminder that would be stale when due is not planned.
// What is due before `now` is `missed`, settled now: it never fires.
std::vector<Reminder> plan_reminders(const Event& event, const std::vector<std::string>& recipients,
                                     const ReminderRules& rules, Instant now, const Planning& planning = {},
                                     const std::vector<std::string>& closed = {});

// "<32 hex digits@domain>", the same for the same (event uid, occurrence, rule, recipient) for ever.
std::string stable_message_id(std::string_view event_uid, const ReminderKey& key, std::string_view domain);

// The last day that `reminder` speaks of, read from its key; nullopt for a key of another shape.
std::optional<Date> last_day_of(const ReminderKey& key);

// The occurrence that an answer to the reminder speaks of (model/answer.hpp): "" for an event that does not
// repeat, else the key of calendar::event_occurrences.
std::string occurrence_of(const ReminderKey& key);

// The event's zone, or "UTC" when this machine does not know it.
std::string zone_of(const Event& event);

// Whose holidays count: the set's country, else that of the event's zone; "": weekends alone.
std::string_view country_of(const ReminderRules& rules, const Event& event);

}  // namespace convoke::notify
