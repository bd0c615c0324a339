// Webhooks in the workplace: which programs are told, what became of each request, and the secret of a new
// one, once.
#pragma once

#include "service/webhooks.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

enum class WebhookProblem { name, address, too_many };

struct WebhooksView {
  std::vector<service::WebhookState> hooks;
  std::string zone;                       // of the times shown
  std::string name, url;                  // as entered
  std::optional<WebhookProblem> problem;  // what is wrong with them
};

std::string webhook_path(WebhookId hook);  // "/manage/webhooks/3"

std::string render_webhooks(const WebhooksView& view, const Frame& frame);
// With its secret.
std::string render_webhook_made(const Webhook& hook, const Frame& frame);
// Times in `zone`.
std::string render_webhook(const service::WebhookDesk& desk, const std::string& zone, const Frame& frame);

}  // namespace convoke::web
