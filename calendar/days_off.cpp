#include "calendar/days_off.hpp"

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

struct ZoneCountry {
  std::string_view zone, country;
};

// Simferopol is left out on purpose: two countries' calendars are kept there.
constexpr auto zones = std::to_array<ZoneCountry>({
    {"Asia/Anadyr", "RU"},        {"Asia/Barnaul", "RU"},
    {"Asia/Chita", "RU"},         {"Asia/Irkutsk", "RU"},
    {"Asia/Kamchatka", "RU"},     {"Asia/Khandyga", "RU"},
    {"Asia/Krasnoyarsk", "RU"},   {"Asia/Magadan", "RU"},
    {"Asia/Novokuznetsk", "RU"},  {"Asia/Novosibirsk", "RU"},
    {"Asia/Omsk", "RU"},          {"Asia/Sakhalin", "RU"},
    {"Asia/Srednekolymsk", "RU"}, {"Asia/Tomsk", "RU"},
    {"Asia/Ust-Nera", "RU"},      {"Asia/Vladivostok", "RU"},
    {"Asia/Yakutsk", "RU"},       {"Asia/Yekaterinburg", "RU"},
    {"Europe/Astrakhan", "RU"},   {"Europe/Kaliningrad", "RU"},
    {"Europe/Kiev", "UA"},        {"Europe/Kirov", "RU"},
    {"Europe/Kyiv", "UA"},        {"Europe/Minsk", "BY"},
    {"Europe/Moscow", "RU"},      {"Europe/Samara", "RU"},
    {"Europe/Saratov", "RU"},     {"Europe/Ulyanovsk", "RU"},
    {"Europe/Uzhgorod", "UA"},    {"Europe/Volgograd", "RU"},
    {"Europe/Zaporozhye", "UA"},  {"W-SU", "RU"},
});

}  // namespace

void DaysOff::put(const SpecialDay& day) {
  countries_[day.country][day.day] = {day.off, day.name};
}

const DaysOff::Said* DaysOff::find(Date day, std::string_view country) const {
  const auto found = countries_.find(country);
  if (found == countries_.end()) return nullptr;
  const auto said = found->second.find(day);
  return said == found->second.end() ? nullptr : &said->second;
}

bool DaysOff::is_day_off(Date day, std::string_view country) const {
  const auto* said = find(day, country);
  return said ? said->off : is_weekend(day);
}

std::string_view DaysOff::name_of(Date day, std::string_view country) const {
  const auto* said = find(day, country);
  return said ? std::string_view(said->name) : std::string_view();
}

bool DaysOff::covers(std::string_view country, int year) const {
  const auto found = countries_.find(country);
  if (found == countries_.end()) return false;
  const auto first = found->second.lower_bound(make_date(year, 1, 1));
  return first != found->second.end() && first->first.year() == std::chrono::year{year};
}

std::string_view country_of_zone(std::string_view zone) {
  const auto* found = std::ranges::find(zones, zone, &ZoneCountry::zone);
  return found == zones.end() ? std::string_view() : found->country;
}

}  // namespace convoke::calendar
