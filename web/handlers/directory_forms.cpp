#include "web/handlers/directory_forms.hpp"

#include "base/text.hpp"
#include "web/await.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/links.hpp"

#include <charconv>

namespace convoke::web {

using boost::asio::awaitable;

service::Keeper keeper_in(const Request& request) {
  if (request.who) return service::keeper_of(*request.who);
  return {request.actor, request.actor.organisation, request.actor.reach};
}

Result<std::optional<Date>> day_in(const Request& request, std::string_view field) {
  const auto text = field_of(request, field);
  if (trim(text).empty()) return std::optional<Date>();
  const auto day = parse_iso_date(trim(text));
  if (!day) return day.error();
  return std::optional(*day);
}

DirectoryQuery query_in(const Request& request) {
  DirectoryQuery query;
  constexpr std::size_t longest_words = 200;
  if (const auto words = request.query_value("q"))
    query.words = ellipsize(collapse_spaces(to_valid_utf8(*words)), longest_words);
  if (const auto page = request.query_value("page"))
    std::from_chars(page->data(), page->data() + page->size(), query.page);
  return query;
}

bool was_saved(const Request& request) {
  return request.query_value("saved").has_value();
}

std::string saved(std::string path) {
  return with_query(std::move(path), "saved", "1");
}

awaitable<Reply> directory_reply(Services& services, Request request, std::string address, bool problem,
                                 RenderDirectory render) {
  const auto keeper = keeper_in(request);
  auto deferred = service::view_directory(services.context, keeper);
  const auto directory = co_await await(std::move(deferred));
  if (!directory) co_return error_reply(request, directory.error());
  const auto frame = frame_of(services, request, std::move(address));
  auto html = render(frame, *directory);
  if (html.empty())
    co_return error_reply(request, Error(Errc::not_found, "there is nothing with this number"));
  co_return private_page(request, frame, std::move(html), problem ? 422 : 200);
}

bool is_ours(const Error& error) {
  return error.code == Errc::storage_unavailable || error.code == Errc::internal ||
         error.code == Errc::forbidden;
}

DirectoryProblem problem_of(const Error& error) {
  switch (error.code) {
    case Errc::not_found:
      return DirectoryProblem::unknown_person;
    case Errc::conflict:
      return DirectoryProblem::namesakes;
    case Errc::limit_exceeded:
      return DirectoryProblem::full;
    case Errc::invalid_input:
      return DirectoryProblem::days;
    default:
      return DirectoryProblem::other;
  }
}

}  // namespace convoke::web
