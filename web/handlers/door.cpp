#include "web/handlers/door.hpp"

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "model/door_address.hpp"
#include "service/accounts.hpp"
#include "service/presentation.hpp"
#include "service/registration_door.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/arrival_input.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/door_page.hpp"
#include "web/pages/links.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace convoke::web {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using service::ArrivalAnswer;

constexpr int people_a_page = 50;        // for readers without scripts
constexpr std::size_t code_digits = 16;  // of the hash by which a telephone knows a ticket
constexpr std::size_t key_bytes = 18;
constexpr std::int64_t most_seconds_ago = std::chrono::seconds(service::oldest_arrival).count();

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

// The day that was chosen; none: whatever day it is.
std::optional<Date> day_in(std::string_view text) {
  const auto day = parse_iso_date(text);
  return day ? std::optional(*day) : std::nullopt;
}
std::optional<Date> day_asked(const Request& request) {
  if (const auto day = day_in(request.query_value("day").value_or(""))) return day;
  return request.method == Method::post ? day_in(field_of(request, "day")) : std::nullopt;
}

// The camera may be asked for on this page and on no other.
Reply with_camera(Reply reply) {
  reply = with_fetching(std::move(reply));
  reply.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
  return reply;
}

awaitable<Reply> door_page(Services& services, Request request, DoorPage page) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto frame = frame_of(services, request, door_desk_path(scope->event));
  service::DoorSelection selection;
  page.words = std::string(request.query_value("q").value_or(""));
  selection.words = page.words;
  selection.limit = people_a_page;
  selection.day = page.pinned = day_asked(request);
  selection.language = frame.language;
  auto deferred = service::door_of_event(services.context, desk_actor(request), *scope, selection);
  const auto door = co_await await(std::move(deferred));
  if (!door) co_return error_reply(request, door.error());
  page.door = &*door;
  page.key = page.walk_in.key.empty() ? random_token(key_bytes) : page.walk_in.key;
  const unsigned status = page.problem.empty() ? 200 : 422;
  co_return with_camera(private_page(request, frame, render_door(page, frame), status));
}

// What the answer to the last form was, as its address tells.
awaitable<Result<DoorPage>> last_answer(Services& services, const Request& request) {
  DoorPage page;
  page.answer = service::arrival_answer_of(request.query_value("answer").value_or(""));
  page.entered = page.answer && request.query_value("entered").has_value();
  const auto person = whole_number(request.query_value("person").value_or(""));
  if (!page.answer || !person) co_return page;
  const auto scope = desk_scope(request);
  if (!scope) co_return scope.error();
  service::DoorSelection selection;
  selection.person = RegistrationId{*person};
  selection.day = day_asked(request);
  auto deferred = service::door_of_event(services.context, desk_actor(request), *scope, selection);
  const auto door = co_await await(std::move(deferred));
  if (!door) co_return door.error();
  if (door->people.empty()) co_return page;
  page.who = door->people.front();
  if (const auto here = door->here.find(page.who->id); here != door->here.end()) page.since = here->second;
  co_return page;
}

// As the door shows somebody on one day: here, has a place, or what else they are.
json::object person_json(const Registration& one, std::optional<Instant> since, const service::Door& door) {
  json::object person;
  person["id"] = one.id.value;
  person["code"] = sha256_hex(one.code).substr(0, code_digits);
  person["name"] = one.name;
  person["institution"] = one.institution;
  person["format"] = name_of(one.format);
  const auto otherwise = takes_part(one.state) ? RegistrationState::registered : one.state;
  person["state"] = name_of(since ? RegistrationState::attended : otherwise);
  person["since"] = since ? since_text(*since, door.now, service::zone_of(door.event)) : std::string();
  return person;
}

