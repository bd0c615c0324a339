// The repositories of db/delivery.hpp over one SQLite connection.
#pragma once

#include "db/sqlite/change_log.hpp"
#include "db/sqlite/connection.hpp"

namespace convoke::db::sqlite {

class SqliteMailLog final : public MailLog {
 public:
  explicit SqliteMailLog(Connection& connection) : connection_(connection) {}
  void add(const DeliveryAttempt& attempt) override;
  std::vector<DeliveryAttempt> attempts(ReminderId reminder) override;
  void keep(ReminderId reminder, const MailCopy& copy) override;
  std::optional<MailCopy> copy(ReminderId reminder) override;
  int forget_before(Instant settled) override;

 private:
  Connection& connection_;
};

class SqliteAddressTroubles final : public AddressTroubles {
 public:
  explicit SqliteAddressTroubles(Connection& connection) : connection_(connection) {}
  void mark(const AddressTrouble& trouble) override;
  std::optional<AddressTrouble> find(const std::string& address) override;
  std::vector<AddressTrouble> list() override;
  bool clear(const std::string& address) override;

 private:
  Connection& connection_;
};

class SqliteMailTemplates final : public MailTemplates {
 public:
  SqliteMailTemplates(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  void save(const MailTemplate& one) override;
  std::optional<MailTemplate> find(OrganisationId organisation, ReminderReason reason,
                                   Language language) override;
  std::vector<MailTemplate> list(OrganisationId organisation) override;
  bool remove(OrganisationId organisation, ReminderReason reason, Language language) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteSubscribers final : public Subscribers {
 public:
  SqliteSubscribers(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  SubscriberId insert(const Subscriber& subscriber) override;
  void update(const Subscriber& subscriber) override;
  std::optional<Subscriber> find(SubscriberId id) override;
  std::vector<Subscriber> of_address(const std::string& email) override;
  std::vector<Subscriber> list() override;
  std::vector<Subscriber> due(Instant now, int limit) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteWebhooks final : public Webhooks {
 public:
  SqliteWebhooks(Connection& connection, SqliteChanges& changes)
      : connection_(connection), changes_(changes) {}
  WebhookId insert(const Webhook& webhook) override;
  std::optional<Webhook> find(WebhookId id) override;
  std::vector<Webhook> list() override;
  std::vector<Webhook> all() override;
  bool remove(WebhookId id, Instant at) override;

 private:
  Connection& connection_;
  SqliteChanges& changes_;
};

class SqliteSecrets final : public Secrets {
 public:
  explicit SqliteSecrets(Connection& connection) : connection_(connection) {}
  std::string keep(const std::string& name, const std::string& fresh) override;
  std::optional<std::string> find(const std::string& name) override;

 private:
  Connection& connection_;
};

}  // namespace convoke::db::sqlite
