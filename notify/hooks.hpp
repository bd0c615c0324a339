// Webhooks, the second way in which others hear: a signed request to a program instead of a mail to a person.
// Its rows stand in the same queue, with the recipient "hook:3" and the reason `hook`; what they say is
// written when they are sent (notify/mails/hook.hpp).
//
// The rule of such a row says what it tells of: a step of the ladder bears the rule's own id ("exact.3d"),
// everything else "hook." and what happened.
#pragma once

#include "base/clock.hpp"
#include "db/unit.hpp"
#include "model/answer.hpp"
#include "model/delivery.hpp"
#include "model/event.hpp"
#include "model/reminder.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// How long a receiver that does not answer is tried.
inline constexpr std::chrono::hours hook_patience{48};

std::string hook_key(WebhookId hook);                        // "hook:3"
std::optional<WebhookId> hook_of_key(std::string_view key);  // nullopt for another recipient

// What a row tells of.
enum class Happening { reminder, dated, moved, changed, cancelled, answer, decision, test };
std::string_view name_of(Happening happening);  // "event.dated": the type that receivers see
Happening happening_of(const ReminderKey& key);

// Whether the row stands for a step of the ladder and follows it (notify/queue.hpp).
bool follows_ladder(const Reminder& row);

// Those in force that hear of this event: of its association, and of all associations. None for a neighbour's
// event.
std::vector<Webhook> hooks_for(db::Unit& unit, const Event& event);

// One row for each of `hooks` and each step that `planned` has, whoever its mails are for: due when the first
// of those is.
std::vector<Reminder> hook_reminders(const std::vector<Webhook>& hooks, const std::vector<Reminder>& planned);

// Queues what the step from `before` (null: the event is new) to `after` means to receivers: its day is
// known, its times have changed or are known no more, its title, place or address has changed, it does not
// take place. Nothing for an event that is over. In the transaction of the change.
void tell_hooks_of_change(db::Unit& unit, const Event* before, const Event& after,
                          const std::string& message_domain, Instant now);
// That an answer was given, or decided on.
void tell_hooks_of_answer(db::Unit& unit, const Event& event, const Answer& answer,
                          const std::string& message_domain, Instant now);
// A request for trying out, about nothing. Its number, for following what becomes of it.
std::optional<ReminderId> queue_hook_test(db::Unit& unit, WebhookId hook, const std::string& message_domain,
                                          Instant now);

// Takes back what waits for this receiver.
void supersede_for(db::Unit& unit, WebhookId hook, Instant now);

// A receiver that has answered 410 to `failed` is gone: it is asked no more. For rows of other kinds and
// other answers nothing is done.
void end_if_gone(db::Unit& unit, const Reminder& failed, Instant now);

}  // namespace convoke::notify
