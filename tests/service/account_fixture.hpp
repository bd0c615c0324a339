// A service fixture in which people sign in: hashing costs next to nothing, and the clock is moved by hand.
#pragma once

#include "service/accounts.hpp"
#include "service/passwords.hpp"
#include "tests/service/stored.hpp"

#include <optional>
#include <string>

namespace convoke::service::testing {

inline const std::string good_password = "вербове листя шумить 7";
inline const std::string other_good_password = "three quiet lamps burn";

struct AccountFixture : Fixture {
  AccountFixture() { context.settings.password_cost = cheap_password_cost; }

  AccountId add(const std::string& login, AccountRole role = AccountRole::member,
                const std::string& password = good_password) {
    NewAccount wanted;
    wanted.login = login;
    wanted.name = "Hanna";
    wanted.password = password;
    wanted.role = role;
    return add(std::move(wanted));
  }
  AccountId add(NewAccount wanted) {
    const auto id = add_account(context, editor, std::move(wanted)).wait();
    if (!id) FAIL(id.error().message);
    return *id;
  }

  Result<NewSession> try_sign_in(const std::string& login, const std::string& password = good_password,
                                 const std::string& peer = "", const std::string& device = "") {
    SignIn entered;
    entered.login = login;
    entered.password = password;
    entered.agent = "Firefox";
    entered.peer = peer;
    entered.device = device;
    return service::sign_in(context, entered).wait();
  }
  NewSession signs_in(const std::string& login, const std::string& password = good_password) {
    const auto session = try_sign_in(login, password);
    if (!session) FAIL(session.error().message);
    return *session;
  }
  Errc refusal(const std::string& login, const std::string& password = "not the password at all",
               const std::string& peer = "", const std::string& device = "") {
    const auto session = try_sign_in(login, password, peer, device);
    REQUIRE_FALSE(session);
    return session.error().code;
  }
  bool opens(const std::string& cookie) { return session_of(context, cookie).wait().has_value(); }

  void later(std::chrono::seconds by) { clock.set(clock.now() + by); }
  // What was submitted to be written before has been written.
  void let_writes_end() {
    context.store.write(db::Author("test", clock.now()), [](db::Unit&) { return 0; }).wait().value();
  }
};

}  // namespace convoke::service::testing
