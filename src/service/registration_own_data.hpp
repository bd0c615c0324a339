// What is stored about whoever took part, given to them and erased at their word (threats I3). Both by the
// link of their mails: it shows them what is theirs alone.
#pragma once

#include "service/registration_steps.hpp"
#include "service/registrations.hpp"

#include <string>

namespace convoke::service {

// Everything that is stored about those behind the link, as one JSON object in UTF-8: what they entered, each
// step with its moment, what they agreed to, and the mails they got. Errors: those of view_registration().
Deferred<std::string> own_registration_data(Context& context, std::string token);

// The names, addresses and answers of those behind the link are gone, and so is the link. Whoever still might
// come is cancelled, without a mail, and the place goes on; that somebody of an institution came stays in the
// figures. They are not invited to this event anew (service/invitation_erasure.hpp). Inside
// the caller's transaction.
void erase_own(const RegistrationWork& work, RegistrationActed& acted);
// The same of one registration, without what keeps them from being invited.
void erase_registration(const RegistrationWork& work, const RegistrationForm& form, Registration one);

}  // namespace convoke::service
