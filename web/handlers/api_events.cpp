#include "base/text.hpp"
#include "service/events.hpp"
#include "service/presentation.hpp"
#include "web/await.hpp"
#include "web/handlers/api.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/if_match.hpp"
#include "web/handlers/json.hpp"
#include "web/handlers/json_input.hpp"
#include "web/pages/links.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

struct Window {
  long limit = default_page_size;
  long offset = 0;
};

Result<long> number_of(std::string_view key, std::string_view text, long least, long most) {
  long value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = problem == std::errc() && end == text.data() + text.size();
  if (!whole || value < least || value > most)
    return Error(Errc::invalid_input, "'" + std::string(key) + "' must be a number from " +
                                          std::to_string(least) + " to " + std::to_string(most));
  return value;
}

Result<Window> window_of(const Request& request) {
  constexpr long farthest = 1'000'000;
  Window window;
  if (const auto text = request.query_value("limit")) {
    const auto value = number_of("limit", *text, 1, largest_page_size);
    if (!value) return value.error();
    window.limit = *value;
  }
  if (const auto text = request.query_value("offset")) {
    const auto value = number_of("offset", *text, 0, farthest);
    if (!value) return value.error();
    window.offset = *value;
  }
  return window;
}

// By the first day; what has no dates comes last.
std::vector<const Event*> chosen_events(const service::Snapshot& snapshot, const calendar::FeedQuery& query) {
  std::vector<const Event*> events;
  for (const auto& event : snapshot.events)
    if (event->kind != EventKind::goal && calendar::matches(query, *event)) events.push_back(event.get());
  const auto key = [](const Event* event) {
    return std::tuple(!event->period.first, event->period.first.value_or(Date{}),
                      event->period.time.value_or(TimeOfDay{0}), event->id);
  };
  std::sort(events.begin(), events.end(), [&](auto* a, auto* b) { return key(a) < key(b); });
  return events;
}

std::string next_page(const calendar::FeedQuery& query, const Window& window) {
  const auto filters = calendar::canonical(query);
  std::string path = "/api/v1/events" + (filters.empty() ? "" : "?" + filters);
  path = with_query(std::move(path), "limit", std::to_string(window.limit));
  return with_query(std::move(path), "offset", std::to_string(window.offset + window.limit));
}

Reply event_reply(const Services& services, const Event& event, unsigned status = 200) {
  auto reply = json_reply(event_json(event, services.context.settings.base_url), status);
  reply.set("ETag", "\"" + std::to_string(event.sequence) + "\"");
  return reply;
}

}  // namespace

awaitable<Reply> list_events_api(Services& services, Request request) {
  const auto query = calendar::parse_feed_query(without(request.query, {"limit", "offset"}));
  if (!query) co_return error_reply(request, query.error());
  const auto window = window_of(request);
  if (!window) co_return error_reply(request, window.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto events = chosen_events(**snapshot, *query);
  const auto total = static_cast<long>(events.size());
  const long first = std::min(window->offset, total), last = std::min(first + window->limit, total);
  json::array page;
  for (long i = first; i < last; ++i)
    page.push_back(event_json(*events[static_cast<std::size_t>(i)], services.context.settings.base_url));
  json::object answer;
  answer["events"] = std::move(page);
  answer["total"] = total;
  answer["offset"] = window->offset;
  answer["limit"] = window->limit;
  answer["next"] = nullptr;
  if (last < total) answer["next"] = next_page(*query, *window);
  co_return json_reply(answer);
}

awaitable<Reply> get_event_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const Event* event = (*snapshot)->find_event(EventId{*number});
  if (event != nullptr) co_return event_reply(services, *event);
  const Error error(Errc::not_found, "there is no such event");
  co_return error_reply(request, error);
}

awaitable<Reply> create_event_api(Services& services, Request request) {
  auto event = read_new_event(request.body);
  if (!event) co_return error_reply(request, event.error());
  auto deferred = service::create_event(services.context, request.actor, std::move(*event));
  const auto created = co_await await(std::move(deferred));
  if (!created) co_return error_reply(request, created.error());
  auto reply = event_reply(services, *created, 201);
  reply.set("Location", "/api/v1/events/" + std::to_string(created->id.value));
  co_return reply;
}

awaitable<Reply> change_event_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto change = read_event_change(request.body);
  if (!change) co_return error_reply(request, change.error());
  const auto condition = condition_of(request);
  if (!condition) co_return error_reply(request, condition.error());
  if (*condition) change->expected_sequence = *condition;
  auto deferred =
      service::change_event(services.context, request.actor, EventId{*number}, std::move(*change));
  const auto changed = co_await await(std::move(deferred));
  if (changed) co_return event_reply(services, *changed);
  co_return refusal_of(request, condition->has_value(), changed.error());
}

awaitable<Reply> remove_event_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto condition = condition_of(request);
  if (!condition) co_return error_reply(request, condition.error());
  auto deferred = service::remove_event(services.context, request.actor, EventId{*number}, *condition);
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return refusal_of(request, condition->has_value(), removed.error());
  Reply reply;
  reply.status = 204;
  co_return reply;
}

}  // namespace convoke::web
