#include "service/second_factor.hpp"

#include "base/id.hpp"
#include "base/signed_text.hpp"
#include "db/store.hpp"
#include "service/session_rows.hpp"
#include "service/sign_in_tries.hpp"
#include "service/totp.hpp"

#include <charconv>
#include <utility>

namespace convoke::service {
namespace {

constexpr std::string_view issuer = "Convoke";
constexpr std::string_view key_purpose = "second factor key 1";
constexpr std::size_t recovery_bytes = 10;  // 80 bits, 16 characters of base32
constexpr std::size_t longest_code = 64;    // bytes that are looked at

Error wrong_code() {
  return {Errc::invalid_input, "this code is not right, or was used before"};
}

Error no_factor() {
  return {Errc::not_found, "this account has no second factor"};
}

// As it is hashed: without spaces and dashes, in capitals.
std::string plain(std::string_view code) {
  std::string text;
  for (const char c : code.substr(0, longest_code))
    if (c != ' ' && c != '-') text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// "ABCD-EFGH-IJKL-MNOP"
std::string grouped(const std::string& code) {
  std::string text;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) text += '-';
    text += code[i];
  }
  return text;
}

std::vector<std::string> new_recovery_codes(db::Unit& unit, AccountId account) {
  std::vector<std::string> codes, hashes;
  for (int i = 0; i < recovery_code_count; ++i) {
    const std::string code = random_base32(recovery_bytes);
    hashes.push_back(sha256_hex(code));
    codes.push_back(grouped(code));
  }
  unit.recovery_codes().replace(account, hashes);
  return codes;
}

// Whether the code is the account's; it is used up then.
bool take_code(db::Unit& unit, Account& account, const std::string& code, Instant now) {
  if (account.totp.empty()) return false;
  if (const auto step = step_of_code(account.totp, code, now, account.totp_step)) {
    account.totp_step = *step;
    unit.accounts().update(account);
    return true;
  }
  return unit.recovery_codes().use(account.id, sha256_hex(plain(code)), now);
}

// Counts a try and forgets it when `work` finds the code right. Work: Result<T>(db::Unit&).
template<class T, class Work>
Deferred<T> counted(Context& context, std::vector<SignInTries::Counted> who, const std::string& author,
                    Work work) {
  const Instant now = context.clock.now();
  auto& tries = *context.sign_in_tries;
  if (const auto wait = tries.begin(who, now); wait.count() > 0)
    return Deferred<T>::ready(Error{Errc::limit_exceeded, std::to_string(wait.count())});
  return context.store.write(db::Author(author, now), std::move(work))
      .after_success([&tries, who = std::move(who), now] { tries.forget(who, now); });
}

std::string name_of(const SignedIn& who) {
  return actor_of(who).name;
}

std::string ticket_key(const Account& account) {
  return account.totp + account.password;
}

AccountId account_in(const std::string& ticket) {
  AccountId id;
  std::from_chars(ticket.data(), ticket.data() + ticket.size(), id.value);
  return id;
}

}  // namespace

std::string make_second_step(const Account& account, Instant now) {
  const auto number = std::to_string(account.id.value);
  const auto ends = std::to_string((now + second_step_lifetime).time_since_epoch().count());
  return number + "." + sign_text(ticket_key(account), second_step_purpose, number + "\n" + ends);
}

bool is_second_step_of(const Account& account, const std::string& ticket, Instant now) {
  if (account.totp.empty()) return false;
  const auto dot = ticket.find('.');
  if (dot == std::string::npos) return false;
  const auto text =
      verified_text(ticket_key(account), second_step_purpose, std::string_view(ticket).substr(dot + 1));
  if (!text) return false;
  const auto line = text->find('\n');
  if (line == std::string::npos || text->substr(0, line) != std::to_string(account.id.value)) return false;
  std::int64_t ends = 0;
  std::from_chars(text->data() + line + 1, text->data() + text->size(), ends);
  return now < Instant{std::chrono::seconds{ends}};
}

bool must_have_factor(const Settings& settings, AccountRole role) {
  return settings.require_totp && role == AccountRole::administrator;
}

Deferred<SecondFactor> second_factor_of(Context& context, SignedIn who) {
  return context.store.read([id = who.account](db::Unit& unit) {
    SecondFactor factor;
    const auto account = unit.accounts().find(id);
    factor.in_force = account && !account->totp.empty();
    factor.recovery_left = factor.in_force ? unit.recovery_codes().left(id) : 0;
    return factor;
  });
}

OfferedKey offer_key(const SignedIn& who) {
  OfferedKey offered;
  offered.key = new_totp_key();
  offered.sealed = sign_text(who.csrf, key_purpose, offered.key);
  offered.uri = totp_uri(offered.key, who.login, issuer);
  return offered;
}

