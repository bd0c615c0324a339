// Mails about accounts: an invitation to one, and a link to sign in with.
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Both speak to the account of the row, and only while their link acts.
Composition compose_account_invitation(const Composing& composing);
Composition compose_sign_in(const Composing& composing);

}  // namespace convoke::notify
