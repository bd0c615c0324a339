// Webhooks of an association: programs that are told by signed requests of what people are told by mail
// (notify/hooks.hpp says of what, and how).
#pragma once

#include "base/deferred.hpp"
#include "model/delivery.hpp"
#include "model/reminder.hpp"
#include "service/context.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_webhooks = 20;          // in force, of one association
inline constexpr std::size_t longest_webhook_name = 100;  // characters
inline constexpr int deliveries_shown = 50;
// How long one that was removed, or whose receiver has gone, is still shown.
inline constexpr std::chrono::hours removed_shown{24 * 30};

struct NewWebhook {
  std::string name, url;
};

// What has become of one request.
struct HookDelivery {
  Reminder row;
  std::string type;         // "event.moved"
  std::string event_title;  // empty: about none
  std::optional<DeliveryAttempt> last;
};

struct WebhookState {
  Webhook hook;  // without its secret
  std::optional<HookDelivery> last;
};

// `within`: whose webhooks are meant; those of others are not found (threats D2). 0: all; one that is added
// then hears of all associations. Errors of all: forbidden for who may not change anything.

// With its secret, which is shown nowhere again. What is planned already is queued for it as well. Errors:
// invalid_input naming 'name' or 'url' (an address that may not be connected to, threats E2); limit_exceeded.
Deferred<Webhook> add_webhook(Context& context, Actor actor, NewWebhook wanted, OrganisationId within);
Deferred<std::vector<WebhookState>> list_webhooks(Context& context, Actor actor, OrganisationId within);

struct WebhookDesk {
  Webhook hook;                          // without its secret
  std::vector<HookDelivery> deliveries;  // that are due or over, the newest first
  int waiting = 0;                       // planned for later
};
// Errors: not_found.
Deferred<WebhookDesk> webhook_desk(Context& context, Actor actor, WebhookId id, OrganisationId within);
// Queues a request about nothing. Errors: not_found.
Deferred<bool> test_webhook(Context& context, Actor actor, WebhookId id, OrganisationId within);
// It is told nothing more. Errors: not_found.
Deferred<bool> remove_webhook(Context& context, Actor actor, WebhookId id, OrganisationId within);

}  // namespace convoke::service
