// Civil time in an IANA zone to and from UTC, with the meaning RFC 5545 3.3.5 gives to the edges of daylight
// time. Our own because libical 3.0.16 is an hour off in both edges. Reads the system's tz database once.
#pragma once

#include "base/date.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke {

struct CivilTime {
  Date date;
  std::chrono::seconds time;  // since midnight, below 24 h

  auto operator<=>(const CivilTime&) const = default;
};

// Errors: invalid_input when `name` is no IANA zone of this machine ("Europe/Kyiv").
Result<std::string> check_zone(std::string_view name);

// The instant that shows as `civil` in `zone`. A time that daylight saving skips counts with the offset
// before the gap (03:30 in Kyiv on the spring day is 01:30Z); of a time that happens twice, the first is
// meant. Precondition: check_zone(zone) succeeded; throws std::runtime_error otherwise.
Instant to_instant(CivilTime civil, std::string_view zone);
inline Instant to_instant(Date date, TimeOfDay time, std::string_view zone) {
  return to_instant(CivilTime{date, time}, zone);
}

CivilTime to_civil(Instant instant, std::string_view zone);
inline Date civil_date(Instant instant, std::string_view zone) {
  return to_civil(instant, zone).date;
}

// One stretch of time with one offset from UTC.
struct ZoneOffset {
  Instant begins;               // first second of this offset (the tz database's minimum for the first)
  std::chrono::seconds offset;  // civil = UTC + offset
  bool daylight = false;
  std::string abbreviation;  // "EEST"
};

// The offsets in force from `from` to `to`, oldest first; never empty.
std::vector<ZoneOffset> zone_offsets(std::string_view zone, Instant from, Instant to);

}  // namespace convoke
