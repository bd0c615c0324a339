#include "web/handlers/control.hpp"

#include "base/text.hpp"
#include "service/answers.hpp"
#include "service/events.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/control_page.hpp"
#include "web/pages/links.hpp"

#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// Back to where the form was.
std::string way_back(const Request& request) {
  const auto next = local_address(field_of(request, "next"));
  return next == "/" ? std::string("/manage") : next;
}

service::NewAnswer answer_in(const Request& request, EventId event, AnswerKind kind) {
  service::NewAnswer answer;
  answer.event = event;
  answer.kind = kind;
  answer.name = request.who->name;
  answer.form.note = field_of(request, "note");
  answer.form.date = field_of(request, "date");
  answer.form.time = field_of(request, "time");
  answer.form.name = field_of(request, "name");
  answer.form.email = field_of(request, "email");
  return answer;
}

// What the form says came of an event. Errors: invalid_input.
Result<service::EventChange> result_in(const Request& request) {
  service::EventChange change;
  const auto came = std::string(trim(field_of(request, "attended")));
  change.attended.emplace();
  if (!came.empty()) {
    int number = 0;
    const auto [end, problem] = std::from_chars(came.data(), came.data() + came.size(), number);
    if (problem != std::errc() || end != came.data() + came.size())
      return Error(Errc::invalid_input, "how many came is a number");
    change.attended = number;
  }
  change.outcome = field_of(request, "outcome");
  change.minutes_url = std::string(trim(field_of(request, "minutes_url")));
  if (!field_of(request, "held").empty()) change.status = EventStatus::held;
  return change;
}

}  // namespace

awaitable<Reply> show_control(Services& services, Request request) {
  ControlView view;
  if (const auto plan = request.query_value("plan")) {
    std::int64_t number = 0;
    if (*plan != "0") {
      const auto given = number_in(*plan);
      if (!given) co_return error_reply(request, given.error());
      number = *given;
    }
    view.plan = PlanId{number};
  }
  auto deferred = service::control_of(services.context, request.who->organisation, view.plan);
  auto control = co_await await(std::move(deferred));
  if (!control) co_return error_reply(request, control.error());
  view.control = std::move(*control);
  view.now = services.context.clock.now();
  view.zone = services.context.settings.default_zone;
  view.impossible = request.query_value("impossible").has_value();
  std::string address = "/manage";
  if (view.plan) address = with_query(address, "plan", std::to_string(view.plan->value));
  const auto frame = frame_of(services, request, address);
  co_return private_page(request, frame, render_control(view, frame));
}

awaitable<Reply> decide_answer(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto wish = field_of(request, "answer");
  if (wish != "approve" && wish != "decline") {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  auto deferred =
      service::decide_answer(services.context, request.actor, AnswerId{*number}, wish == "approve",
                             field_of(request, "note"), request.who->organisation);
  const auto decided = co_await await(std::move(deferred));
  // What another has decided meanwhile is seen on the page.
  if (decided || decided.error().code == Errc::conflict) co_return Reply::redirect(way_back(request));
  if (decided.error().code == Errc::invalid_input) co_return Reply::redirect("/manage?impossible=1");
  co_return error_reply(request, decided.error());
}

awaitable<Reply> mark_done(Services& services, Request request) {
  for (const auto& item : fields_of(request, "item")) {
    const auto bar = item.find('|');
    const auto number = number_in(std::string_view(item).substr(0, bar));
    if (!number) co_return error_reply(request, number.error());
    auto answer = answer_in(request, EventId{*number}, AnswerKind::done);
    if (bar != std::string::npos) answer.occurrence = item.substr(bar + 1);
    auto deferred =
        service::give_answer(services.context, request.actor, std::move(answer), request.who->organisation);
    const auto given = co_await await(std::move(deferred));
    if (!given && given.error().code != Errc::conflict) co_return error_reply(request, given.error());
  }
  co_return Reply::redirect(way_back(request));
}

awaitable<Reply> answer_for_event(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto kind = answer_kind_of(field_of(request, "kind"));
  if (!kind) {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  auto answer = answer_in(request, EventId{*number}, *kind);
  auto deferred =
      service::give_answer(services.context, request.actor, std::move(answer), request.who->organisation);
  const auto given = co_await await(std::move(deferred));
  if (given || given.error().code == Errc::conflict)
    co_return Reply::redirect(event_path(EventId{*number}) + "#execution");
  co_return error_reply(request, given.error());
}

awaitable<Result<Event>> change_watched_event(Services& services, Request request,
                                              Result<service::EventChange> change) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return number.error();
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return snapshot.error();
  const EventId id{*number};
  const Event* event = (*snapshot)->find_event(id);
  if (event == nullptr || !watches_over(request.who.get(), *event)) {
    const Error error(Errc::not_found, "there is no such event");
    co_return error;
  }
  if (!change) co_return change.error();
  auto deferred = service::change_event(services.context, request.actor, id, std::move(*change));
  co_return co_await await(std::move(deferred));
}

awaitable<Reply> record_result(Services& services, Request request) {
  auto change = result_in(request);
  const auto changed = co_await change_watched_event(services, request, std::move(change));
  if (!changed) co_return error_reply(request, changed.error());
  co_return Reply::redirect(event_path(changed->id) + "#execution");
}

}  // namespace convoke::web
