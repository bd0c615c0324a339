#include "service/rules_json.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <limits>
#include <optional>
#include <string>

namespace convoke::service {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 8;

Error bad(std::string_view member, std::string_view expected) {
  return {Errc::invalid_input, fmt::format("'{}' must be {}", member, expected)};
}

std::string_view text_in(const json::value& value) {
  const auto* text = value.if_string();
  return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::string_view key_of(const json::key_value_pair& member) {
  return {member.key().data(), member.key().size()};
}

json::value number_or_null(std::int64_t number) {
  return number > 0 ? json::value(number) : json::value(nullptr);
}

json::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

// One member each: false when the value is not of its kind.
template<class T>
bool read_named(const json::value& value, T& into, std::optional<T> (*named)(std::string_view)) {
  const auto found = value.is_string() ? named(text_in(value)) : std::nullopt;
  if (found) into = *found;
  return found.has_value();
}

bool read_flag(const json::value& value, bool& into) {
  if (!value.is_bool()) return false;
  into = value.get_bool();
  return true;
}

bool read_time(const json::value& value, TimeOfDay& into) {
  const auto time = parse_iso_time(text_in(value));
  if (time) into = *time;
  return time.has_value();
}

bool read_text(const json::value& value, std::string& into) {
  if (!value.is_string()) return false;
  into = text_in(value);
  return true;
}

bool read_offset(const json::value& value, int& into) {
  if (!value.is_int64() || value.get_int64() < std::numeric_limits<int>::min() ||
      value.get_int64() > std::numeric_limits<int>::max())
    return false;
  into = static_cast<int>(value.get_int64());
  return true;
}

template<class Id>
bool read_id(const json::value& value, Id& into) {
  if (value.is_null()) return true;
  if (!value.is_int64() || value.get_int64() <= 0) return false;
  into = Id{value.get_int64()};
  return true;
}

Result<ReminderRule> read_rule(const json::value& value) {
  if (!value.is_object()) return bad("rules", "a list of objects");
  ReminderRule rule;
  bool applies = false;
  for (const auto& member : value.get_object()) {
    const auto key = key_of(member);
    const auto& given = member.value();
    bool fine = false;
    if (key == "id")
      fine = read_text(given, rule.id);
    else if (key == "applies_to")
      fine = applies = read_named(given, rule.applies_to, applies_of);
    else if (key == "anchor")
      fine = read_named(given, rule.anchor, anchor_of);
    else if (key == "offset")
      fine = read_offset(given, rule.offset);
    else if (key == "working_days")
      fine = read_flag(given, rule.working_days);
    else if (key == "at")
      fine = read_time(given, rule.at);
    else if (key == "reason")
      fine = read_named(given, rule.reason, reminder_reason_of);
    else if (key == "tells")
      fine = read_named(given, rule.tells, tells_of);
    else
      return bad(key, "left out of a rule: it is unknown");
    if (!fine) return bad(key, "as a rule has it");
  }
  if (!applies) return bad("applies_to", "there: which periods the rule speaks of");
  return rule;
}

Result<RuleScope> read_scope(const json::value& value) {
  if (!value.is_object()) return bad("scope", "an object");
  RuleScope scope;
  for (const auto& member : value.get_object()) {
    const auto key = key_of(member);
    const auto& given = member.value();
    bool fine = false;
    if (key == "organisation")
      fine = read_id(given, scope.organisation);
    else if (key == "plan")
      fine = read_id(given, scope.plan);
    else if (key == "event")
      fine = read_id(given, scope.event);
    else if (key == "kind") {
      scope.kind = event_kind_of(text_in(given));
      fine = given.is_null() || scope.kind.has_value();
    } else
      return bad(key, "left out of a scope: it is unknown");
    if (!fine) return bad(key, "as a scope has it");
  }
  return scope;
}

Result<void> read_list(const json::value& value, std::vector<ReminderRule>& into) {
  if (!value.is_array()) return bad("rules", "a list");
  for (const auto& one : value.get_array()) {
    auto rule = read_rule(one);
    if (!rule) return rule.error();
    into.push_back(std::move(*rule));
  }
  return {};
}

Result<bool> read_member(const json::key_value_pair& member, ReminderRules& set) {
  const auto key = key_of(member);
  const auto& given = member.value();
  if (key == "scope") {
    const auto scope = read_scope(given);
    if (!scope) return scope.error();
    set.scope = *scope;
    return true;
  }
  if (key == "rules") {
    if (const auto list = read_list(given, set.rules); !list) return list.error();
    return true;
  }
  if (key == "quiet_from") return read_time(given, set.quiet_from);
  if (key == "quiet_to") return read_time(given, set.quiet_to);
  if (key == "on_days_off") return read_flag(given, set.on_days_off);
  if (key == "country") return read_text(given, set.country);
  return bad(key, "left out: it is unknown");
}

}  // namespace

json::value rules_json(const ReminderRules& set) {
  json::array rules;
  for (const auto& rule : set.rules)
    rules.push_back(json::object{{"id", rule.id},
                                 {"applies_to", view(name_of(rule.applies_to))},
                                 {"anchor", view(name_of(rule.anchor))},
                                 {"offset", rule.offset},
                                 {"working_days", rule.working_days},
                                 {"at", format_iso(rule.at)},
                                 {"reason", view(name_of(rule.reason))},
                                 {"tells", view(name_of(rule.tells))}});
  const auto kind = set.scope.kind ? json::value(view(name_of(*set.scope.kind))) : json::value(nullptr);
  return json::object{{"id", set.id.value},
                      {"scope", json::object{{"organisation", number_or_null(set.scope.organisation.value)},
                                             {"plan", number_or_null(set.scope.plan.value)},
                                             {"kind", kind},
                                             {"event", number_or_null(set.scope.event.value)}}},
                      {"rules", std::move(rules)},
                      {"quiet_from", format_iso(set.quiet_from)},
                      {"quiet_to", format_iso(set.quiet_to)},
                      {"on_days_off", set.on_days_off},
                      {"country", set.country}};
}

Result<ReminderRules> read_rules(std::string_view body) {
  json::parse_options options;
  options.max_depth = deepest;
  json::error_code problem;
  const auto value = json::parse(view(body), problem, {}, options);
  if (problem) return Error(Errc::invalid_input, "the body is no JSON: " + problem.message());
  if (!value.is_object()) return Error(Errc::invalid_input, "the body must be a JSON object");
  ReminderRules set;
  bool has_rules = false;
  for (const auto& member : value.get_object()) {
    const auto fine = read_member(member, set);
    if (!fine) return fine.error();
    if (!*fine) return bad(key_of(member), "as a set of rules has it");
    has_rules = has_rules || key_of(member) == "rules";
  }
  if (!has_rules) return bad("rules", "there: an empty list reminds nobody");
  return set;
}

}  // namespace convoke::service
