#include "service/account_desk.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "notify/account_links.hpp"
#include "notify/recipients.hpp"
#include "service/account_links.hpp"
#include "service/directory_scope.hpp"
#include "service/password_work.hpp"
#include "service/session_rows.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace convoke::service {
namespace {

Error no_such_account() {
  return {Errc::not_found, "there is no such account"};
}

Error may_not(const char* what) {
  return {Errc::forbidden, what};
}

db::Author author_of(const SignedIn& who, Instant now) {
  return {actor_of(who).name, now};
}

bool is_administrator(const SignedIn& who) {
  return who.role == AccountRole::administrator;
}

// An account of no association is everybody's: only who keeps all looks after it.
bool sees(const SignedIn& who, const Account& account) {
  if (is_administrator(who) || !who.organisation) return true;
  return account.organisation && reaches(who, account.organisation);
}

bool may_change(const SignedIn& who, const Account& account) {
  if (!sees(who, account) || account.id == who.account) return false;
  return is_administrator(who) || account.role < AccountRole::administrator;
}

Result<void> check_keeper(const SignedIn& who) {
  if (who.role < AccountRole::organiser) return may_not("accounts are the organisers' and administrators'");
  return {};
}

// Errors: not_found, forbidden.
Result<Account> kept_account(db::Unit& unit, const SignedIn& who, AccountId id) {
  if (const auto fine = check_keeper(who); !fine) return fine.error();
  auto account = unit.accounts().find(id);
  if (!account || !sees(who, *account)) return no_such_account();
  if (!may_change(who, *account)) return may_not("this account is not yours to change");
  return std::move(*account);
}

Result<void> check_role(const SignedIn& who, AccountRole role) {
  if (role > who.role) return may_not("only an administrator makes administrators");
  return {};
}

Result<OrganisationId> chosen_organisation(db::Unit& unit, const SignedIn& who, OrganisationId wanted) {
  const bool of_all = is_administrator(who) || !who.organisation;
  if (!wanted && !of_all) return who.organisation;
  if (!wanted) return wanted;
  if ((!of_all && !reaches(who, wanted)) || !unit.organisations().find(wanted))
    return Error{Errc::not_found, "there is no such organisation"};
  return wanted;
}

Keeper keeper_for(const SignedIn& who) {
  return keeper_of(who);
}

Result<PersonId> chosen_holder(db::Unit& unit, const SignedIn& who, const std::string& text) {
  if (trim(text).empty()) return PersonId{};
  PersonChoice choice;
  choice.who = text;
  const auto person = chosen_person(unit, keeper_for(who), choice);
  if (!person) return person.error();
  return person->id;
}

Result<void> check_mails_today(db::Unit& unit, AccountId account, Instant now) {
  db::ReminderSelection selection;
  selection.recipient = notify::account_key(account);
  selection.due_from = now - std::chrono::hours{24};
  int count = 0;
  for (const auto& row : unit.reminders().list(selection))
    count += row.reason == ReminderReason::account_invitation ? 1 : 0;
  if (count >= most_invitations_a_day)
    return Error{Errc::limit_exceeded, "this address was invited three times today; try again tomorrow"};
  return {};
}

std::string name_of_organisation(const std::map<OrganisationId, std::string>& names, OrganisationId id) {
  const auto found = names.find(id);
  return found == names.end() ? std::string() : found->second;
}

AccountState state_of(db::Unit& unit, const SignedIn& who, Account account,
                      const std::map<OrganisationId, std::string>& names, Instant now) {
  AccountState state;
  state.accepted = !account.password.empty();
  state.second_factor = !account.totp.empty();
  state.may_change = may_change(who, account);
  state.organisation = name_of_organisation(names, account.organisation);
  if (const auto person = unit.people().find(account.person)) state.person = person->name;
  if (const auto link =
          unit.one_time_links().in_force(std::string(notify::invitation_purpose), account.id, now))
    state.invited_until = link->expires;
  for (const auto& session : unit.sessions().of_account(account.id))
    state.last_seen = std::max(state.last_seen.value_or(session.last_seen), session.last_seen);
  account.password.clear();
  account.totp.clear();
  state.account = std::move(account);
  return state;
}

template<class Thing>
void sort_by_name(std::vector<Thing>& things) {
  std::sort(things.begin(), things.end(),
            [](const auto& a, const auto& b) { return compare_in("uk", a.name, b.name) < 0; });
}

AccountChoices choices_of(db::Unit& unit, const SignedIn& who) {
  AccountChoices choices;
  for (const auto role : {AccountRole::member, AccountRole::organiser, AccountRole::administrator})
    if (role <= who.role) choices.roles.push_back(role);
  choices.may_approve = is_administrator(who);
  choices.no_organisation = is_administrator(who) || !who.organisation;
  for (auto& one : unit.organisations().list())
    if (choices.no_organisation || reaches(who, one.id)) choices.organisations.push_back(std::move(one));
  const auto keeper = keeper_for(who);
  for (auto& one : unit.people().list())
    if (keeps(keeper, one.organisation)) choices.people.push_back(std::move(one));
  sort_by_name(choices.organisations);
  sort_by_name(choices.people);
  return choices;
}

// Everything that was given out to this account ends. A new role must be taken up by signing in anew.
void end_all(db::Unit& unit, AccountId account, Instant now) {
  unit.sessions().remove_of_account(account);
  unit.tokens().revoke_of_account(account, now);
  unit.one_time_links().end_all(std::string(notify::sign_in_purpose), account, now);
}

bool is_last_administrator(db::Unit& unit, const Account& account) {
  if (account.role != AccountRole::administrator || account.closed) return false;
  const auto all = unit.accounts().list();
  return std::none_of(all.begin(), all.end(), [&](const Account& other) {
    return other.id != account.id && other.role == AccountRole::administrator && !other.closed;
  });
}

Result<AccountId> invite_in(db::Unit& unit, const SignedIn& who, const Invitation& wanted,
                            const std::string& domain, Instant now) {
  if (const auto fine = check_keeper(who); !fine) return fine.error();
  if (const auto fine = check_role(who, wanted.role); !fine) return fine.error();
  if (wanted.may_approve && !is_administrator(who))
    return may_not("only an administrator says who approves plans");
  const auto login = check_login(wanted.login);
  if (!login) return login.error();
  const auto name = check_account_name(wanted.name);
  if (!name) return name.error();
  const auto organisation = chosen_organisation(unit, who, wanted.organisation);
  if (!organisation) return organisation.error();
  const auto person = chosen_holder(unit, who, wanted.person);
  if (!person) return person.error();
  auto known = unit.accounts().find_by_login(*login);
  // Whether somebody of another association has this address shows only to who tries to invite it.
  if (known && !(known->closed && known->password.empty() && may_change(who, *known)))
    return Error{Errc::conflict, "there is an account " + *login + " already"};
  if (!notify::is_mail_address(*login))
    return Error{Errc::invalid_input, "no mail goes to this address; it must be in Latin letters"};
  Account account = known.value_or(Account{});
  account.login = *login;
  account.name = *name;
  account.role = wanted.role;
  account.may_approve = wanted.may_approve;
  account.organisation = *organisation;
  account.person = *person;
  const auto publisher = unit.organisations().find(*organisation);
  account.language = wanted.language.value_or(publisher ? publisher->language : who.language);
  account.closed.reset();
  if (known) {
    if (const auto fine = check_mails_today(unit, account.id, now); !fine) return fine.error();
    unit.accounts().update(account);
  } else {
    account.created = now;
    account.id = unit.accounts().insert(account);
  }
  notify::queue_account_mail(unit, account, notify::invitation_purpose, who.account, domain, now);
  return account.id;
}

Result<bool> alter_in(db::Unit& unit, const SignedIn& who, AccountId id, const AccountAlteration& change,
                      Instant now) {
  auto kept = kept_account(unit, who, id);
  if (!kept) return kept.error();
  Account account = std::move(*kept);
  const Account before = account;
  if (change.name) {
    const auto name = check_account_name(*change.name);
    if (!name) return name.error();
    account.name = *name;
  }
  if (change.role) {
    if (const auto fine = check_role(who, *change.role); !fine) return fine.error();
    account.role = *change.role;
  }
  if (change.may_approve && *change.may_approve != account.may_approve) {
    if (!is_administrator(who)) return may_not("only an administrator says who approves plans");
    account.may_approve = *change.may_approve;
  }
  if (change.organisation && *change.organisation != account.organisation) {
    const auto organisation = chosen_organisation(unit, who, *change.organisation);
    if (!organisation) return organisation.error();
    account.organisation = *organisation;
  }
  if (change.person) {
    const auto person = chosen_holder(unit, who, *change.person);
    if (!person) return person.error();
    account.person = *person;
  }
  if (change.closed)
    account.closed = *change.closed ? std::optional(account.closed.value_or(now)) : std::nullopt;
  const bool steps_down = account.closed || account.role != AccountRole::administrator;
  if (steps_down && is_last_administrator(unit, before))
    return Error{Errc::conflict, "this is the last administrator; make another one first"};
  unit.accounts().update(account);
  if (account.role != before.role || account.may_approve != before.may_approve ||
      account.organisation != before.organisation || (account.closed && !before.closed))
    end_all(unit, id, now);
  if (account.closed) unit.one_time_links().end_all(std::string(notify::invitation_purpose), id, now);
  return true;
}

}  // namespace

