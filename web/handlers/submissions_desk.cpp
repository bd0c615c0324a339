#include "web/handlers/submissions_desk.hpp"

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/submission_desk.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/paper_scope.hpp"
#include "web/i18n.hpp"
#include "web/pages/submission_words.hpp"
#include "web/pages/submissions_page.hpp"

#include <array>
#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::CallSettings settings_in(const Request& request) {
  service::CallSettings settings;
  settings.on = checked(request, "on");
  settings.opens_date = field_of(request, "opens_date");
  settings.opens_time = field_of(request, "opens_time");
  settings.closes_date = field_of(request, "closes_date");
  settings.closes_time = field_of(request, "closes_time");
  settings.review_date = field_of(request, "review_date");
  settings.review_time = field_of(request, "review_time");
  settings.longest_abstract = field_of(request, "longest_abstract");
  settings.file_required = checked(request, "file_required");
  settings.kinds.fill(false);
  for (const auto& name : fields_of(request, "kind"))
    if (const auto kind = submitted_kind_of(name)) settings.kinds.at(static_cast<std::size_t>(*kind)) = true;
  settings.sections = lines_in(field_of(request, "sections"));
  settings.criteria = lines_in(field_of(request, "criteria"));
  settings.scale = field_of(request, "scale");
  settings.anonymous = checked(request, "anonymous");
  settings.keep_months = field_of(request, "keep_months");
  for (const auto language : all_languages) {
    const auto at = static_cast<std::size_t>(language);
    settings.guidance.at(at) = field_of(request, "guidance_" + std::string(tag_of(language)));
    settings.consent.at(at) = field_of(request, "consent_" + std::string(tag_of(language)));
  }
  return settings;
}

service::Assignment assignment_in(const Request& request) {
  service::Assignment assignment;
  for (const auto& one : fields_of(request, "paper"))
    if (const auto number = number_in(one)) assignment.papers.push_back(SubmissionId{*number});
  if (const auto number = number_in(field_of(request, "reviewer"))) assignment.reviewer = ReviewerId{*number};
  assignment.email = field_of(request, "email");
  assignment.name = field_of(request, "name");
  assignment.language = language_of_reader(request);
  return assignment;
}

// What a message of the desk is about, in the reader's language.
std::string problem_of(const Error& error, Language language) {
  constexpr std::array<std::pair<std::string_view, const char*>, 14> known = {{
      {"'opens'", "The moment of opening could not be read."},
      {"'closes'", "The moment of closing could not be read, or it is before the opening."},
      {"'review_by'", "The moment when reviews are due could not be read."},
      {"'longest_abstract'", "Characters of an abstract: a number from 100 to 20000."},
      {"'keep_months'", "Months until answers are erased: a number from 1 to 120."},
      {"'sections'", "The sections are too many or too long."},
      {"'criteria'", "At most twelve criteria of at most 200 characters."},
      {"'scale'", "Marks were given on the other scale."},
      {"'kinds'", "A file is required, and no kind of file is taken."},
      {"'consent'", "The text of the consent is too long or could not be read."},
      {"'email'", "This is not an address that mail can be sent to."},
      {"'name'", "Write the reviewer's surname and name."},
      {"'papers'", "Choose the works first."},
      {"'note'", "The text is too long or could not be read."},
  }};
  for (const auto& [start, text] : known)
    if (error.message.starts_with(start)) return tr(language, text);
  if (error.code == Errc::conflict) return tr(language, "This does not follow any more: look at its state.");
  return error.message;
}

db::SubmissionSelection selection_in(const Request& request, SubmissionsPage& page) {
  page.words = std::string(request.query_value("q").value_or(""));
  page.section = std::string(request.query_value("section").value_or(""));
  page.state = submission_state_of(request.query_value("state").value_or(""));
  page.by_place = request.query_value("order") == "place";
  page.saved = page.saved || request.query_value("saved").has_value();
  db::SubmissionSelection selection;
  selection.words = fold(to_valid_utf8(page.words));
  selection.section = to_valid_utf8(page.section);
  selection.state = page.state;
  return selection;
}

awaitable<Reply> list_page(Services& services, Request request, SubmissionsPage page) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto selection = selection_in(request, page);
  const auto order = page.by_place ? service::PaperOrder::place : service::PaperOrder::arrival;
  auto deferred = service::submission_desk(services.context, desk_actor(request), *scope, selection, order);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  page.desk = &*desk;
  const auto frame = frame_of(services, request, submissions_path(scope->event));
  const unsigned status = page.problem.empty() ? 200 : 422;
  co_return private_page(request, frame, render_submissions(page, frame), status);
}

awaitable<Reply> paper_page(Services& services, Request request, SubmissionPage page) {
  const auto one = paper_in(request);
  if (!one) co_return error_reply(request, one.error());
  auto deferred = service::paper_desk(services.context, desk_actor(request), one->scope, one->id);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  page.desk = &*desk;
  page.saved = page.saved || request.query_value("saved").has_value();
  const auto frame = frame_of(services, request, submission_path(desk->row.paper));
  const unsigned status = page.problem.empty() ? 200 : 422;
  co_return private_page(request, frame, render_submission(page, frame), status);
}

