#include "web/handlers/reviews.hpp"

#include "service/reviews.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/mail_links.hpp"
#include "web/i18n.hpp"
#include "web/pages/review_page.hpp"

#include <charconv>
#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::size_t most_fields = 40;
constexpr std::string_view link_path = "/review/", mark_prefix = "mark_";

service::ReviewEntry entry_in(const Request& request) {
  service::ReviewEntry entry;
  entry.conflict = field_of(request, "do") == "conflict";
  entry.to_author = field_of(request, "to_author");
  entry.to_organiser = field_of(request, "to_organiser");
  for (const auto& [name, value] : request.form) {
    if (!name.starts_with(mark_prefix)) continue;
    int mark = -1;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), mark);
    if (parsed.ec == std::errc{} && parsed.ptr == value.data() + value.size())
      entry.marks.emplace_back(name.substr(mark_prefix.size()), mark);
  }
  return entry;
}

Reply page_reply(Services& services, const Request& request, const ReviewPage& page) {
  const auto frame = mail_link_frame(services, request, link_path, page.desk->reviewer.language);
  return mail_link_reply(request, frame, render_reviews(page, frame), page.problem.empty() ? 200 : 422);
}

std::string problem_of(const Error& error, Language language) {
  if (error.code == Errc::conflict) return tr(language, "There is a decision already: nothing can be changed.");
  if (error.message.starts_with("'file'"))
    return tr(language,
              "This file cannot be handed out without the names of its authors. Ask the organiser for it.");
  if (error.message.starts_with("'marks'")) return tr(language, "Give a mark for each criterion.");
  return tr(language, "Write what you think of it.");
}

// The page once more, with what was entered and what is wrong with it.
awaitable<Reply> once_more(Services& services, Request request, Error error, ReviewPage page) {
  auto deferred = service::view_reviews(services.context, request.captures.at(0));
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return no_mail_link(services, request, link_path, desk.error());
  page.desk = &*desk;
  const bool chosen = request.query_value("lang").has_value();
  page.problem = problem_of(error, chosen ? language_of_reader(request) : desk->reviewer.language);
  co_return page_reply(services, request, page);
}

}  // namespace

awaitable<Reply> show_review_link(Services& services, Request request) {
  auto deferred = service::view_reviews(services.context, request.captures.at(0));
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return no_mail_link(services, request, link_path, desk.error());
  ReviewPage page;
  page.desk = &*desk;
  co_return page_reply(services, request, page);
}

awaitable<Reply> take_review_link(Services& services, Request request) {
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  const auto number = number_in(field_of(request, "paper"));
  if (!number) co_return error_reply(request, 400, "the form is not complete");
  ReviewPage page;
  page.open = SubmissionId{*number};
  page.entered = entry_in(request);
  auto deferred =
      service::give_review(services.context, request.captures.at(0), page.open, *page.entered);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) {
    if (desk.error().code != Errc::invalid_input && desk.error().code != Errc::conflict)
      co_return no_mail_link(services, request, link_path, desk.error());
    co_return co_await once_more(services, std::move(request), desk.error(), std::move(page));
  }
  page.entered.reset();
  page.saved = true;
  page.desk = &*desk;
  co_return page_reply(services, request, page);
}

awaitable<Reply> download_review_file(Services& services, Request request) {
  const auto paper = number_in(request.captures.at(1));
  if (!paper) co_return error_reply(request, paper.error());
  const auto file = number_in(request.captures.at(2));
  if (!file) co_return error_reply(request, file.error());
  auto deferred = service::review_file(services.context, request.captures.at(0), SubmissionId{*paper},
                                       SubmittedFileId{*file});
  auto given = co_await await(std::move(deferred));
  if (!given) {
    if (given.error().code != Errc::invalid_input && given.error().code != Errc::limit_exceeded)
      co_return no_mail_link(services, request, link_path, given.error());
    ReviewPage page;
    page.open = SubmissionId{*paper};
    co_return co_await once_more(services, std::move(request), given.error(), std::move(page));
  }
  co_return file_reply(std::move(*given));
}

}  // namespace convoke::web
