#include "service/period_json.hpp"

#include <boost/json.hpp>

#include <optional>

namespace convoke::service {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

std::string_view text_of(const json::value& value) {
  const auto* text = value.if_string();
  return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

json::array dates_json(const std::vector<Date>& dates) {
  json::array out;
  for (const Date date : dates) out.push_back(json::value(format_iso(date)));
  return out;
}

json::object recurrence_json(const Recurrence& rule) {
  json::array weekdays;
  for (const auto& one : rule.weekdays) weekdays.push_back(json::array{static_cast<int>(one.weekday.c_encoding()), one.nth});
  json::object out{{"frequency", view(name_of(rule.frequency))},
                   {"weekdays", std::move(weekdays)},
                   {"dates", dates_json(rule.dates)},
                   {"without", dates_json(rule.without)},
                   {"months", rule.list_of_months}};
  if (rule.day_of_month) out["day"] = static_cast<int>(*rule.day_of_month);
  return out;
}

bool read_dates(const json::object& object, const char* name, std::vector<Date>& into) {
  const auto* member = object.if_contains(name);
  const auto* list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return false;
  for (const auto& one : *list) {
    const auto date = parse_iso_date(text_of(one));
    if (!date) return false;
    into.push_back(*date);
  }
  return true;
}

bool read_weekdays(const json::object& object, std::vector<WeekdayRule>& into) {
  const auto* member = object.if_contains("weekdays");
  const auto* list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return false;
  for (const auto& one : *list) {
    const auto* pair = one.if_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_int64())
      return false;
    const auto day = (*pair)[0].get_int64(), nth = (*pair)[1].get_int64();
    if (day < 0 || day > 6 || nth < -1 || nth > 5) return false;
    into.push_back({std::chrono::weekday{static_cast<unsigned>(day)}, static_cast<int>(nth)});
  }
  return true;
}

std::optional<Recurrence> read_recurrence(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  Recurrence rule;
  const auto* named = object->if_contains("frequency");
  const auto frequency = named == nullptr ? std::nullopt : frequency_of(text_of(*named));
  if (!frequency || !read_dates(*object, "dates", rule.dates) ||
      !read_dates(*object, "without", rule.without) || !read_weekdays(*object, rule.weekdays))
    return std::nullopt;
  rule.frequency = *frequency;
  const auto* months = object->if_contains("months");
  rule.list_of_months = months != nullptr && months->is_bool() && months->get_bool();
  if (const auto* day = object->if_contains("day")) {
    if (!day->is_int64() || day->get_int64() < 1 || day->get_int64() > 31) return std::nullopt;
    rule.day_of_month = static_cast<unsigned>(day->get_int64());
  }
  return rule;
}

bool read_date(const json::object& object, const char* name, std::optional<Date>& into) {
  const auto* member = object.if_contains(name);
  if (member == nullptr) return true;
  into = [&]() -> std::optional<Date> {
    const auto date = parse_iso_date(text_of(*member));
    return date ? std::optional(*date) : std::nullopt;
  }();
  return into.has_value();
}

bool read_time(const json::object& object, const char* name, std::optional<TimeOfDay>& into) {
  const auto* member = object.if_contains(name);
  if (member == nullptr) return true;
  const auto time = parse_iso_time(text_of(*member));
  if (time) into = *time;
  return into.has_value();
}

}  // namespace

json::value period_json(const Period& period) {
  json::object out{{"precision", view(name_of(period.precision))},
                   {"deadline", period.deadline},
                   {"text", period.source_text}};
  if (period.first) out["first"] = format_iso(*period.first);
  if (period.last) out["last"] = format_iso(*period.last);
  if (period.time) out["time"] = format_iso(*period.time);
  if (period.end_time) out["end_time"] = format_iso(*period.end_time);
  if (period.recurrence) out["recurrence"] = recurrence_json(*period.recurrence);
  return out;
}

Result<Period> parse_period_json(const json::value& value) {
  const Error broken{Errc::invalid_input, "a period is not what was written"};
  const auto* object = value.if_object();
  if (object == nullptr) return broken;
  Period period;
  const auto* named = object->if_contains("precision");
  const auto* text = object->if_contains("text");
  const auto* deadline = object->if_contains("deadline");
  const auto precision = named == nullptr ? std::nullopt : precision_of(text_of(*named));
  if (!precision || text == nullptr || !text->is_string() || deadline == nullptr || !deadline->is_bool())
    return broken;
  period.precision = *precision;
  period.source_text = std::string(text_of(*text));
  period.deadline = deadline->get_bool();
  if (!read_date(*object, "first", period.first) || !read_date(*object, "last", period.last) ||
      !read_time(*object, "time", period.time) || !read_time(*object, "end_time", period.end_time))
    return broken;
  if (const auto* rule = object->if_contains("recurrence")) {
    period.recurrence = read_recurrence(*rule);
    if (!period.recurrence) return broken;
  }
  return period;
}

}  // namespace convoke::service
