// Fields that the forms of the intake share: years and associations to choose from.
#pragma once

#include "base/date.hpp"
#include "model/event.hpp"
#include "model/language.hpp"
#include "model/person.hpp"
#include "service/accounts.hpp"

#include <optional>
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

// Sections named `section` with VALUE, LABEL, CHOSEN: the kinds that are scheduled.
void fill_kind_choices(ctemplate::TemplateDictionary& values, const char* section,
                       std::optional<EventKind> chosen, Language language);

// Those that the reader's account reaches; null: all.
std::vector<Organisation> reached_organisations(const std::vector<Organisation>& organisations,
                                                const service::SignedIn* who);

// ORGANISATION sections with VALUE, LABEL, CHOSEN.
void fill_organisation_choices(ctemplate::TemplateDictionary& values,
                               const std::vector<Organisation>& organisations, OrganisationId chosen);

}  // namespace convoke::web
