// How a session begins inside a unit of work, and the secrets that hang off an account: shared by signing in
// and by making the first administrator.
#pragma once

#include "db/unit.hpp"
#include "service/accounts.hpp"

#include <string>

namespace convoke::service {

inline constexpr std::size_t cookie_length = 43;  // 256 random bits as base64url
inline constexpr std::size_t most_sessions = 50;  // of one account; then the eldest ends

// What a login as typed is looked up by: as it is stored, or as it is when it cannot be one.
std::string login_key(const std::string& login);

// Stores a session of `account` that begins at `now`, and lets go of those that are long over.
NewSession insert_session(db::Unit& unit, const Account& account, const std::string& agent, Instant now);

// What follows once somebody has shown who they are by one factor: a session, or with a second factor in
// force the ticket to its step (NewSession::second_step).
NewSession enter(db::Unit& unit, const Account& account, const std::string& agent, Instant now);

// The ticket of a second step, sealed with the account's secrets, so that nothing has to be stored and a new
// password or factor ends it (second_factor.cpp).
inline constexpr std::string_view second_step_purpose = "second step 1";
std::string make_second_step(const Account& account, Instant now);
bool is_second_step_of(const Account& account, const std::string& ticket, Instant now);

// Whom the cookie stands for; its form token is made from it (HMAC-SHA-256), so that none has to be stored.
SignedIn signed_in(db::Unit& unit, const Account& account, SessionId session, const std::string& cookie);

// What tells a browser its owner signed in from before: random, and sealed with the stored password hash, so
// that a new password ends it and nothing has to be stored.
std::string make_device(const Account& account);
bool is_device_of(const Account& account, const std::string& device);

}  // namespace convoke::service
