// What people agree to when they register: the organiser's own text or the shipped one, with the version that
// is stored beside every registration (threats I1).
#pragma once

#include "model/registration.hpp"

#include <string>
#include <string_view>

namespace convoke::service {

inline constexpr std::string_view consent_purpose = "participation";

// In the reader's language, with {association} and {months} filled.
std::string consent_text(const RegistrationForm& form, const std::string& association, Language language);
// The first 16 hexadecimal digits of the hash of what was shown.
std::string consent_version(std::string_view shown);
// Whoever was handed a place has agreed to nothing yet, and is asked behind their link. The place is theirs
// either way.
bool lacks_consent(const Registration& one);

}  // namespace convoke::service
