#include "web/handlers/accounts.hpp"

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/account_pages.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::chrono::hours language_cookie_lasts{365 * 24};

CookieNames cookies_of(const Services& services) {
  return cookie_names(services.context.settings.base_url);
}

// A page with a form for somebody who may not be signed in.
Frame form_frame(const Services& services, const Request& request, std::string address) {
  auto frame = frame_of(services, request, std::move(address));
  frame.csrf = form_token(request, cookies_of(services));
  return frame;
}

Reply form_page(const Services& services, const Request& request, const Frame& frame, std::string html,
                unsigned status = 200) {
  auto reply = private_page(request, frame, std::move(html), status);
  remember_form_token(reply, request, cookies_of(services), frame.csrf);
  return reply;
}

// The browser is somebody's from here on. What it had before counts no more.
Reply begin(const Services& services, const Request& request, const service::NewSession& session,
            std::string where) {
  const auto names = cookies_of(services);
  auto reply = Reply::redirect(std::move(where));
  const auto add = [&reply](std::string line) { reply.headers.emplace_back("Set-Cookie", std::move(line)); };
  add(cookie_line(names.session, session.cookie));
  if (!session.device.empty()) add(cookie_line(names.device, session.device, device_cookie_lasts));
  add(forgotten_cookie(names.form));
  if (!cookie_value(request.header("cookie"), "lang"))
    add(cookie_line("lang", tag_of(session.who.language), language_cookie_lasts));
  return reply;
}

// Why nobody was signed in, for the form; nothing for what is no fault of who signs in.
std::optional<FormState> refused(const Error& error) {
  FormState state;
  if (error.code == Errc::unauthenticated) {
    state.problem = FormProblem::wrong_password;
  } else if (error.code == Errc::storage_unavailable) {
    state.problem = FormProblem::busy;
  } else if (error.code == Errc::limit_exceeded) {
    long seconds = 0;
    std::from_chars(error.message.data(), error.message.data() + error.message.size(), seconds);
    state.problem = FormProblem::too_many_tries;
    state.wait = std::chrono::seconds(std::max(seconds, 1L));
  } else {
    return std::nullopt;
  }
  return state;
}

void set_refusal(Reply& reply, const FormState& state) {
  reply.status = 422;
  if (state.problem == FormProblem::wrong_password) {
    reply.status = 401;
    reply.set("WWW-Authenticate", "Bearer realm=\"convoke\"");
  } else if (state.problem == FormProblem::too_many_tries) {
    reply.status = 429;
    reply.set("Retry-After", std::to_string(state.wait.count()));
  } else if (state.problem == FormProblem::busy) {
    reply.status = 503;
    reply.set("Retry-After", "5");
  }
}

// What is wrong with a password that somebody chose. Nothing: it can be one.
std::optional<FormProblem> problem_with(const std::string& password, const std::string& again,
                                        const std::string& login, const std::string& name) {
  if (password.size() > service::longest_password) return FormProblem::password_long;
  if (length(password) < service::shortest_password) return FormProblem::password_short;
  if (password != again) return FormProblem::passwords_differ;
  if (!service::check_password(password, login, name)) return FormProblem::password_known;
  return std::nullopt;
}

service::SignIn entered_in(const Services& services, const Request& request) {
  service::SignIn entered;
  entered.login = field_of(request, "login");
  entered.password = field_of(request, "password");
  entered.agent = request.header("user-agent");
  entered.peer = request.peer;
  entered.device = cookie_value(request.header("cookie"), cookies_of(services).device).value_or("");
  return entered;
}

std::optional<FormProblem> problem_with(const service::FirstAdministrator& entered,
                                        const std::string& again) {
  if (trim(entered.name).empty()) return FormProblem::name;
  if (!service::check_login(entered.login)) return FormProblem::login;
  return problem_with(entered.password, again, entered.login, entered.name);
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
  if (request.who) {
    auto old = service::sign_out(services.context, request.who->session);
    co_await await(std::move(old));
  }
  co_return begin(services, request, *session, next);
}

awaitable<Reply> sign_out(Services& services, Request request) {
  auto deferred = service::sign_out(services.context, request.who->session);
  const auto done = co_await await(std::move(deferred));
  if (!done && done.error().code != Errc::not_found) co_return error_reply(request, done.error());
  auto reply = Reply::redirect("/");
  reply.headers.emplace_back("Set-Cookie", forgotten_cookie(cookies_of(services).session));
  co_return reply;
}

awaitable<Reply> show_setup(Services& services, Request request) {
  SetupView view;
  view.token = request.captures.at(0);
  auto deferred = service::check_first_link(services.context, view.token);
  const auto acts = co_await await(std::move(deferred));
  if (!acts) co_return error_reply(request, acts.error());
  const auto frame = form_frame(services, request, "/setup/" + view.token);
  auto reply = form_page(services, request, frame, render_setup(frame, view));
  reply.set("Referrer-Policy", "no-referrer");  // its address is a secret (threats D7)
  co_return reply;
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
    if (session) co_return begin(services, request, *session, "/account");
    const bool mendable = session.error().code == Errc::invalid_input;
    if (!mendable) co_return error_reply(request, session.error());
    view.state.problem = FormProblem::unclear;
  }
  const auto frame = form_frame(services, request, "/setup/" + view.token);
  auto reply = form_page(services, request, frame, render_setup(frame, view), 422);
  reply.set("Referrer-Policy", "no-referrer");
  co_return reply;
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
  state.problem = problem_with(password, field_of(request, "again"), who->login, who->name);
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
  auto deferred = service::sign_in(services.context, std::move(again));
  const auto session = co_await await(std::move(deferred));
  if (!session) co_return Reply::redirect("/login?next=%2Faccount");
  co_return begin(services, request, *session, "/account?changed=1");
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
