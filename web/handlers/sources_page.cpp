#include "web/pages/sources_page.hpp"

#include "service/source_refresher.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/sources.hpp"

#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::Actor actor_in(const Request& request) {
  return request.who ? service::actor_of(*request.who) : service::Actor();
}

awaitable<Reply> sources_page(Services& services, Request request, SourcesView view) {
  const auto actor = actor_in(request);
  auto deferred = service::list_sources(services.context, actor);
  auto sources = co_await await(std::move(deferred));
  if (!sources) co_return error_reply(request, sources.error());
  view.sources = std::move(*sources);
  view.may_change = actor.role == service::Role::editor;
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, "/sources");
  auto html = render_sources(view, frame);
  if (view.problem) co_return private_page(request, frame, std::move(html), 422);
  co_return page_reply(request, frame, std::move(html));
}

std::chrono::minutes every_in(const std::string& text) {
  int minutes = 0;
  std::from_chars(text.data(), text.data() + text.size(), minutes);
  return std::chrono::minutes{minutes};
}

SourceProblem problem_of(const Error& error) {
  switch (error.code) {
    case Errc::conflict:
      return SourceProblem::known;
    case Errc::limit_exceeded:
      return SourceProblem::too_many;
    case Errc::invalid_input:
      return SourceProblem::address;
    default:
      return SourceProblem::other;
  }
}

}  // namespace

awaitable<Reply> show_sources(Services& services, Request request) {
  co_return co_await sources_page(services, std::move(request), SourcesView());
}

awaitable<Reply> add_source(Services& services, Request request) {
  service::NewSource wanted;
  wanted.name = field_of(request, "name");
  wanted.url = field_of(request, "url");
  wanted.every = every_in(field_of(request, "every"));
  wanted.shared = !field_of(request, "shared").empty();
  SourcesView view;
  view.name = wanted.name;
  view.url = wanted.url;
  const auto actor = actor_in(request);
  auto deferred = service::add_source(services.context, actor, std::move(wanted));
  const auto added = co_await await(std::move(deferred));
  if (!added) {
    if (added.error().code == Errc::storage_unavailable) co_return error_reply(request, added.error());
    view.problem = problem_of(added.error());
    co_return co_await sources_page(services, std::move(request), std::move(view));
  }
  if (services.refresher != nullptr) services.refresher->wake();
  co_return Reply::redirect("/sources");
}

awaitable<Reply> refresh_source(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  if (services.refresher != nullptr) {
    const auto actor = actor_in(request);
    auto deferred = services.refresher->read_now(actor, SourceId{*number});
    const auto reading = co_await await(std::move(deferred));
    if (!reading) co_return error_reply(request, reading.error());
  }
  co_return Reply::redirect("/sources");
}

awaitable<Reply> remove_source(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto actor = actor_in(request);
  auto deferred = service::remove_source(services.context, actor, SourceId{*number});
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  co_return Reply::redirect("/sources");
}

}  // namespace convoke::web
