// What stands in a stretch of days of a calendar that people look at: entries with their first and last day,
// and the days that are not as their weekday says. Of one snapshot; nothing here asks the database.
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "calendar/filters/feed_query.hpp"
#include "service/context.hpp"
#include "service/snapshot.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

struct CalendarEntry {
  const Event* event = nullptr;
  std::string title;  // that day's own, when it differs
  Date first{}, last{};
  std::optional<TimeOfDay> time, end_time;
  bool cancelled = false;
  bool of_series = false;  // one day of several
  Date day{};              // of the series, also when it was moved
};

// Days that may be asked for at once.
inline constexpr int longest_window = 400;

// From the first day to the last, both inclusive. Errors: invalid_input when it ends before it begins or is
// longer than longest_window.
struct Window {
  Date from{}, to{};
};
Result<Window> make_window(Date from, Date to);

// By day and time. Periods without a day, and what lasts for more than longest_shown_days
// (calendar_view.hpp), are in none: they stand beside a calendar, not in it.
std::vector<CalendarEntry> entries_between(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                           const Window& window);

// A public holiday, or a Saturday that is worked.
struct NamedDay {
  Date day{};
  bool off = true;
  std::string name;  // in the country's language, with the country's letters when there are several
};
// Of the countries whose time the events of `query` keep; of the installation's own when there are none.
std::vector<NamedDay> named_days(const Settings& settings, const Snapshot& snapshot,
                                 const calendar::FeedQuery& query, const Window& window);

// Whether a person may give the event another single day: it is ours and open, and no series.
bool can_be_dated(const Event& event);

// What waits for a day.
struct UndatedEntry {
  const Event* event = nullptr;
  Period period;           // within which it is named
  std::optional<Date> of;  // of a series: which of its days it will be (calendar::EventOccurrence::day)
};
// What still waits for a day within the month of `day`: the rows of plans whose period meets it, and the
// months and quarters of what is held once in each; those that must be done first before the others.
// `reach`: of these associations; empty: of all.
std::vector<UndatedEntry> undated_in(const Snapshot& snapshot, const calendar::FeedQuery& query, Date day,
                                     const std::vector<OrganisationId>& reach);

}  // namespace convoke::service
