// Keys to the API. The token is shown once, when it is made; only its hash is stored.
#pragma once

#include "base/deferred.hpp"
#include "service/context.hpp"

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
};

// `scope`: "read" or "write".
Deferred<IssuedToken> add_token(Context& context, std::string name, std::string scope);
Deferred<std::vector<TokenRow>> list_tokens(Context& context);
// Errors: not_found.
Deferred<bool> revoke_token(Context& context, std::int64_t id);
// Errors: unauthenticated for an unknown or revoked token.
Deferred<Actor> authenticate(Context& context, std::string token);

}  // namespace convoke::service
