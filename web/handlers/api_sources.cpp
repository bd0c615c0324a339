#include "service/source_refresher.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/source_json.hpp"
#include "web/handlers/sources.hpp"

#include <boost/json/array.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

bool may_change(const Request& request) {
  return request.actor.role == service::Role::editor;
}

Result<SourceId> source_in(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  return SourceId{*number};
}

}  // namespace

awaitable<Reply> list_sources_api(Services& services, Request request) {
  auto deferred = service::list_sources(services.context, request.actor);
  const auto sources = co_await await(std::move(deferred));
  if (!sources) co_return error_reply(request, sources.error());
  json::array all;
  for (const auto& source : *sources) all.push_back(source_json(source, may_change(request)));
  json::object answer;
  answer["sources"] = std::move(all);
  co_return private_json(answer);
}

awaitable<Reply> add_source_api(Services& services, Request request) {
  auto wanted = read_new_source(request.body);
  if (!wanted) co_return error_reply(request, wanted.error());
  auto deferred = service::add_source(services.context, request.actor, std::move(*wanted));
  const auto added = co_await await(std::move(deferred));
  if (!added) co_return error_reply(request, added.error());
  if (services.refresher != nullptr) services.refresher->wake();
  auto reply = private_json(source_json(*added, true), 201);
  reply.set("Location", "/api/v1/sources/" + std::to_string(added->id.value));
  co_return reply;
}

awaitable<Reply> upload_source_api(Services& services, Request request) {
  auto wanted = read_upload_query(request.query);
  if (!wanted) co_return error_reply(request, wanted.error());
  auto deferred =
      service::add_source_file(services.context, request.actor, std::move(*wanted), std::move(request.body));
  const auto reading = co_await await(std::move(deferred));
  if (!reading) co_return error_reply(request, reading.error());
  auto reply = private_json(reading_json(*reading), 201);
  reply.set("Location", "/api/v1/sources/" + std::to_string(reading->source.id.value));
  co_return reply;
}

awaitable<Reply> upload_source_again_api(Services& services, Request request) {
  const auto id = source_in(request);
  if (!id) co_return error_reply(request, id.error());
  auto deferred = service::replace_source_file(services.context, request.actor, *id, std::move(request.body));
  const auto reading = co_await await(std::move(deferred));
  if (!reading) co_return error_reply(request, reading.error());
  co_return private_json(reading_json(*reading));
}

awaitable<Reply> refresh_source_api(Services& services, Request request) {
  const auto id = source_in(request);
  if (!id) co_return error_reply(request, id.error());
  if (services.refresher == nullptr) {
    const Error error(Errc::storage_unavailable, "calendars are not read by this program just now");
    co_return error_reply(request, error);
  }
  auto deferred = services.refresher->read_now(request.actor, *id);
  const auto reading = co_await await(std::move(deferred));
  if (!reading) co_return error_reply(request, reading.error());
  co_return private_json(reading_json(*reading));
}

awaitable<Reply> remove_source_api(Services& services, Request request) {
  const auto id = source_in(request);
  if (!id) co_return error_reply(request, id.error());
  auto deferred = service::remove_source(services.context, request.actor, *id);
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  Reply reply;
  reply.status = 204;
  co_return reply;
}

awaitable<Reply> list_conflicts_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::conflicts_of(services.context, *snapshot, request.actor, EventId{*number});
  const auto conflicts = co_await await(std::move(deferred));
  if (!conflicts) co_return error_reply(request, conflicts.error());
  json::array all;
  for (const auto& conflict : *conflicts)
    all.push_back(conflict_json(conflict, services.context.settings.base_url));
  json::object answer;
  answer["conflicts"] = std::move(all);
  co_return private_json(answer);
}

}  // namespace convoke::web
