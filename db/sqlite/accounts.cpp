#include "db/sqlite/repositories.hpp"

namespace convoke::db::sqlite {
namespace {

#define ACCOUNT_COLUMNS                                                                \
  "id, login, name, person, organisation, role, password, language, created, closed, " \
  "may_approve, totp, totp_step"

Account read_account(const Query& row) {
  Account account;
  account.id = row.id<AccountId>(0);
  account.login = row.text(1);
  account.name = row.text(2);
  account.person = row.id<PersonId>(3);
  account.organisation = row.id<OrganisationId>(4);
  account.role = known(account_role_of(row.text(5)), "role");
  account.password = row.text(6);
  account.language = known(language_of(row.text(7)), "language");
  account.created = row.instant(8);
  account.closed = row.maybe_instant(9);
  account.may_approve = row.integer(10) != 0;
  account.totp = row.text(11);
  account.totp_step = row.integer(12);
  return account;
}

}  // namespace

AccountId SqliteAccounts::insert(const Account& account) {
  Query row = connection_.query(
      "INSERT INTO account (login, name, person, organisation, role, password, language, created, closed,"
      " may_approve, totp, totp_step)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING id");
  row.bind(account.login, account.name, account.person, account.organisation, name_of(account.role),
           account.password, tag_of(account.language), account.created, account.closed, account.may_approve,
           account.totp, account.totp_step);
  row.step();
  const auto id = row.id<AccountId>(0);
  row.run();
  changes_.append("account", id.value, "insert");
  return id;
}

void SqliteAccounts::update(const Account& account) {
  const int changed =
      connection_
          .query(
              "UPDATE account SET login = ?2, name = ?3, person = ?4, organisation = ?5,"
              " role = ?6, password = ?7, language = ?8, closed = ?9, may_approve = ?10, totp = ?11,"
              " totp_step = ?12 WHERE id = ?1")
          .bind(account.id, account.login, account.name, account.person, account.organisation,
                name_of(account.role), account.password, tag_of(account.language), account.closed,
                account.may_approve, account.totp, account.totp_step)
          .run();
  if (changed == 0) throw_unknown("account");
  changes_.append("account", account.id.value, "update");
}

std::optional<Account> SqliteAccounts::find(AccountId id) {
  Query row = connection_.query("SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

std::optional<Account> SqliteAccounts::find_by_login(const std::string& login) {
  Query row = connection_.query("SELECT " ACCOUNT_COLUMNS " FROM account WHERE login = ?1");
  row.bind(login);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

std::vector<Account> SqliteAccounts::list() {
  Query rows = connection_.query("SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY id");
  std::vector<Account> accounts;
  while (rows.step()) accounts.push_back(read_account(rows));
  return accounts;
}

bool SqliteAccounts::has_administrator() {
  return connection_.integer(
             "SELECT EXISTS (SELECT 1 FROM account WHERE role = 'administrator' AND closed IS NULL)") != 0;
}

}  // namespace convoke::db::sqlite
