// Accounts as those who look after them see and change them: invitations by mail, roles, closing. An
// administrator keeps all; an organiser those of her own association and of what lies below it, except
// administrators, and nobody their own. Another association's account is unknown to them (threats D2).
#pragma once

#include "base/deferred.hpp"
#include "model/account.hpp"
#include "model/person.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr int most_invitations_a_day = 3;  // to one address (threats M3)

// One account on the desk. Its password and its second factor's key are left out.
struct AccountState {
  Account account;
  bool accepted = false;  // it has a password: its holder has been here
  bool second_factor = false;
  std::optional<Instant> invited_until;  // its invitation acts so long
  std::optional<Instant> last_seen;      // of a session that is in force
  std::string organisation, person;      // names; empty: none
  bool may_change = false;               // by who looks
};

// What who looks may choose from.
struct AccountChoices {
  std::vector<AccountRole> roles;
  bool may_approve = false;                 // whether she says who approves
  bool no_organisation = false;             // whether an account may be of all associations
  std::vector<Organisation> organisations;  // by name
  std::vector<Person> people;               // by name
};

struct AccountDesk {
  std::vector<AccountState> rows;  // by name
  AccountChoices choices;
};
// Errors: forbidden to members.
Deferred<AccountDesk> account_desk(Context& context, SignedIn who);

struct Invitation {
  std::string login, name;
  AccountRole role = AccountRole::member;
  bool may_approve = false;
  OrganisationId organisation;       // 0: the inviter's own
  std::string person;                // "Гайко В.И.", "Гайко В.И. #12"; empty: nobody
  std::optional<Language> language;  // absent: the association's
};
// Makes the account and queues the mail with the link, in one write. An account that was closed before
// anybody accepted it is invited anew. Errors: invalid_input for the address or the name, conflict when there
// is such an account (or several people of that name), not_found for an organisation or a person, forbidden
// for a role that is not hers to give, limit_exceeded.
Deferred<AccountId> invite(Context& context, SignedIn who, Invitation invitation);
// A new link; the one before it ends. Errors: not_found, forbidden, conflict once it was accepted or is
// closed, limit_exceeded.
Deferred<bool> invite_again(Context& context, SignedIn who, AccountId account);
// The link ends and the account closes. Errors: not_found, forbidden, conflict once it was accepted.
Deferred<bool> withdraw_invitation(Context& context, SignedIn who, AccountId account);

// What is absent stays.
struct AccountAlteration {
  std::optional<std::string> name, person;  // as in Invitation
  std::optional<AccountRole> role;
  std::optional<bool> may_approve;
  std::optional<OrganisationId> organisation;  // 0: of all
  std::optional<bool> closed;
};
// Another role, another association and closing end every session of the account, its links and its keys to
// the API. Errors: those of invite(); conflict for the last administrator.
Deferred<bool> alter_account(Context& context, SignedIn who, AccountId account, AccountAlteration change);

// Whoever has lost their second factor signs in with the password alone again; all their sessions end.
// Errors: not_found, forbidden to all but administrators.
Deferred<bool> end_second_factor_of(Context& context, SignedIn who, AccountId account);

// What a link of an invitation is for. Errors: not_found for what is none of ours, gone when it was used, was
// followed by another one or is too old.
struct InvitationView {
  std::string login, name, association;
  Language language = Language::uk;
};
Deferred<InvitationView> view_invitation(Context& context, std::string token);

struct Acceptance {
  std::string token, name, password;
  std::string agent;  // User-Agent
};
// Errors: those of view_invitation(); invalid_input for what is entered (the link acts still);
// storage_unavailable when too many passwords wait.
Deferred<NewSession> accept_invitation(Context& context, Acceptance entered);

}  // namespace convoke::service
