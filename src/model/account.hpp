// Who may sign in, and what they were given to read with: accounts, sessions, one-time links, personal
// calendars. Secrets are stored as hashes only.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convoke {

// What an account may do in its association. Ordered: each may what those before it may.
enum class AccountRole { member, organiser, administrator };
std::string_view name_of(AccountRole role);
std::optional<AccountRole> account_role_of(std::string_view name);

struct Account {
  AccountId id;
  std::string login;            // an e-mail address, folded; unique
  std::string name;             // what pages call its holder
  PersonId person;              // whose work it sees as its own; 0: nobody's
  OrganisationId organisation;  // 0: all of this installation
  AccountRole role = AccountRole::member;
  std::string password;  // Argon2id, as libsodium writes it; empty: none set yet
  Language language = Language::uk;
  Instant created{};
  std::optional<Instant> closed;
  bool may_approve = false;  // a director: approves plans, whatever the role
  std::string totp;  // the key of the second factor in base32 (service/totp.hpp); empty: none in force
  std::int64_t totp_step = 0;  // of the last code taken: none of it or before is taken again
};

// One browser that is signed in.
struct Session {
  SessionId id;
  AccountId account;
  std::string hash;  // sha256_hex of the cookie
  Instant created{};
  Instant last_seen{};
  std::string agent;  // of the browser, shortened: "Firefox on Linux"
};

// A link that acts once: the first administrator's, an invitation, one to sign in with.
struct OneTimeLink {
  std::string hash;     // sha256_hex of the token in it
  std::string purpose;  // "first_administrator", "invitation", "sign_in"
  AccountId account;    // 0 for the first administrator
  Instant created{}, expires{};
  std::optional<Instant> used;
};

// A calendar behind an unguessable address.
enum class PersonalScope {
  responsible,    // what its owner is responsible for
  association,    // everything of the owner's association
  registrations,  // what its owner takes part in
};
std::string_view name_of(PersonalScope scope);
std::optional<PersonalScope> personal_scope_of(std::string_view name);

struct PersonalCalendar {
  PersonalCalendarId id;
  AccountId account;
  PersonalScope scope = PersonalScope::responsible;
  std::string name;   // "my phone"
  std::string query;  // further filters, canonical (calendar/filters/feed_query.hpp); alarms and language too
  std::string hash;   // sha256_hex of the token in its address
  Instant created{};
  std::optional<Instant> last_read;
  std::string last_reader;  // "Google Calendar"
  std::optional<Instant> revoked;
};

}  // namespace convoke
