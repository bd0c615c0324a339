#include "web/handlers/outbox.hpp"

#include "base/clock.hpp"
#include "service/outbox.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/pages/outbox_page.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

constexpr int last_page = 100'000;

service::Actor actor_in(const Request& request) {
  return request.who ? service::actor_of(*request.who) : request.actor;
}

int page_in(const Request& request) {
  const std::string text(request.query_value("page").value_or(""));
  int page = 1;
  std::from_chars(text.data(), text.data() + text.size(), page);
  return std::clamp(page, 1, last_page);
}

std::string address_of(std::int64_t id) {
  return "/manage/outbox/" + std::to_string(id);
}

json::object attempt_json(const DeliveryAttempt& one) {
  json::object out;
  out["at"] = format_iso(one.at);
  out["outcome"] = one.outcome;
  out["reply"] = one.reply;
  return out;
}

json::object mail_json(const service::OutboxMail& mail) {
  const auto& row = mail.row.reminder;
  json::object out;
  out["id"] = row.id.value;
  out["event"] = row.key.event.value;
  out["event_title"] = mail.row.event_title;
  out["occurrence"] = row.key.occurrence;
  out["rule"] = row.key.rule;
  out["reason"] = std::string(name_of(row.reason));
  out["due"] = format_iso(row.due);
  out["state"] = std::string(name_of(row.state));
  out["recipient"] = mail.row.who;
  out["message_id"] = row.message_id;
  out["problem"] = row.last_error;
  json::array attempts;
  for (const auto& one : mail.attempts) attempts.push_back(attempt_json(one));
  out["attempts"] = std::move(attempts);
  if (mail.copy) {
    json::object copy;
    copy["to"] = mail.copy->to;
    copy["subject"] = mail.copy->subject;
    copy["text"] = mail.copy->text;
    out["mail"] = std::move(copy);
  }
  return out;
}

// The mail as it stands after what was done to it.
awaitable<Reply> mail_reply(Services& services, Request request, std::int64_t id) {
  auto deferred = service::outbox_mail(services.context, request.actor, ReminderId{id});
  const auto mail = co_await await(std::move(deferred));
  if (!mail) co_return error_reply(request, mail.error());
  auto reply = json_reply(mail_json(*mail));
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

using Decide = Deferred<Reminder> (*)(service::Context&, service::Actor, ReminderId);

awaitable<Reply> decide_on_page(Services& services, Request request, Decide decide) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = decide(services.context, actor_in(request), ReminderId{*number});
  const auto row = co_await await(std::move(deferred));
  if (!row) co_return error_reply(request, row.error());
  co_return Reply::redirect(address_of(*number));
}

awaitable<Reply> decide_in_api(Services& services, Request request, Decide decide) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = decide(services.context, request.actor, ReminderId{*number});
  const auto row = co_await await(std::move(deferred));
  if (!row) co_return error_reply(request, row.error());
  auto answer = mail_reply(services, std::move(request), *number);
  co_return co_await std::move(answer);
}

}  // namespace

awaitable<Reply> show_outbox(Services& services, Request request) {
  OutboxView view;
  view.state = reminder_state_of(request.query_value("state").value_or(""));
  view.page = page_in(request);
  view.zone = services.context.settings.default_zone;
  auto deferred = service::outbox(services.context, actor_in(request), view.state, view.page - 1);
  auto found = co_await await(std::move(deferred));
  if (!found) co_return error_reply(request, found.error());
  view.found = std::move(*found);
  const auto frame = frame_of(services, request, outbox_address(view.state, view.page));
  auto html = render_outbox(view, frame);
  co_return private_page(request, frame, std::move(html));
}

awaitable<Reply> show_outbox_mail(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::outbox_mail(services.context, actor_in(request), ReminderId{*number});
  const auto mail = co_await await(std::move(deferred));
  if (!mail) co_return error_reply(request, mail.error());
  const auto frame = frame_of(services, request, address_of(*number));
  auto html = render_outbox_mail(*mail, services.context.settings.default_zone, frame);
  co_return private_page(request, frame, std::move(html));
}

awaitable<Reply> show_outbox_html(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::outbox_mail(services.context, actor_in(request), ReminderId{*number});
  const auto mail = co_await await(std::move(deferred));
  if (!mail) co_return error_reply(request, mail.error());
  if (!mail->copy || mail->copy->html.empty()) {
    const Error error(Errc::not_found, "no copy of this mail is kept");
    co_return error_reply(request, error);
  }
  auto reply = Reply::html(mail->copy->html);
  reply.set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'");
  reply.set("Cache-Control", "no-store");
  reply.set("X-Robots-Tag", "noindex");
  co_return reply;
}

awaitable<Reply> resend_mail(Services& services, Request request) {
  return decide_on_page(services, std::move(request), &service::resend_mail);
}

awaitable<Reply> cancel_mail(Services& services, Request request) {
  return decide_on_page(services, std::move(request), &service::cancel_mail);
}

awaitable<Reply> get_reminder_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto answer = mail_reply(services, std::move(request), *number);
  co_return co_await std::move(answer);
}

awaitable<Reply> resend_reminder_api(Services& services, Request request) {
  return decide_in_api(services, std::move(request), &service::resend_mail);
}

awaitable<Reply> cancel_reminder_api(Services& services, Request request) {
  return decide_in_api(services, std::move(request), &service::cancel_mail);
}

}  // namespace convoke::web
