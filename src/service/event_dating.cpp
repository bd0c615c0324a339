#include "service/event_dating.hpp"

#include "db/store.hpp"
#include "service/calendar_entries.hpp"
#include "service/event_store.hpp"

#include <algorithm>

namespace convoke::service {

Result<EventChange> dating(const Event& event, const RowDay& day) {
  if (!can_be_dated(event))
    return Error{Errc::invalid_input,
                 "this event cannot be given a day here: it is over, or it repeats itself"};
  EventChange change;
  change.date = day.day;
  change.time = day.time;
  const Period& period = event.period;
  if (period.precision == Precision::date_range && period.has_dates() && !day.time)
    change.last_date =
        add_days(day.day, static_cast<int>((to_days(*period.last) - to_days(*period.first)).count()));
  if (period.deadline && !day.time) change.deadline = true;
  const bool same_time = day.time && period.time == day.time;
  if (same_time) change.end_time = period.end_time;
  return change;
}

Deferred<EditDone> date_event(Context& context, Editor editor, EventId id, RowDay day, std::string expected) {
  if (editor.actor.role != Role::editor)
    return Deferred<EditDone>::ready(Error{Errc::forbidden, "only organisers name days"});
  const Instant now = context.clock.now();
  const db::Author author(editor.actor.name, now);
  auto transaction = [editor = std::move(editor), id, day, expected = std::move(expected),
                      rules = rules_of(context.settings), now](db::Unit& unit) -> Result<EditDone> {
    const auto before = unit.events().find(id);
    if (!before || !reaches(editor.within, before->organisation))
      return Error{Errc::not_found, "there is no such event"};
    if (row_stamp(*before) != expected) return Error{Errc::conflict, "somebody changed the event in between"};
    const auto change = dating(*before, day);
    if (!change) return change.error();
    auto after = event_with(unit, *before, *change, now);
    if (!after) return after.error();
    const Writing writing{unit, rules, now};
    EditDone done;
    done.row = id;
    done.rows = update_event(writing, *before, std::move(*after)).changed ? 1 : 0;
    return done;
  };
  return context.store.write(author, std::move(transaction)).after_success(context.reminders_queued);
}

}  // namespace convoke::service
