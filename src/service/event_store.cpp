#include "service/event_store.hpp"

#include "notify/announcements.hpp"
#include "notify/hooks.hpp"
#include "notify/queue.hpp"
#include "service/programme_store.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

void announce(const Writing& writing, const Event* before, const Event& event) {
  notify::announce(writing.unit, before, event, writing.rules.message_domain, writing.now);
  notify::tell_hooks_of_change(writing.unit, before, event, writing.rules.message_domain, writing.now);
}

StoredEvent with_reminders(const Writing& writing, Event event) {
  const auto queued = notify::replan(writing.unit, event, writing.now, writing.rules);
  StoredEvent stored;
  stored.event = std::move(event);
  stored.changed = true;
  stored.reminders_planned = queued.planned;
  stored.reminders_missed = queued.missed;
  return stored;
}

// Stores what readers do not see, if any of it changed.
StoredEvent update_unseen(const Writing& writing, const Event& before, Event event) {
  event.sequence = before.sequence;
  event.modified = before.modified;
  if (event.responsible != before.responsible) {
    relink_event(writing, event);
    announce(writing, &before, event);
  } else if (event.as_read != before.as_read || event.position != before.position ||
             event.attended != before.attended || event.outcome != before.outcome ||
             event.minutes_url != before.minutes_url) {
    writing.unit.events().update(event);
  }
  StoredEvent stored;
  stored.event = std::move(event);
  return stored;
}

}  // namespace

notify::Planning rules_of(const Settings& settings) {
  notify::Planning planning;
  planning.message_domain = settings.mail_domain;
  planning.days_off = settings.days_off;
  return planning;
}

StoredEvent insert_event(const Writing& writing, Event event) {
  if (event.uid.empty()) event.uid = random_uuid();
  event.created = event.modified = writing.now;
  event.id = writing.unit.events().insert(event);
  return with_reminders(writing, std::move(event));
}

StoredEvent update_event(const Writing& writing, const Event& before, Event event) {
  event.id = before.id;
  event.uid = before.uid;
  event.created = before.created;
  if (same_to_readers(before, event)) return update_unseen(writing, before, std::move(event));
  event.sequence = std::max(before.sequence, event.sequence) + 1;
  event.modified = std::max(writing.now, before.modified + std::chrono::seconds{1});
  writing.unit.events().update(event);
  announce(writing, &before, event);
  follow_conference(writing, before, event);
  return with_reminders(writing, std::move(event));
}

void announce_new(const Writing& writing, const Event& event) {
  announce(writing, nullptr, event);
}

void relink_event(const Writing& writing, const Event& event) {
  writing.unit.events().update(event);
  notify::replan(writing.unit, event, writing.now, writing.rules);
}

void replan_event(const Writing& writing, const Event& event) {
  notify::replan(writing.unit, event, writing.now, writing.rules);
}

NamedPeople find_named(db::Unit& unit, const std::string& name, OrganisationId organisation) {
  NamedPeople found;
  std::vector<Person> of_nobody;
  for (auto& person : unit.people().find_by_name(name)) {
    if (!person.organisation)
      of_nobody.push_back(std::move(person));
    else if (person.organisation == organisation)
      found.here.push_back(std::move(person));
    else
      found.elsewhere.push_back(std::move(person));
  }
  if (found.here.empty()) found.here = std::move(of_nobody);
  return found;
}

void link_people(db::Unit& unit, Event& event, Language language, std::vector<std::string>& warnings) {
  for (auto& responsible : event.responsible) {
    if (responsible.name.empty() || responsible.person) continue;
    const auto known = find_named(unit, responsible.name, event.organisation);
    if (known.here.size() > 1) {
      warnings.push_back("person: more than one person is called " + responsible.name + "; choose one");
      continue;
    }
    if (known.here.size() == 1) {
      responsible.person = known.here.front().id;
      continue;
    }
    if (!known.elsewhere.empty())
      warnings.push_back("person: " + responsible.name +
                         " of another organisation is known; a new person was entered for this one");
    Person person;
    person.name = responsible.name;
    person.post = responsible.post;
    person.organisation = event.organisation;
    person.language = language;
    responsible.person = unit.people().insert(person);
  }
}

}  // namespace convoke::service
