// Those who ask to be told of changes: they leave an address, confirm it by a link, and leave again with one
// press. What is said to whoever asks never tells whether an address is known here.
#pragma once

#include "base/deferred.hpp"
#include "model/delivery.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"
#include "notify/answer_links.hpp"
#include "service/context.hpp"

#include <string>

namespace convoke::service {

// Mails to an address that nobody has confirmed, in twenty-four hours (threats M3).
inline constexpr int most_confirmations_a_day = 3;
inline constexpr int most_subscriptions = 10;  // of one address
inline constexpr std::chrono::hours confirm_within{48};

struct NewSubscription {
  std::string email;
  Language language = Language::uk;
  std::string query;  // a feed's filters as in an address; empty: everything
  MailRhythm rhythm = MailRhythm::weekly;
};

// Sends a link to confirm, unless the address has had its share today. True whatever became of it. Errors:
// invalid_input naming "email" or "query"; storage_unavailable.
Deferred<bool> subscribe(Context& context, NewSubscription wanted);

// What a link about subscriptions is for.
struct SubscriptionView {
  notify::LinkPurpose purpose = notify::LinkPurpose::confirm;
  Language language = Language::uk;
  std::string association;
  std::string filter;  // in words; empty: everything
  MailRhythm rhythm = MailRhythm::weekly;
  bool of_person = false;  // mails about somebody's own work: they may come less often and do not end
  bool done = false;       // it was taken before, or just now
};

// Changes nothing. Errors: not_found for what is none of ours or about something else; gone when it expired.
Deferred<SubscriptionView> view_subscription(Context& context, std::string token);

// Confirms, or ends, what the link is for; a person's mails about work get the rhythm instead. Acting twice
// changes nothing more. Errors: those of view_subscription().
Deferred<SubscriptionView> take_subscription(Context& context, std::string token, MailRhythm rhythm);

// A mail program's own button (RFC 8058): ends a subscription; a person's mails about work come once a week.
// Errors: those of view_subscription(); not_found also for a link of another purpose.
Deferred<SubscriptionView> unsubscribe_at_once(Context& context, std::string token);

}  // namespace convoke::service
