// What is kept of those who had their data erased, so that they are not invited anew: a digest of the address
// with a key of this installation. It tells whether an address is one of theirs and nothing else; without the
// key not even that.
#pragma once

#include "db/unit.hpp"

#include <string>

namespace convoke::service {

// `event` 0: they are not invited to anything. `email` in lower case. In a write.
void keep_away(db::Unit& unit, const std::string& email, EventId event, Instant at);

// Whether the address is not to be invited to this event.
bool is_kept_away(db::Unit& unit, const std::string& email, EventId event);

}  // namespace convoke::service
