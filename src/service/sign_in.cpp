// Signing in and what follows from it: sessions, and the browsers that are known.
#include "base/id.hpp"
#include "db/store.hpp"
#include "service/accounts.hpp"
#include "service/password_work.hpp"
#include "service/second_factor.hpp"
#include "service/session_rows.hpp"
#include "service/sign_in_tries.hpp"

#include <memory>
#include <utility>

namespace convoke::service {
namespace {

const Error& not_you() {
  static const Error error{Errc::unauthenticated, "the address or the password is wrong"};
  return error;
}

// What is known of one try while it goes on.
struct Try {
  SignIn entered;
  Instant begun{};
  std::vector<SignInTries::Counted> counted;
  Account account;  // an empty one when there is none that may sign in
};

// What the password says, found out away from everybody else's work.
struct Verdict {
  bool fits = false;
  std::string better_hash;  // when the stored one was made at another cost
};

Verdict judge(const Try& attempt, const PasswordCost& cost) {
  Verdict verdict;
  verdict.fits = fits_password(attempt.entered.password, attempt.account.password, cost);
  if (verdict.fits && needs_rehash(attempt.account.password, cost))
    verdict.better_hash = hash_password(attempt.entered.password, cost);
  return verdict;
}

Deferred<NewSession> begin_session(Context& context, const Try& attempt, Verdict verdict) {
  const auto author = db::Author("account:" + std::to_string(attempt.account.id.value), attempt.begun);
  return context.store.write(
      author,
      [id = attempt.account.id, looked_at = attempt.account.password, better = std::move(verdict.better_hash),
       agent = attempt.entered.agent, shown = attempt.entered.shown_factor,
       now = attempt.begun](db::Unit& unit) -> Result<NewSession> {
        auto account = unit.accounts().find(id);
        if (!account || account->closed || account->password != looked_at) return not_you();
        if (!better.empty()) {
          account->password = better;
          unit.accounts().update(*account);
        }
        return shown ? insert_session(unit, *account, agent, now) : enter(unit, *account, agent, now);
      });
}

void go_on(Context& context, const std::shared_ptr<Try>& attempt, Deferred<NewSession>::Completion done) {
  auto& tries = *context.sign_in_tries;
  if (const auto wait = tries.begin(attempt->counted, attempt->begun); wait.count() > 0)
    return done(Error{Errc::limit_exceeded, std::to_string(wait.count())});
  if (attempt->entered.password.size() > longest_password) return done(not_you());  // whoever it is
  const auto give_back = [&tries, attempt] { tries.forget(attempt->counted, attempt->begun); };
  password_work<Verdict>(context, [attempt, cost = context.settings.password_cost] {
    return judge(*attempt, cost);
  }).start([&context, attempt, give_back, done = std::move(done)](Result<Verdict> verdict) {
    if (!verdict || verdict->fits) give_back();
    if (!verdict) return done(verdict.error());
    if (!verdict->fits) return done(not_you());
    begin_session(context, *attempt, std::move(*verdict)).start(done);
  });
}

// Whether the cookie of `session` still opens anything.
bool in_force(const Session& session, const Account& account, Instant now) {
  const bool administrator = account.role == AccountRole::administrator;
  const std::chrono::seconds idle = administrator ? administrator_idle : session_idle;
  const std::chrono::seconds lifetime = administrator ? administrator_lifetime : session_lifetime;
  return !account.closed && now < session.last_seen + idle && now < session.created + lifetime;
}

struct Seen {
  SignedIn who;
  bool renew = false;
};

}  // namespace

Deferred<NewSession> sign_in(Context& context, SignIn entered) {
  return Deferred<NewSession>([&context,
                               entered = std::move(entered)](Deferred<NewSession>::Completion done) mutable {
    auto attempt = std::make_shared<Try>();
    attempt->begun = context.clock.now();
    const std::string login = login_key(entered.login);
    attempt->entered = std::move(entered);
    context.store.read([login](db::Unit& unit) { return unit.accounts().find_by_login(login); })
        .start([&context, attempt, login, done = std::move(done)](Result<std::optional<Account>> found) {
          if (!found) return done(found.error());
          if (*found && !(*found)->closed) attempt->account = std::move(**found);
          const bool known = is_device_of(attempt->account, attempt->entered.device);
          attempt->counted = counted_for(login, attempt->entered.peer, known ? attempt->entered.device : "");
          go_on(context, attempt, done);
        });
  });
}

Deferred<SignedIn> session_of(Context& context, std::string cookie) {
  const Error nobody{Errc::unauthenticated, "sign in first"};
  if (cookie.size() != cookie_length) return Deferred<SignedIn>::ready(nobody);
  return Deferred<SignedIn>(
      [&context, cookie = std::move(cookie), nobody](Deferred<SignedIn>::Completion done) {
        const Instant now = context.clock.now();
        context.store
            .read([cookie, nobody, now, &settings = context.settings](db::Unit& unit) -> Result<Seen> {
              const auto session = unit.sessions().find_by_hash(sha256_hex(cookie));
              if (!session) return nobody;
              const auto account = unit.accounts().find(session->account);
              if (!account || !in_force(*session, *account, now)) return nobody;
              Seen seen{signed_in(unit, *account, session->id, cookie),
                        session->last_seen + seen_again_after <= now};
              seen.who.needs_factor = must_have_factor(settings, account->role) && account->totp.empty();
              return seen;
            })
            .start([&context, now, done = std::move(done)](Result<Seen> seen) {
              if (!seen) return done(seen.error());
              // Behind the reader's back: a page does not wait for it, and is not refused when it fails.
              if (seen->renew)
                context.store.submit_write(
                    db::Author("system", now),
                    [id = seen->who.session, now](db::Unit& unit) {
                      unit.sessions().touch(id, now);
                      return true;
                    },
                    [](const std::exception_ptr&) {});
              done(std::move(seen->who));
            });
      });
}

Deferred<bool> sign_out(Context& context, SessionId session) {
  return context.store.write(db::Author("system", context.clock.now()),
                             [session](db::Unit& unit) { return unit.sessions().remove(session); });
}

Deferred<std::vector<Session>> sessions_of(Context& context, AccountId account) {
  return context.store.read([account, now = context.clock.now()](db::Unit& unit) {
    std::vector<Session> sessions;
    const auto owner = unit.accounts().find(account);
    if (!owner) return sessions;
    for (auto& session : unit.sessions().of_account(account))
      if (in_force(session, *owner, now)) sessions.push_back(std::move(session));
    return sessions;
  });
}

Deferred<bool> end_session(Context& context, AccountId account, SessionId session) {
  return context.store.write(db::Author("system", context.clock.now()),
                             [account, session](db::Unit& unit) -> Result<bool> {
                               for (const auto& one : unit.sessions().of_account(account))
                                 if (one.id == session) return unit.sessions().remove(session);
                               return Error{Errc::not_found, "there is no such session"};
                             });
}

}  // namespace convoke::service
