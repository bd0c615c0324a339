// Reads what a calendar program answers to an invitation (RFC 5546 3.2.3). Bytes go through prescan_ical
// first; what they say is somebody's claim: who may say it is the caller's to decide.
#pragma once

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "calendar/itip.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

inline constexpr std::size_t largest_itip_message = 256 * 1024;
inline constexpr std::size_t most_replies = 100;       // attendees times entries of one message
inline constexpr std::size_t longest_comment = 1'000;  // code points

struct ItipReply {
  std::string uid;
  std::string attendee;  // the address, lower case
  Participation says = Participation::needs_action;
  int sequence = 0;
  std::optional<Instant> stamped;  // DTSTAMP
  std::string comment;
  // RECURRENCE-ID: of one day of a series. As an instant when the file says which; else as a day.
  std::optional<Date> day;
  std::optional<Instant> instant;

  bool of_one_day() const { return day.has_value() || instant.has_value(); }
};

// Errors: those of prescan_ical; limit_exceeded for more than the limits above; unsupported_format for
// another METHOD (COUNTER, REFRESH, ADD, …) and for a REPLY that accepts, declines or doubts nothing
// (DELEGATED).
Result<std::vector<ItipReply>> read_itip_reply(std::string_view bytes);

}  // namespace convoke::calendar
