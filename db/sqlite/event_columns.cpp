#include "db/sqlite/event_columns.hpp"

#include <boost/json.hpp>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

Error broken() {
  return {Errc::invalid_input, "a detail of an event is not what was written"};
}

std::optional<json::array> array_of(std::string_view text) {
  json::error_code failure;
  auto value = json::parse(json::string_view(text.data(), text.size()), failure);
  if (failure || !value.is_array()) return std::nullopt;
  return std::move(value.as_array());
}

std::optional<std::string> text_in(const json::object& object, std::string_view name) {
  const auto* member = object.if_contains(json::string_view(name.data(), name.size()));
  if (!member || !member->is_string()) return std::nullopt;
  return std::string(member->get_string());
}

template<class T, class Parse>
bool read_optional(const json::object& object, std::string_view name, std::optional<T>& into, Parse parse) {
  if (!object.contains(json::string_view(name.data(), name.size()))) return true;
  const auto text = text_in(object, name);
  if (!text) return false;
  const auto value = parse(*text);
  if (!value) return false;
  into = *value;
  return true;
}

std::optional<std::string> same(const std::string& text) {
  return text;
}

std::optional<Override> read_override(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  const auto day_text = text_in(*object, "day");
  const auto day = day_text ? parse_iso_date(*day_text) : Result<Date>(broken());
  if (!day) return std::nullopt;
  Override one;
  one.day = *day;
  one.cancelled = object->contains("cancelled");
  const bool good = read_optional(*object, "date", one.date, parse_iso_date) &&
                    read_optional(*object, "time", one.time, parse_iso_time) &&
                    read_optional(*object, "end_time", one.end_time, parse_iso_time) &&
                    read_optional(*object, "title", one.title, same) &&
                    read_optional(*object, "place", one.place, same) &&
                    read_optional(*object, "note", one.note, same);
  if (!good) return std::nullopt;
  return one;
}

}  // namespace

std::string audience_json(const std::vector<std::string>& audience) {
  json::array list;
  for (const auto& one : audience) list.push_back(json::string(one));
  return json::serialize(list);
}

std::string attachments_json(const std::vector<Attachment>& attachments) {
  json::array list;
  for (const auto& one : attachments)
    list.push_back(json::object{{"url", one.url}, {"name", one.name}, {"type", one.media_type}});
  return json::serialize(list);
}

std::string overrides_json(const std::vector<Override>& overrides) {
  json::array list;
  for (const auto& one : overrides) {
    json::object object;
    object["day"] = format_iso(one.day);
    if (one.cancelled) object["cancelled"] = true;
    if (one.date) object["date"] = format_iso(*one.date);
    if (one.time) object["time"] = format_iso(*one.time);
    if (one.end_time) object["end_time"] = format_iso(*one.end_time);
    if (one.title) object["title"] = *one.title;
    if (one.place) object["place"] = *one.place;
    if (one.note) object["note"] = *one.note;
    list.push_back(std::move(object));
  }
  return json::serialize(list);
}

Result<std::vector<std::string>> parse_audience_json(std::string_view text) {
  const auto list = array_of(text);
  if (!list) return broken();
  std::vector<std::string> audience;
  for (const auto& one : *list) {
    if (!one.is_string()) return broken();
    audience.emplace_back(one.get_string());
  }
  return audience;
}

Result<std::vector<Attachment>> parse_attachments_json(std::string_view text) {
  const auto list = array_of(text);
  if (!list) return broken();
  std::vector<Attachment> attachments;
  for (const auto& one : *list) {
    const auto* object = one.if_object();
    if (!object) return broken();
    auto url = text_in(*object, "url"), name = text_in(*object, "name"), type = text_in(*object, "type");
    if (!url || !name || !type) return broken();
    attachments.push_back({std::move(*url), std::move(*name), std::move(*type)});
  }
  return attachments;
}

Result<std::vector<Override>> parse_overrides_json(std::string_view text) {
  const auto list = array_of(text);
  if (!list) return broken();
  std::vector<Override> overrides;
  for (const auto& one : *list) {
    auto read = read_override(one);
    if (!read) return broken();
    overrides.push_back(std::move(*read));
  }
  return overrides;
}

}  // namespace convoke::db::sqlite
