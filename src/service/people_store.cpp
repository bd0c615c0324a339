#include "service/people_store.hpp"

#include "base/text.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

Language language_of_new(db::Unit& unit) {
  const auto organisations = unit.organisations().list();
  return organisations.size() == 1 ? organisations.front().language : Language::uk;
}

std::string organisation_names(db::Unit& unit, const std::vector<Person>& people) {
  std::vector<std::string> names;
  for (const auto& person : people)
    if (const auto organisation = unit.organisations().find(person.organisation))
      names.push_back(organisation->name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return join(names, ", ");
}

// The stored person whom `wanted` means; nothing for a new one.
Result<std::optional<Person>> meant_by(db::Unit& unit, const PersonChange& wanted) {
  if (wanted.id) {
    auto person = unit.people().find(wanted.id);
    if (!person) return Error{Errc::not_found, "there is no such person"};
    return person;
  }
  if (wanted.organisation && !unit.organisations().find(wanted.organisation))
    return Error{Errc::not_found, "there is no such organisation"};
  const auto known = wanted.organisation ? find_named(unit, wanted.name, wanted.organisation).here
                                         : unit.people().find_by_name(wanted.name);
  if (known.size() > 1) {
    const std::string names = organisation_names(unit, known);
    return Error{Errc::conflict, "more than one person is called " + wanted.name +
                                     (names.empty() ? "" : " (" + names + ")") +
                                     "; name the organisation too"};
  }
  return known.empty() ? std::nullopt : std::optional(known.front());
}

}  // namespace

Result<std::pair<Person, bool>> enter_person(db::Unit& unit, const PersonChange& wanted) {
  const auto before = meant_by(unit, wanted);
  if (!before) return before.error();
  Person person = before->value_or(Person{});
  if (!*before) person.language = language_of_new(unit);
  person.name = wanted.name;
  if (!wanted.post.empty()) person.post = wanted.post;
  if (!wanted.email.empty()) person.email = wanted.email;
  if (wanted.organisation) person.organisation = wanted.organisation;
  if (wanted.language) person.language = *wanted.language;
  if (*before)
    unit.people().update(person);
  else
    person.id = unit.people().insert(person);
  return std::pair{person, !*before};
}

int link_events(const Writing& writing, const std::vector<Person>& people) {
  std::set<std::string> names;
  for (const auto& person : people) names.insert(name_key(person.name));
  int linked = 0;
  for (auto& event : writing.unit.events().all()) {
    const int before = linked;
    if (event.source) continue;  // whoever a neighbour names works there
    for (auto& responsible : event.responsible) {
      if (responsible.person || responsible.name.empty()) continue;
      if (!names.contains(name_key(responsible.name))) continue;
      const auto known = find_named(writing.unit, responsible.name, event.organisation);
      if (known.here.size() != 1) continue;
      responsible.person = known.here.front().id;
      ++linked;
    }
    if (linked > before) relink_event(writing, event);
  }
  return linked;
}

}  // namespace convoke::service
