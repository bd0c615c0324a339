#include "web/handlers/arrival_input.hpp"

#include "model/door_address.hpp"
#include "web/handlers/json_members.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

namespace json = boost::json;

std::optional<Error> read_key(const json::key_value_pair& member, SentArrival& into) {
  auto text = text_of(member);
  if (!text || text->empty() || text->size() > longest_arrival_key)
    return bad("key", "a text of 1 to 64 characters");
  into.key = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_person(const json::key_value_pair& member, SentArrival& into) {
  const auto number = number_of(member);
  if (!number || *number <= 0) return bad("person", "a positive number");
  into.arrival.person = RegistrationId{*number};
  return std::nullopt;
}

std::optional<Error> read_code(const json::key_value_pair& member, SentArrival& into) {
  const auto text = text_of(member);
  auto code = text ? door_code_in(*text) : std::nullopt;
  if (!code) return bad("code", "the code of a ticket");
  into.arrival.code = std::move(*code);
  return std::nullopt;
}

std::optional<Error> read_step(const json::key_value_pair& member, SentArrival& into) {
  const auto text = text_of(member);
  const auto step = text ? registration_step_of(*text) : std::nullopt;
  if (step != RegistrationStep::attend && step != RegistrationStep::undo_door)
    return bad("step", "attend or undo_door");
  into.arrival.undo = step == RegistrationStep::undo_door;
  return std::nullopt;
}

std::optional<Error> read_ago(const json::key_value_pair& member, SentArrival& into) {
  const auto number = number_of(member);
  if (!number) return bad("ago", "a number of seconds");
  const std::int64_t most = std::chrono::seconds(service::oldest_arrival).count() + 1;
  into.arrival.ago = std::chrono::seconds(std::clamp(*number, std::int64_t{0}, most));
  return std::nullopt;
}

std::optional<Error> read_day(const json::key_value_pair& member, SentArrival& into) {
  const auto text = text_of(member);
  const auto day = text ? parse_iso_date(*text) : Result<Date>(Error(Errc::invalid_input, "no day"));
  if (!day) return bad("day", "a day such as 2026-09-24");
  into.arrival.day = *day;
  return std::nullopt;
}

constexpr std::array<Member<SentArrival>, 6> members = {{{"key", read_key},
                                                         {"person", read_person},
                                                         {"code", read_code},
                                                         {"step", read_step},
                                                         {"ago", read_ago},
                                                         {"day", read_day}}};

}  // namespace

Result<std::vector<SentArrival>> read_arrivals(std::string_view body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  const auto* list = object->if_contains("arrivals");
  if (list == nullptr || object->size() != 1 || !list->is_array())
    return bad("arrivals", "a list, and nothing else");
  if (list->get_array().size() > service::most_arrivals)
    return Error(Errc::limit_exceeded,
                 "'arrivals' must be " + std::to_string(service::most_arrivals) + " at most");
  std::vector<SentArrival> sent;
  for (const auto& value : list->get_array()) {
    if (!value.is_object()) return bad("arrivals", "a list of objects");
    SentArrival one;
    if (auto error = read_members<SentArrival>(value.get_object(), one, members)) return std::move(*error);
    if (one.key.empty()) return bad("key", "there");
    const bool either = one.arrival.person ? one.arrival.code.empty() : !one.arrival.code.empty();
    if (!either) return bad("person", "there, or 'code' instead of it");
    sent.push_back(std::move(one));
  }
  return sent;
}

}  // namespace convoke::web