json::object counts_json(const service::DoorCounts& counts) {
  json::object all;
  for (const auto format : all_attendance_formats) {
    const auto at = static_cast<std::size_t>(format);
    json::object one;
    one["came"] = counts.came.at(at);
    one["expected"] = counts.expected.at(at);
    all[name_of(format)] = std::move(one);
  }
  return all;
}

json::object answer_json(const SentArrival& sent, const service::Arrived& arrived,
                         const service::Door& door) {
  json::object one;
  one["key"] = sent.key;
  one["answer"] = name_of(arrived.answer);
  one["title"] = arrived.title;
  one["day"] = format_iso(arrived.day);
  if (arrived.who) one["person"] = person_json(*arrived.who, arrived.since, door);
  return one;
}

Reply no_store(const json::value& value, unsigned status = 200) {
  auto reply = json_reply(value, status);
  reply.set("Cache-Control", "no-store");
  return reply;
}

service::RegistrationEntry walk_in_of(const Request& request) {
  service::RegistrationEntry entry;
  entry.key = field_of(request, "key");
  entry.name = field_of(request, "name");
  entry.email = field_of(request, "email");
  entry.institution = field_of(request, "institution");
  entry.format = attendance_format_of(field_of(request, "format"));
  entry.consent = field_of(request, "consent") == "yes";
  entry.language = language_of_reader(request);
  return entry;
}

// The script asks for an answer that it can read; a form gets a page.
bool wants_json(const Request& request) {
  return request.header("accept") == "application/json";
}

std::string after_address(EventId event, std::optional<Date> day, ArrivalAnswer answer, RegistrationId who) {
  auto address = with_query(door_desk_path(event), "answer", name_of(answer));
  if (day) address = with_query(address, "day", format_iso(*day));
  return who ? with_query(address, "person", std::to_string(who.value)) : address;
}

}  // namespace

awaitable<Reply> show_door(Services& services, Request request) {
  auto page = co_await last_answer(services, request);
  if (!page) co_return error_reply(request, page.error());
  co_return co_await door_page(services, std::move(request), std::move(*page));
}

awaitable<Reply> take_arrival(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  service::Arrival seen;
  seen.undo = field_of(request, "step") == name_of(RegistrationStep::undo_door);
  const auto person = whole_number(field_of(request, "person"));
  const auto code = door_code_in(field_of(request, "code"));
  if (!person && !code) {
    DoorPage page;
    page.answer = ArrivalAnswer::unknown;
    co_return co_await door_page(services, std::move(request), std::move(page));
  }
  if (person) seen.person = RegistrationId{*person};
  if (!person) seen.code = *code;
  seen.day = day_asked(request);
  std::vector<service::Arrival> all;
  all.push_back(std::move(seen));
  auto deferred = service::arrive(services.context, desk_actor(request), *scope, std::move(all));
  const auto arrived = co_await await(std::move(deferred));
  if (!arrived) co_return error_reply(request, arrived.error());
  const auto& one = arrived->front();
  if (one.answer == ArrivalAnswer::other_event) {
    DoorPage page;
    page.answer = one.answer;
    page.title = one.title;
    co_return co_await door_page(services, std::move(request), std::move(page));
  }
  co_return Reply::redirect(
      after_address(scope->event, day_asked(request), one.answer, one.who ? one.who->id : RegistrationId{}));
}

awaitable<Reply> take_arrivals(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto sent = read_arrivals(request.body);
  if (!sent) co_return error_reply(request, sent.error());
  std::vector<service::Arrival> seen;
  for (const auto& one : *sent) seen.push_back(one.arrival);
  auto deferred = service::arrive(services.context, desk_actor(request), *scope, std::move(seen));
  const auto arrived = co_await await(std::move(deferred));
  if (!arrived) co_return error_reply(request, arrived.error());
  service::DoorSelection nobody;
  nobody.person = RegistrationId{};
  nobody.day = day_asked(request);
  auto counting = service::door_of_event(services.context, desk_actor(request), *scope, nobody);
  const auto door = co_await await(std::move(counting));
  if (!door) co_return error_reply(request, door.error());
  json::array answers;
  for (std::size_t i = 0; i < arrived->size(); ++i)
    answers.push_back(answer_json(sent->at(i), arrived->at(i), *door));
  json::object reply;
  reply["answers"] = std::move(answers);
  reply["counts"] = counts_json(door->counts);
  co_return no_store(reply);
}

