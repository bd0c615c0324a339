#include "web/handlers/source_json.hpp"

#include "base/text.hpp"
#include "web/handlers/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <charconv>

namespace convoke::web {
namespace {

namespace json = boost::json;

json::value instant_or_null(const std::optional<Instant>& instant) {
  if (!instant) return nullptr;
  return json::value(format_iso(*instant));
}

const char* state_of(const CalendarSource& source) {
  if (source.trouble != SourceTrouble::none) return "broken";
  return source.last_good ? "good" : "waiting";
}

Error bad(std::string_view member, std::string_view expected) {
  return {Errc::invalid_input, "'" + std::string(member) + "' must be " + std::string(expected)};
}

std::optional<Error> read_member(const json::key_value_pair& member, service::NewSource& into) {
  const std::string_view name = member.key();
  const auto& value = member.value();
  if (name == "url" || name == "name") {
    if (!value.is_string()) return bad(name, "a text");
    (name == "url" ? into.url : into.name) = std::string_view(value.get_string());
  } else if (name == "every") {
    if (!value.is_int64()) return bad(name, "a number of minutes");
    // What is out of bounds is refused where the bounds are known.
    into.every = std::chrono::minutes{std::clamp<std::int64_t>(value.get_int64(), -1, 1'000'000)};
  } else if (name == "shared") {
    if (!value.is_bool()) return bad(name, "true or false");
    into.shared = value.get_bool();
  } else if (name == "organisation") {
    if (!value.is_int64() || value.get_int64() < 1) return bad(name, "the number of an organisation");
    into.organisation = OrganisationId{value.get_int64()};
  } else {
    return Error{Errc::invalid_input, "the member '" + ellipsize(to_valid_utf8(name), 40) +
                                          "' is unknown; known are: url, name, every, shared, organisation"};
  }
  return std::nullopt;
}

}  // namespace

json::object source_json(const CalendarSource& source, bool with_address) {
  json::object out;
  out["id"] = source.id.value;
  out["name"] = source.name;
  if (with_address) {
    out["url"] = source.url;
    out["file"] = source.is_file();
    out["problem"] = source.last_error;
  }
  out["organisation"] = nullptr;
  if (source.organisation) out["organisation"] = source.organisation.value;
  out["every"] = source.every.count();
  out["shared"] = source.shared;
  out["state"] = state_of(source);
  out["trouble"] = json::string(name_of(source.trouble));
  out["events"] = source.events;
  out["left_out"] = source.left_out;
  out["failures"] = source.failures;
  out["created"] = format_iso(source.created);
  out["last_try"] = instant_or_null(source.last_try);
  out["last_good"] = instant_or_null(source.last_good);
  out["next_try"] = instant_or_null(source.next_try);
  out["broken_since"] = instant_or_null(source.broken_since);
  return out;
}

json::object reading_json(const service::SourceReading& reading) {
  json::object out;
  out["source"] = source_json(reading.source, true);
  out["added"] = reading.added;
  out["updated"] = reading.updated;
  out["unchanged"] = reading.unchanged;
  out["removed"] = reading.removed;
  json::array warnings;
  for (const auto& warning : reading.warnings) warnings.emplace_back(warning);
  out["warnings"] = std::move(warnings);
  return out;
}

json::object conflict_json(const service::FoundConflict& conflict, const std::string& base_url) {
  json::object out;
  out["event"] = event_json(*conflict.other, base_url);
  out["day"] = format_iso(conflict.day);
  out["responsible"] = conflict.responsible;
  out["place"] = conflict.place;
  out["neighbour"] = conflict.neighbour;
  out["speaker"] = conflict.speaker;
  out["audience"] = conflict.audience;
  out["source"] = conflict.source;
  out["hidden"] = conflict.hidden;
  return out;
}

Result<service::NewSource> read_new_source(std::string_view body) {
  json::parse_options options;
  options.max_depth = 4;
  json::error_code problem;
  const auto value = json::parse({body.data(), body.size()}, problem, {}, options);
  if (problem) return Error(Errc::invalid_input, "the body is no JSON: " + problem.message());
  if (!value.is_object()) return Error(Errc::invalid_input, "the body must be a JSON object");
  service::NewSource source;
  for (const auto& member : value.get_object())
    if (auto error = read_member(member, source)) return std::move(*error);
  if (source.url.empty()) return Error(Errc::invalid_input, "'url' is missing: where the calendar lies");
  return source;
}

Result<service::NewSource> read_upload_query(const Pairs& query) {
  service::NewSource source;
  for (const auto& [key, value] : query) {
    if (key == "name") {
      source.name = value;
    } else if (key == "shared") {
      if (value != "true" && value != "false") return bad(key, "true or false");
      source.shared = value == "true";
    } else if (key == "organisation") {
      std::int64_t number = 0;
      const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (wrong != std::errc() || end != value.data() + value.size() || number < 1)
        return bad(key, "the number of an organisation");
      source.organisation = OrganisationId{number};
    } else {
      return Error(Errc::invalid_input,
                   "'" + ellipsize(key, 40) + "' is unknown; known are: name, shared, organisation");
    }
  }
  return source;
}

}  // namespace convoke::web
