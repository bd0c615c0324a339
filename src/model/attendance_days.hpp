// Who was at an event on which of its days. A mark a person and day: what comes twice is one mark. Days are
// those of the event's own zone.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "model/event.hpp"
#include "model/registration.hpp"

#include <vector>

namespace convoke {

// An event of more days than this has one mark for all of them.
inline constexpr int most_attendance_days = 31;

struct AttendanceMark {
  RegistrationId registration;
  Date day = make_date(1970, 1, 1);
  bool here = true;  // false: taken back, and stays so against what was seen before
  Instant seen{};    // when it happened, as the telephone says
  Instant heard{};   // when it was stored

  AttendanceMark() = default;
  bool operator==(const AttendanceMark&) const = default;
};

// The days on which people are marked: each of an event of several days, one of every other, none while no
// day is known.
std::vector<Date> attendance_days(const Event& event);
// The one of `days` that stands for `day`: itself, or the nearest when the event was moved since. `day` when
// there are none.
Date day_among(const std::vector<Date>& days, Date day);

}  // namespace convoke
