// What a keeper of the directory may touch, and the people that forms name, in the caller's transaction.
#pragma once

#include "db/unit.hpp"
#include "service/directory.hpp"

#include <string>

namespace convoke::service {

inline constexpr std::size_t longest_name = 200;  // characters of a person's, an office's or a section's name

// Whether a thing of `organisation` is this keeper's.
bool keeps(const Keeper& keeper, OrganisationId organisation);

// Errors: forbidden.
Result<void> check_may_read(const Keeper& keeper);
Result<void> check_may_edit(const Keeper& keeper);

// Errors: not_found for somebody unknown or another association's.
Result<Person> kept_person(db::Unit& unit, const Keeper& keeper, PersonId id);
// The same of a choice. Errors: not_found, conflict for a name that several bear.
Result<Person> chosen_person(db::Unit& unit, const Keeper& keeper, const PersonChoice& choice);
Result<Roster> kept_roster(db::Unit& unit, const Keeper& keeper, RosterId id);

// The roster as it may be stored: its texts checked, its days in order, its people known, its name its own.
Result<Roster> checked_roster(db::Unit& unit, const Keeper& keeper, Roster roster);

// Today where this installation is.
Date today_of(const Context& context);

}  // namespace convoke::service
