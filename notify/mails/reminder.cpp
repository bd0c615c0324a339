#include "notify/mails/reminder.hpp"

#include "notify/mail_links.hpp"
#include "notify/mail_texts.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace convoke::notify {
namespace {

bool is_later(const Reminder& a, const Reminder& b) {
  return std::tie(a.due, a.id) > std::tie(b.due, b.id);
}

bool counts(ReminderState state) {
  return state == ReminderState::planned || state == ReminderState::claimed ||
         state == ReminderState::retrying || state == ReminderState::sent;
}

// After a pause several steps may be due at once: the latest says everything, the others would only repeat
// it.
bool overtaken(const Composing& composing) {
  const Reminder& row = composing.row;
  db::ReminderSelection selection;
  selection.event = row.key.event;
  selection.due_from = row.due;
  selection.due_before = composing.now + std::chrono::seconds{1};
  selection.limit = std::numeric_limits<int>::max();
  const auto rows = composing.unit.reminders().list(selection);
  return std::any_of(rows.begin(), rows.end(), [&](const Reminder& other) {
    return counts(other.state) && is_ladder_step(other.reason) && other.key.recipient == row.key.recipient &&
           is_later(other, row);
  });
}

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

Composition compose_reminder(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto event = composing.unit.events().find(row.key.event);
  if (!event || !is_open(event->status))
    return Composition::dropped(ReminderState::superseded, "the event is closed");
  auto resolution = resolve(directory_for(composing.unit, row.key.recipient), row.key.recipient);
  if (composing.now > row.expires && !resolution.problem.empty())
    return Composition::dropped(ReminderState::failed, resolution.problem);
  if (composing.now > row.expires)
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  if (overtaken(composing))
    return Composition::dropped(ReminderState::missed, "a later reminder was due too");
  // Somebody may still enter the address in time; until then the row says what it waits for.
  if (!resolution.problem.empty()) return Composition::dropped(ReminderState::planned, resolution.problem);
  if (!is_person_key(row.key.recipient)) return spread_over(resolution.people, *event);

  MailSettings settings = composing.settings;
  if (const auto organisation = composing.unit.organisations().find(event->organisation))
    settings.association = organisation->name;
  Composition one;
  one.kind = Composition::Kind::send;
  MailForm form;
  form.text = text_of(composing.unit, event->organisation, row.reason, resolution.people.front().language);
  form.answers =
      answer_buttons(links_of(row, *event, row.key.recipient, settings), resolution.people.front().language);
  one.write = [row, event = *event, person = resolution.people.front(), settings = std::move(settings),
               form = std::move(form),
               now = composing.now] { return render_mail(row, event, person, settings, now, form); };
  return one;
}

}  // namespace convoke::notify
