#include "web/handlers/entering.hpp"

#include "base/text.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/accounts_page.hpp"
#include "web/pages/entry_pages.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::web {
namespace {

constexpr std::chrono::hours language_cookie_lasts{365 * 24};

}  // namespace

CookieNames cookies_of(const Services& services) {
  return cookie_names(services.context.settings.base_url);
}

Frame form_frame(const Services& services, const Request& request, std::string address) {
  auto frame = frame_of(services, request, std::move(address));
  frame.csrf = form_token(request, cookies_of(services));
  return frame;
}

Reply form_page(const Services& services, const Request& request, const Frame& frame, std::string html,
                unsigned status) {
  auto reply = private_page(request, frame, std::move(html), status);
  remember_form_token(reply, request, cookies_of(services), frame.csrf);
  return reply;
}

Reply begin_session(const Services& services, const Request& request, const service::NewSession& session,
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

Reply entered_reply(const Services& services, const Request& request, const service::NewSession& session,
                    const std::string& where) {
  if (session.second_step.empty()) return begin_session(services, request, session, where);
  const auto frame = form_frame(services, request, "/login");
  return form_page(services, request, frame, render_code_step(frame, session.second_step, where));
}

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

std::optional<FormProblem> problem_with_password(const std::string& password, const std::string& again,
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

Reply secret_page(const Services& services, const Request& request, const Frame& frame, std::string html,
                  unsigned status) {
  auto reply = form_page(services, request, frame, std::move(html), status);
  // "no-referrer" would make browsers call the origin of the form "null".
  reply.set("Referrer-Policy", "strict-origin");
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

Reply no_link_reply(Services& services, const Request& request, const Error& error) {
  if (error.code == Errc::not_found)
    if (auto refusal = refusal_of_wrong_secret(services, request)) return std::move(*refusal);
  const bool expired = error.code == Errc::gone;
  if (!expired && error.code != Errc::not_found) return error_reply(request, error);
  const auto frame = form_frame(services, request, "/login");
  return secret_page(services, request, frame, render_dead_link(frame, expired), expired ? 410 : 404);
}

}  // namespace convoke::web
