#include "web/handlers/call.hpp"

#include "base/text.hpp"
#include "service/paper_own_data.hpp"
#include "service/submissions.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/mail_links.hpp"
#include "web/handlers/register.hpp"
#include "web/i18n.hpp"
#include "web/pages/call_page.hpp"
#include "web/pages/submission_words.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
using service::PaperAct;

constexpr std::size_t most_fields = 40;
constexpr std::string_view link_path = "/call/link/";

service::PaperEntry entry_in(const Request& request) {
  service::PaperEntry entry;
  entry.title = field_of(request, "title");
  entry.abstract = field_of(request, "abstract");
  entry.section = field_of(request, "section");
  entry.name = field_of(request, "name");
  entry.institution = field_of(request, "institution");
  entry.co_authors = lines_in(field_of(request, "co_authors"));
  return entry;
}

service::PaperForm form_in(const Request& request) {
  service::PaperForm form;
  form.paper = entry_in(request);
  form.key = field_of(request, "key");
  form.email = field_of(request, "email");
  form.consent = field_of(request, "consent") == "yes";
  form.shown_version = field_of(request, "consent_version");
  form.language = language_of_reader(request);
  return form;
}

awaitable<Reply> call_page(Services& services, Request request, CallPage page) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto frame = frame_of(services, request, call_path(EventId{*number}));
  auto deferred = service::call_offer(services.context, EventId{*number}, frame.language);
  auto offer = co_await await(std::move(deferred));
  if (!offer) co_return error_reply(request, offer.error());
  const auto names = cookie_names(services.context.settings.base_url);
  frame.csrf = form_token(request, names);
  // What was entered goes on with the key it had, unless that is what was wrong.
  const bool keeps_key = !page.entered.key.empty() && page.problem != service::PaperProblem::old_form;
  if (keeps_key) offer->key = page.entered.key;
  page.offer = &*offer;
  const bool closed = page.problem == service::PaperProblem::closed;
  const unsigned status = closed ? 410 : page.problem ? 422 : 200;
  auto reply = private_page(request, frame, render_call(page, frame), status);
  remember_form_token(reply, request, names, frame.csrf);
  co_return reply;
}

std::optional<PaperAct::What> what_of(const std::string& name) {
  using What = PaperAct::What;
  if (name == "save") return What::save;
  if (name == "submit") return What::submit;
  if (name == "resubmit") return What::resubmit;
  if (name == "withdraw") return What::withdraw;
  if (name == "remove_file") return What::remove_file;
  if (name == "erase") return What::erase;
  return std::nullopt;
}

Reply acted_reply(Services& services, const Request& request, const service::PaperActed& acted,
                  std::optional<service::PaperEntry> entered) {
  if (acted.done) services.context.reminders_queued();
  PaperPage page;
  page.view = &acted.view;
  page.problem = acted.problem;
  if (acted.problem) page.entered = std::move(entered);
  page.done = acted.done;
  page.gone = acted.gone;
  const auto frame = mail_link_frame(services, request, link_path, acted.view.mine.language);
  return mail_link_reply(request, frame, render_paper(page, frame), page.problem ? 422 : 200);
}

// As it stands, with what `page` says besides.
awaitable<Reply> paper_page(Services& services, Request request, PaperPage page) {
  auto deferred = service::view_paper(services.context, request.captures.at(0));
  const auto view = co_await await(std::move(deferred));
  if (!view) co_return no_mail_link(services, request, link_path, view.error());
  page.view = &*view;
  const auto frame = mail_link_frame(services, request, link_path, view->mine.language);
  auto reply = mail_link_reply(request, frame, render_paper(page, frame), 200);
  if (page.busy) reply = asking_again(std::move(reply));
  co_return reply;
}

}  // namespace

awaitable<Reply> show_call(Services& services, Request request) {
  co_return co_await call_page(services, std::move(request), CallPage());
}

awaitable<Reply> take_paper(Services& services, Request request) {
  if (auto refusal = refusal_of_form(services, request)) co_return std::move(*refusal);
  CallPage page;
  page.entered = form_in(request);
  // A field that people do not see: what fills it in is told what everybody is told, and nothing is stored.
  if (!field_of(request, "website").empty()) {
    page.taken = true;
    co_return co_await call_page(services, std::move(request), std::move(page));
  }
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::send_in(services.context, EventId{*number}, page.entered);
  const auto outcome = co_await await(std::move(deferred));
  if (!outcome) co_return error_reply(request, outcome.error());
  page.problem = outcome->problem;
  page.taken = !outcome->problem.has_value();
  if (page.taken) services.context.reminders_queued();
  co_return co_await call_page(services, std::move(request), std::move(page));
}

awaitable<Reply> show_paper_link(Services& services, Request request) {
  co_return co_await paper_page(services, std::move(request), PaperPage());
}

awaitable<Reply> take_paper_link(Services& services, Request request) {
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  PaperAct act;
  const auto what = what_of(field_of(request, "do"));
  if (!what) co_return error_reply(request, 400, "the form is not complete");
  act.what = *what;
  act.paper = entry_in(request);
  if (const auto number = number_in(field_of(request, "file"))) act.file = SubmittedFileId{*number};
  auto deferred = service::act_on_paper(services.context, request.captures.at(0), act);
  const auto acted = co_await await(std::move(deferred));
  if (!acted) co_return no_mail_link(services, request, link_path, acted.error());
  co_return acted_reply(services, request, *acted, std::move(act.paper));
}

awaitable<Reply> take_paper_file(Services& services, Request request) {
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  if (request.files.empty()) co_return error_reply(request, 400, "the form is not complete");
  const auto& file = request.files.front();
  auto bytes = request.body.substr(file.begin, file.size);
  auto deferred =
      service::add_paper_file(services.context, request.captures.at(0), file.file_name, std::move(bytes));
  const auto acted = co_await await(std::move(deferred));
  PaperPage page;
  page.busy = !acted && is_busy(acted.error());
  if (page.busy) co_return co_await paper_page(services, std::move(request), std::move(page));
  if (!acted) co_return no_mail_link(services, request, link_path, acted.error());
  co_return acted_reply(services, request, *acted, std::nullopt);
}

awaitable<Reply> show_own_paper_data(Services& services, Request request) {
  auto deferred = service::own_paper_data(services.context, request.captures.at(0));
  auto data = co_await await(std::move(deferred));
  if (!data) co_return no_mail_link(services, request, link_path, data.error());
  auto reply = Reply::text(200, std::move(*data), "application/json; charset=utf-8");
  reply.set("Content-Disposition", "attachment; filename=\"submission.json\"");
  reply.set("Cache-Control", "no-store");
  reply.set("X-Robots-Tag", "noindex");
  co_return reply;
}

awaitable<Reply> download_paper_file(Services& services, Request request) {
  const auto number = number_in(request.captures.at(1));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::paper_file(services.context, request.captures.at(0), SubmittedFileId{*number});
  auto file = co_await await(std::move(deferred));
  if (!file) co_return no_mail_link(services, request, link_path, file.error());
  co_return file_reply(std::move(*file));
}

}  // namespace convoke::web
