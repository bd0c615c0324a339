// The API's part of personal calendars. They are a person's, so a session opens them and no token does; a
// change carries the session's token in a header, which no other site can send.
#include "base/text.hpp"
#include "service/personal_calendars.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/personal.hpp"
#include "web/target.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

json::value instant_json(const std::optional<Instant>& instant) {
  if (!instant) return nullptr;
  return json::value(format_iso(*instant));
}

json::object calendar_json(const PersonalCalendar& calendar) {
  json::object object;
  object["id"] = calendar.id.value;
  object["name"] = calendar.name;
  object["scope"] = name_of(calendar.scope);
  object["query"] = calendar.query;
  object["created"] = instant_json(calendar.created);
  object["last_read"] = instant_json(calendar.last_read);
  object["last_reader"] = calendar.last_reader;
  object["revoked"] = instant_json(calendar.revoked);
  return object;
}

// Errors: invalid_input naming the member.
Result<service::NewPersonalCalendar> read_calendar(std::string_view body) {
  json::parse_options options;
  options.max_depth = 4;
  json::error_code problem;
  const auto value = json::parse({body.data(), body.size()}, problem, {}, options);
  if (problem || !value.is_object()) return Error(Errc::invalid_input, "the body must be a JSON object");
  service::NewPersonalCalendar calendar;
  for (const auto& [key, member] : value.get_object()) {
    const std::string name(key);
    if (name != "name" && name != "scope" && name != "query")
      return Error(Errc::invalid_input,
                   "the member '" + ellipsize(name, 40) + "' is unknown; known are: name, scope, query");
    if (!member.is_string()) return Error(Errc::invalid_input, "'" + name + "' must be a text");
    const std::string text(member.get_string().data(), member.get_string().size());
    if (name == "name") calendar.name = text;
    if (name == "query") calendar.query = text;
    if (name != "scope") continue;
    const auto scope = personal_scope_of(text);
    if (!scope)
      return Error(Errc::invalid_input, "'scope' must be responsible, association or registrations");
    calendar.scope = *scope;
  }
  return calendar;
}

}  // namespace

awaitable<Reply> describe_session_api(Services&, Request request) {
  const auto& who = *request.who;
  json::object object;
  object["name"] = who.name;
  object["login"] = who.login;
  object["role"] = name_of(who.role);
  object["language"] = tag_of(who.language);
  object["csrf"] = who.csrf;
  co_return private_json(object);
}

awaitable<Reply> list_calendars_api(Services& services, Request request) {
  auto deferred = service::personal_calendars_of(services.context, *request.who);
  const auto calendars = co_await await(std::move(deferred));
  if (!calendars) co_return error_reply(request, calendars.error());
  json::array all;
  for (const auto& calendar : *calendars) all.push_back(calendar_json(calendar));
  json::object answer;
  answer["calendars"] = std::move(all);
  co_return private_json(answer);
}

awaitable<Reply> make_calendar_api(Services& services, Request request) {
  auto calendar = read_calendar(request.body);
  if (!calendar) co_return error_reply(request, calendar.error());
  auto deferred = service::make_personal_calendar(services.context, *request.who, std::move(*calendar));
  const auto issued = co_await await(std::move(deferred));
  if (!issued) co_return error_reply(request, issued.error());
  json::object object;
  object["id"] = issued->id.value;
  object["address"] = issued->address;
  co_return private_json(object, 201);
}

awaitable<Reply> revoke_calendar_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const PersonalCalendarId id{*number};
  auto deferred = service::revoke_personal_calendar(services.context, *request.who, id);
  const auto done = co_await await(std::move(deferred));
  if (!done) co_return error_reply(request, done.error());
  Reply reply;
  reply.status = 204;
  co_return reply;
}

}  // namespace convoke::web
