// Fields that the forms of the intake share: years and associations to choose from.
#pragma once

#include "base/date.hpp"
#include "model/language.hpp"
#include "model/person.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// YEAR sections with VALUE, LABEL, CHOSEN: school and calendar years around today, and `chosen` whatever it
// is. `or_read`: the first choice is what the document says.
void fill_year_choices(ctemplate::TemplateDictionary& values, const std::string& chosen, Date today,
                       Language language, bool or_read);

// ORGANISATION sections with VALUE, LABEL, CHOSEN.
void fill_organisation_choices(ctemplate::TemplateDictionary& values,
                               const std::vector<Organisation>& organisations, OrganisationId chosen);

}  // namespace convoke::web
