// How a person is stored by every use case, in the caller's transaction.
#pragma once

#include "db/unit.hpp"
#include "service/event_store.hpp"
#include "service/people.hpp"

#include <utility>
#include <vector>

namespace convoke::service {

// Enters a person, or completes the one of that name. The flag tells whether it is new. Errors: not_found for
// a number or an organisation that is none, conflict for a name that several people bear.
Result<std::pair<Person, bool>> enter_person(db::Unit& unit, const PersonChange& wanted);

// Responsibles that were written before their person was known. Returns how many were linked.
int link_events(const Writing& writing, const std::vector<Person>& people);

}  // namespace convoke::service
