// The queue of mails as an organiser sees it: what waits, what became of each, and the two decisions that can
// be made by hand.
#pragma once

#include "base/deferred.hpp"
#include "model/delivery.hpp"
#include "model/reminder.hpp"
#include "service/context.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr int outbox_page_size = 50;

struct OutboxRow {
  Reminder reminder;
  std::string event_title;  // empty: about no single event
  std::string who;          // names of those behind the recipient key, else the key's own words
};

struct OutboxPage {
  std::vector<OutboxRow> rows;  // waiting ones by due time, others the newest first
  std::map<ReminderState, int> counts;
  bool more = false;  // there is another page
};

struct OutboxMail {
  OutboxRow row;
  std::vector<DeliveryAttempt> attempts;  // oldest first
  std::optional<MailCopy> copy;           // as it was sent last
  bool may_resend = false, may_cancel = false;
};

// `page` counts from 0. Errors: unauthenticated for anonymous.
Deferred<OutboxPage> outbox(Context& context, Actor actor, std::optional<ReminderState> state, int page);
// Errors: unauthenticated, not_found.
Deferred<OutboxMail> outbox_mail(Context& context, Actor actor, ReminderId id);

// Queues the mail once more, for now; what is sent then says what is true then. One that was sent gets
// another Message-ID, so that no mail server takes it for the same; any other keeps its own. Errors:
// forbidden, not_found, conflict while it is being sent or when its event has taken it back.
Deferred<Reminder> resend_mail(Context& context, Actor actor, ReminderId id);
// It will not be sent, whatever is planned again. Errors: forbidden, not_found, conflict when it does not
// wait.
Deferred<Reminder> cancel_mail(Context& context, Actor actor, ReminderId id);

}  // namespace convoke::service
