// Events from another program's calendar file (.ics). Known ones are updated by their UID.
#pragma once

#include "calendar/ical_reader.hpp"
#include "service/plans.hpp"

namespace convoke::service {

// Reads without storing. Errors: those of calendar::read_calendar; invalid_input when no event can be read.
Result<calendar::ImportedCalendar> read_calendar_file(const ImportRequest& request,
                                                      const std::string& default_zone);

// What a reading could not keep: about the file, then about each event with its line.
std::vector<std::string> warnings_of(const calendar::ImportedCalendar& calendar);

// An event that belongs to a plan is left alone: the plan says more of it than a calendar file can. One whose
// SEQUENCE is lower than the last that was read is left alone too (RFC 5546 2.1.5). A warning says so.
// Errors: those of read_calendar_file; storage_unavailable.
Deferred<ImportSummary> import_calendar(Context& context, const Actor& actor, const ImportRequest& request);

}  // namespace convoke::service
