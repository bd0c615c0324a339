#include "service/passwords.hpp"

#include "service/common_words.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <new>
#include <stdexcept>

namespace convoke::service {
namespace {

std::atomic<std::uint64_t> runs{0};

// Picks the fastest code for this machine, once.
void prepare() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot be used on this machine");
}

// A hash that no password fits, at the given cost: what an unknown login is tried against. Only its
// parameters matter; salt and digest are zeros.
std::string hash_of_nobody(const PasswordCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory / 1024) + ",t=" + std::to_string(cost.passes) +
         ",p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

}  // namespace

Result<void> check_password(const std::string& password, const std::string& login, const std::string& name) {
  if (password.size() < shortest_password)
    return Error{Errc::invalid_input,
                 "a password needs 12 characters at least; three or four words that do "
                 "not belong together are good"};
  if (password.size() > longest_password)
    return Error{Errc::invalid_input, "a password has 256 bytes at most"};
  if (is_easily_guessed(password, {login, name}))
    return Error{Errc::invalid_input,
                 "this password is one of the first that others would try; take three or "
                 "four words that do not belong together"};
  return {};
}

std::string hash_password(const std::string& password, const PasswordCost& cost) {
  prepare();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  ++runs;
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return text.data();
}

bool fits_password(const std::string& password, const std::string& hash, const PasswordCost& cost) {
  prepare();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const bool usable = hash.starts_with("$argon2id$") && hash.size() < text.size();
  const std::string tried = usable ? hash : hash_of_nobody(cost);
  std::copy(tried.begin(), tried.end(), text.begin());
  ++runs;
  const bool fits = crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
  return usable && fits;
}

bool needs_rehash(const std::string& hash, const PasswordCost& cost) {
  prepare();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (hash.size() >= text.size()) return true;
  std::copy(hash.begin(), hash.end(), text.begin());
  return crypto_pwhash_str_needs_rehash(text.data(), cost.passes, cost.memory) != 0;
}

std::uint64_t password_hash_runs() {
  return runs;
}

}  // namespace convoke::service
