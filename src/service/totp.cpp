#include "service/totp.hpp"

#include <sodium.h>

#include <boost/uuid/detail/sha1.hpp>

#include <array>
#include <cctype>

namespace convoke::service {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t key_bytes = 20, key_length = 32;
constexpr std::size_t block = 64;  // of SHA-1
using Sha1 = std::array<unsigned char, 20>;

Sha1 sha1(std::string_view first, std::string_view second) {
  boost::uuids::detail::sha1 hash;
  hash.process_bytes(first.data(), first.size());
  hash.process_bytes(second.data(), second.size());
  boost::uuids::detail::sha1::digest_type words{};
  hash.get_digest(words);
  Sha1 bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<unsigned char>(words[i / 4] >> (24 - 8 * (i % 4)));
  return bytes;
}

std::string_view view_of(const Sha1& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// RFC 2104.
Sha1 hmac_sha1(std::string_view key, std::string_view message) {
  std::string padded(key.size() > block ? std::string(view_of(sha1(key, {}))) : std::string(key));
  padded.resize(block, '\0');
  std::string inner = padded, outer = padded;
  for (auto& c : inner) c = static_cast<char>(c ^ 0x36);
  for (auto& c : outer) c = static_cast<char>(c ^ 0x5c);
  const auto first = sha1(inner, message);
  return sha1(outer, view_of(first));
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c;
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos)
      out += c;
    else
      out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

}  // namespace

std::string to_base32(std::string_view bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(buffer >> (bits - 5)) & 31];
  }
  if (bits > 0) text += alphabet[(buffer << (5 - bits)) & 31];
  return text;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const auto value = alphabet.find(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((buffer >> bits) & 0xff);
  }
  return bytes;
}

std::string random_base32(std::size_t bytes) {
  std::string random(bytes, '\0');
  randombytes_buf(random.data(), random.size());
  return to_base32(random);
}

std::string new_totp_key() {
  return random_base32(key_bytes);
}

bool is_totp_key(std::string_view key) {
  return key.size() == key_length && from_base32(key).has_value();
}

std::string hotp(std::string_view key, std::uint64_t counter, int digits) {
  std::string message(8, '\0');
  for (std::size_t i = 0; i < message.size(); ++i)
    message[i] = static_cast<char>((counter >> (8 * (7 - i))) & 0xff);
  const auto mac = hmac_sha1(key, message);
  const std::size_t at = mac.back() & 15u;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | mac.at(at + i);
  number &= 0x7fffffff;
  std::string text;
  for (int i = 0; i < digits; ++i, number /= 10)
    text.insert(text.begin(), static_cast<char>('0' + number % 10));
  return text;
}

std::optional<std::int64_t> step_of_code(std::string_view key, std::string_view code, Instant now,
                                         std::int64_t after) {
  const auto bytes = is_totp_key(key) ? from_base32(key) : std::nullopt;
  const std::string entered = without_spaces(code);
  if (!bytes || entered.size() != 6) return std::nullopt;
  const std::int64_t step = now.time_since_epoch() / totp_step_length;
  std::optional<std::int64_t> found;
  for (std::int64_t one = step - totp_window; one <= step + totp_window; ++one) {
    const auto expected = hotp(*bytes, static_cast<std::uint64_t>(one));
    const bool fits = sodium_memcmp(expected.data(), entered.data(), expected.size()) == 0;
    if (fits && one > after && !found) found = one;
  }
  return found;
}

std::string totp_uri(std::string_view key, std::string_view login, std::string_view issuer) {
  return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(login) +
         "?secret=" + std::string(key) + "&issuer=" + percent_encoded(issuer);
}

}  // namespace convoke::service
