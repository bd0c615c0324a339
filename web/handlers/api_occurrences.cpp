#include "web/handlers/api_occurrences.hpp"

#include "base/text.hpp"
#include "service/occurrence_changes.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/if_match.hpp"
#include "web/handlers/occurrence_input.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

struct Days {
  Date from, to;
};

// Errors: invalid_input naming the key.
Result<Days> days_in(const Request& request, Date today) {
  std::optional<Date> from, to;
  for (const auto& [key, value] : request.query) {
    if (key != "from" && key != "to")
      return Error(Errc::invalid_input, "'" + ellipsize(key, 40) + "' is unknown; known are: from, to");
    const auto day = parse_iso_date(value);
    if (!day) return Error(Errc::invalid_input, "'" + key + "' must be a day like 2024-11-14");
    (key == "from" ? from : to) = *day;
  }
  Days days{from.value_or(today), {}};
  days.to = to.value_or(add_days(days.from, default_occurrence_days));
  if (days.to < days.from) return Error(Errc::invalid_input, "'to' must not be before 'from'");
  return days;
}

json::value time_or_null(const std::optional<TimeOfDay>& time) {
  if (!time) return nullptr;
  return json::value(format_iso(*time));
}

json::object occurrence_json(const Event& event, const calendar::EventOccurrence& one) {
  json::object out;
  out["day"] = format_iso(one.day);
  out["date"] = format_iso(one.first);
  out["last_date"] = format_iso(one.last);
  out["time"] = time_or_null(one.time);
  out["end_time"] = time_or_null(one.end_time);
  out["cancelled"] = one.cancelled;
  out["moved"] = one.moved;
  out["title"] = one.title.value_or(event.title);
  out["place"] = one.place.value_or(event.place);
  out["note"] = one.note.value_or(event.note);
  return out;
}

// The day as it is now, with the ETag of the event.
Reply changed_reply(const Event& event, Date day) {
  json::object answer;
  if (const auto one = calendar::occurrence_on(event, day)) answer = occurrence_json(event, *one);
  answer["event"] = event.id.value;
  answer["sequence"] = event.sequence;
  auto reply = json_reply(answer);
  reply.set("ETag", "\"" + std::to_string(event.sequence) + "\"");
  return reply;
}

}  // namespace

awaitable<Reply> list_occurrences_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto days = days_in(request, today(services));
  if (!days) co_return error_reply(request, days.error());
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const Event* event = (*snapshot)->find_event(EventId{*number});
  if (event == nullptr) {
    const Error error(Errc::not_found, "there is no such event");
    co_return error_reply(request, error);
  }
  json::array all;
  for (const auto& one : calendar::event_occurrences(*event, days->from, days->to))
    all.push_back(occurrence_json(*event, one));
  json::object answer;
  answer["event"] = event->id.value;
  answer["sequence"] = event->sequence;
  answer["from"] = format_iso(days->from);
  answer["to"] = format_iso(days->to);
  answer["occurrences"] = std::move(all);
  co_return json_reply(answer);
}

awaitable<Reply> change_occurrence_api(Services& services, Request request) {
  const auto target = day_of_series(request);
  if (!target) co_return error_reply(request, target.error());
  auto wanted = read_occurrence_change(request.body);
  if (!wanted) co_return error_reply(request, wanted.error());
  const auto condition = condition_of(request);
  if (!condition) co_return error_reply(request, condition.error());
  auto& change = wanted->change;
  if (*condition) change.expected_sequence = *condition;
  const auto sequence = change.expected_sequence;
  auto deferred =
      wanted->as_in_series
          ? service::restore_occurrence(services.context, request.actor, target->event, target->day, sequence)
          : service::change_occurrence(services.context, request.actor, target->event, target->day,
                                       std::move(change));
  const auto changed = co_await await(std::move(deferred));
  if (changed) co_return changed_reply(*changed, target->day);
  co_return refusal_of(request, condition->has_value(), changed.error());
}

awaitable<Reply> cancel_occurrence_api(Services& services, Request request) {
  const auto target = day_of_series(request);
  if (!target) co_return error_reply(request, target.error());
  const auto condition = condition_of(request);
  if (!condition) co_return error_reply(request, condition.error());
  service::OccurrenceChange change;
  change.cancelled = true;
  change.expected_sequence = *condition;
  auto deferred = service::change_occurrence(services.context, request.actor, target->event, target->day,
                                             std::move(change));
  const auto changed = co_await await(std::move(deferred));
  if (changed) co_return changed_reply(*changed, target->day);
  co_return refusal_of(request, condition->has_value(), changed.error());
}

}  // namespace convoke::web
