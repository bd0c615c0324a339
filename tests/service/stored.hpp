// What tests look up in a fixture's store, and small corrections of texts.
#pragma once

#include "db/store.hpp"
#include "tests/service/fixture.hpp"

#include <algorithm>

namespace convoke::service::testing {

inline std::vector<Event> all_events(Fixture& fixture) {
  return fixture.context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
}

inline std::vector<Person> all_people(Fixture& fixture) {
  return fixture.context.store.read([](db::Unit& unit) { return unit.people().list(); }).wait().value();
}

inline std::vector<Organisation> all_organisations(Fixture& fixture) {
  return fixture.context.store.read([](db::Unit& unit) { return unit.organisations().list(); })
      .wait()
      .value();
}

inline Event event_called(Fixture& fixture, const std::string& title) {
  for (const auto& event : all_events(fixture))
    if (event.title == title) return event;
  FAIL("no event is called " + title);
  return {};
}

inline std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), instead);
}

inline bool has_warning(const std::vector<std::string>& warnings, const std::string& part) {
  return std::any_of(warnings.begin(), warnings.end(),
                     [&](const auto& warning) { return warning.find(part) != std::string::npos; });
}

}  // namespace convoke::service::testing
