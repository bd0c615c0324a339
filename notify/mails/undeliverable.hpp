// To the chair: a mail did not arrive and will not be tried again.
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Queues the mail about `failed`, once; none about one that is itself such a mail, or no mail.
void tell_undeliverable(db::Unit& unit, const Reminder& failed, Instant now);

// The number of the mail it is about stands in the row's occurrence.
Composition compose_undeliverable(const Composing& composing);

}  // namespace convoke::notify
