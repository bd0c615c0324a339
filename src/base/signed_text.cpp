#include "base/signed_text.hpp"

#include "base/id.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace convoke {
namespace {

constexpr std::size_t signature_bytes = 16;
constexpr std::size_t longest_token = 2048;
constexpr int base64_form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void add(crypto_auth_hmacsha256_state& state, std::string_view text) {
  crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
}

Mac mac_of(std::string_view key, std::string_view first, std::string_view second) {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot be used");
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(key), key.size());
  add(state, first);
  add(state, second);
  Mac mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  return mac;
}

// The purpose ends with a byte that no purpose has, so that no two pairs run together.
Mac signature_of(std::string_view key, std::string_view purpose, std::string_view text) {
  return mac_of(key, std::string(purpose) + '\0', text);
}

std::string base64(const unsigned char* data, std::size_t size, int form = base64_form) {
  std::string text(sodium_base64_encoded_len(size, form), '\0');
  sodium_bin2base64(text.data(), text.size(), data, size, form);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text, int form = base64_form) {
  std::string data(text.size(), '\0');
  std::size_t size = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(data.data()), data.size(),
                                       text.data(), text.size(), nullptr, &size, nullptr, form);
  if (failed != 0) return std::nullopt;
  data.resize(size);
  return data;
}

}  // namespace

std::string new_signing_key() {
  return random_token(32);
}

std::string sign_text(std::string_view key, std::string_view purpose, std::string_view text) {
  const Mac mac = signature_of(key, purpose, text);
  return base64(bytes(text), text.size()) + "." + base64(mac.data(), signature_bytes);
}

std::optional<std::string> verified_text(std::string_view key, std::string_view purpose,
                                         std::string_view token) {
  const auto dot = token.find('.');
  if (token.size() > longest_token || dot == std::string_view::npos) return std::nullopt;
  auto text = from_base64(token.substr(0, dot));
  const auto signature = from_base64(token.substr(dot + 1));
  if (!text || !signature || signature->size() != signature_bytes) return std::nullopt;
  const Mac mac = signature_of(key, purpose, *text);
  if (sodium_memcmp(mac.data(), signature->data(), signature_bytes) != 0) return std::nullopt;
  return text;
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  const Mac mac = mac_of(key, text, "");
  std::string hex(2 * mac.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), mac.data(), mac.size());
  hex.pop_back();
  return hex;
}

std::string hmac_sha256_base64(std::string_view base64_key, std::string_view text) {
  constexpr std::size_t least = 24;
  const auto key = from_base64(base64_key, sodium_base64_VARIANT_ORIGINAL);
  if (!key || key->size() < least) throw std::invalid_argument("the key of a signature is no base64");
  const Mac mac = mac_of(*key, text, "");
  return base64(mac.data(), mac.size(), sodium_base64_VARIANT_ORIGINAL);
}

std::string new_base64_key() {
  std::array<unsigned char, 32> key{};
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  randombytes_buf(key.data(), key.size());
  return base64(key.data(), key.size(), sodium_base64_VARIANT_ORIGINAL);
}

}  // namespace convoke
