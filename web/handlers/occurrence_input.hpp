// What a request may say of one day of a series, read strictly: an unknown member, a wrong type or a value
// that is none is refused by name.
#pragma once

#include "base/result.hpp"
#include "service/occurrence_changes.hpp"
#include "web/http.hpp"

#include <string_view>

namespace convoke::web {

// The event and the day that an address names: /events/14/days/2024-11-14.
struct DayOfSeries {
  EventId event;
  Date day;
};
// Of the first two captures. Errors: not_found.
Result<DayOfSeries> day_of_series(const Request& request);

struct OccurrenceRequest {
  service::OccurrenceChange change;
  bool as_in_series = false;  // take back whatever was changed of the day
};

// Members: cancelled, date, time, end_time, title, place, note (a text, or null for "as in the series"),
// expected_sequence; or as_in_series: true, alone or with expected_sequence. Errors: invalid_input naming the
// member.
Result<OccurrenceRequest> read_occurrence_change(std::string_view body);

}  // namespace convoke::web
