#include "base/text.hpp"
#include "service/people.hpp"
#include "service/reminders.hpp"
#include "web/await.hpp"
#include "web/handlers/api.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/json.hpp"
#include "web/handlers/json_input.hpp"
#include "web/pages/assets.hpp"

#include <boost/json/array.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

// Without "from" and "to", the reminders of this and the coming four weeks.
constexpr int default_reminder_days = 28;

struct Days {
  Date from, to;
};

// Errors: invalid_input naming the key.
Result<Days> days_in(const Request& request, Date today) {
  Days days{today, add_days(today, default_reminder_days)};
  bool to_given = false;
  for (const auto& [key, value] : request.query) {
    if (key != "from" && key != "to")
      return Error(Errc::invalid_input, "'" + ellipsize(key, 40) + "' is unknown; known are: from, to");
    const auto day = parse_iso_date(value);
    if (!day) return Error(Errc::invalid_input, "'" + key + "' must be a day like 2024-11-14");
    to_given = to_given || key == "to";
    (key == "from" ? days.from : days.to) = *day;
  }
  if (!to_given) days.to = add_days(days.from, default_reminder_days);
  if (days.to < days.from) return Error(Errc::invalid_input, "'to' must not be before 'from'");
  return days;
}

}  // namespace

awaitable<Reply> list_people_api(Services& services, Request request) {
  auto deferred = service::list_people(services.context, request.actor);
  const auto people = co_await await(std::move(deferred));
  if (!people) co_return error_reply(request, people.error());
  json::array all;
  for (const auto& person : *people) all.push_back(person_json(person));
  json::object answer;
  answer["people"] = std::move(all);
  auto reply = json_reply(answer);
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

awaitable<Reply> save_person_api(Services& services, Request request) {
  auto person = read_person(request.body);
  if (!person) co_return error_reply(request, person.error());
  auto deferred = service::save_person(services.context, request.actor, std::move(*person));
  const auto saved = co_await await(std::move(deferred));
  if (!saved) co_return error_reply(request, saved.error());
  auto reply = json_reply(person_json(*saved));
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

awaitable<Reply> import_people_api(Services& services, Request request) {
  auto deferred = service::import_people(services.context, request.actor, std::move(request.body));
  const auto summary = co_await await(std::move(deferred));
  if (!summary) co_return error_reply(request, summary.error());
  co_return json_reply(people_summary_json(*summary));
}

awaitable<Reply> list_organisations_api(Services& services, Request request) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  json::array all;
  for (const auto& organisation : (*snapshot)->organisations) all.push_back(organisation_json(organisation));
  json::object answer;
  answer["organisations"] = std::move(all);
  co_return json_reply(answer);
}

awaitable<Reply> list_reminders_api(Services& services, Request request) {
  const auto days = days_in(request, today(services));
  if (!days) co_return error_reply(request, days.error());
  auto deferred = service::list_reminders(services.context, request.actor, days->from, days->to);
  const auto rows = co_await await(std::move(deferred));
  if (!rows) co_return error_reply(request, rows.error());
  json::array all;
  for (const auto& row : *rows) all.push_back(reminder_json(row));
  json::object answer;
  answer["reminders"] = std::move(all);
  auto reply = json_reply(answer);
  reply.set("Cache-Control", "no-store");
  co_return reply;
}

awaitable<Reply> describe_api(Services&, Request) {
  auto reply = Reply::json(std::string(openapi_document()));
  reply.set("Cache-Control", "public, max-age=3600");
  co_return reply;
}

}  // namespace convoke::web
