#include "db/sqlite/period_columns.hpp"

#include <boost/json.hpp>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

Error unreadable(std::string_view what) {
  return {Errc::invalid_input, "a stored recurrence cannot be read: " + std::string(what)};
}

// A whole number between `low` and `high`, or nothing.
std::optional<int> number_between(const json::value& value, int low, int high) {
  const auto* number = value.if_int64();
  if (!number || *number < low || *number > high) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<WeekdayRule> read_weekday(const json::value& value) {
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  const auto* day = object->if_contains("weekday");
  const auto* nth = object->if_contains("nth");
  if (!day || object->size() != (nth ? 2U : 1U)) return std::nullopt;
  const auto weekday = number_between(*day, 1, 7);
  const auto which = nth ? number_between(*nth, -1, 5) : std::optional<int>(0);
  if (!weekday || !which) return std::nullopt;
  return WeekdayRule{std::chrono::weekday{static_cast<unsigned>(*weekday)}, *which};
}

bool read_weekdays(const json::value& value, Recurrence& recurrence) {
  const auto* list = value.if_array();
  if (!list) return false;
  for (const auto& item : *list) {
    const auto rule = read_weekday(item);
    if (!rule) return false;
    recurrence.weekdays.push_back(*rule);
  }
  return true;
}

bool read_dates(const json::value& value, std::vector<Date>& dates) {
  const auto* list = value.if_array();
  if (!list) return false;
  for (const auto& item : *list) {
    const auto* text = item.if_string();
    if (!text) return false;
    const auto date = parse_iso_date(std::string_view(text->data(), text->size()));
    if (!date) return false;
    dates.push_back(*date);
  }
  return true;
}

bool read_field(std::string_view name, const json::value& value, Recurrence& recurrence) {
  if (name == "weekdays") return read_weekdays(value, recurrence);
  if (name == "dates") return read_dates(value, recurrence.dates);
  if (name == "without") return read_dates(value, recurrence.without);
  if (name == "frequency") {
    const auto* text = value.if_string();
    const auto frequency = text ? frequency_of(std::string_view(text->data(), text->size())) : std::nullopt;
    if (frequency) recurrence.frequency = *frequency;
    return frequency.has_value();
  }
  if (name == "day_of_month") {
    const auto day = number_between(value, 1, 31);
    if (day) recurrence.day_of_month = static_cast<unsigned>(*day);
    return day.has_value();
  }
  if (name == "list_of_months" && value.is_bool()) {
    recurrence.list_of_months = value.get_bool();
    return true;
  }
  return false;
}

json::array list_of(const std::vector<Date>& dates) {
  json::array list;
  for (const auto& date : dates) list.push_back(json::string(format_iso(date)));
  return list;
}

}  // namespace

std::string recurrence_json(const Recurrence& recurrence) {
  json::object object;
  object["frequency"] = name_of(recurrence.frequency);
  if (!recurrence.weekdays.empty()) {
    json::array list;
    for (const auto& rule : recurrence.weekdays) {
      json::object item;
      item["weekday"] = rule.weekday.iso_encoding();
      if (rule.nth != 0) item["nth"] = rule.nth;
      list.push_back(std::move(item));
    }
    object["weekdays"] = std::move(list);
  }
  if (recurrence.day_of_month) object["day_of_month"] = *recurrence.day_of_month;
  if (!recurrence.dates.empty()) object["dates"] = list_of(recurrence.dates);
  if (!recurrence.without.empty()) object["without"] = list_of(recurrence.without);
  if (recurrence.list_of_months) object["list_of_months"] = true;
  return json::serialize(object);
}

Result<Recurrence> parse_recurrence_json(std::string_view text) {
  if (text.size() > max_recurrence_bytes) return unreadable("it is too long");
  boost::system::error_code failure;
  json::parse_options options;
  options.max_depth = 4;
  const auto value = json::parse(json::string_view(text.data(), text.size()), failure, {}, options);
  if (failure) return unreadable("it is no JSON");
  const auto* object = value.if_object();
  if (!object || !object->contains("frequency")) return unreadable("it names no frequency");
  Recurrence recurrence;
  for (const auto& field : *object) {
    const std::string_view name(field.key().data(), field.key().size());
    if (!read_field(name, field.value(), recurrence)) return unreadable(name);
  }
  return recurrence;
}

}  // namespace convoke::db::sqlite
