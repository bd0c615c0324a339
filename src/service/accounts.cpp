// Making accounts and changing them.
#include "service/accounts.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "service/password_work.hpp"
#include "service/people.hpp"
#include "service/session_rows.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace convoke::service {
namespace {

constexpr std::string_view first_link = "first_administrator";
constexpr std::size_t longest_login = 254, longest_name = 200;  // bytes, characters

Error no_link() {
  return {Errc::not_found,
          "this link is unknown, was used, or is older than 48 hours; a new one is printed "
          "when the server starts"};
}

Error may_not() {
  return {Errc::forbidden, "accounts are the administrator's"};
}

Error no_account(const std::string& login) {
  return {Errc::not_found, "there is no account " + ellipsize(strip_controls(to_valid_utf8(login)), 60)};
}

// What the change log calls an account.
std::string actor_name(AccountId id) {
  return "account:" + std::to_string(id.value);
}

std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

Result<OrganisationId> organisation_of(db::Unit& unit, const std::string& text) {
  if (text.empty()) return OrganisationId{};
  const auto number = number_in(text);
  const auto found = number > 0 ? unit.organisations().find(OrganisationId{number})
                                : unit.organisations().find_by_name(text);
  if (!found) return Error{Errc::not_found, "there is no organisation called '" + text + "'"};
  return found->id;
}

Result<PersonId> person_of(db::Unit& unit, const std::string& text) {
  if (text.empty()) return PersonId{};
  if (const auto number = number_in(text); number > 0) {
    if (!unit.people().find(PersonId{number}))
      return Error{Errc::not_found, "there is no person with the number " + text};
    return PersonId{number};
  }
  const auto found = unit.people().find_by_name(text);
  if (found.empty()) return Error{Errc::not_found, "there is no person called '" + text + "'"};
  if (found.size() > 1)
    return Error{Errc::conflict, "several people are called '" + text + "'; name one by number"};
  return found.front().id;
}

// The account with its association, person and language filled in, stored.
Result<AccountId> insert_account(db::Unit& unit, Account account, const NewAccount& wanted) {
  if (unit.accounts().find_by_login(account.login))
    return Error{Errc::conflict, "there is an account " + account.login + " already"};
  const auto organisation = organisation_of(unit, wanted.organisation);
  if (!organisation) return organisation.error();
  const auto person = person_of(unit, wanted.person);
  if (!person) return person.error();
  account.organisation = *organisation;
  account.person = *person;
  const auto publisher = unit.organisations().find(*organisation);
  account.language = wanted.language.value_or(publisher ? publisher->language : Language::uk);
  return unit.accounts().insert(account);
}

// `login` and `name` as they are stored, the rest as wanted. An empty password is none yet.
Result<Account> check_account(const NewAccount& wanted) {
  Account account;
  const auto login = check_login(wanted.login);
  if (!login) return login.error();
  const auto name = check_account_name(wanted.name);
  if (!name) return name.error();
  if (!wanted.password.empty()) {
    const auto password = check_password(wanted.password, *login, *name);
    if (!password) return password.error();
  }
  account.login = *login;
  account.name = *name;
  account.role = wanted.role;
  account.may_approve = wanted.may_approve;
  return account;
}

}  // namespace

bool reaches(const SignedIn& who, OrganisationId organisation) {
  return !who.organisation || !organisation ||
         std::binary_search(who.reach.begin(), who.reach.end(), organisation);
}

Actor actor_of(const SignedIn& who) {
  Actor actor(actor_name(who.account), who.role == AccountRole::member ? Role::reader : Role::editor);
  if (who.role == AccountRole::administrator || !who.organisation) return actor;
  actor.organisation = who.organisation;
  actor.reach = who.reach;
  return actor;
}

Result<std::string> check_login(const std::string& login) {
  const Error wrong{Errc::invalid_input, "an account is called by an e-mail address, like olena@example.org"};
  if (login.size() > longest_login || !is_valid_utf8(login)) return wrong;
  const auto address = check_email(login);
  if (!address) return wrong;
  return to_lower(to_nfc(*address));
}

Result<std::string> check_account_name(const std::string& text) {
  if (!is_valid_utf8(text)) return Error{Errc::invalid_input, "a name is not UTF-8"};
  auto name = collapse_spaces(strip_controls(text));
  if (name.empty() || length(name) > longest_name)
    return Error{Errc::invalid_input, "an account needs a name of 1 to 200 characters"};
  return name;
}

std::string login_key(const std::string& login) {
  auto checked = check_login(login);
  return checked ? std::move(*checked) : login;
}

Deferred<std::string> first_administrator_link(Context& context) {
  const Instant now = context.clock.now();
  return context.store.write(db::Author("system", now), [now](db::Unit& unit) -> std::string {
    if (unit.accounts().has_administrator()) return {};
    unit.one_time_links().end_all(std::string(first_link), AccountId{}, now);
    const std::string token = random_token();
    OneTimeLink link;
    link.hash = sha256_hex(token);
    link.purpose = first_link;
    link.created = now;
    link.expires = now + first_link_lifetime;
    unit.one_time_links().insert(link);
    return token;
  });
}

Deferred<bool> check_first_link(Context& context, std::string token) {
  return context.store.read(
      [hash = sha256_hex(token), now = context.clock.now()](db::Unit& unit) -> Result<bool> {
        const auto link = unit.one_time_links().find(hash);
        if (!link || link->purpose != first_link || link->used || link->expires <= now ||
            unit.accounts().has_administrator())
          return no_link();
        return true;
      });
}

