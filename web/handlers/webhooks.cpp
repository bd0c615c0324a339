#include "web/handlers/webhooks.hpp"

#include "service/webhooks.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/json_members.hpp"
#include "web/pages/webhooks_page.hpp"

#include <boost/json/array.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

constexpr std::string_view desk_path = "/manage/webhooks";

service::Actor actor_in(const Request& request) {
  return request.who ? service::actor_of(*request.who) : request.actor;
}

OrganisationId within(const Request& request) {
  return request.who ? request.who->organisation : OrganisationId{};
}

WebhookProblem problem_of(const Error& error) {
  if (error.code == Errc::limit_exceeded) return WebhookProblem::too_many;
  return error.message.starts_with("'url'") ? WebhookProblem::address : WebhookProblem::name;
}

awaitable<Reply> webhooks_page(Services& services, Request request, WebhooksView view) {
  auto deferred = service::list_webhooks(services.context, actor_in(request), within(request));
  auto hooks = co_await await(std::move(deferred));
  if (!hooks) co_return error_reply(request, hooks.error());
  view.hooks = std::move(*hooks);
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, std::string(desk_path));
  const unsigned status = view.problem ? 422 : 200;
  auto html = render_webhooks(view, frame);
  co_return private_page(request, frame, std::move(html), status);
}

json::object hook_json(const Webhook& hook) {
  json::object out;
  out["id"] = hook.id.value;
  out["name"] = hook.name;
  out["url"] = hook.url;
  out["organisation"] = nullptr;
  if (hook.organisation) out["organisation"] = hook.organisation.value;
  out["created"] = format_iso(hook.created);
  out["removed"] = nullptr;
  if (hook.removed) out["removed"] = format_iso(*hook.removed);
  return out;
}

json::object delivery_json(const service::HookDelivery& one) {
  json::object out;
  out["reminder"] = one.row.id.value;
  out["type"] = one.type;
  out["event"] = nullptr;
  if (one.row.key.event) out["event"] = one.row.key.event.value;
  out["due"] = format_iso(one.row.due);
  out["state"] = json::string(name_of(one.row.state));
  out["attempts"] = one.row.attempts;
  out["reply"] = one.last ? one.last->reply : std::string();
  return out;
}

Result<service::NewWebhook> webhook_in(const std::string& body) {
  auto object = read_object(body);
  if (!object) return object.error();
  service::NewWebhook wanted;
  for (const auto& member : *object) {
    const std::string_view name = member.key();
    if (name != "name" && name != "url")
      return Error(Errc::invalid_input, "the members are 'name' and 'url'");
    auto text = text_of(member);
    if (!text) return text.error();
    (name == "name" ? wanted.name : wanted.url) = std::move(*text);
  }
  return wanted;
}

}  // namespace

awaitable<Reply> show_webhooks(Services& services, Request request) {
  co_return co_await webhooks_page(services, std::move(request), WebhooksView());
}

// The secret goes into this one answer and is shown nowhere again.
awaitable<Reply> make_webhook(Services& services, Request request) {
  WebhooksView view;
  view.name = field_of(request, "name");
  view.url = field_of(request, "url");
  service::NewWebhook wanted;
  wanted.name = view.name;
  wanted.url = view.url;
  auto deferred =
      service::add_webhook(services.context, actor_in(request), std::move(wanted), within(request));
  const auto made = co_await await(std::move(deferred));
  if (made) {
    const auto frame = frame_of(services, request, std::string(desk_path));
    auto html = render_webhook_made(*made, frame);
    co_return private_page(request, frame, std::move(html));
  }
  if (!can_be_mended(made.error())) co_return error_reply(request, made.error());
  view.problem = problem_of(made.error());
  co_return co_await webhooks_page(services, std::move(request), std::move(view));
}

awaitable<Reply> show_webhook(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred =
      service::webhook_desk(services.context, actor_in(request), WebhookId{*number}, within(request));
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  const auto frame = frame_of(services, request, webhook_path(WebhookId{*number}));
  auto html = render_webhook(*desk, services.context.settings.default_zone, frame);
  co_return private_page(request, frame, std::move(html));
}

awaitable<Reply> try_webhook(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred =
      service::test_webhook(services.context, actor_in(request), WebhookId{*number}, within(request));
  const auto queued = co_await await(std::move(deferred));
  if (!queued) co_return error_reply(request, queued.error());
  co_return Reply::redirect(webhook_path(WebhookId{*number}));
}

awaitable<Reply> end_webhook(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred =
      service::remove_webhook(services.context, actor_in(request), WebhookId{*number}, within(request));
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  co_return Reply::redirect(std::string(desk_path));
}

awaitable<Reply> list_webhooks_api(Services& services, Request request) {
  auto deferred = service::list_webhooks(services.context, request.actor, within(request));
  const auto hooks = co_await await(std::move(deferred));
  if (!hooks) co_return error_reply(request, hooks.error());
  json::array all;
  for (const auto& one : *hooks) all.push_back(hook_json(one.hook));
  json::object reply;
  reply["webhooks"] = std::move(all);
  co_return private_json(reply);
}

awaitable<Reply> make_webhook_api(Services& services, Request request) {
  auto wanted = webhook_in(request.body);
  if (!wanted) co_return error_reply(request, wanted.error());
  auto deferred = service::add_webhook(services.context, request.actor, std::move(*wanted), within(request));
  const auto made = co_await await(std::move(deferred));
  if (!made) co_return error_reply(request, made.error());
  auto reply = hook_json(*made);
  reply["secret"] = made->secret;
  co_return private_json(reply, 201);
}

awaitable<Reply> list_deliveries_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::webhook_desk(services.context, request.actor, WebhookId{*number}, within(request));
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  json::array all;
  for (const auto& one : desk->deliveries) all.push_back(delivery_json(one));
  auto reply = hook_json(desk->hook);
  reply["waiting"] = desk->waiting;
  reply["deliveries"] = std::move(all);
  co_return private_json(reply);
}

awaitable<Reply> try_webhook_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::test_webhook(services.context, request.actor, WebhookId{*number}, within(request));
  const auto queued = co_await await(std::move(deferred));
  if (!queued) co_return error_reply(request, queued.error());
  json::object reply;
  reply["queued"] = *queued;
  co_return private_json(reply, 202);
}

awaitable<Reply> end_webhook_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred =
      service::remove_webhook(services.context, request.actor, WebhookId{*number}, within(request));
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  Reply reply;
  reply.status = 204;
  co_return reply;
}

}  // namespace convoke::web
