// periods=span, lang=be, alarms=1: how events are shown; no event is left out by them here.
#include "calendar/filters/filter.hpp"

namespace convoke::calendar::filters {
namespace {

std::optional<Error> read_periods(std::string_view value, FeedQuery& query) {
  const auto found = vague_periods_of(value);
  if (!found) return unknown_value("periods", value, "deadline, span, todo, hide");
  query.periods = *found;
  return std::nullopt;
}

std::vector<std::string> periods_values(const FeedQuery& query) {
  if (query.periods == VaguePeriods::deadline) return {};
  return {std::string(name_of(query.periods))};
}

std::optional<Error> read_language(std::string_view value, FeedQuery& query) {
  const auto found = language_of(value);
  if (!found) return unknown_value("lang", value, "uk, be, ru, en");
  query.language = found;
  return std::nullopt;
}

std::vector<std::string> language_values(const FeedQuery& query) {
  return query.language ? std::vector<std::string>{std::string(tag_of(*query.language))}
                        : std::vector<std::string>{};
}

std::optional<Error> read_alarms(std::string_view value, FeedQuery& query) {
  const bool on = value == "1" || value == "true" || value == "yes" || value == "on";
  if (!on && value != "0" && value != "false" && value != "no" && value != "off")
    return unknown_value("alarms", value, "1, 0");
  query.alarms = on;
  return std::nullopt;
}

std::vector<std::string> alarms_values(const FeedQuery& query) {
  return query.alarms ? std::vector<std::string>{"1"} : std::vector<std::string>{};
}

}  // namespace

const Filter periods = {"periods", read_periods, nullptr, periods_values, false};
const Filter language = {"lang", read_language, nullptr, language_values, false};
const Filter alarms = {"alarms", read_alarms, nullptr, alarms_values, false};

}  // namespace convoke::calendar::filters