// All of them, the best first: what tables and protocols are made of.
awaitable<Result<service::SubmissionDesk>> by_place(Services& services, const Request& request,
                                                    service::DeskScope scope) {
  const db::SubmissionSelection every;
  auto deferred = service::submission_desk(services.context, desk_actor(request), scope, every,
                                           service::PaperOrder::place);
  co_return co_await await(std::move(deferred));
}

}  // namespace

awaitable<Reply> show_submissions(Services& services, Request request) {
  co_return co_await list_page(services, std::move(request), SubmissionsPage());
}

awaitable<Reply> save_submissions(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  SubmissionsPage page;
  page.entered = settings_in(request);
  auto deferred = service::save_call(services.context, desk_actor(request), *scope, *page.entered);
  const auto saved = co_await await(std::move(deferred));
  if (saved) co_return Reply::redirect(submissions_path(scope->event) + "?saved=yes");
  if (!can_be_mended(saved.error())) co_return error_reply(request, saved.error());
  page.problem = problem_of(saved.error(), language_of_reader(request));
  co_return co_await list_page(services, std::move(request), std::move(page));
}

awaitable<Reply> assign_submissions(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  SubmissionsPage page;
  page.assigning = assignment_in(request);
  auto deferred = service::assign_reviewer(services.context, desk_actor(request), *scope, page.assigning);
  const auto given = co_await await(std::move(deferred));
  if (given) co_return Reply::redirect(submissions_path(scope->event) + "?saved=yes");
  if (!can_be_mended(given.error())) co_return error_reply(request, given.error());
  page.problem = problem_of(given.error(), language_of_reader(request));
  co_return co_await list_page(services, std::move(request), std::move(page));
}

awaitable<Reply> show_submission(Services& services, Request request) {
  co_return co_await paper_page(services, std::move(request), SubmissionPage());
}

awaitable<Reply> act_on_submission(Services& services, Request request) {
  const auto one = paper_in(request);
  if (!one) co_return error_reply(request, one.error());
  SubmissionPage page;
  page.note = field_of(request, "note");
  const auto what = field_of(request, "do");
  const auto here = submissions_path(one->scope.event) + "/" + std::to_string(one->id.value) + "?saved=yes";
  if (what == "release") {
    const auto reviewer = number_in(field_of(request, "reviewer"));
    if (!reviewer) co_return error_reply(request, reviewer.error());
    auto releasing = service::release_reviewer(services.context, desk_actor(request), one->scope, one->id,
                                               ReviewerId{*reviewer});
    const auto released = co_await await(std::move(releasing));
    if (!released) co_return error_reply(request, released.error());
    co_return Reply::redirect(here);
  }
  const auto step = submission_step_of(what);
  if (!step) co_return error_reply(request, 400, "the form is not complete");
  auto deferred =
      service::decide_on_paper(services.context, desk_actor(request), one->scope, one->id, *step, page.note);
  const auto decided = co_await await(std::move(deferred));
  if (decided) co_return Reply::redirect(here);
  if (!can_be_mended(decided.error())) co_return error_reply(request, decided.error());
  page.problem = problem_of(decided.error(), language_of_reader(request));
  co_return co_await paper_page(services, std::move(request), std::move(page));
}

awaitable<Reply> download_submission_file(Services& services, Request request) {
  const auto one = paper_in(request);
  if (!one) co_return error_reply(request, one.error());
  const auto number = number_in(request.captures.at(2));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::paper_file_at_desk(services.context, desk_actor(request), one->scope, one->id,
                                              SubmittedFileId{*number});
  auto file = co_await await(std::move(deferred));
  if (!file) co_return error_reply(request, file.error());
  co_return file_reply(std::move(*file));
}

awaitable<Reply> export_submissions(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto format = request.captures.at(1);
  if (format != "csv" && format != "xlsx") co_return error_reply(request, 404, "there is no such format");
  const auto desk = co_await by_place(services, request, *scope);
  if (!desk) co_return error_reply(request, desk.error());
  const bool xlsx = format == "xlsx";
  const auto words = paper_export_words(language_of_reader(request));
  auto reply = Reply::text(
      200, service::submission_table(*desk, words, xlsx),
      xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8");
  reply.set("Content-Disposition",
            "attachment; filename=\"submissions-" + std::to_string(scope->event.value) + "." + format + "\"");
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

awaitable<Reply> show_submissions_protocol(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto desk = co_await by_place(services, request, *scope);
  if (!desk) co_return error_reply(request, desk.error());
  const auto frame = frame_of(services, request, submissions_path(scope->event) + "/protocol");
  co_return private_page(request, frame, render_protocol(*desk, desk->association, frame));
}

}  // namespace convoke::web
