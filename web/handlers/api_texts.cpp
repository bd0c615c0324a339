#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/texts.hpp"

#include "service/mail_texts.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <charconv>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

Result<OrganisationId> organisation_in(const Request& request) {
  OrganisationId id;
  for (const auto& [name, value] : request.query) {
    if (name != "organisation") return Error(Errc::invalid_input, name + ": there is no such parameter");
    const auto number = number_in(value);
    if (!number) return Error(Errc::invalid_input, "organisation: not a number");
    id.value = *number;
  }
  return id;
}

Result<service::MailTextKey> key_in(const Request& request) {
  const auto organisation = organisation_in(request);
  if (!organisation) return organisation.error();
  const auto kind = reminder_reason_of(request.captures.at(0));
  const auto language = language_of(request.captures.at(1));
  if (!kind || !language || *kind == ReminderReason::hook)
    return Error(Errc::not_found, "there is no such text");
  return service::MailTextKey{*organisation, *kind, *language};
}

json::object text_json(const service::MailTextState& state) {
  json::object one;
  one["kind"] = name_of(state.key.kind);
  one["language"] = tag_of(state.key.language);
  one["own"] = state.own;
  one["subject"] = state.text.subject;
  one["body"] = state.text.body;
  return one;
}

json::array warnings_json(const std::vector<notify::TemplateProblem>& problems) {
  json::array all;
  for (const auto& problem : problems) all.push_back(json::string(service::describe(problem)));
  return all;
}

Result<notify::TemplateText> read_text(std::string_view body) {
  boost::system::error_code error;
  const auto value = json::parse(body, error);
  const auto* object = error ? nullptr : value.if_object();
  if (object == nullptr) return Error(Errc::invalid_input, "the body must be a JSON object");
  notify::TemplateText text;
  for (const auto& [name, member] : *object) {
    const bool subject = name == "subject";
    if (!subject && name != "body")
      return Error(Errc::invalid_input, std::string(name) + ": there is no such member");
    const auto* words = member.if_string();
    if (words == nullptr) return Error(Errc::invalid_input, std::string(name) + ": must be a text");
    (subject ? text.subject : text.body) = std::string(*words);
  }
  return text;
}

}  // namespace

awaitable<Reply> list_texts_api(Services& services, Request request) {
  const auto organisation = organisation_in(request);
  if (!organisation) co_return error_reply(request, organisation.error());
  auto deferred = service::list_mail_texts(services.context, request.actor, *organisation);
  const auto texts = co_await await(std::move(deferred));
  if (!texts) co_return error_reply(request, texts.error());
  json::array all;
  for (const auto& state : *texts) all.push_back(text_json(state));
  json::object answer;
  answer["texts"] = std::move(all);
  co_return private_json(answer);
}

awaitable<Reply> get_text_api(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  auto deferred = service::mail_text(services.context, request.actor, *key);
  const auto state = co_await await(std::move(deferred));
  if (!state) co_return error_reply(request, state.error());
  auto answer = text_json(*state);
  json::array places;
  for (const auto& place : notify::places_of(key->kind)) {
    json::object one;
    one["name"] = place.name;
    one["block"] = place.block;
    one["needed"] = place.needed;
    places.push_back(std::move(one));
  }
  answer["places"] = std::move(places);
  co_return private_json(answer);
}

awaitable<Reply> put_text_api(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  auto text = read_text(request.body);
  if (!text) co_return error_reply(request, text.error());
  auto deferred = service::save_mail_text(services.context, request.actor, *key, std::move(*text));
  const auto warnings = co_await await(std::move(deferred));
  if (!warnings) co_return error_reply(request, warnings.error());
  json::object answer;
  answer["warnings"] = warnings_json(*warnings);
  co_return private_json(answer);
}

awaitable<Reply> delete_text_api(Services& services, Request request) {
  const auto key = key_in(request);
  if (!key) co_return error_reply(request, key.error());
  auto deferred = service::reset_mail_text(services.context, request.actor, *key);
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  Reply reply;
  reply.status = 204;
  co_return reply;
}

}  // namespace convoke::web
