#include "web/handlers/event_details.hpp"

#include "service/event_details.hpp"
#include "service/minutes.hpp"
#include "service/participants.hpp"
#include "service/report_export.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/event_details_page.hpp"
#include "web/pages/links.hpp"
#include "web/pages/minutes_file.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::EventDetails details_in(const Request& request) {
  service::EventDetails typed;
  typed.title = field_of(request, "title");
  typed.kind = event_kind_of(field_of(request, "kind"));
  typed.place = field_of(request, "place");
  typed.online_url = field_of(request, "online_url");
  typed.time = field_of(request, "time");
  typed.end_time = field_of(request, "end_time");
  typed.agenda = field_of(request, "agenda");
  typed.description = field_of(request, "description");
  typed.audience = field_of(request, "audience");
  typed.level = level_of(field_of(request, "level"));
  typed.contact = field_of(request, "contact");
  typed.files = field_of(request, "files");
  typed.image_url = field_of(request, "image_url");
  return typed;
}

Reply details_reply(Services& services, const Request& request, const EventDetailsPage& page,
                    unsigned status) {
  const auto frame = frame_of(services, request, event_details_path(page.event->id));
  return private_page(request, frame, render_event_details(page, frame), status);
}

}  // namespace

awaitable<Reply> show_event_details(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::event_to_detail(services.context, editor_of(request), EventId{*number});
  const auto event = co_await await(std::move(deferred));
  if (!event) co_return error_reply(request, event.error());
  EventDetailsPage page;
  page.event = &*event;
  page.typed = service::details_of(*event);
  page.added = request.query_value("done") == "added";
  co_return details_reply(services, request, page, 200);
}

awaitable<Reply> save_event_details(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  EventDetailsPage page;
  page.typed = details_in(request);
  auto deferred = service::save_details(services.context, editor_of(request), EventId{*number}, page.typed,
                                        field_of(request, "stamp"));
  const auto saved = co_await await(std::move(deferred));
  if (!saved) co_return error_reply(request, saved.error());
  const bool done = !saved->overtaken && saved->field.empty();
  if (done) co_return Reply::redirect(event_path(saved->event.id));
  page.event = &saved->event;
  page.problem = saved->field;
  page.overtaken = saved->overtaken;
  co_return details_reply(services, request, page, saved->overtaken ? 409 : 422);
}

awaitable<Reply> download_minutes(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto asking = service::minutes_facts(services.context, editor_of(request), EventId{*number});
  const auto facts = co_await await(std::move(asking));
  if (!facts) co_return error_reply(request, facts.error());
  auto looking = service::participants_of(services.context, EventId{*number});
  const auto people = co_await await(std::move(looking));
  if (!people) co_return error_reply(request, people.error());
  auto writing = service::write_minutes(services.context, minutes_document(*facts, *people));
  auto bytes = co_await await(std::move(writing));
  if (!bytes) co_return error_reply(request, bytes.error());
  auto reply = Reply::text(200, std::move(*bytes), service::report_media_type);
  reply.set("Content-Disposition", "attachment; filename=\"minutes-" + std::to_string(*number) + ".docx\"");
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

}  // namespace convoke::web
