// Keeps a feed that the services made, beside what the database says at that moment: see feed_witness.hpp.
#pragma once

#include "calendar/ical_entry.hpp"
#include "db/store.hpp"
#include "service/feeds.hpp"
#include "tests/support/feed_witness.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace convoke::testing {

// What `request` asks for must be in `body` and nothing else: events of the database, not of the snapshot.
inline void witness_served(service::Context& context, const service::FeedRequest& request,
                           std::string_view body) {
  auto events = context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  const Instant now = context.clock.now();
  calendar::FeedView how;
  how.periods = request.query.periods;
  how.alarms = request.query.alarms;
  how.base_url = context.settings.base_url;
  // A calendar of to-dos holds nothing else (feeds.md rule 41).
  const bool only_todos = how.periods == calendar::VaguePeriods::todo;
  std::erase_if(events, [&](const Event& event) {
    const bool left =
        event.status == EventStatus::cancelled && event.modified + service::cancelled_shown_for <= now;
    const bool chosen =
        !request.only || std::binary_search(request.only->begin(), request.only->end(), event.id);
    const bool a_todo = calendar::entry_of(event, how).component == calendar::Entry::Component::todo;
    return left || !chosen || (only_todos && !a_todo) || !calendar::matches(request.query, event);
  });
  witness_feed(body, events, how);
}

// The same of a reply to `target`, whatever it chose: nothing in it may be otherwise than in the database.
// Addresses that are no calendar's are let be.
inline void witness_reply(service::Context& context, std::string_view target, std::string_view body) {
  if (!body.starts_with("BEGIN:VCALENDAR") || !target.starts_with("/feeds/")) return;
  const auto events = context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  calendar::FeedView how;
  for (const auto periods :
       {calendar::VaguePeriods::span, calendar::VaguePeriods::todo, calendar::VaguePeriods::hide})
    if (target.find("periods=" + std::string(name_of(periods))) != std::string_view::npos)
      how.periods = periods;
  how.base_url = context.settings.base_url;
  witness_feed(body, events, how, Witness::some);
}

}  // namespace convoke::testing
