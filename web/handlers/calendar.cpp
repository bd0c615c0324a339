#include "web/handlers/calendar.hpp"

#include "base/text.hpp"
#include "service/event_dating.hpp"
#include "service/series_day.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/plan_desk.hpp"
#include "web/pages/calendar_page.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"

#include <boost/json.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// The months that the address asks for.
awaitable<Result<CalendarView>> view_of(Services& services, const Request& request, bool year) {
  auto query = parse_home_query(without(request.query, {"done", "problem"}));
  if (!query) co_return query.error();
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return snapshot.error();
  CalendarView view;
  view.today = today(services);
  view.snapshot = std::move(*snapshot);
  view.query = std::move(*query);
  if (!view.query.from)
    view.query.from = year ? service::year_beginning(*view.snapshot, view.today) : month_of(view.today);
  view.months = service::months_of(*view.snapshot, view.query.filter, *view.query.from,
                                   year ? service::year_months : 1);
  const Date first = first_of_month(view.months.front().month / 1);
  const service::Window window{first, last_of_month(view.months.back().month / 1)};
  view.named_days = service::named_days(services.context.settings, *view.snapshot, view.query.filter, window);
  if (request.who && request.who->role >= AccountRole::organiser)
    view.undated = service::undated_in(*view.snapshot, view.query.filter, first, request.who->reach);
  co_return view;
}

namespace json = boost::json;

// Whether this person gives days to events of the association.
bool names_days(const Request& request, const Event& event) {
  return request.who && request.who->role >= AccountRole::organiser &&
         reaches(*request.who, event.organisation);
}

json::object entry_json(const service::CalendarEntry& entry, const Request& request) {
  const auto moment = [&](Date day, std::optional<TimeOfDay> time) {
    return time ? format_iso(day) + "T" + format_iso(*time) : format_iso(day);
  };
  json::object one;
  one["id"] = entry.event->id.value;
  one["title"] = entry.title;
  one["kind"] = name_of(entry.event->kind);
  one["url"] = event_path(entry.event->id);
  one["start"] = moment(entry.first, entry.time);
  // Without a time the last day is meant; with one, an end that nobody has named is left to the reader.
  one["end"] = nullptr;
  if (!entry.time) one["end"] = format_iso(entry.last);
  if (entry.time && entry.end_time) one["end"] = moment(entry.last, entry.end_time);
  one["cancelled"] = entry.cancelled;
  if (!names_days(request, *entry.event)) return one;
  if (entry.of_series ? !entry.cancelled && service::has_own_days(*entry.event)
                      : service::can_be_dated(*entry.event)) {
    one["stamp"] = entry.of_series ? service::series_stamp(*entry.event) : service::row_stamp(*entry.event);
    one["action"] = event_path(entry.event->id) + "/day";
    if (entry.of_series) one["of"] = format_iso(entry.day);
  }
  return one;
}

// The day and, when there is one, the time of the form. Errors: invalid_input.
Result<service::RowDay> day_in(const Request& request) {
  service::RowDay chosen;
  const auto day = parse_iso_date(trim(field_of(request, "day")));
  if (!day) return Error(Errc::invalid_input, "choose a day");
  chosen.day = *day;
  const auto time = std::string(trim(field_of(request, "time")));
  if (time.empty()) return chosen;
  const auto read = parse_iso_time(time);
  if (!read) return Error(Errc::invalid_input, "a time is written like 10:30");
  chosen.time = *read;
  return chosen;
}

// "14.11.2025 10:00", as the table of the plan understands it.
std::string day_as_typed(const service::RowDay& day) {
  Period period = make_dated(day.day, day.time);
  return service::period_as_typed(period, {});
}

// Where the form was opened.
std::string back_in(const Request& request, EventId id) {
  auto back = local_address(field_of(request, "back"));
  return back == "/" ? event_path(id) : back;
}

