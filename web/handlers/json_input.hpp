// JSON that comes in, read strictly: an unknown member, a wrong type or a value out of its set is refused by
// name, so that a typing mistake never passes for "no change".
#pragma once

#include "base/result.hpp"
#include "service/events.hpp"
#include "service/people.hpp"

#include <string_view>

namespace convoke::web {

// Members: date, last_date, time, end_time, period, place, status, title, note, online_url, description,
// kind, expected_sequence. In title, place and period every run of white space becomes one space; notes and
// descriptions keep their lines. Errors: invalid_input naming the member.
Result<service::EventChange> read_event_change(std::string_view body);

// The same, with title required, and organisation, timezone and responsible (as a cell of a plan says it).
Result<service::NewEvent> read_new_event(std::string_view body);

// Members: name (required), email, post, language, organisation. Name and post are of one line, too.
Result<service::PersonChange> read_person(std::string_view body);

}  // namespace convoke::web
