// JSON that comes in, read strictly: an unknown member, a wrong type or a value out of its set is refused by
// name, so that a typing mistake never passes for "no change".
#pragma once

#include "base/result.hpp"
#include "model/person.hpp"
#include "service/events.hpp"

#include <string_view>

namespace convoke::web {

// Members: date, last_date, time, end_time, period, place, status, title, note, online_url, description,
// kind, expected_sequence. Errors: invalid_input naming the member.
Result<service::EventChange> read_event_change(std::string_view body);

// The same, with title required, and organisation and timezone.
Result<service::NewEvent> read_new_event(std::string_view body);

// Members: name (required), email, post, language, organisation.
Result<Person> read_person(std::string_view body);

}  // namespace convoke::web
