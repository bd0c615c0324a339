// Date polls over the API.
#include "service/polls.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/json_members.hpp"
#include "web/handlers/polls.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;
using service::NewPoll;

// ---- what is said of a poll

template<class T>
json::value iso_or_null(const std::optional<T>& moment) {
  return moment ? json::value(format_iso(*moment)) : json::value(nullptr);
}

json::array days_json(const service::PollView& view) {
  json::array days;
  for (std::size_t i = 0; i < view.poll.days.size(); ++i) {
    const auto& day = view.poll.days[i];
    json::object one;
    one["day"] = format_iso(day.day);
    one["time"] = iso_or_null(day.time);
    one["end_time"] = iso_or_null(day.end_time);
    const PollTally tally = i < view.tallies.size() ? view.tallies[i] : PollTally();
    one["yes"] = tally.yes;
    one["if_need_be"] = tally.if_need_be;
    one["no"] = tally.no;
    days.push_back(std::move(one));
  }
  return days;
}

json::array answers_json(const service::PollView& view) {
  json::array answers;
  for (std::size_t i = 0; i < view.voices.size(); ++i) {
    const auto& voice = view.voices[i];
    json::object one;
    one["who"] = voice.who;
    one["name"] = voice.name;
    one["reachable"] = !view.unreached.at(i);
    one["answered"] = iso_or_null(voice.answered);
    json::array choices;
    for (const auto choice : voice.choices) choices.push_back(json::value(name_of(choice)));
    one["choices"] = std::move(choices);
    one["note"] = voice.note;
    answers.push_back(std::move(one));
  }
  return answers;
}

json::object poll_json(const service::PollView& view) {
  const Poll& poll = view.poll;
  json::object out;
  out["id"] = poll.id.value;
  out["event"] = poll.event.value;
  out["note"] = poll.note;
  out["timezone"] = view.event.zone;
  out["days"] = days_json(view);
  json::array ranking;
  for (const auto position : view.ranking) ranking.push_back(json::value(position));
  out["ranking"] = std::move(ranking);
  out["takes_answers"] = view.takes_answers;
  out["opened"] = format_iso(poll.opened);
  out["deadline"] = format_iso(poll.deadline);
  out["reminded"] = iso_or_null(poll.reminded);
  out["closed"] = iso_or_null(poll.closed);
  out["winner"] = nullptr;
  if (poll.winner) out["winner"] = *poll.winner;
  out["keeper"] = poll.keeper_name;
  out["answers"] = answers_json(view);
  return out;
}

// ---- what is said to one

template<std::optional<TimeOfDay> PollDay::*field>
std::optional<Error> take_time(const json::key_value_pair& member, PollDay& into) {
  if (member.value().is_null()) return std::nullopt;
  const auto text = text_of(member);
  const auto time = text ? parse_iso_time(*text) : Result<TimeOfDay>(text.error());
  if (!time) return bad(std::string_view(member.key()), "a time like 10:00");
  into.*field = *time;
  return std::nullopt;
}

Result<Date> day_of(const json::key_value_pair& member) {
  const auto text = text_of(member);
  auto day = text ? parse_iso_date(*text) : Result<Date>(text.error());
  if (!day) return bad(std::string_view(member.key()), "a day like 2024-11-14");
  return day;
}

std::optional<Error> take_day(const json::key_value_pair& member, PollDay& into) {
  const auto day = day_of(member);
  if (!day) return day.error();
  into.day = *day;
  return std::nullopt;
}

constexpr std::array day_members = {Member<PollDay>{"day", take_day},
                                    Member<PollDay>{"time", take_time<&PollDay::time>},
                                    Member<PollDay>{"end_time", take_time<&PollDay::end_time>}};

std::optional<Error> take_days(const json::key_value_pair& member, NewPoll& into) {
  constexpr std::string_view expected = "a list of objects with day, time and end_time";
  if (!member.value().is_array()) return bad("days", expected);
  for (const auto& one : member.value().get_array()) {
    if (!one.is_object() || !one.get_object().contains("day")) return bad("days", expected);
    PollDay day;
    if (auto error = read_members<PollDay>(one.get_object(), day, day_members)) return error;
    into.days.push_back(day);
  }
  return std::nullopt;
}

std::optional<Error> take_last_day(const json::key_value_pair& member, NewPoll& into) {
  const auto day = day_of(member);
  if (!day) return day.error();
  into.last_day = *day;
  return std::nullopt;
}

