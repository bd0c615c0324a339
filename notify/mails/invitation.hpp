// Mails that calendar programs act on (RFC 6047): an event's day is known or has changed; it does not take
// place, or no longer concerns the reader.
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// METHOD:REQUEST for the one reader. Superseded when the event is closed or gone by now; a key that is no
// person becomes one row a person.
Composition compose_invitation(const Composing& composing);

// METHOD:CANCEL. Superseded when the event takes place after all and is still the reader's.
Composition compose_cancellation(const Composing& composing);

}  // namespace convoke::notify
