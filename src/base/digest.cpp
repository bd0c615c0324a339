#include "base/digest.hpp"

#include <sodium.h>

#include <stdexcept>

namespace convoke {

Digest digest_of(std::string_view bytes) {
  static const bool ready = sodium_init() >= 0;  // picks the fastest code of this processor
  if (!ready) throw std::runtime_error("libsodium cannot be used");
  Digest digest{};
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  if (crypto_generichash(digest.data(), digest.size(), data, bytes.size(), nullptr, 0) != 0)
    throw std::runtime_error("no digest could be made");
  return digest;
}

std::string hex_of(const Digest& digest) {
  std::string text(2 * digest.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

}  // namespace convoke
