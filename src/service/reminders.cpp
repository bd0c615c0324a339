#include "service/reminders.hpp"

#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/directory.hpp"
#include "notify/planner.hpp"
#include "notify/queue.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <map>

namespace convoke::service {
namespace {

using Rows = std::vector<ReminderRow>;

Rows queued(db::Unit& unit, const db::ReminderSelection& selection, Instant now) {
  Rows rows;
  const notify::AddressBook book(notify::read_directory(unit));
  std::map<EventId, Event> events;
  for (auto& reminder : unit.reminders().list(selection)) {
    auto known = events.find(reminder.key.event);
    if (known == events.end())
      known =
          events.emplace(reminder.key.event, unit.events().find(reminder.key.event).value_or(Event())).first;
    const Event& event = known->second;
    // Whoever it is on the day it leaves; what has left, or should have, is asked for today.
    const Date day = civil_date(std::max(reminder.due, now), notify::zone_of(event));
    const auto addressees = book.resolve(reminder.key.recipient, notify::occasion_of(event, day));
    ReminderRow row;
    row.reminder = std::move(reminder);
    row.event_title = event.title;
    for (const auto& one : addressees.to) row.recipients.push_back(one.person.name);
    row.problem = notify::text_of(addressees.why);
    rows.push_back(std::move(row));
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
  return context.store.read(
      [selection, now = context.clock.now()](db::Unit& unit) { return queued(unit, selection, now); });
}

Deferred<Rows> preview_reminders(Context& context, Date from, Date to) {
  return context.store.read([from, to, planning = rules_of(context.settings)](db::Unit& unit) {
    notify::PreviewInput input;
    input.events = unit.events().all();
    input.sets = unit.rule_sets().list();
    for (const auto& event : input.events)
      if (auto closed = unit.answers().closed(event.id); !closed.empty())
        input.closed.emplace(event.id, std::move(closed));
    input.directory = notify::read_directory(unit);
    input.planning = planning;
    Rows rows;
    for (auto& line : notify::preview(input, from, to)) rows.push_back(row_of_preview(std::move(line)));
    return rows;
  });
}

ReminderRow row_of_preview(notify::PreviewRow line) {
  ReminderRow row;
  row.reminder = std::move(line.reminder);
  row.event_title = std::move(line.event_title);
  for (const auto& person : line.people) row.recipients.push_back(person.name);
  row.problem = std::move(line.problem);
  return row;
}

}  // namespace convoke::service
