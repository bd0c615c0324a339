#include "web/handlers/accounts.hpp"

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/entering.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/account_pages.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

std::optional<FormProblem> problem_with(const service::FirstAdministrator& entered,
                                        const std::string& again) {
  if (trim(entered.name).empty()) return FormProblem::name;
  if (!service::check_login(entered.login)) return FormProblem::login;
  return problem_with_password(entered.password, again, entered.login, entered.name);
}

}  // namespace

awaitable<Reply> show_login(Services& services, Request request) {
  const auto next = local_address(request.query_value("next").value_or("/"));
  if (request.who) co_return Reply::redirect(next);
  const auto frame = form_frame(services, request, with_next("/login", next));
  co_return form_page(services, request, frame, render_login(frame, next));
}

awaitable<Reply> sign_in(Services& services, Request request) {
  const auto next = local_address(field_of(request, "next"));
  auto deferred = service::sign_in(services.context, entered_in(services, request));
  const auto session = co_await await(std::move(deferred));
  if (!session) {
    const auto state = refused(session.error());
    if (!state) co_return error_reply(request, session.error());
    const auto frame = form_frame(services, request, with_next("/login", next));
    auto reply = form_page(services, request, frame, render_login(frame, next, *state));
    set_refusal(reply, *state);
    co_return reply;
  }
  if (request.who && session->second_step.empty()) {
    auto old = service::sign_out(services.context, request.who->session);
    co_await await(std::move(old));
  }
  co_return entered_reply(services, request, *session, address_after_sign_in(field_of(request, "next")));
}

awaitable<Reply> sign_out(Services& services, Request request) {
  auto deferred = service::sign_out(services.context, request.who->session);
  const auto done = co_await await(std::move(deferred));
  if (!done && done.error().code != Errc::not_found) co_return error_reply(request, done.error());
  auto reply = Reply::redirect("/");
  reply.headers.emplace_back("Set-Cookie", forgotten_cookie(cookies_of(services).session));
  reply.set("Clear-Site-Data", "\"storage\"");  // what a telephone at a door has noted (web/assets/door.js)
  co_return reply;
}

awaitable<Reply> show_setup(Services& services, Request request) {
  SetupView view;
  view.token = request.captures.at(0);
  auto deferred = service::check_first_link(services.context, view.token);
  const auto acts = co_await await(std::move(deferred));
  if (!acts) co_return error_reply(request, acts.error());
  const auto frame = form_frame(services, request, "/setup/" + view.token);
  co_return secret_page(services, request, frame, render_setup(frame, view));
}

awaitable<Reply> set_up(Services& services, Request request) {
  service::FirstAdministrator entered;
  entered.token = request.captures.at(0);
  entered.login = field_of(request, "login");
  entered.name = field_of(request, "name");
  entered.password = field_of(request, "password");
  entered.agent = request.header("user-agent");
  SetupView view;
  view.token = entered.token;
  view.login = entered.login;
  view.name = entered.name;
  // A link that acts no more says so before it asks for better passwords.
  auto check = service::check_first_link(services.context, entered.token);
  const auto acts = co_await await(std::move(check));
  if (!acts) co_return error_reply(request, acts.error());
  view.state.problem = problem_with(entered, field_of(request, "again"));
  if (!view.state.problem) {
    auto deferred = service::create_first_administrator(services.context, std::move(entered));
    const auto session = co_await await(std::move(deferred));
    if (session) co_return begin_session(services, request, *session, "/account");
    const bool mendable = session.error().code == Errc::invalid_input;
    if (!mendable) co_return error_reply(request, session.error());
    view.state.problem = FormProblem::unclear;
  }
  const auto frame = form_frame(services, request, "/setup/" + view.token);
  co_return secret_page(services, request, frame, render_setup(frame, view), 422);
}

namespace {

awaitable<Reply> account_page(Services& services, Request request, FormState state, bool changed) {
  auto deferred = service::sessions_of(services.context, request.who->account);
  auto sessions = co_await await(std::move(deferred));
  if (!sessions) co_return error_reply(request, sessions.error());
  AccountView view;
  view.sessions = std::move(*sessions);
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  view.password = state;
  view.password_changed = changed;
  const auto frame = frame_of(services, request, "/account");
  auto reply = private_page(request, frame, render_account(frame, view));
  if (state.problem) set_refusal(reply, state);
  co_return reply;
}

}  // namespace

awaitable<Reply> show_account(Services& services, Request request) {
  const bool changed = request.query_value("changed").has_value();
  co_return co_await account_page(services, std::move(request), FormState(), changed);
}

// The old password signs in once more, which counts and limits wrong ones as everywhere; the new one ends all
// sessions, that one among them, and this browser gets a new one.
awaitable<Reply> change_password(Services& services, Request request) {
  const auto password = field_of(request, "password");
  const auto who = request.who;
  FormState state;
  state.problem = problem_with_password(password, field_of(request, "again"), who->login, who->name);
  if (state.problem) co_return co_await account_page(services, std::move(request), state, false);

  auto entered = entered_in(services, request);
  entered.login = who->login;
  entered.password = field_of(request, "old");
  auto check = service::sign_in(services.context, std::move(entered));
  const auto checked = co_await await(std::move(check));
  if (!checked) {
    auto why = refused(checked.error());
    if (!why) co_return error_reply(request, checked.error());
    if (why->problem == FormProblem::wrong_password) why->problem = FormProblem::old_password;
    co_return co_await account_page(services, std::move(request), *why, false);
  }
  auto change = service::set_password(services.context, request.actor, who->login, password);
  const auto done = co_await await(std::move(change));
  if (!done) co_return error_reply(request, done.error());

  auto again = entered_in(services, request);
  again.login = who->login;
  again.password = password;
  again.shown_factor = true;
  auto deferred = service::sign_in(services.context, std::move(again));
  const auto session = co_await await(std::move(deferred));
  if (!session) co_return Reply::redirect("/login?next=%2Faccount");
  co_return begin_session(services, request, *session, "/account?changed=1");
}

awaitable<Reply> end_session(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::end_session(services.context, request.who->account, SessionId{*number});
  const auto done = co_await await(std::move(deferred));
  if (!done) co_return error_reply(request, done.error());
  co_return Reply::redirect("/account");
}

}  // namespace convoke::web
