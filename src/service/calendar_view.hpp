// What stands on which day, as wall calendars show it: a month in weeks, a year in months, and who has how
// much in which month.
#pragma once

#include "calendar/filters/feed_query.hpp"
#include "model/event.hpp"
#include "service/snapshot.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

using YearMonth = std::chrono::year_month;

// One event on one of its days.
struct DayEntry {
  const Event* event = nullptr;
  std::string title;  // that day's own, when it differs
  std::optional<TimeOfDay> time;
  bool cancelled = false;
  bool goes_on = false;  // it began on an earlier day
};

struct CalendarMonth {
  YearMonth month{};
  std::map<Date, std::vector<DayEntry>> days;  // days with something on them, by time
  std::vector<const Event*> vague;             // the plan names only a period that meets this month
};

// What lasts longer is work that goes on, and stands under the month instead of on each of its days.
inline constexpr int longest_shown_days = 14;
inline constexpr int year_months = 12;

// The events of `query` in each of `count` months from `first` on; work of the whole year is in none. `count`
// at most year_months.
std::vector<CalendarMonth> months_of(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                     YearMonth first, int count);

// How often a person or an office is responsible for something in each of the months.
struct PersonMonths {
  std::string name;
  std::array<int, year_months> of{};
};
// By name, in the alphabet of `language`.
std::vector<PersonMonths> load_of(const std::vector<CalendarMonth>& months, Language language);

// Where a year that people want to see begins: with the plan that `today` lies in, else with January.
YearMonth year_beginning(const Snapshot& snapshot, Date today);

}  // namespace convoke::service
