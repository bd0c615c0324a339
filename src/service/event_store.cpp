#include "service/event_store.hpp"

#include "notify/queue.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace convoke::service {
namespace {

StoredEvent with_reminders(const Writing& writing, Event event) {
  const auto queued = notify::replan(writing.unit, event, writing.rules, writing.now);
  StoredEvent stored;
  stored.event = std::move(event);
  stored.changed = true;
  stored.reminders_planned = queued.planned;
  stored.reminders_missed = queued.missed;
  return stored;
}

}  // namespace

notify::RuleSet rules_of(const Settings& settings) {
  auto rules = notify::default_rules();
  const auto url = boost::urls::parse_uri(settings.base_url);
  if (url && !url->host().empty()) rules.message_domain = url->host();
  return rules;
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
  if (same_to_readers(before, event)) {
    StoredEvent stored;
    stored.event = before;
    return stored;
  }
  event.sequence = std::max(before.sequence, event.sequence) + 1;
  event.modified = std::max(writing.now, before.modified + std::chrono::seconds{1});
  writing.unit.events().update(event);
  return with_reminders(writing, std::move(event));
}

void relink_event(const Writing& writing, const Event& event) {
  writing.unit.events().update(event);
  notify::replan(writing.unit, event, writing.rules, writing.now);
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
