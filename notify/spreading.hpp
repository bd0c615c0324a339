// A row for an office, a group or a name becomes one row for each person behind it, so that each mail is
// settled by itself and somebody who is named twice gets one.
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Supersedes `row` and queues the others, to be claimed in the next round. How many are new; 0 also when the
// row was no longer the dispatcher's.
int spread_in(db::Unit& unit, const Reminder& row, const Composition& composition, Instant now);

}  // namespace convoke::notify
