#include "web/handlers/programme.hpp"

#include "service/programme.hpp"
#include "service/report_export.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/i18n.hpp"
#include "web/pages/programme_page.hpp"

#include <string>
#include <utility>

namespace convoke::web {

using boost::asio::awaitable;

awaitable<Reply> show_programme(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::published_programme(services.context, *snapshot, EventId{*number});
  const auto programme = co_await await(std::move(deferred));
  if (!programme) co_return error_reply(request, programme.error());
  const auto frame = frame_of(services, request, programme_path(EventId{*number}));
  ProgrammePage page;
  page.programme = &*programme;
  page.has_file =
      !service::programme_file(services.context.settings, **snapshot, programme->conference, frame.language)
           .empty();
  page.edits = watches_over(request.who.get(), programme->conference);
  co_return page_reply(request, frame, render_programme(page, frame));
}

awaitable<Reply> download_programme_calendar(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const Event* event = (*snapshot)->find_event(EventId{*number});
  const Language language = language_of_reader(request);
  auto file = event == nullptr
                  ? std::string()
                  : service::programme_file(services.context.settings, **snapshot, *event, language);
  if (file.empty()) {
    const Error error(Errc::not_found, "this event has no programme that a calendar could show");
    co_return error_reply(request, error);
  }
  auto reply = Reply::text(200, std::move(file), "text/calendar; charset=utf-8");
  reply.set("Content-Disposition", "attachment; filename=\"programme-" + std::to_string(*number) + ".ics\"");
  reply.set("Cache-Control", "no-cache");
  set_language_headers(reply, request, language);
  co_return reply;
}

awaitable<Reply> download_programme_document(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto deferred = service::published_programme(services.context, *snapshot, EventId{*number});
  const auto programme = co_await await(std::move(deferred));
  if (!programme) co_return error_reply(request, programme.error());
  const Language language = language_of_reader(request);
  auto writing = service::write_report(services.context, programme_document(*programme, language));
  auto bytes = co_await await(std::move(writing));
  if (!bytes) co_return error_reply(request, bytes.error());
  auto reply = Reply::text(200, std::move(*bytes), service::report_media_type);
  reply.set("Content-Disposition", "attachment; filename=\"programme-" + std::to_string(*number) + ".docx\"");
  reply.set("Cache-Control", "no-cache");
  set_language_headers(reply, request, language);
  co_return reply;
}

}  // namespace convoke::web
