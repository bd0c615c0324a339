// Codes of a second factor that an app makes from a shared key and the time (RFC 6238 over RFC 4226):
// HMAC-SHA-1, steps of 30 seconds, six digits, as every authenticator app knows them. Pure.
#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::service {

inline constexpr std::chrono::seconds totp_step_length{30};
inline constexpr int totp_window = 1;  // steps before and after that are taken as well: clocks differ

// `bytes` random bytes in base32 (RFC 4648 section 6).
std::string random_base32(std::size_t bytes);
std::string new_totp_key();  // 160 bits: 32 characters
bool is_totp_key(std::string_view key);

// The bytes of a base32 text without padding, in any case; nothing for another text.
std::optional<std::string> from_base32(std::string_view text);
std::string to_base32(std::string_view bytes);

// HOTP of RFC 4226 section 5.3 over raw key bytes, `digits` of them.
std::string hotp(std::string_view key, std::uint64_t counter, int digits = 6);

// The step whose code this is, within the window round `now` and later than `after` (a code is taken once).
// Nothing for any other text, and for a key that is none. Spaces in the code do not count.
std::optional<std::int64_t> step_of_code(std::string_view key, std::string_view code, Instant now,
                                         std::int64_t after);

// "otpauth://totp/Convoke:olena%40example.org?secret=…&issuer=Convoke": what a QR code for an app says.
std::string totp_uri(std::string_view key, std::string_view login, std::string_view issuer);

}  // namespace convoke::service
