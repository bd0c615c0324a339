#include "service/sign_in_links.hpp"

#include "base/id.hpp"
#include "db/store.hpp"
#include "notify/account_links.hpp"
#include "notify/recipients.hpp"
#include "service/account_links.hpp"
#include "service/password_work.hpp"
#include "service/session_rows.hpp"
#include "service/sign_in_tries.hpp"

#include <utility>

namespace convoke::service {
namespace {

// What is stored for an address that nobody has here, so that asking costs the same.
constexpr std::string_view nobody_purpose = "nobody";
// Links are kept so long behind their end, for "it was used" to be told from "it is none of ours".
constexpr std::chrono::hours links_kept{30 * 24};

bool may_have_one(db::Unit& unit, const std::optional<Account>& account, Instant now) {
  if (!account || account->closed || account->password.empty()) return false;
  db::ReminderSelection selection;
  selection.recipient = notify::account_key(account->id);
  selection.due_from = now - std::chrono::hours{1};
  int lately = 0;
  for (const auto& row : unit.reminders().list(selection))
    lately += row.reason == ReminderReason::sign_in ? 1 : 0;
  return lately < most_sign_in_links_an_hour;
}

void pretend(db::Unit& unit, Instant now) {
  OneTimeLink link;
  link.hash = sha256_hex(random_token());
  link.purpose = nobody_purpose;
  link.created = now;
  link.expires = now;
  unit.one_time_links().insert(link);
}

Result<NewSession> use_link(db::Unit& unit, const SignInLinkUse& use, const std::string& hash, Instant now) {
  auto account = account_behind(unit, use.token, notify::sign_in_purpose, now);
  if (!account) return account.error();
  unit.one_time_links().use(sha256_hex(use.token), now);
  if (!hash.empty()) {
    account->password = hash;
    unit.accounts().update(*account);
    unit.sessions().remove_of_account(account->id);
  }
  return enter(unit, *account, use.agent, now);
}

}  // namespace

Deferred<bool> request_sign_in_link(Context& context, LinkRequest wanted) {
  const Instant now = context.clock.now();
  const auto wait = context.sign_in_tries->begin(counted_mails(wanted.peer), now);
  if (wait.count() > 0)
    return Deferred<bool>::ready(Error{Errc::limit_exceeded, std::to_string(wait.count())});
  const auto work = [login = login_key(wanted.login), now,
                     domain = context.settings.mail_domain](db::Unit& unit) {
    unit.one_time_links().remove_expired(now - links_kept);
    const auto account = unit.accounts().find_by_login(login);
    if (may_have_one(unit, account, now))
      notify::queue_account_mail(unit, *account, notify::sign_in_purpose, {}, domain, now);
    else
      pretend(unit, now);
    return true;
  };
  return context.store.write(db::Author("system", now), work).after_success([&context] {
    context.reminders_queued();
  });
}

Deferred<SignInLinkView> view_sign_in_link(Context& context, std::string token) {
  return context.store.read(
      [token = std::move(token), now = context.clock.now()](db::Unit& unit) -> Result<SignInLinkView> {
        const auto account = account_behind(unit, token, notify::sign_in_purpose, now);
        if (!account) return account.error();
        SignInLinkView view;
        view.login = account->login;
        view.name = account->name;
        view.language = account->language;
        return view;
      });
}

Deferred<NewSession> take_sign_in_link(Context& context, SignInLinkUse use) {
  const Instant now = context.clock.now();
  if (!use.password) {
    return context.store.write(db::Author("sign_in_link", now), [use = std::move(use), now](db::Unit& unit) {
      return use_link(unit, use, {}, now);
    });
  }
  auto check = view_sign_in_link(context, use.token);
  return Deferred<NewSession>([&context, check = std::move(check), use = std::move(use),
                               now](Deferred<NewSession>::Completion done) mutable {
    std::move(check).start(
        [&context, use = std::move(use), now, done = std::move(done)](Result<SignInLinkView> view) {
          if (!view) return done(view.error());
          const auto good = check_password(*use.password, view->login, view->name);
          if (!good) return done(good.error());
          with_hash<NewSession>(context, *use.password, [&context, use, now](std::string hash) {
            return context.store.write(db::Author("sign_in_link", now), [use, hash, now](db::Unit& unit) {
              return use_link(unit, use, hash, now);
            });
          }).start(done);
        });
  });
}

}  // namespace convoke::service
