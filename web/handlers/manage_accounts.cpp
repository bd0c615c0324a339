#include "web/handlers/manage_accounts.hpp"

#include "base/text.hpp"
#include "service/account_desk.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/entering.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/accounts_page.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

std::string clean(const std::string& text) {
  return is_valid_utf8(text) ? text : std::string();
}

// What the form is shown with again; nothing: the error has a page of its own.
std::optional<AccountProblem> problem_of_account(const Error& error, const service::Invitation& entered) {
  switch (error.code) {
    case Errc::invalid_input:
      if (service::check_login(entered.login) && service::check_account_name(entered.name))
        return AccountProblem::address;  // one that no mail goes to
      return service::check_login(entered.login) ? AccountProblem::name : AccountProblem::address;
    case Errc::conflict:
      return trim(entered.person).empty() ? AccountProblem::known : AccountProblem::namesakes;
    case Errc::not_found:
      return trim(entered.person).empty() ? AccountProblem::organisation : AccountProblem::person;
    case Errc::forbidden:
      return AccountProblem::role;
    case Errc::limit_exceeded:
      return AccountProblem::often;
    default:
      return std::nullopt;
  }
}

awaitable<Reply> accounts_page(Services& services, Request request, AccountsView view) {
  const auto who = *request.who;
  auto deferred = service::account_desk(services.context, who);
  auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  view.desk = std::move(*desk);
  view.query = query_in(request);
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, "/manage/accounts");
  auto html = render_accounts(frame, view);
  co_return private_page(request, frame, std::move(html), view.problem ? 422 : 200);
}

awaitable<Reply> one_account_page(Services& services, Request request, AccountsView view) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const AccountId id{*number};
  const auto who = *request.who;
  auto deferred = service::account_desk(services.context, who);
  auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  view.desk = std::move(*desk);
  const bool known = std::any_of(view.desk.rows.begin(), view.desk.rows.end(),
                                 [id](const auto& one) { return one.account.id == id; });
  if (!known) co_return error_reply(request, 404, "there is no such account");
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, account_path(id));
  auto html = render_one_account(frame, view, id);
  co_return private_page(request, frame, std::move(html), view.problem ? 422 : 200);
}

service::Invitation invitation_in(const Request& request) {
  service::Invitation wanted;
  wanted.login = clean(std::string(trim(field_of(request, "login"))));
  wanted.name = clean(field_of(request, "name"));
  wanted.person = clean(field_of(request, "person"));
  wanted.role = account_role_of(field_of(request, "role")).value_or(AccountRole::member);
  wanted.may_approve = !field_of(request, "approves").empty();
  wanted.language = language_of(field_of(request, "language"));
  if (const auto number = number_in(field_of(request, "organisation"))) wanted.organisation.value = *number;
  return wanted;
}

// Whether a form has this field at all: a choice that was not offered changes nothing.
bool has_field(const Request& request, std::string_view name) {
  return std::any_of(request.form.begin(), request.form.end(),
                     [name](const auto& pair) { return pair.first == name; });
}

// What a button on the page of one account does.
using Button = Deferred<bool> (*)(service::Context&, service::SignedIn, AccountId);

awaitable<Reply> pressed(Services& services, Request request, Button button) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const AccountId account{*number};
  const auto who = *request.who;
  auto deferred = button(services.context, who, account);
  const auto done = co_await await(std::move(deferred));
  if (done) co_return Reply::redirect("/manage/accounts/" + request.captures.at(0) + "?saved=1");
  AccountsView view;
  if (done.error().code == Errc::limit_exceeded)
    view.problem = AccountProblem::often;
  else if (done.error().code == Errc::conflict)
    view.problem = AccountProblem::settled;
  else
    co_return error_reply(request, done.error());
  co_return co_await one_account_page(services, std::move(request), std::move(view));
}

awaitable<Reply> set_closed(Services& services, Request request, bool closed) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  service::AccountAlteration change;
  change.closed = closed;
  const auto who = *request.who;
  auto deferred = service::alter_account(services.context, who, AccountId{*number}, std::move(change));
  const auto done = co_await await(std::move(deferred));
  if (done) co_return Reply::redirect("/manage/accounts/" + request.captures.at(0) + "?saved=1");
  if (done.error().code != Errc::conflict) co_return error_reply(request, done.error());
  AccountsView view;
  view.problem = AccountProblem::last_administrator;
  co_return co_await one_account_page(services, std::move(request), std::move(view));
}

}  // namespace

awaitable<Reply> show_accounts(Services& services, Request request) {
  AccountsView view;
  view.saved = was_saved(request);
  co_return co_await accounts_page(services, std::move(request), std::move(view));
}

