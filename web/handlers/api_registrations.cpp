// Registrations over the API.
#include "service/registration_desk.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/json_members.hpp"
#include "web/handlers/registration_desk.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

json::value text(std::string_view value) {
  return json::value(value);
}

json::object registration_json(const Registration& one) {
  json::object out;
  out["id"] = one.id.value;
  out["state"] = text(name_of(one.state));
  out["format"] = text(name_of(one.format));
  out["name"] = one.name;
  out["email"] = one.email;
  out["institution"] = one.institution;
  out["language"] = text(tag_of(one.language));
  json::object answers;
  for (const auto& [key, value] : one.answers) answers[key] = value;
  out["answers"] = std::move(answers);
  out["waiting_number"] = nullptr;
  if (one.queued > 0) out["waiting_number"] = one.queued;
  out["submitted"] = format_iso(one.submitted);
  out["confirmed"] = nullptr;
  if (one.confirmed) out["confirmed"] = format_iso(*one.confirmed);
  json::object consent;
  consent["version"] = one.consent.version;
  consent["purpose"] = one.consent.purpose;
  consent["at"] = format_iso(one.consent.at);
  consent["channel"] = one.consent.channel;
  out["consent"] = std::move(consent);
  return out;
}

using Entry = service::RegistrationEntry;

template<std::string Entry::*field>
std::optional<Error> take_text(const json::key_value_pair& member, Entry& entry) {
  auto given = text_of(member);
  if (!given) return given.error();
  entry.*field = std::move(*given);
  return std::nullopt;
}

std::optional<Error> take_format(const json::key_value_pair& member, Entry& entry) {
  const auto given = text_of(member);
  entry.format = given ? attendance_format_of(*given) : std::nullopt;
  if (!entry.format) return bad("format", "\"hall\" or \"online\"");
  return std::nullopt;
}

std::optional<Error> take_language(const json::key_value_pair& member, Entry& entry) {
  const auto given = text_of(member);
  const auto language = given ? language_of(*given) : std::nullopt;
  if (!language) return bad("language", "uk, be, ru or en");
  entry.language = *language;
  return std::nullopt;
}

std::optional<Error> take_answers(const json::key_value_pair& member, Entry& entry) {
  if (!member.value().is_object()) return bad("answers", "an object of texts");
  for (const auto& one : member.value().get_object()) {
    auto given = text_of(one);
    if (!given) return given.error();
    entry.answers.emplace_back(std::string(one.key()), std::move(*given));
  }
  return std::nullopt;
}

constexpr std::array members = {Member<Entry>{"name", take_text<&Entry::name>},
                                Member<Entry>{"email", take_text<&Entry::email>},
                                Member<Entry>{"institution", take_text<&Entry::institution>},
                                Member<Entry>{"format", take_format},
                                Member<Entry>{"language", take_language},
                                Member<Entry>{"answers", take_answers}};

Result<Entry> entry_in(const std::string& body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  Entry entry;
  entry.channel = "api";
  if (auto error = read_members<Entry>(*object, entry, members)) return std::move(*error);
  return entry;
}

}  // namespace

awaitable<Reply> list_registrations_api(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto deferred = service::export_registrations(services.context, request.actor, *scope);
  const auto all = co_await await(std::move(deferred));
  if (!all) co_return error_reply(request, all.error());
  json::array rows;
  for (const auto& one : all->rows) {
    auto row = registration_json(one);
    json::array days;
    if (const auto here = all->here.find(one.id); here != all->here.end())
      for (const auto& [day, since] : here->second) days.emplace_back(format_iso(day));
    row["days"] = std::move(days);
    rows.push_back(std::move(row));
  }
  json::object places;
  for (const auto format : all_attendance_formats) {
    const auto& own = all->form.of(format);
    if (!own.offered) continue;
    json::object one;
    one["places"] = nullptr;
    if (own.places) one["places"] = *own.places;
    one["taken"] = own.taken;
    places[name_of(format)] = std::move(one);
  }
  json::object reply;
  reply["places"] = std::move(places);
  reply["registrations"] = std::move(rows);
  co_return private_json(reply);
}

awaitable<Reply> add_registration_api(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto entry = entry_in(request.body);
  if (!entry) co_return error_reply(request, entry.error());
  auto deferred = service::add_registration(services.context, request.actor, *scope, std::move(*entry));
  const auto added = co_await await(std::move(deferred));
  if (!added) co_return error_reply(request, added.error());
  if (added->problem) {
    const bool full = *added->problem == service::RegistrationProblem::full;
    const std::string message =
        "'" + std::string(service::name_of(*added->problem)) +
        "': " + (full ? "every place is taken" : "missing, or not as the form asks " + added->field);
    const Error refused(full ? Errc::conflict : Errc::invalid_input, message);
    co_return error_reply(request, refused);
  }
  json::object reply;
  reply["id"] = added->id.value;
  co_return private_json(reply, 201);
}

}  // namespace convoke::web
