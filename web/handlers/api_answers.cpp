// Answers and decisions over the API.
#include "base/text.hpp"
#include "service/answers.hpp"
#include "service/event_history.hpp"
#include "service/participants.hpp"
#include "web/await.hpp"
#include "web/handlers/answers.hpp"
#include "web/handlers/common.hpp"
#include "web/i18n.hpp"
#include "web/pages/field_changes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <vector>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

json::value text(std::string_view value) {
  return json::value(value);
}

json::object answer_json(const Answer& answer) {
  json::object out;
  out["id"] = answer.id.value;
  out["event"] = answer.event.value;
  out["occurrence"] = answer.occurrence;
  out["who"] = answer.who;
  out["name"] = answer.name;
  out["kind"] = text(name_of(answer.kind));
  out["note"] = answer.note;
  out["new_date"] = nullptr;
  if (answer.new_date) out["new_date"] = format_iso(*answer.new_date);
  out["new_time"] = nullptr;
  if (answer.new_time) out["new_time"] = format_iso(*answer.new_time);
  out["new_period"] = answer.new_period;
  out["to"] = nullptr;
  if (answer.to) out["to"] = answer.to.value;
  out["sequence"] = answer.sequence;
  out["at"] = format_iso(answer.at);
  out["channel"] = text(name_of(answer.channel));
  out["decision"] = text(name_of(answer.decision));
  out["decided_by"] = answer.decided_by;
  out["decided"] = nullptr;
  if (answer.decided) out["decided"] = format_iso(*answer.decided);
  out["decision_note"] = answer.decision_note;
  return out;
}

json::object participant_json(const service::Participant& one) {
  json::object out;
  out["who"] = one.who;
  out["name"] = one.name;
  out["asked"] = one.asked;
  out["status"] = to_lower(calendar::name_of(one.status));
  out["answered"] = nullptr;
  if (one.answered) out["answered"] = format_iso(*one.answered);
  out["note"] = one.note;
  return out;
}

json::object step_json(const service::HistoryStep& step, Language language) {
  constexpr std::array<std::string_view, 4> names = {"entered", "changed", "answered", "decided"};
  json::object out;
  out["at"] = format_iso(step.at);
  out["who"] = step.who;
  out["what"] = text(names.at(static_cast<std::size_t>(step.what)));
  out["answer"] = nullptr;
  if (step.answer.id) out["answer"] = step.answer.id.value;
  out["changes"] = nullptr;
  if (!step.before || !step.after) return out;
  json::array changes;
  for (const auto& change : field_changes(*step.before, *step.after, language)) {
    json::object one;
    one["field"] = change.field;
    one["was"] = change.was;
    one["now"] = change.now;
    changes.push_back(std::move(one));
  }
  out["changes"] = std::move(changes);
  return out;
}

using Texts = std::map<std::string, std::string, std::less<>>;

// An object of texts. Errors: invalid_input naming the member.
Result<Texts> texts_in(std::string_view body, std::initializer_list<std::string_view> known) {
  json::parse_options options;
  options.max_depth = 4;
  json::error_code problem;
  const auto value = json::parse({body.data(), body.size()}, problem, {}, options);
  if (problem) return Error(Errc::invalid_input, "the body is no JSON: " + problem.message());
  if (!value.is_object()) return Error(Errc::invalid_input, "the body must be a JSON object");
  Texts texts;
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::vector<std::string> names(known.begin(), known.end());
      return Error(Errc::invalid_input, "the member '" + ellipsize(to_valid_utf8(name), 40) +
                                            "' is unknown; known are: " + join(names, ", "));
    }
    if (!member.value().is_string()) return Error(Errc::invalid_input, "'" + name + "' must be a text");
    const auto& given = member.value().get_string();
    texts[name] = std::string(given.data(), given.size());
  }
  return texts;
}

Result<service::NewAnswer> answer_in(const std::string& body, EventId event) {
  auto texts = texts_in(
      body, {"kind", "occurrence", "who", "note", "date", "time", "period", "place", "name", "email"});
  if (!texts) return texts.error();
  const auto kind = answer_kind_of((*texts)["kind"]);
  if (!kind)
    return Error(Errc::invalid_input,
                 "'kind' must be one of acknowledged, done, postpone, hand_over, named_day, "
                 "accepted, tentative, declined");
  service::NewAnswer answer;
  answer.event = event;
  answer.kind = *kind;
  answer.channel = AnswerChannel::api;
  answer.occurrence = (*texts)["occurrence"];
  answer.who = (*texts)["who"];
  answer.form.note = (*texts)["note"];
  answer.form.date = (*texts)["date"];
  answer.form.time = (*texts)["time"];
  answer.form.period = (*texts)["period"];
  answer.form.place = (*texts)["place"];
  answer.form.name = (*texts)["name"];
  answer.form.email = (*texts)["email"];
  return answer;
}

}  // namespace

awaitable<Reply> list_answers_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::answers_of(services.context, request.actor, EventId{*number});
  const auto answers = co_await await(std::move(deferred));
  if (!answers) co_return error_reply(request, answers.error());
  json::array all;
  for (const auto& answer : *answers) all.push_back(answer_json(answer));
  json::object reply;
  reply["answers"] = std::move(all);
  co_return json_reply(reply);
}

awaitable<Reply> list_history_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::history_of(services.context, EventId{*number});
  const auto steps = co_await await(std::move(deferred));
  if (!steps) co_return error_reply(request, steps.error());
  json::array all;
  for (const auto& step : *steps) all.push_back(step_json(step, language_of_reader(request)));
  json::object reply;
  reply["history"] = std::move(all);
  co_return json_reply(reply);
}

awaitable<Reply> list_participants_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::participants_of(services.context, EventId{*number});
  const auto participants = co_await await(std::move(deferred));
  if (!participants) co_return error_reply(request, participants.error());
  json::array all;
  for (const auto& one : *participants) all.push_back(participant_json(one));
  json::object reply;
  reply["participants"] = std::move(all);
  co_return json_reply(reply);
}

awaitable<Reply> give_answer_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto answer = answer_in(request.body, EventId{*number});
  if (!answer) co_return error_reply(request, answer.error());
  auto deferred = service::give_answer(services.context, request.actor, std::move(*answer));
  const auto given = co_await await(std::move(deferred));
  if (!given) co_return error_reply(request, given.error());
  co_return json_reply(answer_json(*given), 201);
}

awaitable<Reply> decide_answer_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto texts = texts_in(request.body, {"decision", "note"});
  if (!texts) co_return error_reply(request, texts.error());
  const auto decision = decision_of((*texts)["decision"]);
  if (decision != Decision::approved && decision != Decision::declined) {
    const Error error(Errc::invalid_input, "'decision' must be approved or declined");
    co_return error_reply(request, error);
  }
  auto deferred = service::decide_answer(services.context, request.actor, AnswerId{*number},
                                         decision == Decision::approved, (*texts)["note"]);
  const auto decided = co_await await(std::move(deferred));
  if (!decided) co_return error_reply(request, decided.error());
  co_return json_reply(answer_json(*decided));
}

}  // namespace convoke::web
