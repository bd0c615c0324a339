// How one reader wants to see events: the part of a feed's address that changes what is written, not which
// events are in it. A fragment (calendar/ical_event.hpp) is rendered once per view and shared by every feed
// that has it.
#pragma once

#include "model/language.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::calendar {

// How an event whose day is not fixed yet is shown.
enum class VaguePeriods {
  deadline,  // one all-day entry on the last working day of the period, marked as not yet dated
  span,      // an all-day entry over the whole period
  todo,      // a VTODO due at the end of the period
  hide,      // not at all
};

std::string_view name_of(VaguePeriods periods);
std::optional<VaguePeriods> vague_periods_of(std::string_view name);

struct FeedView {
  Language language = Language::uk;
  VaguePeriods periods = VaguePeriods::deadline;
  bool cancelled = true;  // false: days of a series that were cancelled are left out, not shown as cancelled
  bool alarms = false;  // VALARM is opt-in: subscribed calendars must not ring by surprise (feeds.md rule 40)
  std::string base_url;  // "https://plans.example.org"; empty: no links to pages

  auto operator<=>(const FeedView&) const = default;
};

}  // namespace convoke::calendar
