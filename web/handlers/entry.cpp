#include "web/handlers/entry.hpp"

#include "service/second_factor.hpp"
#include "service/sign_in_links.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/entering.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/entry_pages.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

Reply link_request_page(const Services& services, const Request& request, bool sent,
                        const FormState& state = {}) {
  const auto frame = form_frame(services, request, "/login/mail");
  auto reply = form_page(services, request, frame, render_link_request(frame, sent, state));
  if (state.problem) set_refusal(reply, state);
  return reply;
}

// In the language of whom the mail was for, unless they chose another one here.
Frame link_frame(const Services& services, const Request& request, const service::SignInLinkView& link) {
  auto frame = form_frame(services, request, "/login/link/" + request.captures.at(0));
  if (!request.query_value("lang")) frame.language = link.language;
  return frame;
}

awaitable<Reply> factor_page(Services& services, Request request, FactorView view) {
  const auto who = *request.who;
  auto deferred = service::second_factor_of(services.context, who);
  const auto factor = co_await await(std::move(deferred));
  if (!factor) co_return error_reply(request, factor.error());
  view.factor = *factor;
  view.asked = service::must_have_factor(services.context.settings, who.role);
  if (!view.factor.in_force && !view.offered) view.offered = service::offer_key(who);
  const auto frame = frame_of(services, request, "/account/second-factor");
  auto reply = private_page(request, frame, render_factor(frame, view));
  if (view.state.problem) set_refusal(reply, view.state);
  co_return reply;
}

// What a form about the factor is shown with again; nothing: the error has a page of its own.
std::optional<FormState> refused_code(const Error& error) {
  FormState state;
  state.problem = FormProblem::wrong_code;
  if (error.code == Errc::invalid_input || error.code == Errc::unauthenticated) return state;
  if (error.code == Errc::limit_exceeded) return refused(error);
  return std::nullopt;
}

}  // namespace

awaitable<Reply> show_link_request(Services& services, Request request) {
  co_return link_request_page(services, request, false);
}

awaitable<Reply> request_link(Services& services, Request request) {
  service::LinkRequest wanted;
  wanted.login = field_of(request, "login");
  wanted.peer = request.peer;
  auto deferred = service::request_sign_in_link(services.context, std::move(wanted));
  const auto asked = co_await await(std::move(deferred));
  if (asked) co_return link_request_page(services, request, true);
  const auto state = refused(asked.error());
  if (!state) co_return error_reply(request, asked.error());
  co_return link_request_page(services, request, false, *state);
}

awaitable<Reply> show_sign_in_link(Services& services, Request request) {
  const auto token = request.captures.at(0);
  auto deferred = service::view_sign_in_link(services.context, token);
  const auto link = co_await await(std::move(deferred));
  if (!link) co_return no_link_reply(services, request, link.error());
  const auto frame = link_frame(services, request, *link);
  co_return secret_page(services, request, frame, render_sign_in_link(frame, token, *link));
}

awaitable<Reply> use_sign_in_link(Services& services, Request request) {
  service::SignInLinkUse use;
  use.token = request.captures.at(0);
  use.agent = request.header("user-agent");
  auto check = service::view_sign_in_link(services.context, use.token);
  const auto link = co_await await(std::move(check));
  if (!link) co_return no_link_reply(services, request, link.error());
  const auto frame = link_frame(services, request, *link);
  FormState state;
  if (field_of(request, "act") == "password") {
    use.password = field_of(request, "password");
    state.problem = problem_with_password(*use.password, field_of(request, "again"), link->login, link->name);
  }
  const auto token = use.token;
  if (!state.problem) {
    auto deferred = service::take_sign_in_link(services.context, std::move(use));
    const auto session = co_await await(std::move(deferred));
    if (session) co_return entered_reply(services, request, *session, address_after_sign_in({}));
    if (session.error().code != Errc::invalid_input)
      co_return no_link_reply(services, request, session.error());
    state.problem = FormProblem::unclear;
  }
  co_return secret_page(services, request, frame, render_sign_in_link(frame, token, *link, state), 422);
}

awaitable<Reply> take_code(Services& services, Request request) {
  const auto next = local_address(field_of(request, "next"));
  service::SecondStep step;
  step.ticket = field_of(request, "ticket");
  step.code = field_of(request, "code");
  step.agent = request.header("user-agent");
  step.peer = request.peer;
  const auto ticket = step.ticket;
  auto deferred = service::take_second_step(services.context, std::move(step));
  const auto session = co_await await(std::move(deferred));
  if (session) {
    if (request.who) {
      auto old = service::sign_out(services.context, request.who->session);
      co_await await(std::move(old));
    }
    co_return begin_session(services, request, *session, next);
  }
  if (session.error().code == Errc::gone) co_return Reply::redirect(with_next("/login", next));
  const auto state = refused_code(session.error());
  if (!state) co_return error_reply(request, session.error());
  const auto frame = form_frame(services, request, "/login");
  auto reply = form_page(services, request, frame, render_code_step(frame, ticket, next, *state));
  set_refusal(reply, *state);
  co_return reply;
}

awaitable<Reply> show_factor(Services& services, Request request) {
  if (request.who->role < AccountRole::organiser)
    co_return error_reply(request, 403, "a second factor is for organisers and administrators");
  co_return co_await factor_page(services, std::move(request), FactorView());
}

awaitable<Reply> begin_factor(Services& services, Request request) {
  const auto who = *request.who;
  const auto sealed = field_of(request, "key");
  const auto code = field_of(request, "code");
  auto deferred = service::begin_second_factor(services.context, who, sealed, code);
  auto codes = co_await await(std::move(deferred));
  FactorView view;
  if (codes) {
    view.codes = std::move(*codes);
    co_return co_await factor_page(services, std::move(request), std::move(view));
  }
  if (codes.error().code == Errc::conflict) co_return Reply::redirect("/account/second-factor");
  const auto state = refused_code(codes.error());
  if (!state) co_return error_reply(request, codes.error());
  view.state = *state;
  if (auto again = service::offered_key(who, sealed)) view.offered = std::move(*again);
  co_return co_await factor_page(services, std::move(request), std::move(view));
}

awaitable<Reply> end_factor(Services& services, Request request) {
  const auto who = *request.who;
  const auto code = field_of(request, "code");
  auto deferred = service::end_second_factor(services.context, who, code);
  const auto ended = co_await await(std::move(deferred));
  if (ended) co_return Reply::redirect("/account/second-factor");
  const auto state = refused_code(ended.error());
  if (!state) co_return error_reply(request, ended.error());
  FactorView view;
  view.state = *state;
  co_return co_await factor_page(services, std::move(request), std::move(view));
}

awaitable<Reply> renew_codes(Services& services, Request request) {
  const auto who = *request.who;
  const auto code = field_of(request, "code");
  auto deferred = service::renew_recovery_codes(services.context, who, code);
  auto codes = co_await await(std::move(deferred));
  FactorView view;
  if (codes) {
    view.codes = std::move(*codes);
  } else {
    const auto state = refused_code(codes.error());
    if (!state) co_return error_reply(request, codes.error());
    view.state = *state;
  }
  co_return co_await factor_page(services, std::move(request), std::move(view));
}

}  // namespace convoke::web
