// From the parts of a mail to what is handed over, with the copy that is kept of it: every kind of mail ends
// here.
#pragma once

#include "notify/channel.hpp"
#include "notify/mime.hpp"

namespace convoke::notify {

// Preconditions are those of to_mime(). The copy's links have no tokens.
OutgoingMail as_outgoing(const MimeParts& parts);

}  // namespace convoke::notify
