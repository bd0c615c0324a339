// Date polls: the question to a member, and at the deadline the result to whoever keeps the poll.
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Dropped when the poll is closed, or (the second one) answered by now.
Composition compose_date_poll(const Composing& composing);
// Dropped when somebody has closed the poll before. Dates nothing: who keeps it chooses.
Composition compose_date_poll_result(const Composing& composing);

}  // namespace convoke::notify
