// Calendars to look at: a month in weeks, and a year as it hangs on a wall.
#pragma once

#include "service/calendar_entries.hpp"
#include "service/calendar_view.hpp"
#include "web/pages/home_page.hpp"

#include <memory>
#include <string>
#include <vector>

namespace convoke::web {

// "/calendar?from=2024-11&kind=meeting"
std::string month_path(const HomeQuery& query);
// "/calendar/year?from=2024-09"
std::string year_path(const HomeQuery& query);

// Entries of a day that a cell of the month shows; then it says how many more there are.
inline constexpr std::size_t most_day_entries = 6;

// What became of the day that was just chosen.
enum class CalendarMessage { none, dated, changed_since };

struct CalendarView {
  std::shared_ptr<const service::Snapshot> snapshot;  // owns the events
  HomeQuery query;                                    // with `from`
  std::vector<service::CalendarMonth> months;
  Date today{};
  std::vector<service::NamedDay> named_days;  // holidays, and Saturdays that are worked
  std::vector<service::UndatedEntry> undated;  // for organisers: what waits for a day in the month
  CalendarMessage message = CalendarMessage::none;
};

std::string render_month(const CalendarView& view, const Frame& frame);
std::string render_year(const CalendarView& view, const Frame& frame);

}  // namespace convoke::web
