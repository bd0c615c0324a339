// Who stands behind the names of a plan on its way in: somebody known, somebody new, one of several
// namesakes, or perhaps the bearer of another name that is written nearly alike.
#pragma once

#include "db/unit.hpp"
#include "service/intake_draft.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

// A name that may be the same one, misspelt.
struct AlikeName {
  std::string name;
  PersonId person;  // 0: it stands in this plan only
};

struct NameMatch {
  std::string key;                     // name_key
  std::string name;                    // its first spelling
  std::vector<std::string> spellings;  // the others
  int rows = 0;
  std::vector<Person> known;     // of that name; more than one are namesakes
  std::vector<AlikeName> alike;  // never with a decision
  std::optional<NameDecision> decision;
  std::string decided;  // whom the decision means

  // Nobody can tell yet who is meant.
  bool is_open() const { return !decision && (known.size() > 1 || !alike.empty()); }
};

// In the order of the document. `organisation`: 0 for one that is not entered yet.
std::vector<NameMatch> match_names(db::Unit& unit, const IntakeDraft& draft, OrganisationId organisation);

// Whether two names may be one person's, misspelt in one of two places: a letter or two of the surname, or
// the initials. Equal names are not alike.
bool are_alike(std::string_view a, std::string_view b);

// The rows with the names as people decided: spellings replaced, persons set.
void apply_names(db::Unit& unit, IntakeDraft& draft, OrganisationId organisation, Language language);

}  // namespace convoke::service
