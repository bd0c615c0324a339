// Signing in: the first administrator, passwords, sessions. Whether somebody is known here never shows in an
// answer, in its words or in its time (threats B1).
#pragma once

#include "base/deferred.hpp"
#include "model/account.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::service {

// Whose browser a request comes from.
struct SignedIn {
  AccountId account;
  SessionId session;
  std::string name;
  std::string login;
  AccountRole role = AccountRole::member;
  PersonId person;
  OrganisationId organisation;
  Language language = Language::uk;
  std::string csrf;  // what each form of this session carries
};

// A session just begun. The cookie's value is known here only; its hash is stored.
struct NewSession {
  SignedIn who;
  std::string cookie;
};

inline constexpr std::size_t shortest_password = 12, longest_password = 256;  // bytes
inline constexpr std::chrono::hours session_idle{8}, session_lifetime{7 * 24};
inline constexpr std::chrono::minutes administrator_idle{30};
inline constexpr std::chrono::hours administrator_lifetime{12};
inline constexpr std::chrono::hours first_link_lifetime{48};

// Success, or why this password cannot be one: length, one that everybody tries, the name or login itself.
// Errors: invalid_input.
Result<void> check_password(const std::string& password, const std::string& login, const std::string& name);

// The token of a link that makes the first administrator; empty once there is one. Each call makes a new
// link and ends those before it.
Deferred<std::string> first_administrator_link(Context& context);
// Whether such a link acts still. Errors: not_found (as a GET shows it; changes nothing).
Deferred<bool> check_first_link(Context& context, std::string token);
// Errors: not_found for a link that is unknown, used or too old; invalid_input for what is entered.
Deferred<NewSession> create_first_administrator(Context& context, std::string token, std::string login,
                                                std::string name, std::string password, std::string agent);

// Errors: unauthenticated, in the same words and the same time whether the login is unknown, closed, without
// a password, or the password wrong; storage_unavailable when too many are signing in. `peer`: for the
// limits of threats B2 (limit_exceeded with the seconds to wait in its message's place).
Deferred<NewSession> sign_in(Context& context, std::string login, std::string password, std::string agent);
// Who a cookie stands for; renews last_seen at most once a minute. Errors: unauthenticated.
Deferred<SignedIn> session_of(Context& context, std::string cookie);
Deferred<bool> sign_out(Context& context, SessionId session);

// The command line's and the API's. Errors: invalid_input, conflict for a login that exists.
struct NewAccount {
  std::string login, name, password;  // no password: it is set by `user password`
  AccountRole role = AccountRole::member;
  std::string organisation, person;  // by name or number; empty: none
  Language language = Language::uk;
};
Deferred<AccountId> add_account(Context& context, const Actor& actor, NewAccount account);
// Ends every session of the account. Errors: not_found, invalid_input.
Deferred<bool> set_password(Context& context, const Actor& actor, std::string login, std::string password);

// Sessions of one account, newest first, and ending one of them. Errors: not_found for another account's.
Deferred<std::vector<Session>> sessions_of(Context& context, AccountId account);
Deferred<bool> end_session(Context& context, AccountId account, SessionId session);

}  // namespace convoke::service
