#include "db/sqlite/registration_columns.hpp"

#include <boost/json.hpp>

#include <optional>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

Error broken() {
  return {Errc::invalid_input, "a part of a registration is not what was written"};
}

std::optional<json::value> value_in(std::string_view text) {
  json::error_code failure;
  auto value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure) return std::nullopt;
  return value;
}

std::optional<std::string> text_in(const json::object& object, const char* name) {
  const auto* member = object.if_contains(name);
  if (!member || !member->is_string()) return std::nullopt;
  return std::string(member->get_string());
}

std::optional<std::vector<std::string>> texts_in(const json::value* value) {
  if (!value || !value->is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& one : value->get_array()) {
    if (!one.is_string()) return std::nullopt;
    texts.emplace_back(one.get_string());
  }
  return texts;
}

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& one : texts) array.emplace_back(one);
  return array;
}

json::object object_of(const FormField& field) {
  json::object object;
  object["key"] = field.key;
  object["kind"] = name_of(field.kind);
  object["required"] = field.required;
  json::array words;
  for (const auto& one : field.words) {
    json::object in_language;
    in_language["label"] = one.label;
    in_language["help"] = one.help;
    in_language["choices"] = array_of(one.choices);
    words.push_back(std::move(in_language));
  }
  object["words"] = std::move(words);
  return object;
}

std::optional<FieldWords> words_in(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  auto label = text_in(*object, "label"), help = text_in(*object, "help");
  auto choices = texts_in(object->if_contains("choices"));
  if (!label || !help || !choices) return std::nullopt;
  FieldWords words;
  words.label = std::move(*label);
  words.help = std::move(*help);
  words.choices = std::move(*choices);
  return words;
}

std::optional<FormField> field_in(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  auto key = text_in(*object, "key");
  const auto kind = text_in(*object, "kind");
  const auto* required = object->if_contains("required");
  const auto* words = object->if_contains("words");
  if (!key || !kind || !required || !required->is_bool() || !words || !words->is_array()) return std::nullopt;
  FormField field;
  if (words->get_array().size() != field.words.size()) return std::nullopt;
  const auto known = field_kind_of(*kind);
  if (!known) return std::nullopt;
  field.key = std::move(*key);
  field.kind = *known;
  field.required = required->get_bool();
  for (std::size_t i = 0; i < field.words.size(); ++i) {
    auto one = words_in(words->get_array()[i]);
    if (!one) return std::nullopt;
    field.words.at(i) = std::move(*one);
  }
  return field;
}

}  // namespace

std::string fields_json(const std::vector<FormField>& fields) {
  json::array array;
  for (const auto& one : fields) array.push_back(object_of(one));
  return json::serialize(array);
}

Result<std::vector<FormField>> parse_fields_json(std::string_view text) {
  const auto value = value_in(text);
  if (!value || !value->is_array()) return broken();
  std::vector<FormField> fields;
  for (const auto& one : value->get_array()) {
    auto field = field_in(one);
    if (!field) return broken();
    fields.push_back(std::move(*field));
  }
  return fields;
}

std::string consent_json(const std::array<std::string, 4>& texts) {
  json::array array;
  for (const auto& one : texts) array.emplace_back(one);
  return json::serialize(array);
}

Result<std::array<std::string, 4>> parse_consent_json(std::string_view text) {
  const auto value = value_in(text);
  auto texts = texts_in(value ? &*value : nullptr);
  std::array<std::string, 4> consent;
  if (!texts || texts->size() != consent.size()) return broken();
  for (std::size_t i = 0; i < consent.size(); ++i) consent.at(i) = std::move((*texts)[i]);
  return consent;
}

std::string answers_json(const RegistrationAnswers& answers) {
  if (answers.empty()) return "[]";
  json::array array;
  for (const auto& [key, value] : answers) array.push_back(array_of({key, value}));
  return json::serialize(array);
}

Result<RegistrationAnswers> parse_answers_json(std::string_view text) {
  RegistrationAnswers answers;
  if (text == "[]") return answers;
  const auto value = value_in(text);
  if (!value || !value->is_array()) return broken();
  for (const auto& one : value->get_array()) {
    auto pair = texts_in(&one);
    if (!pair || pair->size() != 2) return broken();
    answers.emplace_back(std::move((*pair)[0]), std::move((*pair)[1]));
  }
  return answers;
}

}  // namespace convoke::db::sqlite
