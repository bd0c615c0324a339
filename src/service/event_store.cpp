#include "service/event_store.hpp"

#include "notify/queue.hpp"
#include "notify/rules.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

StoredEvent with_reminders(db::Unit& unit, Event event, Instant now) {
  const auto queued = notify::replan(unit, event, notify::default_rules(), now);
  StoredEvent stored;
  stored.event = std::move(event);
  stored.changed = true;
  stored.reminders_planned = queued.planned;
  stored.reminders_missed = queued.missed;
  return stored;
}

}  // namespace

StoredEvent insert_event(db::Unit& unit, Event event, Instant now) {
  if (event.uid.empty()) event.uid = random_uuid();
  event.created = event.modified = now;
  event.id = unit.events().insert(event);
  return with_reminders(unit, std::move(event), now);
}

StoredEvent update_event(db::Unit& unit, const Event& before, Event event, Instant now) {
  event.id = before.id;
  event.uid = before.uid;
  event.created = before.created;
  if (same_to_readers(before, event)) {
    StoredEvent stored;
    stored.event = before;
    return stored;
  }
  event.sequence = std::max(before.sequence, event.sequence) + 1;
  event.modified = std::max(now, before.modified + std::chrono::seconds{1});
  unit.events().update(event);
  return with_reminders(unit, std::move(event), now);
}

void relink_event(db::Unit& unit, const Event& event, Instant now) {
  unit.events().update(event);
  notify::replan(unit, event, notify::default_rules(), now);
}

void link_people(db::Unit& unit, Event& event, Language language, std::vector<std::string>& warnings) {
  for (auto& responsible : event.responsible) {
    if (responsible.name.empty() || responsible.person) continue;
    const auto known = unit.people().find_by_name(responsible.name);
    if (known.size() > 1) {
      warnings.push_back("person: more than one person is called " + responsible.name + "; choose one");
      continue;
    }
    if (known.size() == 1) {
      responsible.person = known.front().id;
      continue;
    }
    Person person;
    person.name = responsible.name;
    person.post = responsible.post;
    person.organisation = event.organisation;
    person.language = language;
    responsible.person = unit.people().insert(person);
  }
}

}  // namespace convoke::service
