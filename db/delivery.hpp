// The repositories of what leaves the house: the log of mails, their texts, addresses in trouble, those who
// asked for news, webhooks, and this installation's secrets. Part of db/unit.hpp.
#pragma once

#include "model/delivery.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

// What became of each mail. Nothing here stands in the change log.
class MailLog {
 public:
  virtual ~MailLog() = default;
  virtual void add(const DeliveryAttempt& attempt) = 0;
  virtual std::vector<DeliveryAttempt> attempts(ReminderId reminder) = 0;  // oldest first
  // The newest copy is kept.
  virtual void keep(ReminderId reminder, const MailCopy& copy) = 0;
  virtual std::optional<MailCopy> copy(ReminderId reminder) = 0;
  // Forgets copies and attempts of what was settled before; how many mails.
  virtual int forget_before(Instant settled) = 0;
};

// Nothing here stands in the change log.
class AddressTroubles {
 public:
  virtual ~AddressTroubles() = default;
  virtual void mark(const AddressTrouble& trouble) = 0;                        // the newest stays
  virtual std::optional<AddressTrouble> find(const std::string& address) = 0;  // any case
  virtual std::vector<AddressTrouble> list() = 0;                              // by address
  virtual bool clear(const std::string& address) = 0;
};

// In the change log as "mail_template", with the organisation's number.
class MailTemplates {
 public:
  virtual ~MailTemplates() = default;
  virtual void save(const MailTemplate& one) = 0;
  virtual std::optional<MailTemplate> find(OrganisationId organisation, ReminderReason reason,
                                           Language language) = 0;
  virtual std::vector<MailTemplate> list(OrganisationId organisation) = 0;
  virtual bool remove(OrganisationId organisation, ReminderReason reason, Language language) = 0;
};

// In the change log as "subscriber".
class Subscribers {
 public:
  virtual ~Subscribers() = default;
  virtual SubscriberId insert(const Subscriber& subscriber) = 0;
  virtual void update(const Subscriber& subscriber) = 0;
  virtual std::optional<Subscriber> find(SubscriberId id) = 0;
  virtual std::vector<Subscriber> of_address(const std::string& email) = 0;  // any case
  virtual std::vector<Subscriber> list() = 0;                                // by id
  // Confirmed, not ended, and `next` not after `now`.
  virtual std::vector<Subscriber> due(Instant now, int limit) = 0;
};

// In the change log as "webhook".
class Webhooks {
 public:
  virtual ~Webhooks() = default;
  virtual WebhookId insert(const Webhook& webhook) = 0;
  virtual std::optional<Webhook> find(WebhookId id) = 0;  // removed ones too
  virtual std::vector<Webhook> list() = 0;                // those in force, by id
  virtual std::vector<Webhook> all() = 0;                 // removed ones too, by id
  virtual bool remove(WebhookId id, Instant at) = 0;
};

// Keys of this installation, made once. They leave the database by no other way than a backup.
class Secrets {
 public:
  virtual ~Secrets() = default;
  // What is stored under this name; `fresh` is stored when there is nothing yet (in a write only).
  virtual std::string keep(const std::string& name, const std::string& fresh) = 0;
  virtual std::optional<std::string> find(const std::string& name) = 0;
};

}  // namespace convoke::db
