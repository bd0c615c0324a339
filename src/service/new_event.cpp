#include "service/new_event.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/event_store.hpp"
#include "service/events.hpp"
#include "service/periods.hpp"

namespace convoke::service {
namespace {

// The one that was stored before with the same words and days: sent twice, or entered by a colleague.
EventId event_like(db::Unit& unit, const Event& event) {
  EventSelection selection;
  selection.organisations = {event.organisation};
  for (const auto& one : unit.events().select(selection))
    if (one.id != event.id && one.organisation == event.organisation &&
        one.period.first == event.period.first && one.period.last == event.period.last &&
        one.period.time == event.period.time && fold(collapse_spaces(one.title)) == fold(event.title))
      return one.id;
  return {};
}

NewEvent wanted_by(const EventEntry& entry) {
  NewEvent wanted;
  wanted.organisation = entry.organisation;
  wanted.title = collapse_spaces(entry.title);
  wanted.by_title = true;
  wanted.responsible = entry.responsible;
  wanted.details.period = collapse_spaces(entry.period);
  wanted.details.kind = entry.kind;
  return wanted;
}

}  // namespace

std::vector<RowProblem> check_entry(const EventEntry& entry, Date today) {
  RowFields fields;
  fields.title = entry.title;
  fields.period = entry.period;
  fields.responsible = entry.responsible;
  auto problems = row_problems(fields);
  for (const auto& one : problems)
    if (one.field == "period") return problems;
  const bool empty = collapse_spaces(entry.period).empty();
  if (empty || understand_coming_period(entry.period, today).period.precision == Precision::none)
    problems.push_back({"period", empty ? RowFault::missing : RowFault::unread});
  return problems;
}

Deferred<EventEntered> enter_event(Context& context, Actor actor, EventEntry entry) {
  if (actor.role != Role::editor)
    return Deferred<EventEntered>::ready(Error{Errc::forbidden, "only organisers add events"});
  const Instant now = context.clock.now();
  const auto& zone = context.settings.default_zone;
  if (const auto problems = check_entry(entry, civil_date(now, zone)); !problems.empty())
    return Deferred<EventEntered>::ready(
        Error{Errc::invalid_input, "the field \"" + problems.front().field + "\" cannot be used"});
  const db::Author author(actor.name, now);
  auto work = [actor = std::move(actor), entry = std::move(entry), rules = rules_of(context.settings), zone,
               now](db::Unit& unit) -> Result<EventEntered> {
    EventEntered entered;
    const Writing writing{unit, rules, now};
    auto event = new_event(writing, actor, wanted_by(entry), zone);
    if (!event) return event.error();
    const auto known = event_like(unit, *event);
    if (known && known != entry.known) {
      entered.known = known;
      return entered;
    }
    entered.event = store_new_event(writing, std::move(*event)).id;
    return entered;
  };
  return context.store.write(author, std::move(work)).after_success(context.reminders_queued);
}

}  // namespace convoke::service
