#include "web/handlers/personal.hpp"

#include "base/text.hpp"
#include "service/personal_calendars.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/feeds.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/twins.hpp"
#include "web/pages/calendars_page.hpp"
#include "web/pages/links.hpp"

#include <boost/asio/ip/address.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// The filters that the form can set. Errors: invalid_input.
Result<calendar::FeedQuery> query_in(const Request& request) {
  Pairs pairs;
  for (const char* list : {"kind"})
    for (auto& value : fields_of(request, list)) pairs.emplace_back(list, std::move(value));
  for (const char* key : {"periods", "lang", "alarms"})
    if (auto value = field_of(request, key); !value.empty()) pairs.emplace_back(key, std::move(value));
  return calendar::parse_feed_query(pairs);
}

// What was entered, and what is wrong with it.
CalendarsView entered_in(const Request& request) {
  CalendarsView view;
  view.name = collapse_spaces(field_of(request, "name"));
  if (view.name.empty() || view.name.size() > service::longest_calendar_name)
    view.state.problem = FormProblem::calendar_name;
  if (const auto scope = personal_scope_of(field_of(request, "scope")))
    view.scope = *scope;
  else
    view.state.problem = FormProblem::unclear;
  if (auto query = query_in(request))
    view.query = std::move(*query);
  else
    view.state.problem = FormProblem::calendar_filters;
  return view;
}

awaitable<Reply> calendars_page(Services& services, Request request, CalendarsView view) {
  auto deferred = service::personal_calendars_of(services.context, *request.who);
  auto calendars = co_await await(std::move(deferred));
  if (!calendars) co_return error_reply(request, calendars.error());
  view.calendars = std::move(*calendars);
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  const auto frame = frame_of(services, request, "/calendars");
  const unsigned status = view.state.problem ? 422 : 200;
  co_return private_page(request, frame, render_calendars(frame, view), status);
}

FormProblem problem_of(const Error& error) {
  return error.code == Errc::limit_exceeded ? FormProblem::calendars_full : FormProblem::unclear;
}

Reply no_such_calendar(Services& services, const Request& request, const Error& error) {
  auto reply = Reply::text(404, "there is no such calendar\n");
  if (error.code == Errc::gone) reply = Reply::text(410, "this calendar has been revoked\n");
  if (const auto wait = count_wrong_secret(services, request); wait > std::chrono::seconds::zero()) {
    reply = Reply::text(429, "too many wrong addresses from here\n");
    reply.set("Retry-After", std::to_string(wait.count()));
  }
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

awaitable<Reply> change_attendance(Services& services, Request request, bool attends) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const EventId event{*number};
  auto deferred = attends ? service::attend(services.context, *request.who, event)
                          : service::withdraw(services.context, *request.who, event);
  const auto done = co_await await(std::move(deferred));
  if (!done) co_return error_reply(request, done.error());
  co_return Reply::redirect(event_path(event));
}

}  // namespace

std::shared_ptr<RateLimiter> make_wrong_calendar_limits() {
  Limits limits;
  limits.requests_per_minute = wrong_calendars_per_minute;
  return std::make_shared<RateLimiter>(limits);
}

awaitable<Reply> show_calendars(Services& services, Request request) {
  co_return co_await calendars_page(services, std::move(request), CalendarsView());
}

// The address goes into this one answer and is kept nowhere.
awaitable<Reply> make_calendar(Services& services, Request request) {
  auto view = entered_in(request);
  if (view.state.problem) co_return co_await calendars_page(services, std::move(request), std::move(view));
  service::NewPersonalCalendar calendar;
  calendar.scope = view.scope;
  calendar.name = view.name;
  calendar.query = calendar::canonical(view.query);
  auto deferred = service::make_personal_calendar(services.context, *request.who, std::move(calendar));
  const auto issued = co_await await(std::move(deferred));
  if (!issued) {
    const bool mendable =
        issued.error().code == Errc::invalid_input || issued.error().code == Errc::limit_exceeded;
    if (!mendable) co_return error_reply(request, issued.error());
    view.state.problem = problem_of(issued.error());
    co_return co_await calendars_page(services, std::move(request), std::move(view));
  }
  const auto frame = frame_of(services, request, "/calendars");
  const auto path = "/feeds/p/" + issued->token + ".ics";
  co_return private_page(request, frame, render_calendar_made(frame, view.name, path));
}

awaitable<Reply> revoke_calendar(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const PersonalCalendarId id{*number};
  auto deferred = service::revoke_personal_calendar(services.context, *request.who, id);
  const auto done = co_await await(std::move(deferred));
  if (!done) co_return error_reply(request, done.error());
  co_return Reply::redirect("/calendars");
}

awaitable<Reply> attend_event(Services& services, Request request) {
  co_return co_await change_attendance(services, std::move(request), true);
}

awaitable<Reply> withdraw_from_event(Services& services, Request request) {
  co_return co_await change_attendance(services, std::move(request), false);
}

namespace {

// How the events of a personal calendar are written.
enum class PersonalForm { calendar, json, atom };

awaitable<Reply> serve_personal(Services& services, Request request, PersonalForm form) {
  const auto& token = request.captures.at(0);
  const std::string agent(request.header("user-agent"));
  auto feed = service::personal_request_if_known(services.context, token, agent);
  if (!feed) {
    auto deferred = service::personal_request(services.context, token, agent);
    feed = co_await await(std::move(deferred));
  }
  if (*feed && form == PersonalForm::calendar) {
    auto reply =
        calendar_reply(services, std::move(request), std::move(**feed), Visibility::personal, "calendar.ics");
    co_return co_await std::move(reply);
  }
  if (*feed) {
    const auto twin = form == PersonalForm::json ? TwinForm::json : TwinForm::atom;
    auto reply =
        twin_reply(services, std::move(request), std::move(**feed), twin, Visibility::personal, "calendar");
    co_return co_await std::move(reply);
  }
  const auto error = feed->error();
  if (error.code == Errc::not_found || error.code == Errc::gone)
    co_return no_such_calendar(services, request, error);
  co_return error_reply(request, error);
}

}  // namespace

awaitable<Reply> serve_personal_feed(Services& services, Request request) {
  return serve_personal(services, std::move(request), PersonalForm::calendar);
}

awaitable<Reply> serve_personal_json(Services& services, Request request) {
  return serve_personal(services, std::move(request), PersonalForm::json);
}

awaitable<Reply> serve_personal_atom(Services& services, Request request) {
  return serve_personal(services, std::move(request), PersonalForm::atom);
}

}  // namespace convoke::web
