// A short fingerprint of bytes, for telling whether they are the same: ETags are made of it. The same on
// every machine and after every restart. Not for passwords or tokens.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace convoke {

using Digest = std::array<unsigned char, 16>;

// BLAKE2b of 128 bits (RFC 7693).
Digest digest_of(std::string_view bytes);

// A digest as bytes, to be part of what another digest is made of.
inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// 32 hexadecimal digits of lower case.
std::string hex_of(const Digest& digest);

}  // namespace convoke
