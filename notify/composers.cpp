// The registry of mail kinds: a table, because a static library drops objects that would register themselves.
#include "notify/composer.hpp"
#include "notify/mails/account.hpp"
#include "notify/mails/answer.hpp"
#include "notify/mails/digest.hpp"
#include "notify/mails/hook.hpp"
#include "notify/mails/invitation.hpp"
#include "notify/mails/news.hpp"
#include "notify/mails/overview.hpp"
#include "notify/mails/poll.hpp"
#include "notify/mails/reminder.hpp"
#include "notify/mails/undeliverable.hpp"

#include <algorithm>
#include <iterator>

namespace convoke::notify {
namespace {

struct Entry {
  ReminderReason reason;
  Compose compose;
};

constexpr Entry entries[] = {
    {ReminderReason::upcoming, compose_reminder},      //
    {ReminderReason::deadline, compose_reminder},      //
    {ReminderReason::fix_date, compose_reminder},      //
    {ReminderReason::check_in, compose_reminder},      //
    {ReminderReason::overdue, compose_reminder},       //
    {ReminderReason::invitation, compose_invitation},  //
    {ReminderReason::cancellation, compose_cancellation},
    {ReminderReason::answer, compose_answer},
    {ReminderReason::decision, compose_decision},
    {ReminderReason::digest, compose_digest},
    {ReminderReason::overview, compose_overview},
    {ReminderReason::changes, compose_changes},
    {ReminderReason::confirmation, compose_confirmation},
    {ReminderReason::undeliverable, compose_undeliverable},
    {ReminderReason::account_invitation, compose_account_invitation},
    {ReminderReason::sign_in, compose_sign_in},
    {ReminderReason::date_poll, compose_date_poll},
    {ReminderReason::date_poll_result, compose_date_poll_result},
    {ReminderReason::hook, compose_hook},
};

}  // namespace

Compose composer_of(ReminderReason reason) {
  const auto* const found = std::ranges::find(entries, reason, &Entry::reason);
  return found == std::end(entries) ? nullptr : found->compose;
}

}  // namespace convoke::notify
