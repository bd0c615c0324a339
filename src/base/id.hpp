// Identities. A row's number is typed, so that a PlanId cannot stand where an EventId is meant; what leaves
// the program (a calendar's UID, a token) is random.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace convoke {

template<class Tag>
struct Id {
  std::int64_t value = 0;  // 0: not stored yet

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

// A random UUID, version 4, 36 characters of lower case (RFC 9562; RFC 7986 5.3 asks it of a calendar's UID).
std::string random_uuid();

// `bytes` random bytes from the system, as base64url without padding (32 bytes: 43 characters).
std::string random_token(std::size_t bytes = 32);

// SHA-256 as 64 hexadecimal digits. For tokens at rest, ETags and message ids; not for passwords.
std::string sha256_hex(std::string_view bytes);

}  // namespace convoke

template<class Tag>
struct std::hash<convoke::Id<Tag>> {
  std::size_t operator()(convoke::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value); }
};
