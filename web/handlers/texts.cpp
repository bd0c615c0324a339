#include "web/handlers/texts.hpp"

#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/texts_page.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::Actor actor_in(const Request& request) {
  return request.who ? service::actor_of(*request.who) : service::Actor();
}

// Of the reader's own association.
Result<service::MailTextKey> key_in(const Request& request) {
  const auto kind = reminder_reason_of(request.captures.at(0));
  const auto language = language_of(request.captures.at(1));
  if (!kind || !language || *kind == ReminderReason::hook)
    return Error(Errc::not_found, "there is no such text");
  return service::MailTextKey{request.who ? request.who->organisation : OrganisationId{}, *kind, *language};
}

// Browsers send line ends as CR LF.
std::string lines_of(std::string text) {
  std::erase(text, '\r');
  return text;
}

notify::TemplateText text_in(const Request& request) {
  return {field_of(request, "subject"), lines_of(field_of(request, "body"))};
}

awaitable<Reply> text_page(Services& services, Request request, TextPage page, unsigned status) {
  const auto frame = frame_of(services, request,
                              "/manage/texts/" + std::string(name_of(page.state.key.kind)) + "/" +
                                  std::string(tag_of(page.state.key.language)));
  auto deferred =
      service::preview_mail_text(services.context, actor_in(request), page.state.key, page.state.text);
  auto preview = co_await await(std::move(deferred));
  if (!preview) co_return error_reply(request, preview.error());
  page.preview = std::move(*preview);
  auto html = render_text_page(page, frame);
  co_return private_page(request, frame, std::move(html), status);
}

}  // namespace

awaitable<Reply> show_texts(Services& services, Request request) {
  const auto organisation = request.who ? request.who->organisation : OrganisationId{};
  auto deferred = service::list_mail_texts(services.context, actor_in(request), organisation);
  const auto texts = co_await await(std::move(deferred));
  if (!texts) co_return error_reply(request, texts.error());
  const auto frame = frame_of(services, request, "/manage/texts");
  auto html = render_texts(*texts, frame);
  co_return private_page(request, frame, std::move(html));
}

awaitable<Reply> show_text_page(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  auto deferred = service::mail_text(services.context, actor_in(request), *key);
  auto state = co_await await(std::move(deferred));
  if (!state) co_return error_reply(request, state.error());
  TextPage page;
  page.state = std::move(*state);
  page.saved = !request.query.empty() && request.query.front().first == "saved";
  page.problems = notify::check_template(page.state.text, page.state.key.kind);
  co_return co_await text_page(services, std::move(request), std::move(page), 200);
}

awaitable<Reply> save_text(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  TextPage page;
  auto current = service::mail_text(services.context, actor_in(request), *key);
  auto state = co_await await(std::move(current));
  if (!state) co_return error_reply(request, state.error());
  page.state = std::move(*state);
  page.state.text = text_in(request);
  page.problems = notify::check_template(page.state.text, key->kind);
  if (field_of(request, "act") == "try")
    co_return co_await text_page(services, std::move(request), std::move(page), 200);
  auto deferred = service::save_mail_text(services.context, actor_in(request), *key, page.state.text);
  const auto saved = co_await await(std::move(deferred));
  if (!saved) {
    if (saved.error().code != Errc::invalid_input) co_return error_reply(request, saved.error());
    co_return co_await text_page(services, std::move(request), std::move(page), 422);
  }
  co_return Reply::redirect("/manage/texts/" + request.captures.at(0) + "/" + request.captures.at(1) +
                            "?saved=1");
}

awaitable<Reply> look_at_text(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  auto deferred = service::preview_mail_text(services.context, actor_in(request), *key, text_in(request));
  auto preview = co_await await(std::move(deferred));
  if (!preview) co_return error_reply(request, preview.error());
  auto reply = Reply::html(std::move(preview->html));
  reply.set("Content-Security-Policy",
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'");
  co_return reply;
}

awaitable<Reply> reset_text(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  auto deferred = service::reset_mail_text(services.context, actor_in(request), *key);
  const auto reset = co_await await(std::move(deferred));
  if (!reset) co_return error_reply(request, reset.error());
  co_return Reply::redirect("/manage/texts/" + request.captures.at(0) + "/" + request.captures.at(1));
}

}  // namespace convoke::web
