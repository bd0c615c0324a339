// Which days nobody works in a country: weekends, public holidays, and the exchanges between them that a
// government announces for a year. Kept as values; calendar/holidays holds those the program ships with.
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

// A day that is not as its weekday says: a Thursday that is a holiday, a Saturday that is worked.
struct SpecialDay {
  std::string country;  // ISO 3166-1: "UA", "BY", "RU"
  Date day;
  bool off = true;
  std::string name;

  bool operator==(const SpecialDay&) const = default;
};

class DaysOff {
 public:
  // A day that is named again is as it was named last.
  void put(const SpecialDay& day);
  // Weekends for a country that nothing is known of, "" among them.
  bool is_day_off(Date day, std::string_view country) const;
  // What the day is called, or "" when it is as its weekday says.
  std::string_view name_of(Date day, std::string_view country) const;
  // Whether anything is known of the country in that year.
  bool covers(std::string_view country, int year) const;

 private:
  struct Said {
    bool off = true;
    std::string name;
  };
  const Said* find(Date day, std::string_view country) const;

  std::map<std::string, std::map<Date, Said>, std::less<>> countries_;
};

// Whose holidays are kept where a zone's clocks go: "UA", "BY", "RU", or "" for every other zone.
std::string_view country_of_zone(std::string_view zone);

// Of one country: what working days are counted by.
struct WorkingWeek {
  const DaysOff& days_off;
  std::string_view country;

  bool is_day_off(Date day) const { return days_off.is_day_off(day, country); }
};

}  // namespace convoke::calendar
