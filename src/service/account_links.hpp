// The account behind a link that acts once, inside a unit of work.
#pragma once

#include "db/unit.hpp"
#include "model/account.hpp"

#include <string>
#include <string_view>

namespace convoke::service {

// Errors: not_found for what is none of ours or about something else, gone when it was used, was followed by
// another one, is too old at `now`, or its account is closed.
Result<Account> account_behind(db::Unit& unit, const std::string& token, std::string_view purpose,
                               Instant now);

}  // namespace convoke::service
