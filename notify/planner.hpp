// From an event and the rules to the reminders that are owed. Pure: the present moment is an argument.
#pragma once

#include "base/clock.hpp"
#include "model/event.hpp"
#include "model/reminder.hpp"
#include "notify/rules.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// Everything `event` asks of each of `recipients` (notify/recipients.hpp makes the keys), by due time.
//
// `key.occurrence` names the dates that the reminder speaks of: "2024-11-14" for a day,
// "2024-11-01/2024-11-30" for a period, "2024-Q4/2024-12-31" (the occurrence and its last day) for a
// recurring event. So a moved date gives new keys and the person is reminded of the new date, while a
// reminder sent for an unmoved one stays sent.
//
// `due` is the rule's local time in the event's zone (gaps and overlaps as base/time_zone.hpp says; an
// unknown zone counts as UTC). `expires` is the start of an event with a time of day, else the end of the
// anchor's day; for "fix the date" the end of the period. What is due before `now` is `missed`, settled now:
// it never fires.
std::vector<Reminder> plan_reminders(const Event& event, const std::vector<std::string>& recipients,
                                     const RuleSet& rules, Instant now);

// "<32 hex digits@domain>", the same for the same (event uid, occurrence, rule, recipient) for ever.
std::string stable_message_id(std::string_view event_uid, const ReminderKey& key, std::string_view domain);

// The last day that `reminder` speaks of, read from its key; nullopt for a key of another shape.
std::optional<Date> last_day_of(const ReminderKey& key);

// The event's zone, or "UTC" when this machine does not know it.
std::string zone_of(const Event& event);

}  // namespace convoke::notify
