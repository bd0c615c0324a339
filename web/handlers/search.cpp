#include "web/handlers/search.hpp"

#include "service/search.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/json.hpp"
#include "web/pages/search_page.hpp"

#include <boost/json/array.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// What the words of the address find among what is published. Goals stand in their plan only.
awaitable<Result<SearchView>> found_by(Services& services, const Request& request) {
  SearchView view;
  view.text = request.query_value("q").value_or("");
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return snapshot.error();
  view.snapshot = *snapshot;
  auto deferred = service::search_events(services.context, view.text);
  const auto found = co_await await(std::move(deferred));
  if (!found) co_return found.error();
  view.more = found->size() == static_cast<std::size_t>(service::most_found);
  for (const EventId id : *found) {
    const Event* event = view.snapshot->find_event(id);
    if (event != nullptr && event->kind != EventKind::goal) view.found.push_back(event);
  }
  co_return view;
}

}  // namespace

awaitable<Reply> show_search(Services& services, Request request) {
  const auto view = co_await found_by(services, request);
  if (!view) co_return error_reply(request, view.error());
  const auto frame = frame_of(services, request, search_path(view->text));
  co_return page_reply(request, frame, render_search(*view, frame));
}

awaitable<Reply> search_api(Services& services, Request request) {
  const auto view = co_await found_by(services, request);
  if (!view) co_return error_reply(request, view.error());
  boost::json::array events;
  for (const Event* event : view->found)
    events.push_back(event_json(*event, services.context.settings.base_url));
  boost::json::object answer;
  answer["events"] = std::move(events);
  co_return json_reply(answer);
}

}  // namespace convoke::web
