// Organisations as a tree: a region, its associations, districts and libraries. Who keeps one keeps what lies
// below it (SignedIn::reach).
#pragma once

#include "base/deferred.hpp"
#include "model/person.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_organisations = 5'000;
inline constexpr int deepest_tree = 8;  // organisations one below the other

struct OrganisationRow {
  Organisation organisation;
  int depth = 0;  // 0: a root
  int plans = 0, people = 0, accounts = 0;
};
// Each before what lies below it, those of one parent by name. Errors: forbidden unless the actor may edit.
Deferred<std::vector<OrganisationRow>> organisation_tree(Context& context, Actor actor);

// What is absent stays; of a new one it takes the default.
struct OrganisationPatch {
  std::optional<std::string> name, zone, contact;
  std::optional<Language> language;
  std::optional<Tier> tier;
  std::optional<OrganisationId> parent;  // 0: a root
};
// Errors: forbidden; invalid_input for the name or the zone; conflict when one of this name is there;
// not_found for the parent; limit_exceeded for a tree too deep or too many of them.
Deferred<Organisation> add_organisation(Context& context, Actor actor, OrganisationPatch entry);
// Errors: the same; not_found; conflict also for a parent that lies below it.
Deferred<Organisation> change_organisation(Context& context, Actor actor, OrganisationId id,
                                           OrganisationPatch patch);

}  // namespace convoke::service
