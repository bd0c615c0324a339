#include "notify/mails/reader.hpp"

#include "notify/recipients.hpp"

#include <utility>

namespace convoke::notify {
namespace {

// The people that `key` may stand for, and no more than it takes to read.
Directory directory_for(db::Unit& unit, const std::string& key) {
  Directory directory;
  if (const auto person = person_of_key(key)) {
    if (auto found = unit.people().find(*person)) directory.people.push_back(std::move(*found));
    return directory;
  }
  directory.people = unit.people().list();
  directory.organisations = unit.organisations().list();
  return directory;
}

Composition spread_over(const std::vector<Person>& people, const Event& event) {
  Composition one;
  one.kind = Composition::Kind::spread;
  one.event_uid = event.uid;
  for (const auto& person : people) one.recipients.push_back(person_key(person.id));
  return one;
}

}  // namespace

Reader reader_of(const Composing& composing, const Event& event) {
  const Reminder& row = composing.row;
  auto resolution = resolve(directory_for(composing.unit, row.key.recipient), row.key.recipient);
  const bool reached = resolution.problem.empty();
  if (composing.now > row.expires && !reached)
    return {Composition::dropped(ReminderState::failed, resolution.problem), {}};
  if (composing.now > row.expires)
    return {Composition::dropped(ReminderState::missed, "too late to be of use"), {}};
  if (!reached) return {Composition::dropped(ReminderState::planned, resolution.problem), {}};
  if (!is_person_key(row.key.recipient)) return {spread_over(resolution.people, event), {}};
  return {std::nullopt, std::move(resolution.people.front())};
}

MailSettings signed_by(const Composing& composing, const Event& event) {
  MailSettings settings = composing.settings;
  if (const auto organisation = composing.unit.organisations().find(event.organisation))
    settings.association = organisation->name;
  return settings;
}

}  // namespace convoke::notify
