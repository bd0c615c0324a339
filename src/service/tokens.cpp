#include "service/tokens.hpp"

#include "db/store.hpp"

namespace convoke::service {
namespace {

// "cvk_" marks a leaked key for what it is.
constexpr std::string_view token_prefix = "cvk_";

db::Author system_author(const Context& context) {
  return db::Author("system", context.clock.now());
}

}  // namespace

Deferred<IssuedToken> add_token(Context& context, std::string name, std::string scope) {
  if (scope != "read" && scope != "write")
    return Deferred<IssuedToken>::ready(Error{Errc::invalid_input, "the scope of a token is read or write"});
  if (name.empty() || name.size() > 100)
    return Deferred<IssuedToken>::ready(Error{Errc::invalid_input, "a token needs a name of 1 to 100 bytes"});
  IssuedToken issued;
  issued.token = std::string(token_prefix) + random_token();
  db::ApiToken row;
  row.name = std::move(name);
  row.scope = std::move(scope);
  row.hash = sha256_hex(issued.token);
  row.created = context.clock.now();
  return context.store.write(system_author(context), [issued, row](db::Unit& unit) mutable {
    issued.id = unit.tokens().insert(row).value;
    return issued;
  });
}

Deferred<std::vector<TokenRow>> list_tokens(Context& context) {
  return context.store.read([](db::Unit& unit) {
    std::vector<TokenRow> rows;
    for (const auto& token : unit.tokens().list())
      rows.push_back(
          {token.id.value, token.name, token.scope, token.created, token.last_used, token.revoked});
    return rows;
  });
}

Deferred<bool> revoke_token(Context& context, std::int64_t id) {
  const Instant now = context.clock.now();
  return context.store.write(system_author(context), [id, now](db::Unit& unit) -> Result<bool> {
    if (!unit.tokens().revoke(TokenId{id}, now))
      return Error{Errc::not_found, "there is no such token in force"};
    return true;
  });
}

Deferred<Actor> authenticate(Context& context, std::string token) {
  const Error unknown{Errc::unauthenticated, "the token is unknown or revoked"};
  if (!token.starts_with(token_prefix) || token.size() > 200) return Deferred<Actor>::ready(unknown);
  return context.store.read([hash = sha256_hex(token), unknown](db::Unit& unit) -> Result<Actor> {
    const auto found = unit.tokens().find_by_hash(hash);
    if (!found || found->revoked) return unknown;
    return Actor("token:" + std::to_string(found->id.value),
                 found->scope == "write" ? Role::editor : Role::reader);
  });
}

}  // namespace convoke::service
