// How mails about a registration find their reader, and the link that each of them has. The link is signed
// and holds the registration's random code: whoever holds it may confirm, change, cancel and hand over that
// registration, and nothing else. A hand-over gives the registration another code, and the old link is dead.
#pragma once

#include "model/registration.hpp"
#include "model/reminder.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

inline constexpr std::string_view registration_link_path = "/register/link/";

// "registration:12", the recipient of the mails about it.
std::string registration_key(RegistrationId id);
std::optional<RegistrationId> registration_of_key(std::string_view key);

// What follows the path in the address; `key`: that of the other links (notify/answer_links.hpp).
std::string registration_token(std::string_view key, std::string_view code);
// The code in a token of ours; nothing for any other text.
std::optional<std::string> registration_code(std::string_view key, std::string_view token);
std::string registration_url(std::string_view base_url, std::string_view key, std::string_view code);

// A mail about the registration that leaves at `due` and is of use until `expires`. `what` tells it from
// others of its reason: the same is queued once.
Reminder registration_mail(const Registration& registration, ReminderReason reason, std::string what,
                           Instant due, Instant expires, std::string_view message_domain);

}  // namespace convoke::notify