awaitable<Reply> list_door_people(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  service::DoorSelection selection;
  if (const auto since = whole_number(request.query_value("since").value_or("")))
    selection.since = Instant{std::chrono::seconds{*since}};
  selection.day = day_asked(request);
  auto deferred = service::door_of_event(services.context, desk_actor(request), *scope, selection);
  const auto door = co_await await(std::move(deferred));
  if (!door) co_return error_reply(request, door.error());
  json::array people;
  for (const auto& one : door->people) {
    const auto here = door->here.find(one.id);
    const auto since = here == door->here.end() ? std::nullopt : std::optional(here->second);
    people.push_back(person_json(one, since, *door));
  }
  json::object reply;
  reply["people"] = std::move(people);
  reply["counts"] = counts_json(door->counts);
  reply["more"] = door->more;
  reply["day"] = format_iso(door->day);
  reply["now"] = door->now.time_since_epoch().count();
  co_return no_store(reply);
}

awaitable<Reply> take_walk_in(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  const auto entry = walk_in_of(request);
  const auto language = language_of_reader(request);
  service::Arrival seen;
  seen.day = day_asked(request);
  if (const auto ago = whole_number(field_of(request, "ago")))
    seen.ago = std::chrono::seconds{std::min<std::int64_t>(*ago, most_seconds_ago)};
  auto deferred = service::walk_in(services.context, desk_actor(request), *scope, entry, seen);
  const auto entered = co_await await(std::move(deferred));
  const bool full = !entered && entered.error().code == Errc::conflict;
  if (!entered && !full) co_return error_reply(request, entered.error());
  DoorPage page;
  page.walk_in = entry;
  if (full)
    page.problem = walk_in_problem(service::RegistrationProblem::full, false, language);
  else if (entered->problem)
    page.problem = walk_in_problem(*entered->problem, entered->known, language);
  if (wants_json(request)) {
    json::object reply;
    reply["problem"] = page.problem;
    reply["key"] = page.problem.empty() ? random_token(key_bytes) : entry.key;
    if (page.problem.empty()) {
      reply["name"] = entered->who->name;
      reply["answer"] = name_of(entered->answer);
    }
    co_return no_store(reply, page.problem.empty() ? 200 : 422);
  }
  if (!page.problem.empty()) co_return co_await door_page(services, std::move(request), std::move(page));
  auto address = after_address(scope->event, seen.day, entered->answer, entered->who->id);
  if (entered->answer == ArrivalAnswer::here) address = with_query(std::move(address), "entered", "yes");
  co_return Reply::redirect(std::move(address));
}

awaitable<Reply> show_door_ticket(Services& services, Request request) {
  const auto code = door_code_in(request.captures.at(0));
  Result<service::DoorTicket> ticket = Error(Errc::not_found, "this is no ticket of ours");
  if (code) {
    auto deferred = service::door_ticket(services.context, desk_actor(request), desk_within(request), *code);
    ticket = co_await await(std::move(deferred));
  }
  if (!ticket && ticket.error().code == Errc::not_found) {
    if (auto refused = refusal_of_wrong_secret(services, request)) co_return std::move(*refused);
  }
  if (!ticket) co_return error_reply(request, ticket.error());
  const auto frame = frame_of(services, request, std::string(door_path) + *code);
  TicketPage page;
  page.ticket = &*ticket;
  page.code = *code;
  auto reply = private_page(request, frame, render_ticket(page, frame));
  reply.set("X-Robots-Tag", "noindex");
  co_return reply;
}

}  // namespace convoke::web