awaitable<Reply> invite_account(Services& services, Request request) {
  AccountsView view;
  view.entered = invitation_in(request);
  const auto who = *request.who;
  auto deferred = service::invite(services.context, who, view.entered);
  const auto made = co_await await(std::move(deferred));
  if (made) co_return Reply::redirect(saved(account_path(*made)));
  view.problem = problem_of_account(made.error(), view.entered);
  if (!view.problem) co_return error_reply(request, made.error());
  co_return co_await accounts_page(services, std::move(request), std::move(view));
}

awaitable<Reply> show_one_account(Services& services, Request request) {
  AccountsView view;
  view.saved = was_saved(request);
  co_return co_await one_account_page(services, std::move(request), std::move(view));
}

awaitable<Reply> save_account(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto entered = invitation_in(request);
  service::AccountAlteration change;
  change.name = entered.name;
  change.person = entered.person;
  change.role = account_role_of(field_of(request, "role"));
  if (request.who->role == AccountRole::administrator) change.may_approve = entered.may_approve;
  if (has_field(request, "organisation")) change.organisation = entered.organisation;
  const auto who = *request.who;
  auto deferred = service::alter_account(services.context, who, AccountId{*number}, std::move(change));
  const auto done = co_await await(std::move(deferred));
  if (done) co_return Reply::redirect(saved(account_path(AccountId{*number})));
  AccountsView view;
  // What is not found is the account itself, unless a person or another place was asked for.
  const auto& error = done.error();
  if (error.code == Errc::conflict && trim(entered.person).empty())
    view.problem = AccountProblem::last_administrator;
  else if (error.code == Errc::invalid_input)
    view.problem = AccountProblem::name;
  else if (error.code == Errc::conflict || error.code == Errc::not_found || error.code == Errc::forbidden)
    view.problem = problem_of_account(error, entered);
  else
    co_return error_reply(request, error);
  auto page = co_await one_account_page(services, request, std::move(view));
  if (page.status == 422 && error.code == Errc::forbidden) page.status = 403;
  co_return page;
}

awaitable<Reply> invite_account_again(Services& services, Request request) {
  co_return co_await pressed(services, std::move(request), service::invite_again);
}

awaitable<Reply> withdraw_account(Services& services, Request request) {
  co_return co_await pressed(services, std::move(request), service::withdraw_invitation);
}

awaitable<Reply> close_account(Services& services, Request request) {
  co_return co_await set_closed(services, std::move(request), true);
}

awaitable<Reply> open_account(Services& services, Request request) {
  co_return co_await set_closed(services, std::move(request), false);
}

awaitable<Reply> end_account_factor(Services& services, Request request) {
  co_return co_await pressed(services, std::move(request), service::end_second_factor_of);
}

namespace {

// In the language of whom the mail was for, unless they chose another one here.
Frame invitation_frame(const Services& services, const Request& request,
                       const service::InvitationView& invitation) {
  auto frame = form_frame(services, request, "/invitation/" + request.captures.at(0));
  if (!request.query_value("lang")) frame.language = invitation.language;
  return frame;
}

}  // namespace

awaitable<Reply> show_invitation(Services& services, Request request) {
  InvitationPage page;
  page.token = request.captures.at(0);
  auto deferred = service::view_invitation(services.context, page.token);
  auto invitation = co_await await(std::move(deferred));
  if (!invitation) co_return no_link_reply(services, request, invitation.error());
  page.invitation = std::move(*invitation);
  page.name = page.invitation.name;
  const auto frame = invitation_frame(services, request, page.invitation);
  co_return secret_page(services, request, frame, render_invitation(frame, page));
}

awaitable<Reply> take_invitation(Services& services, Request request) {
  InvitationPage page;
  page.token = request.captures.at(0);
  auto check = service::view_invitation(services.context, page.token);
  auto invitation = co_await await(std::move(check));
  if (!invitation) co_return no_link_reply(services, request, invitation.error());
  page.invitation = std::move(*invitation);
  page.name = clean(field_of(request, "name"));
  const auto password = field_of(request, "password");
  if (!service::check_account_name(page.name))
    page.state.problem = FormProblem::name;
  else
    page.state.problem =
        problem_with_password(password, field_of(request, "again"), page.invitation.login, page.name);
  if (!page.state.problem) {
    service::Acceptance entered;
    entered.token = page.token;
    entered.name = page.name;
    entered.password = password;
    entered.agent = request.header("user-agent");
    auto deferred = service::accept_invitation(services.context, std::move(entered));
    const auto session = co_await await(std::move(deferred));
    if (session) co_return begin_session(services, request, *session, "/account");
    const auto& error = session.error();
    if (error.code != Errc::invalid_input) co_return no_link_reply(services, request, error);
    page.state.problem = FormProblem::unclear;
  }
  const auto frame = invitation_frame(services, request, page.invitation);
  co_return secret_page(services, request, frame, render_invitation(frame, page), 422);
}

}  // namespace convoke::web
