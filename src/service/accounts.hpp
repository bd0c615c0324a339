// Signing in: the first administrator, passwords, sessions. Whether somebody is known here never shows in an
// answer, in its words or in its time (threats B1).
#pragma once

#include "base/deferred.hpp"
#include "model/account.hpp"
#include "service/context.hpp"
#include "service/passwords.hpp"

#include <optional>
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
  bool may_approve = false;  // a director
  PersonId person;
  OrganisationId organisation;        // 0: of all of this installation
  std::vector<OrganisationId> reach;  // it and what lies below it, by id; empty without one: all
  Language language = Language::uk;
  bool second_factor = false;  // has one in force
  bool needs_factor = false;   // this installation asks one of this account, and it has none yet
  std::string csrf;            // what each form of this session carries; made from the cookie, stored nowhere
};

// Whether a thing of `organisation` is this person's to see in the workplace: of no organisation, of their
// own or of one below it.
bool reaches(const SignedIn& who, OrganisationId organisation);

// As whom a signed-in person changes events and plans: organisers and administrators may, members read; an
// organiser of an association within it and below it.
// The change log is told the account's number.
Actor actor_of(const SignedIn& who);

// A session just begun. The cookie's value is known here only; its hash is stored.
struct NewSession {
  SignedIn who;
  std::string cookie;
  // Not empty: nobody is signed in yet; this and a code of the second factor do that (second_factor.hpp).
  std::string second_step;
  // For a long-lived cookie of its own: a browser that shows it at sign_in() is one its owner signed in from
  // before. Worthless without the password; ends with it.
  std::string device;
};

inline constexpr std::chrono::hours session_idle{8}, session_lifetime{7 * 24};
inline constexpr std::chrono::minutes administrator_idle{30};
inline constexpr std::chrono::hours administrator_lifetime{12};
inline constexpr std::chrono::hours first_link_lifetime{48};
inline constexpr std::chrono::seconds seen_again_after{60};  // how exact last_seen is
inline constexpr std::size_t longest_agent = 80;             // bytes kept of what a browser calls itself

// The form in which a login is stored and looked up. Errors: invalid_input unless it is an e-mail address.
Result<std::string> check_login(const std::string& login);

// The name of an account's holder as it is stored. Errors: invalid_input.
Result<std::string> check_account_name(const std::string& text);

// The token of a link that makes the first administrator; empty once there is one. Each call makes a new
// link and ends those before it.
Deferred<std::string> first_administrator_link(Context& context);
// Whether such a link acts still; changes nothing. Errors: not_found.
Deferred<bool> check_first_link(Context& context, std::string token);

// What a person enters to make an account or to sign in, and where it came from.
struct FirstAdministrator {
  std::string token, login, name, password;
  std::string agent;  // User-Agent
};
// Errors: not_found for a link that is unknown, used or too old; invalid_input for what is entered (the link
// acts still); storage_unavailable when too many passwords wait.
Deferred<NewSession> create_first_administrator(Context& context, FirstAdministrator entered);

struct SignIn {
  std::string login, password;
  std::string agent;          // User-Agent
  std::string peer;           // the address it comes from; empty: not counted
  std::string device;         // NewSession::device of an earlier time, if the browser has it
  bool shown_factor = false;  // who enters this is signed in with all factors already
};
// Errors: unauthenticated, in the same words and the same time whether the login is unknown, closed, without
// a password, or the password wrong; limit_exceeded after too many wrong ones (threats B2), its message being
// the whole seconds to wait and nothing else; storage_unavailable when too many are signing in.
Deferred<NewSession> sign_in(Context& context, SignIn entered);
// Who a cookie stands for; renews last_seen at most once a minute. Errors: unauthenticated.
Deferred<SignedIn> session_of(Context& context, std::string cookie);
Deferred<bool> sign_out(Context& context, SessionId session);

// The command line's and the API's. Errors: invalid_input, conflict for a login that exists, not_found for
// an association or a person that nobody entered.
struct NewAccount {
  std::string login, name, password;  // no password: nobody signs in until set_password()
  AccountRole role = AccountRole::member;
  bool may_approve = false;
  std::string organisation, person;  // by name or number; empty: none
  std::optional<Language> language;  // absent: the association's
};
Deferred<AccountId> add_account(Context& context, const Actor& actor, NewAccount account);
// Ends every session of the account, and every browser it is known from. An editor sets anybody's, everybody
// their own (the caller has asked for the old one). Errors: forbidden, not_found, invalid_input.
Deferred<bool> set_password(Context& context, const Actor& actor, std::string login, std::string password);

// What is absent stays. A new role, another word on approving and closing end every session of the account;
// closing also ends its personal calendars, until it is opened again.
struct AccountChange {
  std::optional<AccountRole> role;
  std::optional<bool> may_approve;
  std::optional<std::string> name;
  std::optional<std::string> organisation, person;  // by name or number; empty: none
  std::optional<bool> closed;
};
// Errors: not_found, invalid_input.
Deferred<bool> change_account(Context& context, const Actor& actor, std::string login, AccountChange change);
Deferred<std::vector<Account>> list_accounts(Context& context);  // by number, passwords left out

// Sessions of one account that are in force, newest first, and ending one of them. Errors: not_found for
// another account's.
Deferred<std::vector<Session>> sessions_of(Context& context, AccountId account);
Deferred<bool> end_session(Context& context, AccountId account, SessionId session);

}  // namespace convoke::service
