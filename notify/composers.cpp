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
#include "notify/mails/registration.hpp"
#include "notify/mails/registration_invitation.hpp"
#include "notify/mails/reminder.hpp"
#include "notify/mails/submission.hpp"
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
    {ReminderReason::registration_confirm, compose_registration},
    {ReminderReason::registration_nudge, compose_registration},
    {ReminderReason::registration_done, compose_registration},
    {ReminderReason::registration_pending, compose_registration},
    {ReminderReason::registration_waiting, compose_registration},
    {ReminderReason::registration_promoted, compose_registration},
    {ReminderReason::registration_cancelled, compose_registration},
    {ReminderReason::registration_refused, compose_registration},
    {ReminderReason::registration_changed, compose_registration},
    {ReminderReason::registration_reminder, compose_registration},
    {ReminderReason::registration_thanks, compose_registration},
    {ReminderReason::registration_certificate, compose_registration},
    {ReminderReason::submission_confirm, compose_submission},
    {ReminderReason::submission_received, compose_submission},
    {ReminderReason::submission_accepted, compose_submission},
    {ReminderReason::submission_rejected, compose_submission},
    {ReminderReason::submission_revise, compose_submission},
    {ReminderReason::submission_extended, compose_submission},
    {ReminderReason::review_asked, compose_review},
    {ReminderReason::review_reminder, compose_review},
    {ReminderReason::registration_invited, compose_registration_invitation},
    {ReminderReason::hook, compose_hook},
};

}  // namespace

Compose composer_of(ReminderReason reason) {
  const auto* const found = std::ranges::find(entries, reason, &Entry::reason);
  return found == std::end(entries) ? nullptr : found->compose;
}

}  // namespace convoke::notify
