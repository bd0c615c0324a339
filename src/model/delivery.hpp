// What became of mails: each attempt with the server's words, a copy of what was sent, addresses that bounce,
// the texts an association writes for itself, those who asked for news, and receivers of webhooks.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/reminder.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convoke {

// One attempt to hand a mail over.
struct DeliveryAttempt {
  ReminderId reminder;
  int number = 1;
  Instant at{};
  std::string
      outcome;  // "delivered", "retry_later", "refused", "unknown": the answer to the mail's end was lost
  std::string reply;  // the server's words, no addresses

  bool operator==(const DeliveryAttempt&) const = default;
};

// A mail as its reader has it. Links that act stand here without their tokens.
struct MailCopy {
  std::string to;  // the address
  std::string subject;
  std::string text;
  std::string html;

  bool operator==(const MailCopy&) const = default;
};

// An address that mail came back from (RFC 3464). Gone as soon as the person has another address.
struct AddressTrouble {
  std::string address;  // lower case
  Instant since{};
  std::string status;  // "5.1.1" (RFC 3463)
  std::string why;     // the server's words

  bool operator==(const AddressTrouble&) const = default;
};

// A mail's text as an association wants it; absent ones are the program's (notify/templates).
struct MailTemplate {
  OrganisationId organisation;
  ReminderReason reason = ReminderReason::upcoming;
  Language language = Language::uk;
  std::string subject, body;

  bool operator==(const MailTemplate&) const = default;
};

// Somebody without an account who asked to be told of changes. Confirmed by a link before anything else is
// sent (threats M3).
struct Subscriber {
  SubscriberId id;
  std::string email;
  Language language = Language::uk;
  std::string query;  // a feed's filters, canonical; empty: everything
  MailRhythm rhythm = MailRhythm::weekly;
  Instant created{};
  std::optional<Instant> confirmed, ended;
  std::int64_t told = 0;        // the change log's number up to which they were told
  std::optional<Instant> next;  // when the next digest is due
};

// Where happenings are posted to, signed.
struct Webhook {
  WebhookId id;
  OrganisationId organisation;  // 0: of all
  std::string name, url;
  std::string secret;  // the key of the signature; shown once
  Instant created{};
  std::optional<Instant> removed;
};

}  // namespace convoke
