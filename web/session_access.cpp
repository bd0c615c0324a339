// The part of a session that decides who may: from the request's head, and for a form from what it carries.
#include "base/log.hpp"
#include "web/access.hpp"
#include "web/csrf.hpp"
#include "web/session.hpp"
#include "web/target.hpp"

namespace convoke::web {
namespace {

namespace asio = boost::asio;

// Awaits a look-up; what it throws becomes an error of ours.
template<class T>
asio::awaitable<Result<T>> looked_up(asio::awaitable<Result<T>> operation) {
  Result<T> found = Error(Errc::internal, "");
  std::string failure;
  try {
    found = co_await std::move(operation);
  } catch (const std::exception& error) {
    failure = error.what();
  }
  if (!failure.empty()) log::error("authentication_failed", {{"error", failure}});
  co_return found;
}

bool is_api(const Request& request) {
  return request.path.starts_with("/api/");
}

}  // namespace

void Session::check_before_body() {
  const auto& head = exchange_.head;
  const auto limit = exchange_.match.route->body_limit;
  if (head.content_length > limit) {
    exchange_.reply = context_.problems.reply(
        head.request, 413, "the request is too large: at most " + std::to_string(limit) + " bytes");
    return;
  }
  if (auto checked = check_origin(head.request, head.authority, context_.settings.base_url); !checked)
    exchange_.reply = context_.problems.reply(head.request, checked.error());
}

// A token that is sent is meant; without one, the cookie speaks.
asio::awaitable<void> Session::authorise() {
  const auto& request = exchange_.head.request;
  const auto access = exchange_.match.route->access;
  if (access == Access::everyone) co_return;
  const bool has_token = !request.header("authorization").empty();
  const bool has_cookie = cookie_value(request.header("cookie"), context_.cookies.session).has_value();
  if (is_for_tokens(access) && (has_token || !has_cookie))
    co_await authorise_token();
  else
    co_await authorise_session();
}

asio::awaitable<void> Session::authorise_token() {
  auto& request = exchange_.head.request;
  auto token = bearer_token(request);
  if (!token) {
    exchange_.reply = context_.problems.reply(request, token.error());
    co_return;
  }
  auto look_up = context_.authenticate(std::move(*token));
  auto actor = co_await looked_up(std::move(look_up));
  Result<void> allowed;
  if (!actor) {
    allowed = actor.error();
  } else {
    request.actor = std::move(*actor);
    allowed = check_role(request.actor, exchange_.match.route->access);
  }
  if (!allowed) exchange_.reply = context_.problems.reply(request, allowed.error());
}

asio::awaitable<void> Session::authorise_session() {
  auto& request = exchange_.head.request;
  const auto access = exchange_.match.route->access;
  const auto cookie = cookie_value(request.header("cookie"), context_.cookies.session);
  if (cookie && context_.find_session) {
    auto look_up = context_.find_session(std::string(*cookie));
    auto member = co_await looked_up(std::move(look_up));
    if (member) {
      request.who = std::move(member->who);
      request.actor = std::move(member->actor);
    } else if (member.error().code != Errc::unauthenticated && access != Access::visitor) {
      exchange_.reply = context_.problems.reply(request, member.error());
      co_return;
    }
  }
  if (access == Access::visitor) co_return;
  if (!request.who) {
    ask_to_sign_in();
  } else if (const auto allowed = check_role(*request.who, access); !allowed) {
    exchange_.reply = context_.problems.reply(request, allowed.error());
  } else if (request.who->needs_factor && access != Access::member) {
    ask_for_factor();
  }
}

// An installation that asks a second factor of administrators lets them do nothing else before they have one.
void Session::ask_for_factor() {
  const auto& request = exchange_.head.request;
  if (is_safe(request.method) && !is_api(request))
    exchange_.reply = Reply::redirect("/account/second-factor");
  else
    exchange_.reply = context_.problems.reply(request, 403, "set up your second factor first");
}

// A page leads to signing in and back; a program, or a form that would be lost on the way, is told.
void Session::ask_to_sign_in() {
  const auto& head = exchange_.head;
  if (is_safe(head.request.method) && !is_api(head.request)) {
    exchange_.reply = Reply::redirect("/login?next=" + percent_encode(head.raw_path + head.raw_query));
    return;
  }
  exchange_.reply = context_.problems.reply(
      head.request, 401, "sign in first; a token belongs to no person and does not open this");
}

// What a browser sends of its own accord proves nothing about who wanted it: whatever is done in the name of
// a session, or leads to one, carries our token as well.
void Session::check_form() {
  auto& request = exchange_.head.request;
  const auto access = exchange_.match.route->access;
  if (is_safe(request.method) || access == Access::everyone) return;
  if (is_for_tokens(access) && !request.who) return;  // by token: nothing a browser sends by itself
  auto checked = read_form(request, context_.settings.limits.form_fields);
  if (checked) checked = check_form_token(request, context_.cookies, access == Access::visitor);
  if (!checked) exchange_.reply = context_.problems.reply(request, checked.error());
}

}  // namespace convoke::web
