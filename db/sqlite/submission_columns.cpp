#include "db/sqlite/submission_columns.hpp"

#include <boost/json.hpp>

#include <optional>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

Error broken() {
  return {Errc::invalid_input, "a part of a call for papers is not what was written"};
}

std::optional<json::value> value_in(std::string_view text) {
  json::error_code failure;
  auto value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure) return std::nullopt;
  return value;
}

std::optional<std::string> string_of(const json::value* value) {
  if (!value || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<int> number_of(const json::value* value) {
  if (!value || !value->is_int64()) return std::nullopt;
  return static_cast<int>(value->get_int64());
}

json::array array_of(const auto& texts) {
  json::array array;
  for (const auto& one : texts) array.emplace_back(one);
  return array;
}

std::optional<std::vector<std::string>> texts_in(const json::value* value) {
  if (!value || !value->is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& one : value->get_array()) {
    auto text = string_of(&one);
    if (!text) return std::nullopt;
    texts.push_back(std::move(*text));
  }
  return texts;
}

bool read_texts(const json::object& object, const char* name, std::array<std::string, 4>& into) {
  auto texts = texts_in(object.if_contains(name));
  if (!texts || texts->size() != into.size()) return false;
  for (std::size_t i = 0; i < into.size(); ++i) into.at(i) = std::move((*texts)[i]);
  return true;
}

bool read_criteria(const json::value* value, std::vector<Criterion>& into) {
  if (!value || !value->is_array()) return false;
  for (const auto& one : value->get_array()) {
    auto pair = texts_in(&one);
    if (!pair || pair->size() != 2) return false;
    into.emplace_back(std::move((*pair)[0]), std::move((*pair)[1]));
  }
  return true;
}

bool read_kinds(const json::value* value, std::array<bool, 6>& into) {
  const auto names = texts_in(value);
  if (!names) return false;
  into.fill(false);
  for (const auto& name : *names) {
    const auto kind = submitted_kind_of(name);
    if (!kind) return false;
    into.at(static_cast<std::size_t>(*kind)) = true;
  }
  return true;
}

}  // namespace

std::string call_settings_json(const Call& call) {
  json::object object;
  object["longest_abstract"] = call.longest_abstract;
  object["file_required"] = call.file_required;
  std::vector<std::string_view> kinds;
  for (const auto kind : all_submitted_kinds)
    if (call.takes(kind)) kinds.push_back(name_of(kind));
  object["kinds"] = array_of(kinds);
  object["sections"] = array_of(call.sections);
  json::array criteria;
  for (const auto& one : call.criteria) criteria.push_back(json::array{one.key, one.label});
  object["criteria"] = std::move(criteria);
  object["scale"] = name_of(call.scale);
  object["anonymous"] = call.anonymous;
  object["guidance"] = array_of(call.guidance);
  object["consent"] = array_of(call.consent);
  return json::serialize(object);
}

Result<void> parse_call_settings_json(std::string_view text, Call& call) {
  const auto value = value_in(text);
  const auto* object = value ? value->if_object() : nullptr;
  if (!object) return broken();
  const auto longest = number_of(object->if_contains("longest_abstract"));
  const auto* required = object->if_contains("file_required");
  const auto* anonymous = object->if_contains("anonymous");
  auto sections = texts_in(object->if_contains("sections"));
  const auto scale = mark_scale_of(string_of(object->if_contains("scale")).value_or(std::string()));
  if (!longest || !required || !required->is_bool() || !anonymous || !anonymous->is_bool() || !sections ||
      !scale || !read_kinds(object->if_contains("kinds"), call.kinds) ||
      !read_criteria(object->if_contains("criteria"), call.criteria) ||
      !read_texts(*object, "guidance", call.guidance) || !read_texts(*object, "consent", call.consent))
    return broken();
  call.longest_abstract = *longest;
  call.file_required = required->get_bool();
  call.anonymous = anonymous->get_bool();
  call.sections = std::move(*sections);
  call.scale = *scale;
  return {};
}

std::string authors_json(const std::vector<PaperAuthor>& authors) {
  json::array array;
  for (const auto& one : authors) array.push_back(json::array{one.name, one.institution});
  return json::serialize(array);
}

Result<std::vector<PaperAuthor>> parse_authors_json(std::string_view text) {
  const auto value = value_in(text);
  if (!value || !value->is_array()) return broken();
  std::vector<PaperAuthor> authors;
  for (const auto& one : value->get_array()) {
    auto pair = texts_in(&one);
    if (!pair || pair->size() != 2) return broken();
    authors.emplace_back(std::move((*pair)[0]), std::move((*pair)[1]));
  }
  return authors;
}

std::string marks_json(const Marks& marks) {
  json::array array;
  for (const auto& [key, mark] : marks) array.push_back(json::array{key, mark});
  return json::serialize(array);
}

Result<Marks> parse_marks_json(std::string_view text) {
  const auto value = value_in(text);
  if (!value || !value->is_array()) return broken();
  Marks marks;
  for (const auto& one : value->get_array()) {
    const auto* pair = one.if_array();
    if (!pair || pair->size() != 2) return broken();
    auto key = string_of(&(*pair)[0]);
    const auto mark = number_of(&(*pair)[1]);
    if (!key || !mark) return broken();
    marks.emplace_back(std::move(*key), *mark);
  }
  return marks;
}

}  // namespace convoke::db::sqlite
