// The directory: who stands behind the names in plans, and where mail reaches them.
#pragma once

#include "base/deferred.hpp"
#include "model/person.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

struct PeopleSummary {
  int added = 0;
  int updated = 0;
  int linked = 0;                     // responsibles of events that now have a person
  std::vector<std::string> warnings;  // a line each that could not be used, with its number
};

// A CSV with headings in any order and any of the four languages: name, e-mail, post, language, organisation.
// A language that is not given stays as it was. One transaction.
Deferred<PeopleSummary> import_people(Context& context, Actor actor, std::string csv);
Deferred<std::vector<Person>> list_people(Context& context, Actor actor);

// What is known of a person; what is empty stays as it was stored.
struct PersonChange {
  PersonId id;  // 0: found by name, or new
  OrganisationId organisation;
  std::string name;
  std::string email;
  std::string post;
  std::optional<Language> language;  // of a new person: that of the only organisation, or Ukrainian

  PersonChange() = default;
  PersonChange(const Person& p)  // NOLINT(google-explicit-constructor): a person says everything of itself
      : id(p.id),
        organisation(p.organisation),
        name(p.name),
        email(p.email),
        post(p.post),
        language(p.language) {}
};

// One entry: added, or updated when the name is known (name_key) in the organisation, or anywhere when none
// is given. Errors: invalid_input for an address that is none; conflict for a name that several people bear.
Deferred<Person> save_person(Context& context, Actor actor, PersonChange person);

// A mailbox address that may stand in a header: one @, no white space, no control character, at most 254
// bytes.
Result<std::string> check_email(std::string_view text);

}  // namespace convoke::service
