#include "web/handlers/papers.hpp"

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/certificates.hpp"
#include "service/event_papers.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/papers_page.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

CertificateSettings settings_in(const Request& request) {
  CertificateSettings settings;
  settings.awaited = field_of(request, "awaited") == "yes";
  settings.hours = field_of(request, "hours");
  for (const auto language : all_languages) {
    const std::string tag(tag_of(language));
    settings.words.at(static_cast<std::size_t>(language)) = {
        field_of(request, "title_" + tag), field_of(request, "lead_" + tag), field_of(request, "text_" + tag),
        field_of(request, "signatory_" + tag)};
  }
  return settings;
}

awaitable<Reply> papers_page(Services& services, Request request, PapersPage page) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto deferred = service::certificate_desk(services.context, desk_actor(request), *scope);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  page.desk = &*desk;
  page.saved = page.saved || request.query_value("saved").has_value();
  if (const auto anew = number_in(request.query_value("anew").value_or(""))) page.anew = *anew;
  page.told = request.query_value("told").has_value();
  page.today = today(services);
  const auto frame = frame_of(services, request, papers_path(scope->event));
  const unsigned status = page.problem ? 422 : 200;
  co_return private_page(request, frame, render_papers(page, frame), status);
}

// Back to the page, or what is wrong on it.
awaitable<Reply> after(Services& services, Request request, std::optional<Error> error, PapersPage page) {
  if (!error) {
    const auto number = number_in(request.captures.at(0));
    if (!number) co_return error_reply(request, number.error());
    co_return Reply::redirect(papers_path(EventId{*number}) + "?saved=yes");
  }
  if (!can_be_mended(*error)) co_return error_reply(request, *error);
  page.problem = std::move(*error);
  co_return co_await papers_page(services, std::move(request), std::move(page));
}

// A file that is loaded and never shown within a page of ours.
Reply paper_reply(std::string bytes, const std::string& name) {
  auto reply = Reply::text(200, std::move(bytes), service::paper_media_type);
  reply.set("Content-Disposition", "attachment; filename=\"" + name + ".pdf\"");
  reply.set("Cache-Control", "no-store");
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

Reply paper_or_error(const Request& request, Result<std::string> bytes, const std::string& name) {
  if (!bytes) return error_reply(request, bytes.error());
  return paper_reply(std::move(*bytes), name);
}

// "preview-uk": the language; nothing for any other name.
std::optional<Language> preview_language(std::string_view name) {
  constexpr std::string_view prefix = "preview-";
  if (!name.starts_with(prefix)) return std::nullopt;
  return language_of(name.substr(prefix.size()));
}

}  // namespace

awaitable<Reply> show_papers(Services& services, Request request) {
  co_return co_await papers_page(services, std::move(request), PapersPage());
}

awaitable<Reply> save_papers(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  PapersPage page;
  page.entered = settings_in(request);
  auto deferred =
      service::save_certificate_settings(services.context, desk_actor(request), *scope, *page.entered);
  const auto saved = co_await await(std::move(deferred));
  std::optional<Error> error;
  if (!saved) error = saved.error();
  co_return co_await after(services, std::move(request), std::move(error), std::move(page));
}

awaitable<Reply> put_papers_background(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  std::string bytes;
  if (field_of(request, "do") != "remove")
    for (const auto& file : request.files)
      if (file.field == "background" && bytes.empty()) bytes = request.body.substr(file.begin, file.size);
  std::optional<Error> error;
  if (bytes.empty() && field_of(request, "do") != "remove") {
    error.emplace(Errc::invalid_input, "'background': choose a file");
  } else {
    auto deferred =
        service::put_certificate_background(services.context, desk_actor(request), *scope, std::move(bytes));
    const auto put = co_await await(std::move(deferred));
    if (!put) error = put.error();
  }
  co_return co_await after(services, std::move(request), std::move(error), PapersPage());
}

awaitable<Reply> issue_papers(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const bool registered_too = field_of(request, "registered_too") == "yes";
  auto deferred = service::issue_certificates(services.context, desk_actor(request), *scope, registered_too);
  const auto issued = co_await await(std::move(deferred));
  std::optional<Error> error;
  if (!issued) error = issued.error();
  co_return co_await after(services, std::move(request), std::move(error), PapersPage());
}

awaitable<Reply> reissue_papers(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const bool tell = field_of(request, "tell") == "yes";
  auto deferred = service::reissue_outdated_certificates(services.context, desk_actor(request), *scope, tell);
  const auto count = co_await await(std::move(deferred));
  if (!count) co_return error_reply(request, count.error());
  auto address = with_query(papers_path(scope->event), "anew", std::to_string(*count));
  if (tell) address = with_query(std::move(address), "told", "yes");
  co_return Reply::redirect(std::move(address));
}

