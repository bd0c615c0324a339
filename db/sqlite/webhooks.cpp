#include "db/sqlite/delivery_repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define WEBHOOK_COLUMNS "id, organisation, name, url, secret, created, removed"

Webhook read_webhook(const Query& row) {
  return {row.id<WebhookId>(0), row.id<OrganisationId>(1), row.text(2), row.text(3), row.text(4),
          row.instant(5),       row.maybe_instant(6)};
}

}  // namespace

WebhookId SqliteWebhooks::insert(const Webhook& webhook) {
  Query row = connection_.query(
      "INSERT INTO webhook (organisation, name, url, secret, created, removed)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id");
  row.bind(webhook.organisation, webhook.name, webhook.url, webhook.secret, webhook.created, webhook.removed);
  row.step();
  const auto id = row.id<WebhookId>(0);
  row.run();
  changes_.append("webhook", id.value, "insert");
  return id;
}

std::optional<Webhook> SqliteWebhooks::find(WebhookId id) {
  Query row = connection_.query("SELECT " WEBHOOK_COLUMNS " FROM webhook WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_webhook(row);
}

std::vector<Webhook> SqliteWebhooks::list() {
  Query rows = connection_.query("SELECT " WEBHOOK_COLUMNS " FROM webhook WHERE removed IS NULL ORDER BY id");
  std::vector<Webhook> webhooks;
  while (rows.step()) webhooks.push_back(read_webhook(rows));
  return webhooks;
}

std::vector<Webhook> SqliteWebhooks::all() {
  Query rows = connection_.query("SELECT " WEBHOOK_COLUMNS " FROM webhook ORDER BY id");
  std::vector<Webhook> webhooks;
  while (rows.step()) webhooks.push_back(read_webhook(rows));
  return webhooks;
}

bool SqliteWebhooks::remove(WebhookId id, Instant at) {
  const bool gone = connection_.query("UPDATE webhook SET removed = ?2 WHERE id = ?1 AND removed IS NULL")
                        .bind(id, at)
                        .run() > 0;
  if (gone) changes_.append("webhook", id.value, "remove");
  return gone;
}

}  // namespace convoke::db::sqlite
