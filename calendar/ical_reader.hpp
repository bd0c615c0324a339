// Takes events out of another program's calendar file. Bytes go through prescan_ical first; libical reads
// what is left; recurrence rules are counted out by ical_rule.hpp, never by libical.
#pragma once

#include "base/result.hpp"
#include "model/event.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

struct ImportedIcalEvent {
  Event event;                        // uid and sequence as in the file; no id, no plan, no parent
  std::string parent_uid;             // RELATED-TO of the event it is a part of; may be in no file of ours
  std::size_t line = 0;               // of its BEGIN:VEVENT
  std::vector<std::string> warnings;  // in English, one line each: what could not be kept
};

struct ImportedCalendar {
  std::string name;                       // NAME or X-WR-CALNAME; may be empty
  std::vector<ImportedIcalEvent> events;  // in the order of the file
  std::vector<std::string>
      warnings;  // what was left out, each with its line: no start, a repeated UID, to-dos
};

// How far a series without an end is counted out.
inline constexpr int open_series_years = 2;

// Times in UTC and times without a zone become times of `default_zone`; a time in a known zone stays in it,
// Windows names included. Precondition: check_zone(default_zone) succeeded. Errors: those of prescan_ical;
// unsupported_format when libical finds no calendar; invalid_input or limit_exceeded, with the line, for a
// recurrence rule that names no day or reaches over more than longest_rule_years.
Result<ImportedCalendar> read_calendar(std::string_view bytes, std::string_view default_zone);

}  // namespace convoke::calendar
