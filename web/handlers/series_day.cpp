#include "web/handlers/series_day.hpp"

#include "service/series_day.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/occurrence_input.hpp"
#include "web/pages/links.hpp"
#include "web/pages/series_day_page.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::DayWords words_in(const Request& request) {
  service::DayWords typed;
  typed.date = field_of(request, "date");
  typed.time = field_of(request, "time");
  typed.end_time = field_of(request, "end_time");
  typed.title = field_of(request, "title");
  typed.place = field_of(request, "place");
  typed.note = field_of(request, "note");
  return typed;
}

service::DayStep step_in(const Request& request) {
  const auto step = field_of(request, "do");
  if (step == "cancel") return service::DayStep::cancel;
  return step == "restore" ? service::DayStep::restore : service::DayStep::save;
}

Reply day_reply(Services& services, const Request& request, const SeriesDayPage& page, unsigned status) {
  const auto frame = frame_of(services, request, series_day_path(page.event->id, page.day.day));
  return private_page(request, frame, render_series_day(page, frame), status);
}

}  // namespace

awaitable<Reply> show_series_day(Services& services, Request request) {
  const auto target = day_of_series(request);
  if (!target) co_return error_reply(request, target.error());
  auto deferred = service::series_of_day(services.context, editor_of(request), target->event, target->day);
  const auto event = co_await await(std::move(deferred));
  if (!event) co_return error_reply(request, event.error());
  SeriesDayPage page(*event, *calendar::occurrence_on(*event, target->day));
  page.typed = service::words_of(*event, page.day);
  co_return day_reply(services, request, page, 200);
}

awaitable<Reply> save_series_day(Services& services, Request request) {
  const auto target = day_of_series(request);
  if (!target) co_return error_reply(request, target.error());
  auto typed = words_in(request);
  auto deferred = service::write_day(services.context, editor_of(request), target->event, target->day,
                                     step_in(request), typed, field_of(request, "stamp"));
  const auto saved = co_await await(std::move(deferred));
  if (!saved) co_return error_reply(request, saved.error());
  const bool done = !saved->overtaken && saved->field.empty();
  if (done) co_return Reply::redirect(with_query(event_path(target->event), "done", "day") + "#coming");
  SeriesDayPage page(saved->event, *calendar::occurrence_on(saved->event, target->day));
  page.typed = std::move(typed);
  page.problem = saved->field;
  page.overtaken = saved->overtaken;
  co_return day_reply(services, request, page, saved->overtaken ? 409 : 422);
}

}  // namespace convoke::web