Result<OfferedKey> offered_key(const SignedIn& who, const std::string& sealed) {
  auto key = verified_text(who.csrf, key_purpose, sealed);
  if (!key || !is_totp_key(*key)) return Error{Errc::invalid_input, "this key was not offered here"};
  OfferedKey offered;
  offered.uri = totp_uri(*key, who.login, issuer);
  offered.key = std::move(*key);
  offered.sealed = sealed;
  return offered;
}

Deferred<std::vector<std::string>> begin_second_factor(Context& context, SignedIn who, std::string sealed,
                                                       std::string code) {
  using Codes = std::vector<std::string>;
  if (who.role < AccountRole::organiser)
    return Deferred<Codes>::ready(
        Error{Errc::forbidden, "a second factor is for organisers and administrators"});
  const auto offered = offered_key(who, sealed);
  if (!offered) return Deferred<Codes>::ready(offered.error());
  const auto author = name_of(who);
  auto work = [who, key = offered->key, code = std::move(code),
               now = context.clock.now()](db::Unit& unit) -> Result<Codes> {
    auto account = unit.accounts().find(who.account);
    if (!account || account->closed) return no_factor();
    if (!account->totp.empty()) return Error{Errc::conflict, "there is a second factor already"};
    const auto step = step_of_code(key, code, now, 0);
    if (!step) return wrong_code();
    account->totp = key;
    account->totp_step = *step;
    unit.accounts().update(*account);
    for (const auto& session : unit.sessions().of_account(who.account))
      if (session.id != who.session) unit.sessions().remove(session.id);
    return new_recovery_codes(unit, who.account);
  };
  return counted<Codes>(context, counted_codes(who.account, {}), author, std::move(work));
}

Deferred<bool> end_second_factor(Context& context, SignedIn who, std::string code) {
  if (must_have_factor(context.settings, who.role))
    return Deferred<bool>::ready(Error{Errc::conflict, "this installation asks a second factor of you"});
  const auto author = name_of(who);
  auto work = [id = who.account, code = std::move(code),
               now = context.clock.now()](db::Unit& unit) -> Result<bool> {
    auto account = unit.accounts().find(id);
    if (!account || account->totp.empty()) return no_factor();
    if (!take_code(unit, *account, code, now)) return wrong_code();
    account->totp.clear();
    unit.accounts().update(*account);
    unit.recovery_codes().replace(id, {});
    return true;
  };
  return counted<bool>(context, counted_codes(who.account, {}), author, std::move(work));
}

Deferred<std::vector<std::string>> renew_recovery_codes(Context& context, SignedIn who, std::string code) {
  using Codes = std::vector<std::string>;
  const auto author = name_of(who);
  auto work = [id = who.account, code = std::move(code),
               now = context.clock.now()](db::Unit& unit) -> Result<Codes> {
    auto account = unit.accounts().find(id);
    if (!account || account->totp.empty()) return no_factor();
    if (!take_code(unit, *account, code, now)) return wrong_code();
    return new_recovery_codes(unit, id);
  };
  return counted<Codes>(context, counted_codes(who.account, {}), author, std::move(work));
}

Deferred<NewSession> take_second_step(Context& context, SecondStep step) {
  const AccountId id = account_in(step.ticket);
  const Error over{Errc::gone, "this took too long; sign in once more"};
  if (!id) return Deferred<NewSession>::ready(over);
  const Instant now = context.clock.now();
  auto known = context.store.read([id, ticket = step.ticket, now](db::Unit& unit) {
    const auto account = unit.accounts().find(id);
    return account && !account->closed && is_second_step_of(*account, ticket, now);
  });
  return Deferred<NewSession>([&context, known = std::move(known), id, over, now,
                               step = std::move(step)](Deferred<NewSession>::Completion done) mutable {
    std::move(known).start(
        [&context, id, over, now, step = std::move(step), done = std::move(done)](Result<bool> fits) {
          if (!fits) return done(fits.error());
          if (!*fits) return done(over);
          auto who = counted_codes(id, step.peer);
          auto work = [id, over, now, step](db::Unit& unit) -> Result<NewSession> {
            auto account = unit.accounts().find(id);
            if (!account || account->closed || !is_second_step_of(*account, step.ticket, now)) return over;
            if (!take_code(unit, *account, step.code, now))
              return Error{Errc::unauthenticated, "this code is not right, or was used before"};
            return insert_session(unit, *account, step.agent, now);
          };
          counted<NewSession>(context, std::move(who), "account:" + std::to_string(id.value), std::move(work))
              .start(done);
        });
  });
}

}  // namespace convoke::service
