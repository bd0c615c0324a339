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

// HMAC-SHA256 (RFC 2104) as 64 hexadecimal digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

// The same for those who keep their key as base64 (RFC 4648 section 4) and want the result so too: the
// signature of webhooks. Throws std::invalid_argument for a key that is no base64 of at least 24 bytes.
std::string hmac_sha256_base64(std::string_view base64_key, std::string_view bytes);
// 32 random bytes as such a key.
std::string new_base64_key();

}  // namespace convoke
