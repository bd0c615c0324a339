// Who answers for a row, out of a cell written for people: names with initials on either side, posts,
// organisations, groups, in any mixture and with missing commas.
#pragma once

#include "model/event.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

struct ResponsibleReading {
  std::vector<Responsible> people;    // in the order of the cell; `person` stays 0
  std::vector<std::string> warnings;  // "person: …", one line each, in English
};

// Names come as "Surname I.O."; a name in full stays as written. A post without a name gives an empty name.
// Whoever an institution is named after ("им. …", "імені …") and names in quotes are never responsible.
// `cell` may hold line breaks.
ResponsibleReading read_responsible(std::string_view cell);

// A name that stands in `text`, and the text around it: a signature line of a stamp.
struct NamedLine {
  std::string name;  // empty when nobody is named
  std::string rest;  // what is left, spaces collapsed, signature blanks dropped
};
NamedLine find_name(std::string_view text);

// "методист МБУК «Заря»" to {"методист", "МБУК «Заря»"}; the second is empty when no organisation stands
// there.
struct PostAndOrganisation {
  std::string post;
  std::string organisation;
};
PostAndOrganisation split_post(std::string_view text);

}  // namespace convoke::documents
