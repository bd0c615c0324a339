#include "web/handlers/registration_invitations.hpp"

#include "service/registration_invitations.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/mail_links.hpp"
#include "web/handlers/register.hpp"
#include "web/i18n.hpp"
#include "web/pages/registration_invitations_page.hpp"
#include "web/pages/registration_words.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
using service::InvitedAct;

constexpr std::size_t most_fields = 60;
constexpr std::string_view link_path = "/register/invited/";

service::InvitationWish wish_in(const Request& request) {
  service::InvitationWish wish;
  if (const auto number = number_in(field_of(request, "group"))) wish.group = RosterId{*number};
  if (const auto number = number_in(field_of(request, "organisation")))
    wish.organisation = OrganisationId{*number};
  wish.addresses = field_of(request, "addresses");
  return wish;
}

std::string problem_of(const Error& error, Language language) {
  if (error.code == Errc::limit_exceeded) return tr(language, "At most a thousand people at once.");
  if (error.message.starts_with("'group'")) return tr(language, "There is no such group any more.");
  if (error.message.starts_with("'organisation'"))
    return tr(language, "There is no such association any more.");
  if (error.code == Errc::conflict) return tr(language, "Nobody can register just now.");
  return tr(language, "Choose a group or an association, or write addresses.");
}

awaitable<Reply> desk_page(Services& services, Request request, InvitationsPage page) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto deferred = service::invitation_desk(services.context, desk_actor(request), *scope);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  page.desk = &*desk;
  const auto frame = frame_of(services, request, registration_invitations_path(scope->event));
  const unsigned status = page.problem.empty() ? 200 : 422;
  co_return private_page(request, frame, render_registration_invitations(page, frame), status);
}

// The page with what came of a wish.
awaitable<Reply> after_wish(Services& services, Request request, service::InvitationWish wish,
                            Result<service::InvitationPreview> preview, bool sent) {
  InvitationsPage page;
  if (!preview && !can_be_mended(preview.error())) co_return error_reply(request, preview.error());
  if (preview) {
    page.preview = std::move(*preview);
    page.sent = sent;
  } else {
    page.problem = problem_of(preview.error(), language_of_reader(request));
  }
  if (!sent) page.wish = std::move(wish);
  co_return co_await desk_page(services, std::move(request), std::move(page));
}

std::optional<Language> chosen_language(const Request& request) {
  const auto chosen = request.query_value("lang");
  return chosen ? language_of(*chosen) : std::nullopt;
}

Result<InvitedAct> act_in(const Request& request) {
  InvitedAct act;
  const auto what = field_of(request, "do");
  if (what == "join")
    act.what = InvitedAct::What::join;
  else if (what == "decline")
    act.what = InvitedAct::What::decline;
  else if (what == "opt_out")
    act.what = InvitedAct::What::opt_out;
  else if (what == "opt_in")
    act.what = InvitedAct::What::opt_in;
  else if (what == "erase" && field_of(request, "sure") == "yes")
    act.what = InvitedAct::What::erase;
  else
    return Error(Errc::invalid_input, "the form is not complete");
  act.entry = registration_entry_in(request);
  act.language = chosen_language(request);
  return act;
}

// As it stands: to look at it, or with what was typed when nothing could be stored.
awaitable<Reply> invited_page(Services& services, Request request, InvitedPage page) {
  auto deferred =
      service::view_invitation(services.context, request.captures.at(0), chosen_language(request));
  const auto view = co_await await(std::move(deferred));
  if (!view) co_return no_mail_link(services, request, link_path, view.error());
  page.view = &*view;
  if (!page.busy) {
    page.entered.name = view->mine.name;
    page.entered.institution = view->mine.institution;
    page.says_no = request.query_value("answer") == "no" && !view->mine.declined;
  }
  const auto frame = mail_link_frame(services, request, link_path, view->mine.language);
  auto reply = mail_link_reply(request, frame, render_invited(page, frame), 200);
  if (page.busy) reply = asking_again(std::move(reply));
  co_return reply;
}

}  // namespace

awaitable<Reply> show_registration_invitations(Services& services, Request request) {
  co_return co_await desk_page(services, std::move(request), InvitationsPage());
}

awaitable<Reply> look_at_registration_invitations(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto wish = wish_in(request);
  auto deferred = service::preview_invitations(services.context, desk_actor(request), *scope, wish);
  auto preview = co_await await(std::move(deferred));
  co_return co_await after_wish(services, std::move(request), std::move(wish), std::move(preview), false);
}

awaitable<Reply> send_registration_invitations(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto wish = wish_in(request);
  auto deferred = service::send_invitations(services.context, desk_actor(request), *scope, wish);
  auto sent = co_await await(std::move(deferred));
  const bool done = sent.has_value();
  co_return co_await after_wish(services, std::move(request), std::move(wish), std::move(sent), done);
}

awaitable<Reply> remind_registration_invitations(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto deferred = service::remind_invited(services.context, desk_actor(request), *scope);
  const auto reminded = co_await await(std::move(deferred));
  InvitationsPage page;
  if (!reminded && !can_be_mended(reminded.error())) co_return error_reply(request, reminded.error());
  if (reminded)
    page.reminded = *reminded;
  else
    page.problem = problem_of(reminded.error(), language_of_reader(request));
  co_return co_await desk_page(services, std::move(request), std::move(page));
}

awaitable<Reply> show_invited(Services& services, Request request) {
  co_return co_await invited_page(services, std::move(request), InvitedPage());
}

awaitable<Reply> take_invited(Services& services, Request request) {
  if (auto refusal = refusal_of_words(request)) co_return std::move(*refusal);
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  auto act = act_in(request);
  if (!act) co_return error_reply(request, act.error());
  const bool joins = act->what == InvitedAct::What::join;
  InvitedPage page;
  page.resumed = act->what == InvitedAct::What::opt_in;
  page.entered = act->entry;
  auto deferred = service::act_on_invitation(services.context, request.captures.at(0), std::move(*act));
  const auto acted = co_await await(std::move(deferred));
  page.busy = !acted && joins && is_busy(acted.error());
  if (page.busy) co_return co_await invited_page(services, std::move(request), std::move(page));
  if (!acted) co_return no_mail_link(services, request, link_path, acted.error());
  if (acted->done) services.context.reminders_queued();
  page.view = &acted->view;
  page.problem = acted->problem;
  page.field = acted->field;
  page.done = acted->done;
  page.erased = acted->erased;
  if (!joins) {
    page.entered.name = acted->view.mine.name;
    page.entered.institution = acted->view.mine.institution;
  }
  const auto frame = mail_link_frame(services, request, link_path, acted->view.mine.language);
  co_return mail_link_reply(request, frame, render_invited(page, frame), page.problem ? 422 : 200);
}

}  // namespace convoke::web
