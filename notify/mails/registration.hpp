// Mails about registrations (notify/registration_text.hpp).
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// All reasons that speak of a registration. Superseded when the registration is no longer in the state that
// the mail tells of, or the event has changed once more since.
Composition compose_registration(const Composing& composing);

// What a row of registration_changed tells of: the deadline, by the moment in its key; else the event.
inline constexpr std::string_view deadline_news = "closes ";

}  // namespace convoke::notify
