#include "web/handlers/occurrence_input.hpp"

#include "base/text.hpp"
#include "web/handlers/common.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <array>

namespace convoke::web {
namespace {

namespace json = boost::json;
using Problem = std::optional<Error>;

Problem bad(std::string_view member, std::string_view expected) {
  return Error{Errc::invalid_input, "'" + std::string(member) + "' must be " + std::string(expected)};
}

// A value of the day's own, or null for the series'.
template<class T, class Read>
Problem read_own(std::string_view name, const json::value& value, std::optional<std::optional<T>>& into,
                 Read read, std::string_view expected) {
  if (value.is_null()) {
    into.emplace(std::nullopt);
    return std::nullopt;
  }
  if (!value.is_string()) return bad(name, expected);
  const auto& text = value.get_string();
  auto own = read(std::string_view(text.data(), text.size()));
  if (!own) return bad(name, expected);
  into.emplace(std::move(*own));
  return std::nullopt;
}

Result<std::string> one_line(std::string_view text) {
  return collapse_spaces(to_valid_utf8(text));
}
Result<std::string> as_it_stands(std::string_view text) {
  return std::string(text);
}

Problem read_flag(std::string_view name, const json::value& value, std::optional<bool>& into) {
  if (!value.is_bool()) return bad(name, "true or false");
  into = value.get_bool();
  return std::nullopt;
}

Problem read_sequence(const json::value& value, std::optional<int>& into) {
  constexpr std::int64_t most = 2'147'483'647;  // RFC 5545 3.8.7.4: an INTEGER
  const auto* number = value.if_int64();
  if (!number || *number < 0 || *number > most) return bad("expected_sequence", "a whole number from 0 on");
  into = static_cast<int>(*number);
  return std::nullopt;
}

Problem read_member(std::string_view name, const json::value& value, OccurrenceRequest& into) {
  constexpr std::string_view a_day = "a day like 2024-11-14, or null";
  constexpr std::string_view a_time = "a time like 10:00, or null";
  constexpr std::string_view a_text = "a text, or null";
  auto& change = into.change;
  if (name == "cancelled") return read_flag(name, value, change.cancelled);
  if (name == "date") return read_own(name, value, change.date, parse_iso_date, a_day);
  if (name == "time") return read_own(name, value, change.time, parse_iso_time, a_time);
  if (name == "end_time") return read_own(name, value, change.end_time, parse_iso_time, a_time);
  if (name == "title") return read_own(name, value, change.title, one_line, a_text);
  if (name == "place") return read_own(name, value, change.place, one_line, a_text);
  if (name == "note") return read_own(name, value, change.note, as_it_stands, a_text);
  if (name == "expected_sequence") return read_sequence(value, change.expected_sequence);
  if (name == "as_in_series") {
    std::optional<bool> flag;
    if (auto problem = read_flag(name, value, flag)) return problem;
    into.as_in_series = *flag;
    return std::nullopt;
  }
  return Error{Errc::invalid_input,
               "the member '" + ellipsize(to_valid_utf8(name), 40) +
                   "' is unknown; known are: cancelled, date, time, end_time, title, place, note, "
                   "expected_sequence, as_in_series"};
}

bool changes_something(const service::OccurrenceChange& change) {
  return change.cancelled || change.date || change.time || change.end_time || change.title || change.place ||
         change.note;
}

}  // namespace

Result<DayOfSeries> day_of_series(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  const auto day = parse_iso_date(request.captures.at(1));
  if (!day) return Error(Errc::not_found, "the address must end in a day like 2024-11-14");
  return DayOfSeries{EventId{*number}, *day};
}

Result<OccurrenceRequest> read_occurrence_change(std::string_view body) {
  json::parse_options options;
  options.max_depth = 4;
  json::error_code problem;
  const auto value = json::parse({body.data(), body.size()}, problem, {}, options);
  if (problem) return Error(Errc::invalid_input, "the body is no JSON: " + problem.message());
  const auto* object = value.if_object();
  if (!object) return Error(Errc::invalid_input, "the body must be a JSON object");
  OccurrenceRequest request;
  for (const auto& member : *object)
    if (auto error = read_member({member.key().data(), member.key().size()}, member.value(), request))
      return std::move(*error);
  if (request.as_in_series && changes_something(request.change))
    return Error(Errc::invalid_input, "'as_in_series' stands without other changes of the day");
  return request;
}

}  // namespace convoke::web
