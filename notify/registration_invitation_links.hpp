// How a mail that asks somebody to register finds its reader, and the link it has: signed, with the
// invitation's random code. Whoever holds it may answer that invitation, and nothing else.
#pragma once

#include "model/registration_invitation.hpp"
#include "model/reminder.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

inline constexpr std::string_view registration_invitation_path = "/register/invited/";
// Behind it: the page opens at "I cannot come".
inline constexpr std::string_view registration_invitation_no = "?answer=no";
// The rules of the two mails.
inline constexpr std::string_view invited_rule = "registration_invited", invited_again_rule = "invited_again";

// "invited:12", the recipient of the mails.
std::string registration_invitation_key(RegistrationInvitationId id);
std::optional<RegistrationInvitationId> registration_invitation_of_key(std::string_view key);

// What follows the path in the address; `key`: that of the other links (notify/answer_links.hpp).
std::string registration_invitation_token(std::string_view key, std::string_view code);
// The code in a token of ours; nothing for any other text.
std::optional<std::string> registration_invitation_code(std::string_view key, std::string_view token);

// A mail that leaves now and is of use until `expires`; another one after each `reminded`.
Reminder registration_invitation_mail(const RegistrationInvitation& invitation, Instant now, Instant expires,
                                      std::string_view message_domain);

}  // namespace convoke::notify