Deferred<NewSession> create_first_administrator(Context& context, FirstAdministrator entered) {
  NewAccount wanted;
  wanted.login = entered.login;
  wanted.name = entered.name;
  wanted.password = entered.password;
  wanted.role = AccountRole::administrator;
  auto link = check_first_link(context, entered.token);
  return Deferred<NewSession>([&context, link = std::move(link), entered = std::move(entered),
                               wanted](Deferred<NewSession>::Completion done) mutable {
    std::move(link).start(
        [&context, entered = std::move(entered), wanted, done = std::move(done)](Result<bool> acts) {
          if (!acts) return done(acts.error());
          // Only after the link: whoever has none learns nothing about passwords, and costs no hashing.
          auto account = check_account(wanted);
          if (!account) return done(account.error());
          if (wanted.password.empty()) return done(check_password("", "", "").error());
          account->created = context.clock.now();
          with_hash<NewSession>(context, wanted.password,
                                [&context, entered, wanted, account = *account](std::string hash) mutable {
                                  account.password = std::move(hash);
                                  return context.store.write(
                                      db::Author("system", account.created),
                                      [account, wanted, token = entered.token,
                                       agent = entered.agent](db::Unit& unit) -> Result<NewSession> {
                                        if (unit.accounts().has_administrator() ||
                                            !unit.one_time_links().use(sha256_hex(token), account.created))
                                          return no_link();
                                        const auto id = insert_account(unit, account, wanted);
                                        if (!id) return id.error();
                                        return insert_session(unit, *unit.accounts().find(*id), agent,
                                                              account.created);
                                      });
                                })
              .start(done);
        });
  });
}

Deferred<AccountId> add_account(Context& context, const Actor& actor, NewAccount wanted) {
  if (actor.role != Role::editor) return Deferred<AccountId>::ready(may_not());
  auto account = check_account(wanted);
  if (!account) return Deferred<AccountId>::ready(account.error());
  account->created = context.clock.now();
  const std::string password = wanted.password;
  auto store_it = [&context, author = db::Author(actor.name, account->created), account = *account,
                   wanted = std::move(wanted)](std::string hash) mutable {
    account.password = std::move(hash);
    return context.store.write(
        author, [account, wanted](db::Unit& unit) { return insert_account(unit, account, wanted); });
  };
  if (password.empty()) return store_it({});
  return with_hash<AccountId>(context, password,
                              [store_it](std::string hash) mutable { return store_it(std::move(hash)); });
}

Deferred<bool> set_password(Context& context, const Actor& actor, std::string login, std::string password) {
  const std::string key = login_key(login);
  const db::Author author(actor.name, context.clock.now());
  const bool any = actor.role == Role::editor;
  return Deferred<bool>([&context, author, key, any,
                         password = std::move(password)](Deferred<bool>::Completion done) {
    context.store.read([key](db::Unit& unit) { return unit.accounts().find_by_login(key); })
        .start([&context, author, key, any, password, done](Result<std::optional<Account>> found) {
          if (!found) return done(found.error());
          const bool own = *found && author.name == actor_name((*found)->id);
          if (!any && !own) return done(may_not());
          if (!*found) return done(no_account(key));
          const auto good = check_password(password, key, (*found)->name);
          if (!good) return done(good.error());
          with_hash<bool>(context, password, [&context, author, id = (*found)->id, key](std::string hash) {
            return context.store.write(author, [id, key, hash](db::Unit& unit) -> Result<bool> {
              auto account = unit.accounts().find(id);
              if (!account) return no_account(key);
              account->password = hash;
              unit.accounts().update(*account);
              unit.sessions().remove_of_account(id);
              return true;
            });
          }).start(done);
        });
  });
}

Deferred<bool> change_account(Context& context, const Actor& actor, std::string login, AccountChange change) {
  if (actor.role != Role::editor) return Deferred<bool>::ready(may_not());
  if (change.name) {
    auto name = check_account_name(*change.name);
    if (!name) return Deferred<bool>::ready(name.error());
    change.name = std::move(*name);
  }
  const Instant now = context.clock.now();
  const std::string key = login_key(login);
  return context.store.write(db::Author(actor.name, now), [key, change, now](db::Unit& unit) -> Result<bool> {
    auto account = unit.accounts().find_by_login(key);
    if (!account) return no_account(key);
    const auto organisation = organisation_of(unit, change.organisation.value_or(""));
    if (!organisation) return organisation.error();
    const auto person = person_of(unit, change.person.value_or(""));
    if (!person) return person.error();
    const bool other_role = (change.role && *change.role != account->role) ||
                            (change.may_approve && *change.may_approve != account->may_approve);
    const bool closes = change.closed && *change.closed && !account->closed;
    if (change.organisation) account->organisation = *organisation;
    if (change.person) account->person = *person;
    if (change.name) account->name = *change.name;
    if (change.role) account->role = *change.role;
    if (change.may_approve) account->may_approve = *change.may_approve;
    if (closes) account->closed = now;
    if (change.closed && !*change.closed) account->closed.reset();
    unit.accounts().update(*account);
    if (other_role || closes) {
      unit.sessions().remove_of_account(account->id);
      unit.tokens().revoke_of_account(account->id, now);
    }
    return true;
  });
}

Deferred<std::vector<Account>> list_accounts(Context& context) {
  return context.store.read([](db::Unit& unit) {
    auto accounts = unit.accounts().list();
    for (auto& account : accounts) account.password.clear();
    return accounts;
  });
}

}  // namespace convoke::service
