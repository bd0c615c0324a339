// What people are told of an event besides its row of a plan: place, agenda, documents and the like, written
// on one page as they are typed. A change goes the way of every other (events.hpp): SEQUENCE, reminders,
// feeds.
#pragma once

#include "base/deferred.hpp"
#include "service/context.hpp"
#include "service/events.hpp"
#include "service/plan_edits.hpp"

#include <optional>
#include <string>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

// As typed: points, audiences and documents in lines.
struct EventDetails {
  std::string title, place, online_url, agenda, description, audience, contact, image_url;
  std::string files;           // "https://… Positions of the conference", an address and what it is called
  std::string time, end_time;  // of an event that has one day: "10:00"
  std::optional<EventKind> kind;
  std::optional<Level> level;

  EventDetails() = default;
  bool operator==(const EventDetails&) const = default;
};

EventDetails details_of(const Event& event);
// A short fingerprint of them: a form carries it, so that who was slower is told.
std::string details_stamp(const Event& event);
// Title and kind are cells of the plan, where there is one; a time is of one day.
bool has_own_title(const Event& event);
bool has_own_time(const Event& event);

struct DetailsSaved {
  Event event;             // as it stands now
  std::string field;       // which one cannot be used; empty: none
  bool overtaken = false;  // somebody changed them in between: nothing was stored

  DetailsSaved() = default;
};

// Nobody but editors writes here. Errors: forbidden.
std::optional<Error> detail_refusal(const Editor& editor);
// Errors: not_found (also another association's, a neighbour's, and a talk, which is written in its
// programme).
Result<Event> event_to_detail(db::Unit& unit, const Editor& editor, EventId event);
// Errors: those of both; storage_unavailable.
Deferred<Event> event_to_detail(Context& context, Editor editor, EventId event);
// `expected`: the details_stamp() of what was looked at. What is empty is taken away. Errors: the same.
Deferred<DetailsSaved> save_details(Context& context, Editor editor, EventId event, EventDetails typed,
                                    std::string expected);

}  // namespace convoke::service
