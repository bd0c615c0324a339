// The event that tests of registration, papers and certificates are about.
#pragma once

#include "base/id.hpp"
#include "db/store.hpp"

#include <string>
#include <utility>

namespace convoke::service::testing {

// A conference in Kyiv on 24 September 2026, 10:00–16:00, of an association of its own; not stored yet.
inline Event conference_event(db::Unit& unit, std::string association) {
  Organisation organisation;
  organisation.name = std::move(association);
  Event one;
  one.uid = random_uuid();
  one.organisation = unit.organisations().insert(organisation);
  one.title = "Конференція «Книга в дорозі»";
  one.kind = EventKind::conference;
  one.status = EventStatus::dated;
  one.zone = "Europe/Kyiv";
  one.period = make_dated(make_date(2026, 9, 24), std::chrono::hours{10}, std::chrono::hours{16});
  return one;
}

}  // namespace convoke::service::testing
