// When gathered mails leave, and the rows of the queue that they are: one a person and day, one overview a
// week for whoever watches over an association's work, one a subscriber and turn. Pure.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "model/delivery.hpp"
#include "model/ids.hpp"
#include "model/reminder.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

// Local to the association's zone.
inline constexpr TimeOfDay digest_time = std::chrono::hours{8} + std::chrono::minutes{30};
// So many mails about work that are due to one person in the same minute come as one.
inline constexpr int storm_size = 4;

// The first digest strictly after `after`: 08:30 of a day, for `weekly` of a Monday. `each` counts as daily.
// An unknown zone counts as UTC; gaps and overlaps as base/time_zone.hpp says.
Instant next_digest(MailRhythm rhythm, Instant after, std::string_view zone);

inline constexpr std::string_view daily_rule = "digest.daily", weekly_rule = "digest.weekly",
                                  together_rule = "digest.together", overview_rule = "overview.monday",
                                  changes_rule = "changes";

// The person's next digest after `now`, keyed by its day. Precondition: `rhythm` is not `each`.
Reminder digest_row(std::string_view recipient, MailRhythm rhythm, Instant now, std::string_view zone,
                    std::string_view message_domain);
// What is due to `recipient` in the minute of `due`, in one mail: due at that minute, keyed by it.
Reminder together_row(std::string_view recipient, Instant due, std::string_view message_domain);
// Next Monday's overview of an association's work, for its chair. Keyed by the day and the association.
Reminder overview_row(OrganisationId organisation, Instant now, std::string_view zone,
                      std::string_view message_domain);
// The association of such a row; nullopt for another one.
std::optional<OrganisationId> organisation_of_overview(const ReminderKey& key);
// What changed, for a subscriber whose turn it is at `due`.
Reminder changes_row(const Subscriber& subscriber, Instant due, std::string_view message_domain);
std::string subscriber_key(SubscriberId subscriber);
std::optional<SubscriberId> subscriber_of_key(std::string_view key);

// The right side of a Message-ID: "plans.example.org"; "convoke.invalid" when it has none.
std::string domain_of(std::string_view message_id);

}  // namespace convoke::notify
