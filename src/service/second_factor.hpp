// The second factor of organisers and administrators: a code from an app (service/totp.hpp), or one of ten
// recovery codes, each once. It is asked after the password or the link from a mail, never alone.
#pragma once

#include "base/deferred.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr int recovery_code_count = 10;
inline constexpr std::chrono::minutes second_step_lifetime{10};

struct SecondFactor {
  bool in_force = false;
  int recovery_left = 0;
};
Deferred<SecondFactor> second_factor_of(Context& context, SignedIn who);

// A key that its holder's app is shown, before it is in force: sealed for this session, so that the form that
// confirms it can carry it and nothing has to be stored.
struct OfferedKey {
  std::string key;     // base32
  std::string sealed;  // what the form carries
  std::string uri;     // for a QR code
};
OfferedKey offer_key(const SignedIn& who);
// The same key for a form that is shown again. Errors: invalid_input for what this session was not offered.
Result<OfferedKey> offered_key(const SignedIn& who, const std::string& sealed);

// In force from now on, once a code shows that the app has the key; every other session ends. The recovery
// codes, which are shown this once. Errors: forbidden to members, conflict when one is in force already,
// invalid_input for the key or the code, limit_exceeded as of take_second_step().
Deferred<std::vector<std::string>> begin_second_factor(Context& context, SignedIn who, std::string sealed,
                                                       std::string code);
// Both ask a code. Errors: not_found without a factor, invalid_input for the code, limit_exceeded; the first
// also conflict when this installation asks a factor of this account.
Deferred<bool> end_second_factor(Context& context, SignedIn who, std::string code);
Deferred<std::vector<std::string>> renew_recovery_codes(Context& context, SignedIn who, std::string code);

// The second step of signing in.
struct SecondStep {
  std::string ticket;  // NewSession::second_step
  std::string code;    // of the app, or a recovery code
  std::string agent;   // User-Agent
  std::string peer;    // the address it comes from; empty: not counted
};
// Errors: gone for a ticket that is none or too old (then one signs in anew); unauthenticated for the code,
// one that was used before too; limit_exceeded after SignInTries::most_codes wrong ones, its message being
// the whole seconds to wait.
Deferred<NewSession> take_second_step(Context& context, SecondStep step);

// Whether this installation asks a factor of an account of that role before it opens the workplace.
bool must_have_factor(const Settings& settings, AccountRole role);

}  // namespace convoke::service