std::optional<Error> take_note(const json::key_value_pair& member, NewPoll& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.note = std::move(*text);
  return std::nullopt;
}

template<class Id, std::vector<Id> NewPoll::*field>
std::optional<Error> take_numbers(const json::key_value_pair& member, NewPoll& into) {
  const auto refused = [&] { return bad(std::string_view(member.key()), "a list of numbers"); };
  if (!member.value().is_array()) return refused();
  for (const auto& one : member.value().get_array()) {
    if (!one.is_int64()) return refused();
    (into.*field).push_back(Id{one.get_int64()});
  }
  return std::nullopt;
}

constexpr std::array poll_members = {
    Member<NewPoll>{"days", take_days}, Member<NewPoll>{"people", take_numbers<PersonId, &NewPoll::people>},
    Member<NewPoll>{"groups", take_numbers<RosterId, &NewPoll::groups>}, Member<NewPoll>{"note", take_note},
    Member<NewPoll>{"last_day", take_last_day}};

Result<NewPoll> poll_in(const std::string& body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  for (const auto* needed : {"days", "last_day"})
    if (!object->contains(needed)) return bad(needed, "there");
  NewPoll poll;
  if (auto error = read_members<NewPoll>(*object, poll, poll_members)) return std::move(*error);
  return poll;
}

// How a poll ends: with one of its days, or with none.
struct Closing {
  bool said = false;
  std::optional<std::size_t> winner;
};

std::optional<Error> take_winner(const json::key_value_pair& member, Closing& into) {
  into.said = true;
  if (member.value().is_null()) return std::nullopt;
  const auto number = number_of(member);
  if (!number || *number < 0) return bad("winner", "the position of one of the days, from 0 on, or null");
  into.winner = static_cast<std::size_t>(*number);
  return std::nullopt;
}

constexpr std::array closing_members = {Member<Closing>{"winner", take_winner}};

Result<Closing> closing_in(const std::string& body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  Closing closing;
  if (auto error = read_members<Closing>(*object, closing, closing_members)) return std::move(*error);
  if (!closing.said) return bad("winner", "there: the position of one of the days, from 0 on, or null");
  return closing;
}

awaitable<Reply> poll_reply(Services& services, Request request, PollId id, unsigned status) {
  auto deferred = service::view_poll(services.context, keeper_in(request), id);
  const auto view = co_await await(std::move(deferred));
  if (!view) co_return error_reply(request, view.error());
  auto reply = private_json(poll_json(*view), status);
  if (status == 201) reply.set("Location", "/api/v1/polls/" + std::to_string(id.value));
  co_return reply;
}

}  // namespace

awaitable<Reply> list_polls_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::polls_of(services.context, keeper_in(request), EventId{*number});
  const auto views = co_await await(std::move(deferred));
  if (!views) co_return error_reply(request, views.error());
  json::array all;
  for (const auto& view : *views) all.push_back(poll_json(view));
  json::object reply;
  reply["polls"] = std::move(all);
  co_return private_json(reply);
}

awaitable<Reply> open_poll_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto wanted = poll_in(request.body);
  if (!wanted) co_return error_reply(request, wanted.error());
  wanted->event = EventId{*number};
  if (request.who) kept_by(*wanted, *request.who);
  auto deferred = service::open_poll(services.context, keeper_in(request), std::move(*wanted));
  const auto opened = co_await await(std::move(deferred));
  if (!opened) co_return error_reply(request, opened.error());
  co_return co_await poll_reply(services, std::move(request), *opened, 201);
}

awaitable<Reply> get_poll_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const PollId id{*number};
  co_return co_await poll_reply(services, std::move(request), id, 200);
}

awaitable<Reply> remind_poll_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::remind_poll(services.context, keeper_in(request), PollId{*number});
  const auto reminded = co_await await(std::move(deferred));
  if (!reminded) co_return error_reply(request, reminded.error());
  json::object reply;
  reply["reminded"] = *reminded;
  co_return private_json(reply);
}

awaitable<Reply> close_poll_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto closing = closing_in(request.body);
  if (!closing) co_return error_reply(request, closing.error());
  auto deferred = service::close_poll(services.context, keeper_in(request), PollId{*number}, closing->winner);
  const auto closed = co_await await(std::move(deferred));
  if (!closed) co_return error_reply(request, closed.error());
  co_return private_json(poll_json(*closed));
}

}  // namespace convoke::web
