// What every use case is given: the store, the clock, and the settings of this installation.
#pragma once

#include "base/clock.hpp"
#include "model/language.hpp"

#include <functional>
#include <string>

namespace convoke::db {
class Store;
}

namespace convoke::service {

struct Settings {
  std::string base_url = "http://127.0.0.1:8080";  // without a final slash; what links begin with
  std::string default_zone = "Europe/Kyiv";        // of plans that name no other
};

struct Context {
  db::Store& store;
  const Clock& clock;
  Settings settings;
  std::function<void()> reminders_queued = [] {};  // tells the dispatcher that something may be due
};

// Who asks. Anonymous readers see what is published; a token's scope says the rest.
enum class Role { anonymous, reader, editor };

struct Actor {
  std::string name = "anonymous";  // for the change log: "cli", "token:3"
  Role role = Role::anonymous;

  Actor() = default;
  Actor(std::string n, Role r) : name(std::move(n)), role(r) {}
};

}  // namespace convoke::service
