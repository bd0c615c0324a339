// The directory: who stands behind the names in plans, and where mail reaches them.
#pragma once

#include "base/deferred.hpp"
#include "model/person.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::service {

struct PeopleSummary {
  int added = 0;
  int updated = 0;
  int linked = 0;                     // responsibles of events that now have a person
  std::vector<std::string> warnings;  // a line each that could not be used, with its number
};

// A CSV with headings in any order and any of the four languages: name, e-mail, post, language. One
// transaction.
Deferred<PeopleSummary> import_people(Context& context, Actor actor, std::string csv);
Deferred<std::vector<Person>> list_people(Context& context, Actor actor);

// One entry: added, or updated when the name is known (name_key). Errors: invalid_input for an address that
// is none.
Deferred<Person> save_person(Context& context, Actor actor, Person person);

// A mailbox address that may stand in a header: one @, no white space, no control character, at most 254
// bytes.
Result<std::string> check_email(std::string_view text);

}  // namespace convoke::service
