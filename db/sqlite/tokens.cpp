#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define TOKEN_COLUMNS "id, name, hash, scope, created, last_used, revoked, account"

ApiToken read_token(const Query& row) {
  ApiToken token;
  token.id = row.id<TokenId>(0);
  token.name = row.text(1);
  token.hash = row.text(2);
  token.scope = row.text(3);
  token.created = row.instant(4);
  token.last_used = row.maybe_instant(5);
  token.revoked = row.maybe_instant(6);
  token.account = row.id<AccountId>(7);
  return token;
}

}  // namespace

TokenId SqliteTokens::insert(const ApiToken& token) {
  Query row = connection_.query(
      "INSERT INTO api_token (name, hash, scope, created, last_used, revoked, account)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id");
  row.bind(token.name, token.hash, token.scope, token.created, token.last_used, token.revoked, token.account);
  row.step();
  const auto id = row.id<TokenId>(0);
  row.run();
  changes_.append("token", id.value, "insert");
  return id;
}

std::optional<ApiToken> SqliteTokens::find_by_hash(const std::string& hash) {
  Query row = connection_.query("SELECT " TOKEN_COLUMNS " FROM api_token WHERE hash = ?1");
  row.bind(hash);
  if (!row.step()) return std::nullopt;
  return read_token(row);
}

std::vector<ApiToken> SqliteTokens::list() {
  Query rows = connection_.query("SELECT " TOKEN_COLUMNS " FROM api_token ORDER BY id");
  std::vector<ApiToken> tokens;
  while (rows.step()) tokens.push_back(read_token(rows));
  return tokens;
}

std::vector<ApiToken> SqliteTokens::of_account(AccountId account) {
  Query rows =
      connection_.query("SELECT " TOKEN_COLUMNS " FROM api_token WHERE account = ?1 ORDER BY id DESC");
  rows.bind(account);
  std::vector<ApiToken> tokens;
  while (rows.step()) tokens.push_back(read_token(rows));
  return tokens;
}

int SqliteTokens::revoke_of_account(AccountId account, Instant at) {
  int revoked = 0;
  for (const auto& token : of_account(account))
    if (!token.revoked && revoke(token.id, at)) ++revoked;
  return revoked;
}

void SqliteTokens::touch(TokenId id, Instant used) {
  connection_.query("UPDATE api_token SET last_used = ?2 WHERE id = ?1").bind(id, used).run();
}

bool SqliteTokens::revoke(TokenId id, Instant at) {
  const int changed = connection_.query("UPDATE api_token SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")
                          .bind(id, at)
                          .run();
  if (changed > 0) changes_.append("token", id.value, "update");
  return changed > 0;
}

}  // namespace convoke::db::sqlite
