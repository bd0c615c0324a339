// What a password may be, and its hash. Argon2id by libsodium; slow on purpose, so never called on a thread
// that serves others (Context::run_password_work).
#pragma once

#include "base/result.hpp"
#include "service/context.hpp"

#include <cstdint>
#include <string>

namespace convoke::service {

inline constexpr std::size_t shortest_password = 12, longest_password = 256;  // bytes

// Success, or why this password cannot be one: its length, one that everybody tries, the login or name itself
// (threats B7). Errors: invalid_input. Cheap.
Result<void> check_password(const std::string& password, const std::string& login, const std::string& name);

// As crypto_pwhash_str() writes it: "$argon2id$v=19$m=65536,t=3,p=1$…". Every byte counts. Throws
// std::bad_alloc when there is no memory for it.
std::string hash_password(const std::string& password, const PasswordCost& cost);
// Whether `password` is the one behind `hash`. No hash or a broken one takes as long as one of `cost` and
// fits nothing.
bool fits_password(const std::string& password, const std::string& hash, const PasswordCost& cost);
// Whether `hash` was made at another cost than this.
bool needs_rehash(const std::string& hash, const PasswordCost& cost);

// How often Argon2id has run in this process: a measure, and the proof that an unknown login costs as much.
std::uint64_t password_hash_runs();

}  // namespace convoke::service
