#include "web/handlers/pages.hpp"

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/answers.hpp"
#include "service/conflicts.hpp"
#include "service/participants.hpp"
#include "service/personal_calendars.hpp"
#include "service/polls.hpp"
#include "service/presentation.hpp"
#include "service/programme.hpp"
#include "service/registrations.hpp"
#include "service/submissions.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_page.hpp"
#include "web/pages/home_page.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_page.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace convoke::web {
namespace {

// Of a series, its page shows the days of so long a time, and so many of them.
constexpr int coming_days = 366;
constexpr std::size_t most_coming = 12;

using boost::asio::awaitable;

const Error no_such_event(Errc::not_found, "there is no such event");
const Error no_such_plan(Errc::not_found, "there is no such plan");

// The event that an address names. Goals stand in their plan only.
Result<const Event*> event_in(const service::Snapshot& snapshot, const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  const Event* event = snapshot.find_event(EventId{*number});
  if (event == nullptr) return no_such_event;
  return event;
}

// What the event is a part of, and its own parts in their order.
void add_relatives(const service::Snapshot& snapshot, EventView& view) {
  if (view.event->parent) view.parent = snapshot.find_event(view.event->parent);
  for (const auto& one : snapshot.events)
    if (one->parent == view.event->id && (!is_talk(*one) || one->period.has_dates()))
      view.parts.push_back(one.get());
  std::stable_sort(view.parts.begin(), view.parts.end(), [](const Event* a, const Event* b) {
    return std::tuple(a->period.first, a->period.time) < std::tuple(b->period.first, b->period.time);
  });
}

// They stand in the programme.
void drop_talks(EventView& view) {
  std::erase_if(view.parts, [](const Event* one) { return is_talk(*one); });
}

// Those of the directory that the event names: who is responsible comes from there, or it takes place there.
void add_institutions(const service::Snapshot& snapshot, EventView& view) {
  std::set<std::string> named = {fold(view.event->place)};
  for (const auto& one : view.event->responsible) named.insert(fold(one.organisation));
  named.erase("");
  for (const auto& one : snapshot.organisations)
    if (one.id != view.event->organisation && named.contains(fold(one.name)))
      view.kind.institutions.push_back({one.name, one.contact});
}

// Whether somebody is told who comes: their own association's business.
bool belongs(const service::SignedIn* who, const Event& event) {
  return who != nullptr && !event.source && service::reaches(*who, event.organisation);
}

}  // namespace

awaitable<Reply> show_home(Services& services, Request request) {
  auto query = parse_home_query(request.query);
  if (!query) co_return error_reply(request, query.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto view = make_home_view(*snapshot, *query, today(services));
  const auto frame = frame_of(services, request, home_path(*query));
  co_return page_reply(request, frame, render_home(view, frame));
}

awaitable<Reply> show_plans(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto frame = frame_of(services, request, "/plans");
  co_return page_reply(request, frame, render_plans(**snapshot, frame));
}

awaitable<Reply> show_plan(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  PlanView view;
  view.plan = (*snapshot)->find_plan(PlanId{*number});
  if (view.plan == nullptr) co_return error_reply(request, no_such_plan);
  view.rows = (*snapshot)->events_of(view.plan->id);
  view.approved = request.query_value("approved").value_or("");
  const auto frame = frame_of(services, request, plan_path(view.plan->id));
  co_return page_reply(request, frame, render_plan(view, frame));
}

awaitable<Reply> show_event(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto event = event_in(**snapshot, request);
  if (!event) co_return error_reply(request, event.error());
  const auto frame = frame_of(services, request, event_path((*event)->id));
  EventView view;
  view.event = *event;
  view.plan = (*snapshot)->find_plan((*event)->plan);
  view.organisation = (*snapshot)->find_organisation((*event)->organisation);
  add_relatives(**snapshot, view);
  if (const auto* source = (*snapshot)->sources.name_of((*event)->source)) view.source = *source;
  const auto reader = request.who ? service::actor_of(*request.who) : service::Actor();
  auto comparing = service::conflicts_of(services.context, *snapshot, reader, (*event)->id);
  auto conflicts = co_await await(std::move(comparing));
  if (!conflicts) co_return error_reply(request, conflicts.error());
  view.same_day = std::move(*conflicts);
  if ((*event)->period.precision == Precision::recurring) {
    const Date from = today(services);
    view.coming = calendar::event_occurrences(**event, from, add_days(from, coming_days));
    if (view.coming.size() > most_coming) view.coming.resize(most_coming);
    view.day_changed = request.query_value("done").value_or("") == "day";
  }
  view.in_calendar =
      !service::event_file(services.context.settings, **snapshot, **event, frame.language).empty();
  auto opening = service::registration_door(services.context, (*event)->id);
  const auto door = co_await await(std::move(opening));
  if (door) view.registration = *door;
  auto finding = service::has_programme(services.context, (*event)->id);
  const auto programme = co_await await(std::move(finding));
  view.programme = programme && *programme;
  if (view.programme) drop_talks(view);
  auto calling = service::call_door(services.context, (*event)->id);
  const auto call = co_await await(std::move(calling));
  if (call) view.call = *call;
  if (request.who) {
    auto deferred = service::attends(services.context, *request.who, (*event)->id);
    const auto attends = co_await await(std::move(deferred));
    if (!attends) co_return error_reply(request, attends.error());
    view.attends = *attends;
  }
  if (belongs(request.who.get(), **event)) {
    auto deferred = service::participants_of(services.context, (*event)->id);
    auto participants = co_await await(std::move(deferred));
    if (!participants) co_return error_reply(request, participants.error());
    view.participants = std::move(*participants);
  }
  view.kind.today = today(services);
  if (watches_over(request.who.get(), **event)) {
    view.kind.organiser = true;
    add_institutions(**snapshot, view);
    auto answering = service::answers_of(services.context, reader, (*event)->id);
    auto answers = co_await await(std::move(answering));
    if (!answers) co_return error_reply(request, answers.error());
    view.kind.answers = std::move(*answers);
    auto deferred = service::history_of(services.context, (*event)->id);
    auto history = co_await await(std::move(deferred));
    if (!history) co_return error_reply(request, history.error());
    view.history = std::move(*history);
    auto choosing = service::day_choice(services.context, *snapshot, reader, (*event)->id);
    auto choice = co_await await(std::move(choosing));
    if (!choice) co_return error_reply(request, choice.error());
    view.day.emplace();
    view.day->choice = std::move(*choice);
    auto asking = service::unclosed_poll_of(services.context, (*event)->id);
    auto poll = co_await await(std::move(asking));
    if (!poll) co_return error_reply(request, poll.error());
    view.day->poll = std::move(*poll);
    view.day->just_dated = request.query_value("done").value_or("") == "dated";
  }
  co_return page_reply(request, frame, render_event(view, frame));
}

awaitable<Reply> download_event(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto event = event_in(**snapshot, request);
  if (!event) co_return error_reply(request, event.error());
  const Language language = language_of_reader(request);
  auto file = service::event_file(services.context.settings, **snapshot, **event, language);
  if (file.empty()) {
    const Error error(Errc::not_found, "this event has no day that a calendar could show");
    co_return error_reply(request, error);
  }
  auto reply = Reply::text(200, std::move(file), "text/calendar; charset=utf-8");
  reply.set("Content-Disposition",
            "attachment; filename=\"event-" + std::to_string((*event)->id.value) + ".ics\"");
  reply.set("Cache-Control", "no-cache");
  set_language_headers(reply, request, language);
  co_return reply;
}

}  // namespace convoke::web
