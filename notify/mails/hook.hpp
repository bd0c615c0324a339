// What a webhook is sent: one JSON object, signed as Standard Webhooks (standardwebhooks.com) asks, so that
// receivers verify it with a library that exists for their language, or in five lines.
#pragma once

#include "notify/composer.hpp"

#include <string>
#include <string_view>

namespace convoke::notify {

// The key of a new webhook as receivers keep it: "whsec_" and 32 random bytes as base64.
std::string new_hook_secret();

// "v1," and base64 of HMAC-SHA256 over "id.timestamp.body", keyed with what the secret stands for.
// Precondition: `secret` is of new_hook_secret().
std::string hook_signature(std::string_view secret, std::string_view id, std::string_view timestamp,
                           std::string_view body);

// Superseded when the webhook was removed or what it tells of is no longer so; failed when the receiver was
// away for too long. The body says what is true when it is sent. No e-mail address stands in it.
Composition compose_hook(const Composing& composing);

}  // namespace convoke::notify
