#include "service/tokens.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "db/store.hpp"

#include <utility>

namespace convoke::service {
namespace {

// "cvk_" marks a leaked key for what it is.
constexpr std::string_view token_prefix = "cvk_";
constexpr std::size_t longest_token_name = 100;

db::Author system_author(const Context& context) {
  return db::Author("system", context.clock.now());
}

TokenRow row_of(const db::ApiToken& token) {
  return {token.id.value,  token.name,    token.scope,  token.created,
          token.last_used, token.revoked, token.account};
}

// The key and its row, without what only its maker knows. Errors: invalid_input.
Result<std::pair<IssuedToken, db::ApiToken>> new_token(std::string name, std::string scope, Instant now) {
  if (scope != "read" && scope != "write")
    return Error{Errc::invalid_input, "the scope of a token is read or write"};
  if (name.empty() || !is_valid_utf8(name) || length(name) > longest_token_name)
    return Error{Errc::invalid_input, "a token needs a name of 1 to 100 characters"};
  IssuedToken issued;
  issued.token = std::string(token_prefix) + random_token();
  db::ApiToken row;
  row.name = std::move(name);
  row.scope = std::move(scope);
  row.hash = sha256_hex(issued.token);
  row.created = now;
  return std::pair{std::move(issued), std::move(row)};
}

Error no_such_token() {
  return {Errc::not_found, "there is no such token in force"};
}

// What the token's owner may; nothing when its owner may no longer use one.
std::optional<Actor> actor_behind(db::Unit& unit, const db::ApiToken& token) {
  Actor actor("token:" + std::to_string(token.id.value),
              token.scope == "write" ? Role::editor : Role::reader);
  if (!token.account) return actor;
  const auto owner = unit.accounts().find(token.account);
  if (!owner || owner->closed || owner->role < AccountRole::organiser) return std::nullopt;
  if (owner->role == AccountRole::administrator || !owner->organisation) return actor;
  actor.organisation = owner->organisation;
  actor.reach = unit.organisations().within(owner->organisation);
  return actor;
}

struct Opened {
  Actor actor;
  TokenId id;
  bool touch = false;
};

}  // namespace

Deferred<IssuedToken> add_token(Context& context, std::string name, std::string scope) {
  auto fresh = new_token(std::move(name), std::move(scope), context.clock.now());
  if (!fresh) return Deferred<IssuedToken>::ready(fresh.error());
  return context.store.write(system_author(context), [fresh = std::move(*fresh)](db::Unit& unit) {
    IssuedToken issued = fresh.first;
    issued.id = unit.tokens().insert(fresh.second).value;
    return issued;
  });
}

Deferred<std::vector<TokenRow>> list_tokens(Context& context) {
  return context.store.read([](db::Unit& unit) {
    std::vector<TokenRow> rows;
    for (const auto& token : unit.tokens().list()) rows.push_back(row_of(token));
    return rows;
  });
}

Deferred<bool> revoke_token(Context& context, std::int64_t id) {
  const Instant now = context.clock.now();
  return context.store.write(system_author(context), [id, now](db::Unit& unit) -> Result<bool> {
    if (!unit.tokens().revoke(TokenId{id}, now)) return no_such_token();
    return true;
  });
}

Deferred<IssuedToken> add_own_token(Context& context, SignedIn who, std::string name, std::string scope) {
  if (who.role < AccountRole::organiser)
    return Deferred<IssuedToken>::ready(
        Error{Errc::forbidden, "keys to the API are for organisers and administrators"});
  const Instant now = context.clock.now();
  auto fresh = new_token(std::move(name), std::move(scope), now);
  if (!fresh) return Deferred<IssuedToken>::ready(fresh.error());
  fresh->second.account = who.account;
  const db::Author author(actor_of(who).name, now);
  return context.store.write(author, [fresh = std::move(*fresh)](db::Unit& unit) -> Result<IssuedToken> {
    std::size_t in_force = 0;
    for (const auto& token : unit.tokens().of_account(fresh.second.account))
      in_force += token.revoked ? 0 : 1;
    if (in_force >= most_own_tokens)
      return Error{Errc::limit_exceeded,
                   "there are " + std::to_string(most_own_tokens) + " keys in force already"};
    IssuedToken issued = fresh.first;
    issued.id = unit.tokens().insert(fresh.second).value;
    return issued;
  });
}

Deferred<std::vector<TokenRow>> tokens_of(Context& context, AccountId account) {
  return context.store.read([account](db::Unit& unit) {
    std::vector<TokenRow> rows;
    for (const auto& token : unit.tokens().of_account(account)) rows.push_back(row_of(token));
    return rows;
  });
}

Deferred<bool> revoke_own_token(Context& context, SignedIn who, std::int64_t id) {
  const Instant now = context.clock.now();
  const db::Author author(actor_of(who).name, now);
  return context.store.write(author, [account = who.account, id, now](db::Unit& unit) -> Result<bool> {
    for (const auto& token : unit.tokens().of_account(account))
      if (token.id.value == id && unit.tokens().revoke(token.id, now)) return true;
    return no_such_token();
  });
}

Deferred<Actor> authenticate(Context& context, std::string token) {
  const Error unknown{Errc::unauthenticated, "the token is unknown or revoked"};
  if (!token.starts_with(token_prefix) || token.size() > 200) return Deferred<Actor>::ready(unknown);
  const Instant now = context.clock.now();
  auto look_up =
      context.store.read([hash = sha256_hex(token), unknown, now](db::Unit& unit) -> Result<Opened> {
        const auto found = unit.tokens().find_by_hash(hash);
        if (!found || found->revoked) return unknown;
        auto actor = actor_behind(unit, *found);
        if (!actor) return unknown;
        const bool touch = !found->last_used || *found->last_used + used_again_after <= now;
        return Opened{std::move(*actor), found->id, touch};
      });
  return Deferred<Actor>(
      [&context, look_up = std::move(look_up), now](Deferred<Actor>::Completion done) mutable {
        std::move(look_up).start([&context, now, done = std::move(done)](Result<Opened> opened) {
          if (!opened) return done(opened.error());
          // Behind the caller's back: a request does not wait for it, and is not refused when it fails.
          if (opened->touch)
            context.store.submit_write(
                db::Author("system", now),
                [id = opened->id, now](db::Unit& unit) {
                  unit.tokens().touch(id, now);
                  return true;
                },
                [](const std::exception_ptr&) {});
          done(std::move(opened->actor));
        });
      });
}

}  // namespace convoke::service
