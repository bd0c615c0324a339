// What the pages of registration share: states and formats in words, and the organiser's own fields.
#pragma once

#include "model/registration.hpp"
#include "service/registrations.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

std::string register_path(EventId event);           // "/register/7"
std::string registration_desk_path(EventId event);  // "/manage/events/7/registration"

std::string state_text(RegistrationState state, Language language);
std::string format_text(AttendanceFormat format, Language language);
std::string problem_text(service::RegistrationProblem problem, const std::string& field,
                         const RegistrationForm& form, Language language);
// Too much is being done just now: of a form, and of a page that sends a file alone.
std::string busy_text(Language language);
std::string busy_file_text(Language language);
// A moment as two fields of a form hold it, local to the zone; none leaves them empty.
void set_moment(const std::optional<Instant>& at, const std::string& zone, std::string& date,
                std::string& time);
// "14 November 2026, 10:00", local to the zone.
std::string local_moment(Instant at, const std::string& zone, Language language);
// The same of a moment at which something ends: midnight is 24:00 of the day before.
std::string closing_moment(Instant at, const std::string& zone, Language language);

// What is taken, for a field of a file: ACCEPT, LARGEST, TOO_LARGE and KINDS.
void fill_file(ctemplate::TemplateDictionary& values, Language language);
// Fills part_registration_fields.html with the form's own fields and what was entered. Without files where
// they are sent one by one.
void fill_fields(ctemplate::TemplateDictionary& values, const RegistrationForm& form,
                 const std::vector<std::pair<std::string, std::string>>& answers, Language language,
                 bool with_files = true);

}  // namespace convoke::web