Deferred<AccountDesk> account_desk(Context& context, SignedIn who) {
  return context.store.read(
      [who = std::move(who), now = context.clock.now()](db::Unit& unit) -> Result<AccountDesk> {
        if (const auto fine = check_keeper(who); !fine) return fine.error();
        std::map<OrganisationId, std::string> names;
        for (auto& one : unit.organisations().list()) names.emplace(one.id, std::move(one.name));
        AccountDesk desk;
        for (auto& account : unit.accounts().list())
          if (sees(who, account)) desk.rows.push_back(state_of(unit, who, std::move(account), names, now));
        std::sort(desk.rows.begin(), desk.rows.end(), [](const auto& a, const auto& b) {
          return compare_in("uk", a.account.name, b.account.name) < 0;
        });
        desk.choices = choices_of(unit, who);
        return desk;
      });
}

Deferred<AccountId> invite(Context& context, SignedIn who, Invitation wanted) {
  const Instant now = context.clock.now();
  const auto author = author_of(who, now);
  const auto work = [who = std::move(who), wanted = std::move(wanted), now,
                     domain = context.settings.mail_domain](db::Unit& unit) {
    return invite_in(unit, who, wanted, domain, now);
  };
  return context.store.write(author, work).after_success([&context] { context.reminders_queued(); });
}

