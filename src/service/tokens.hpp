// Keys to the API. The token is shown once, when it is made; only its hash is stored.
#pragma once

#include "base/deferred.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

struct IssuedToken {
  std::int64_t id = 0;
  std::string token;
};

struct TokenRow {
  std::int64_t id = 0;
  std::string name, scope;
  Instant created{};
  std::optional<Instant> last_used, revoked;
  AccountId account;  // whose it is; 0: the installation's
};

// `scope`: "read" or "write".
Deferred<IssuedToken> add_token(Context& context, std::string name, std::string scope);
Deferred<std::vector<TokenRow>> list_tokens(Context& context);
// Errors: not_found.
Deferred<bool> revoke_token(Context& context, std::int64_t id);

// Keys of people: organisers and administrators. They open what their owner may and end with the account, its
// role or its association. Errors: forbidden to members, invalid_input for the name, limit_exceeded.
inline constexpr std::size_t most_own_tokens = 20;  // in force
Deferred<IssuedToken> add_own_token(Context& context, SignedIn who, std::string name, std::string scope);
Deferred<std::vector<TokenRow>> tokens_of(Context& context, AccountId account);  // newest first
// Errors: not_found, for another person's too.
Deferred<bool> revoke_own_token(Context& context, SignedIn who, std::int64_t id);

inline constexpr std::chrono::minutes used_again_after{1};  // how exact last_used is
// Errors: unauthenticated for an unknown or revoked token, and one whose owner's account is closed or has
// become a member's.
Deferred<Actor> authenticate(Context& context, std::string token);

}  // namespace convoke::service
