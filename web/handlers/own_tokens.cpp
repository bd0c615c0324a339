#include "web/handlers/own_tokens.hpp"

#include "base/text.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/tokens_page.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

awaitable<Reply> tokens_page(Services& services, Request request, TokensView view) {
  auto deferred = service::tokens_of(services.context, request.who->account);
  auto tokens = co_await await(std::move(deferred));
  if (!tokens) co_return error_reply(request, tokens.error());
  view.tokens = std::move(*tokens);
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, "/account/tokens");
  auto html = render_tokens(frame, view);
  co_return private_page(request, frame, std::move(html), view.problem ? 422 : 200);
}

}  // namespace

awaitable<Reply> show_tokens(Services& services, Request request) {
  co_return co_await tokens_page(services, std::move(request), TokensView());
}

awaitable<Reply> make_token(Services& services, Request request) {
  TokensView view;
  const auto typed = field_of(request, "name");
  view.name = is_valid_utf8(typed) ? collapse_spaces(typed) : std::string();
  const std::string scope = field_of(request, "scope") == "write" ? "write" : "read";
  const auto who = *request.who;
  auto deferred = service::add_own_token(services.context, who, view.name, scope);
  auto issued = co_await await(std::move(deferred));
  if (issued) {
    view.made = std::move(issued->token);
    view.name.clear();
  } else if (issued.error().code == Errc::invalid_input) {
    view.problem = TokenProblem::name;
  } else if (issued.error().code == Errc::limit_exceeded) {
    view.problem = TokenProblem::full;
  } else {
    co_return error_reply(request, issued.error());
  }
  co_return co_await tokens_page(services, std::move(request), std::move(view));
}

awaitable<Reply> revoke_token(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto who = *request.who;
  auto deferred = service::revoke_own_token(services.context, who, *number);
  const auto revoked = co_await await(std::move(deferred));
  if (!revoked) co_return error_reply(request, revoked.error());
  co_return Reply::redirect("/account/tokens");
}

}  // namespace convoke::web