Deferred<bool> invite_again(Context& context, SignedIn who, AccountId id) {
  const Instant now = context.clock.now();
  const auto author = author_of(who, now);
  const auto work = [who = std::move(who), id, now,
                     domain = context.settings.mail_domain](db::Unit& unit) -> Result<bool> {
    const auto account = kept_account(unit, who, id);
    if (!account) return account.error();
    if (account->closed || !account->password.empty())
      return Error{Errc::conflict, "this invitation was accepted or withdrawn"};
    if (const auto fine = check_mails_today(unit, id, now); !fine) return fine.error();
    notify::queue_account_mail(unit, *account, notify::invitation_purpose, who.account, domain, now);
    return true;
  };
  return context.store.write(author, work).after_success([&context] { context.reminders_queued(); });
}

Deferred<bool> withdraw_invitation(Context& context, SignedIn who, AccountId id) {
  const Instant now = context.clock.now();
  const auto author = author_of(who, now);
  return context.store.write(author, [who = std::move(who), id, now](db::Unit& unit) -> Result<bool> {
    auto account = kept_account(unit, who, id);
    if (!account) return account.error();
    if (!account->password.empty())
      return Error{Errc::conflict, "this invitation was accepted; close the account instead"};
    AccountAlteration closing;
    closing.closed = true;
    return alter_in(unit, who, id, closing, now);
  });
}

Deferred<bool> alter_account(Context& context, SignedIn who, AccountId id, AccountAlteration change) {
  const Instant now = context.clock.now();
  const auto author = author_of(who, now);
  return context.store.write(author, [who = std::move(who), id, change = std::move(change),
                                      now](db::Unit& unit) { return alter_in(unit, who, id, change, now); });
}

Deferred<bool> end_second_factor_of(Context& context, SignedIn who, AccountId id) {
  const Instant now = context.clock.now();
  const auto author = author_of(who, now);
  return context.store.write(author, [who = std::move(who), id, now](db::Unit& unit) -> Result<bool> {
    auto account = kept_account(unit, who, id);
    if (!account) return account.error();
    if (!is_administrator(who)) return may_not("only an administrator does this");
    account->totp.clear();
    unit.accounts().update(*account);
    unit.recovery_codes().replace(id, {});
    end_all(unit, id, now);
    return true;
  });
}

Deferred<InvitationView> view_invitation(Context& context, std::string token) {
  return context.store.read(
      [token = std::move(token), now = context.clock.now()](db::Unit& unit) -> Result<InvitationView> {
        const auto account = account_behind(unit, token, notify::invitation_purpose, now);
        if (!account) return account.error();
        InvitationView view;
        view.login = account->login;
        view.name = account->name;
        view.language = account->language;
        if (const auto organisation = unit.organisations().find(account->organisation))
          view.association = organisation->name;
        return view;
      });
}

Deferred<NewSession> accept_invitation(Context& context, Acceptance entered) {
  auto check = view_invitation(context, entered.token);
  return Deferred<NewSession>([&context, check = std::move(check),
                               entered = std::move(entered)](Deferred<NewSession>::Completion done) mutable {
    std::move(check).start([&context, entered = std::move(entered),
                            done = std::move(done)](Result<InvitationView> view) {
      if (!view) return done(view.error());
      const auto name = check_account_name(entered.name);
      if (!name) return done(name.error());
      const auto good = check_password(entered.password, view->login, *name);
      if (!good) return done(good.error());
      with_hash<NewSession>(context, entered.password, [&context, entered, name = *name](std::string hash) {
        const Instant now = context.clock.now();
        return context.store.write(
            db::Author("invitation", now), [entered, name, hash, now](db::Unit& unit) -> Result<NewSession> {
              auto account = account_behind(unit, entered.token, notify::invitation_purpose, now);
              if (!account) return account.error();
              unit.one_time_links().use(sha256_hex(entered.token), now);
              account->name = name;
              account->password = hash;
              unit.accounts().update(*account);
              return insert_session(unit, *account, entered.agent, now);
            });
      }).start(done);
    });
  });
}

}  // namespace convoke::service
