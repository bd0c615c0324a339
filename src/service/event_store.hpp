// How an event is stored by every use case: SEQUENCE and LAST-MODIFIED rise when readers see a difference,
// people are found behind names, and the reminders follow, all in the caller's transaction.
#pragma once

#include "db/unit.hpp"
#include "model/event.hpp"
#include "notify/planner.hpp"
#include "service/context.hpp"

#include <string>
#include <vector>

namespace convoke::service {

// What every storing function works with: the caller's transaction, what reminders are planned with, the
// moment.
struct Writing {
  db::Unit& unit;
  notify::Planning rules;
  Instant now;
};

// What reminders are planned with in this installation; the rule sets themselves are read from the unit.
notify::Planning rules_of(const Settings& settings);

struct StoredEvent {
  Event event;
  bool changed = false;
  int reminders_planned = 0;
  int reminders_missed = 0;
};

// Gives the event its id, its uid (unless it has one) and SEQUENCE 0.
StoredEvent insert_event(const Writing& writing, Event event);
// Stores `event` if readers see it differ from `before`: SEQUENCE + 1, modified later than it was (feeds.md
// rules 26, 27), and those responsible are told of its day, its end, or that it is theirs no more
// (notify/announcements.hpp); the talks of its programme follow. What readers do not see (as_read, position, who stands behind a name) is stored
// without that.
StoredEvent update_event(const Writing& writing, const Event& before, Event event);

// Invites those responsible for an event that a person has just entered. What a document or a calendar file
// brings is not announced one by one: the reminders of each event do that in time.
void announce_new(const Writing& writing, const Event& event);

// Stores who stands behind the names of `event`; readers see nothing new, so SEQUENCE stays.
void relink_event(const Writing& writing, const Event& event);

// The reminders follow what is known of the event by now: an answer, say.
void replan_event(const Writing& writing, const Event& event);

// Who a name may stand for in an organisation. Its own people come before those of no organisation; people of
// another one are never meant, for their mail would go to strangers.
struct NamedPeople {
  std::vector<Person> here;       // more than one: namesakes
  std::vector<Person> elsewhere;  // of other organisations
};
NamedPeople find_named(db::Unit& unit, const std::string& name, OrganisationId organisation);

// Finds the person behind each named responsible (find_named), and enters those nobody knows yet, without an
// address. Namesakes that share initials are left open; a line about each is appended to `warnings`.
void link_people(db::Unit& unit, Event& event, Language language, std::vector<std::string>& warnings);

}  // namespace convoke::service