awaitable<Reply> change_certificate(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto number = number_in(request.captures.at(1));
  if (!number) co_return error_reply(request, number.error());
  const CertificateId id{*number};
  const auto what = field_of(request, "do");
  std::optional<Error> error;
  if (what == "revoke") {
    auto deferred = service::revoke_certificate(services.context, desk_actor(request), *scope, id);
    const auto revoked = co_await await(std::move(deferred));
    if (!revoked) error = revoked.error();
  } else if (what == "reissue") {
    auto deferred = service::reissue_certificate(services.context, desk_actor(request), *scope, id,
                                                 field_of(request, "name"));
    const auto reissued = co_await await(std::move(deferred));
    if (!reissued) error = reissued.error();
  } else {
    const Error incomplete(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, incomplete);
  }
  co_return co_await after(services, std::move(request), std::move(error), PapersPage());
}

awaitable<Reply> download_certificate(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto number = number_in(request.captures.at(1));
  if (!number) co_return error_reply(request, number.error());
  auto deferred =
      service::certificate_file(services.context, desk_actor(request), *scope, CertificateId{*number});
  auto bytes = co_await await(std::move(deferred));
  co_return paper_or_error(request, std::move(bytes), "certificate-" + std::to_string(*number));
}

awaitable<Reply> download_paper(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto& name = request.captures.at(1);
  const auto actor = desk_actor(request);
  const auto language = language_of_reader(request);
  const auto file_name = name + "-" + std::to_string(scope->event.value);
  if (name == "certificates") {
    auto deferred = service::certificate_file(services.context, actor, *scope);
    auto bytes = co_await await(std::move(deferred));
    co_return paper_or_error(request, std::move(bytes), file_name);
  }
  if (name == "badges") {
    auto deferred = service::badge_file(services.context, actor, *scope, badge_words(language));
    auto bytes = co_await await(std::move(deferred));
    co_return paper_or_error(request, std::move(bytes), file_name);
  }
  if (name == "attendance") {
    auto deferred = service::attendance_file(services.context, actor, *scope, attendance_words(language));
    auto bytes = co_await await(std::move(deferred));
    co_return paper_or_error(request, std::move(bytes), file_name);
  }
  const auto preview = preview_language(name);
  if (!preview) co_return error_reply(request, 404, "there is no such document");
  auto deferred = service::certificate_preview(services.context, actor, *scope, *preview);
  auto bytes = co_await await(std::move(deferred));
  co_return paper_or_error(request, std::move(bytes), file_name);
}

// One field: what is typed off the paper leads to the certificate's page.
awaitable<Reply> show_verify(Services& services, Request request) {
  VerifyPage page;
  page.typed = std::string(request.query_value("code").value_or(""));
  const auto typed = typed_certificate(page.typed);
  const auto frame = frame_of(services, request, verify_path);
  using Answer = VerifyPage::Answer;
  if (!trim(page.typed).empty()) page.answer = typed ? Answer::number_alone : Answer::no_code;
  if (typed && !typed->code.empty()) {
    auto deferred = service::check_certificate(services.context, page.typed);
    const auto check = co_await await(std::move(deferred));
    if (check) co_return Reply::redirect(std::string(service::certificate_path) + check->certificate.code);
    if (check.error().code != Errc::not_found) co_return error_reply(request, check.error());
    if (auto refusal = refusal_of_wrong_secret(services, request)) co_return std::move(*refusal);
    page.answer = Answer::unknown;
  }
  const unsigned status = page.answer == Answer::none ? 200 : page.answer == Answer::unknown ? 404 : 422;
  auto reply = private_page(request, frame, render_verify(page, frame), status);
  if (!page.typed.empty()) reply.set("X-Robots-Tag", "noindex");
  co_return reply;
}

awaitable<Reply> show_certificate(Services& services, Request request) {
  const std::string code = request.captures.at(0);
  auto deferred = service::check_certificate(services.context, code);
  const auto check = co_await await(std::move(deferred));
  if (!check && check.error().code != Errc::not_found) co_return error_reply(request, check.error());
  if (!check)
    if (auto refusal = refusal_of_wrong_secret(services, request)) co_return std::move(*refusal);
  const auto frame = frame_of(services, request, std::string(service::certificate_path) + code);
  auto reply =
      private_page(request, frame, render_certificate(check ? &*check : nullptr, frame), check ? 200 : 404);
  reply.set("X-Robots-Tag", "noindex");
  co_return reply;
}

awaitable<Reply> download_own_certificate(Services& services, Request request) {
  auto deferred =
      service::certificate_of_link(services.context, request.captures.at(0), request.captures.at(1));
  auto bytes = co_await await(std::move(deferred));
  if (!bytes && bytes.error().code == Errc::not_found)
    if (auto refusal = refusal_of_wrong_secret(services, request)) co_return std::move(*refusal);
  auto reply = paper_or_error(request, std::move(bytes), "certificate");
  reply.set("Referrer-Policy", "strict-origin");
  co_return reply;
}

}  // namespace convoke::web