// The day `of` a series, and no other.
awaitable<Reply> move_series_day(Services& services, Request request, EventId id, Date of) {
  service::DayWords words;
  words.date = field_of(request, "day");
  words.time = field_of(request, "time");
  auto deferred = service::write_day(services.context, editor_of(request), id, of, service::DayStep::move,
                                     std::move(words), field_of(request, "stamp"));
  const auto done = co_await await(std::move(deferred));
  if (!done) co_return error_reply(request, done.error());
  const auto back = back_in(request, id);
  if (done->overtaken) co_return Reply::redirect(with_query(back, "problem", "1"));
  if (done->field.empty()) co_return Reply::redirect(with_query(back, "done", "dated"));
  const Error error(Errc::invalid_input, "choose a day, and an hour at which it can still take place");
  co_return error_reply(request, error);
}

}  // namespace

awaitable<Reply> show_month(Services& services, Request request) {
  const auto view = co_await view_of(services, request, false);
  if (!view) co_return error_reply(request, view.error());
  const auto frame = frame_of(services, request, month_path(view->query));
  CalendarView shown = *view;
  if (request.query_value("done")) shown.message = CalendarMessage::dated;
  if (request.query_value("problem")) shown.message = CalendarMessage::changed_since;
  // The page's script asks for the entries of the days it shows.
  co_return with_fetching(page_reply(request, frame, render_month(shown, frame)));
}

awaitable<Reply> list_calendar_entries(Services& services, Request request) {
  const auto from = parse_iso_date(request.query_value("from").value_or(""));
  const auto to = parse_iso_date(request.query_value("to").value_or(""));
  if (!from || !to) {
    const Error error(Errc::invalid_input, "'from' and 'to' are days like 2025-11-03");
    co_return error_reply(request, error);
  }
  const auto window = service::make_window(*from, *to);
  if (!window) co_return error_reply(request, window.error());
  const auto query = calendar::parse_feed_query(without(request.query, {"from", "to"}));
  if (!query) co_return error_reply(request, query.error());
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  json::array entries, days;
  for (const auto& entry : service::entries_between(**snapshot, *query, *window))
    entries.push_back(entry_json(entry, request));
  for (const auto& day : service::named_days(services.context.settings, **snapshot, *query, *window)) {
    json::object one;
    one["day"] = format_iso(day.day);
    one["off"] = day.off;
    one["name"] = day.name;
    days.push_back(std::move(one));
  }
  json::object answer;
  answer["entries"] = std::move(entries);
  answer["days"] = std::move(days);
  auto reply = json_reply(answer);
  reply.set("Cache-Control", "no-store");  // it says what who is signed in may move
  co_return reply;
}

awaitable<Reply> name_event_day(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const EventId id{*number};
  const auto day = day_in(request);
  if (!day) co_return error_reply(request, day.error());
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const Event* event = (*snapshot)->find_event(id);
  if (event == nullptr || event->source || !names_days(request, *event)) {
    const Error error(Errc::not_found, "there is no such event");
    co_return error_reply(request, error);
  }
  if (const auto of = field_of(request, "of"); !of.empty()) {
    const auto series_day = parse_iso_date(of);
    if (!series_day) co_return error_reply(request, series_day.error());
    co_return co_await move_series_day(services, std::move(request), id, *series_day);
  }
  const auto editor = editor_of(request);
  const auto stamp = field_of(request, "stamp");
  auto deferred = event->plan ? service::date_row(services.context, editor, event->plan, id, *day, stamp)
                              : service::date_event(services.context, editor, id, *day, stamp);
  const auto done = co_await await(std::move(deferred));
  const auto back = back_in(request, id);
  if (done) co_return Reply::redirect(with_query(back, "done", "dated"));
  if (done.error().code != Errc::conflict) co_return error_reply(request, done.error());
  const Plan* plan = (*snapshot)->find_plan(event->plan);
  if (plan == nullptr) co_return Reply::redirect(with_query(back, "problem", "1"));
  // Only the period is this person's word; every other cell is as it was seen.
  auto was = service::row_fields(*event, plan->language);
  auto yours = was;
  was.period = field_of(request, "was");
  yours.period = day_as_typed(*day);
  co_return co_await choose_cells(services, std::move(request), plan->id, id, std::move(was),
                                  std::move(yours));
}

awaitable<Reply> show_year(Services& services, Request request) {
  const auto view = co_await view_of(services, request, true);
  if (!view) co_return error_reply(request, view.error());
  const auto frame = frame_of(services, request, year_path(view->query));
  co_return page_reply(request, frame, render_year(*view, frame));
}

}  // namespace convoke::web
