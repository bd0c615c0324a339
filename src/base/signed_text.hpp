// Short texts that come back from outside as we gave them away: links in mails that act without a sign-in.
// Whoever has no key can neither make one nor change a byte of one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

// 32 random bytes as base64url, for keep() of db::Secrets.
std::string new_signing_key();

// base64url(text) "." base64url(HMAC-SHA256 of `purpose` and the text, first 16 bytes). A text signed for one
// purpose is refused for every other. Precondition: `key` is of new_signing_key().
std::string sign_text(std::string_view key, std::string_view purpose, std::string_view text);

// The text of a token made by sign_text() with the same key and purpose; nullopt for anything else. Compares
// in constant time.
std::optional<std::string> verified_text(std::string_view key, std::string_view purpose,
                                         std::string_view token);

// HMAC-SHA256 (RFC 2104) as 64 hexadecimal digits: for the signature of webhooks.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace convoke
