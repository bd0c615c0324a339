// A place that goes to somebody else, and what an address hears that is registered already: nobody who types
// an address learns whether it is known here.
#pragma once

#include "service/registration_steps.hpp"
#include "service/registrations.hpp"

#include <vector>

namespace convoke::service {

// Those of `known` who are still there hear once more how things stand, unless they have heard enough today.
void remind_known(const RegistrationWork& work, std::vector<Registration> known);

// What whoever gives a place away sees is the same for an address that is registered and for one that is not:
// it is written to, the place is gone and the link is dead. Inside the caller's transaction.
void hand_over(const RegistrationWork& work, RegistrationActed& acted, const RegistrationAct& act);

// Whoever was handed a place agrees to the text for themselves. Problems: consent, consent_changed. Whoever
// has agreed before changes nothing.
void agree(const RegistrationWork& work, RegistrationActed& acted, const RegistrationAct& act);

}  // namespace convoke::service
