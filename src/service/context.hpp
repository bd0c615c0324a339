// What every use case is given: the store, the clock, and the settings of this installation.
#pragma once

#include "base/clock.hpp"
#include "base/deferred.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace convoke {
class OutsideExceptions;
}
namespace convoke::calendar {
class DaysOff;
}
namespace convoke::db {
class Store;
}

namespace convoke::service {

// What finding out one password costs whoever tries: Argon2id, one lane (threats section 5).
struct PasswordCost {
  unsigned passes = 3;
  std::size_t memory = 64u << 20;  // bytes

  bool operator==(const PasswordCost&) const = default;
};
inline constexpr PasswordCost default_password_cost{};
// No program may hash for less than this.
inline constexpr PasswordCost least_password_cost{2, 19u << 20};
// For tests alone: what it hashes is found out in no time.
inline constexpr PasswordCost cheap_password_cost{1, 8u << 10};

class SignInTries;        // sign_in_tries.hpp
class CalendarAddresses;  // calendar_addresses.hpp
std::shared_ptr<SignInTries> make_sign_in_tries();
std::shared_ptr<CalendarAddresses> make_calendar_addresses();

struct Settings {
  std::string base_url = "http://127.0.0.1:8080";  // without a final slash; what links begin with
  std::string default_zone = "Europe/Kyiv";        // of plans that name no other
  std::string mail_domain = "convoke.invalid";     // what Message-IDs end in; that of the sender's address
  PasswordCost password_cost{};
  // An item is done when the one who leads says so. Otherwise when anybody responsible does.
  bool lead_closes = false;
  // Administrators have a second factor or do nothing but set one up.
  bool require_totp = false;
  // The holidays that reminders keep clear of; null: those the program ships with.
  std::shared_ptr<const calendar::DaysOff> days_off = {};
  // Addresses inside that webhooks may be posted to all the same; null: none.
  std::shared_ptr<const OutsideExceptions> hooks_allow = {};
};

struct Context {
  db::Store& store;
  const Clock& clock;
  Settings settings;
  std::function<void()> reminders_queued = [] {};  // tells the dispatcher that something may be due
  // Runs long work that is not the database's, such as reading a document; false when too much waits already.
  // Here: at once, on the calling thread.
  std::function<bool(std::function<void()>)> run_long_work = [](const std::function<void()>& work) {
    work();
    return true;
  };
  // Runs the hashing of a password, on threads of its own (threats B8); false when too many wait already.
  std::function<bool(std::function<void()>)> run_password_work = [](const std::function<void()>& work) {
    work();
    return true;
  };
  std::shared_ptr<SignInTries> sign_in_tries = make_sign_in_tries();                  // who tried how often
  std::shared_ptr<CalendarAddresses> calendar_addresses = make_calendar_addresses();  // those read of late
};

// Who asks. Anonymous readers see what is published; a token's scope says the rest.
enum class Role { anonymous, reader, editor };

struct Actor {
  std::string name = "anonymous";  // for the change log: "cli", "token:3"
  Role role = Role::anonymous;
  // The association that bounds what a person or a person's own key changes, and what lies below it, by id.
  // 0: all.
  OrganisationId organisation = {};
  std::vector<OrganisationId> reach = {};

  Actor() = default;
  Actor(std::string n, Role r) : name(std::move(n)), role(r) {}
};

// Whether the actor may touch a thing of `organisation`: of none, of its own or of one below it.
inline bool keeps(const Actor& actor, OrganisationId organisation) {
  return !actor.organisation || !organisation ||
         std::binary_search(actor.reach.begin(), actor.reach.end(), organisation);
}

// The operation that `begin()` returns, begun where long work runs. Errors: its own; storage_unavailable when
// too much waits.
template<class T, class Begin>
Deferred<T> begun_elsewhere(Context& context, Begin begin) {
  return Deferred<T>([&context, begin = std::move(begin)](typename Deferred<T>::Completion done) {
    const bool taken = context.run_long_work([begin, done] { begin().start(done); });
    if (!taken)
      done(Error(Errc::storage_unavailable, "many documents are being read just now; try again in a moment"));
  });
}

}  // namespace convoke::service
