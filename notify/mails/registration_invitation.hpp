// The mail that asks somebody to register (notify/registration_invitation_text.hpp).
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Superseded when whom it is for has answered meanwhile, wants no invitations any more or is erased, or when
// nobody can register any more.
Composition compose_registration_invitation(const Composing& composing);

}  // namespace convoke::notify
