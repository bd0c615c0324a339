#include "db/sqlite/rule_column.hpp"

#include <boost/json.hpp>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

json::string_view to_json(std::string_view text) {
  return {text.data(), text.size()};
}

Error broken() {
  return {Errc::invalid_input, "a rule is not what was written"};
}

template<class Parse>
auto named(const json::object& object, const char* member, Parse parse) {
  const auto* value = object.if_contains(member);
  const auto* text = value ? value->if_string() : nullptr;
  return text ? parse(std::string_view(text->data(), text->size())) : decltype(parse("")){};
}

std::optional<int> number(const json::object& object, const char* member) {
  const auto* value = object.if_contains(member);
  if (!value || !value->is_int64()) return std::nullopt;
  return static_cast<int>(value->get_int64());
}

std::optional<ReminderRule> read_rule(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  const auto id =
      named(*object, "id", [](std::string_view text) { return std::optional(std::string(text)); });
  const auto applies = named(*object, "applies_to", applies_of);
  const auto anchor = named(*object, "anchor", anchor_of);
  const auto reason = named(*object, "reason", reminder_reason_of);
  const auto tells = named(*object, "tells", tells_of);
  const auto offset = number(*object, "offset"), at = number(*object, "at");
  if (!id || !applies || !anchor || !reason || !tells || !offset || !at) return std::nullopt;
  ReminderRule rule;
  rule.id = *id;
  rule.applies_to = *applies;
  rule.anchor = *anchor;
  rule.offset = *offset;
  rule.working_days = object->contains("working_days");
  rule.at = TimeOfDay{*at};
  rule.reason = *reason;
  rule.tells = *tells;
  return rule;
}

}  // namespace

std::string rules_json(const std::vector<ReminderRule>& rules) {
  json::array array;
  for (const auto& rule : rules) {
    json::object object{{"id", rule.id},
                        {"applies_to", to_json(name_of(rule.applies_to))},
                        {"anchor", to_json(name_of(rule.anchor))},
                        {"offset", rule.offset},
                        {"at", rule.at.count()},
                        {"reason", to_json(name_of(rule.reason))},
                        {"tells", to_json(name_of(rule.tells))}};
    if (rule.working_days) object["working_days"] = true;
    array.push_back(std::move(object));
  }
  return json::serialize(array);
}

Result<std::vector<ReminderRule>> parse_rules_json(std::string_view text) {
  json::error_code failure;
  const auto value = json::parse(to_json(text), failure);
  if (failure || !value.is_array()) return broken();
  std::vector<ReminderRule> rules;
  for (const auto& one : value.get_array()) {
    auto rule = read_rule(one);
    if (!rule) return broken();
    rules.push_back(std::move(*rule));
  }
  return rules;
}

}  // namespace convoke::db::sqlite
