#include "service/reminders.hpp"

#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/queue.hpp"
#include "service/event_store.hpp"

#include <map>

namespace convoke::service {
namespace {

using Rows = std::vector<ReminderRow>;

notify::Directory directory_of(db::Unit& unit) {
  return {unit.people().list(), unit.organisations().list()};
}

ReminderRow row_of(Reminder reminder, std::string title, const notify::Resolution& resolution) {
  ReminderRow row;
  row.reminder = std::move(reminder);
  row.event_title = std::move(title);
  for (const auto& person : resolution.people) row.recipients.push_back(person.name);
  row.problem = resolution.problem;
  return row;
}

Rows queued(db::Unit& unit, const db::ReminderSelection& selection) {
  Rows rows;
  const auto directory = directory_of(unit);
  std::map<EventId, std::string> titles;
  for (auto& reminder : unit.reminders().list(selection)) {
    auto title = titles.find(reminder.key.event);
    if (title == titles.end()) {
      const auto event = unit.events().find(reminder.key.event);
      title = titles.emplace(reminder.key.event, event ? event->title : std::string()).first;
    }
    const auto resolution = notify::resolve(directory, reminder.key.recipient);
    rows.push_back(row_of(std::move(reminder), title->second, resolution));
  }
  return rows;
}

}  // namespace

Deferred<Rows> list_reminders(Context& context, Actor actor, Date from, Date to) {
  if (actor.role == Role::anonymous)
    return Deferred<Rows>::ready(Error{Errc::unauthenticated, "the list of reminders needs a token"});
  db::ReminderSelection selection;
  selection.due_from = to_instant(from, TimeOfDay{0}, context.settings.default_zone);
  selection.due_before = to_instant(add_days(to, 1), TimeOfDay{0}, context.settings.default_zone);
  selection.limit = 10'000;
  return context.store.read([selection](db::Unit& unit) { return queued(unit, selection); });
}

Deferred<Rows> preview_reminders(Context& context, Date from, Date to) {
  return context.store.read([from, to, planning = rules_of(context.settings)](db::Unit& unit) {
    notify::PreviewInput input;
    input.events = unit.events().all();
    input.sets = unit.rule_sets().list();
    for (const auto& event : input.events)
      if (auto closed = unit.answers().closed(event.id); !closed.empty())
        input.closed.emplace(event.id, std::move(closed));
    input.directory = directory_of(unit);
    input.planning = planning;
    Rows rows;
    for (auto& line : notify::preview(input, from, to))
      rows.push_back(
          row_of(std::move(line.reminder), std::move(line.event_title), {line.people, line.problem}));
    return rows;
  });
}

}  // namespace convoke::service
