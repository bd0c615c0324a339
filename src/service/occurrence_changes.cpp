#include "service/occurrence_changes.hpp"

#include "db/store.hpp"
#include "service/checked_text.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <functional>

namespace convoke::service {
namespace {

using Days = std::vector<Date>;

Error no_such_day() {
  return {Errc::not_found, "the event does not take place on that day; give a day of its series"};
}

bool is_named(const Event& event, Date day) {
  Event whole = event;
  whole.overrides.clear();
  if (whole.period.recurrence) whole.period.recurrence->without.clear();
  return calendar::occurrence_on(whole, day).has_value();
}

std::vector<Override>::iterator place_of(std::vector<Override>& overrides, Date day) {
  return std::lower_bound(overrides.begin(), overrides.end(), day,
                          [](const Override& one, Date wanted) { return one.day < wanted; });
}

std::optional<Error> check_times(const Event& event, const Override& changed) {
  const auto time = changed.time ? changed.time : event.period.time;
  if (changed.end_time && !time)
    return Error{Errc::invalid_input, "an end time needs a beginning: give the time too"};
  if (changed.end_time && *changed.end_time <= *time)
    return Error{Errc::invalid_input, "the end time must be after the beginning"};
  return std::nullopt;
}

std::optional<Error> apply_text(const std::optional<std::optional<std::string>>& change,
                                std::optional<std::string>& field, std::size_t limit, const char* what) {
  if (!change) return std::nullopt;
  field.reset();
  if (!*change) return std::nullopt;
  auto checked = checked_text(**change, limit, what);
  if (!checked) return checked.error();
  field = std::move(*checked);
  return std::nullopt;
}

template<class T>
void apply_value(const std::optional<std::optional<T>>& change, std::optional<T>& field) {
  if (change) field = *change;
}

// Of what is held quarterly the last day of a quarter names the quarter, and may be its day all the same.
bool names_one_day(const Event& event, Date day) {
  Event whole = event;
  whole.overrides.clear();
  const auto one = calendar::occurrence_on(whole, day);
  return one && one->first == one->last;
}

std::optional<Error> apply(const OccurrenceChange& change, const Event& event, Override& changed) {
  if (change.cancelled) changed.cancelled = *change.cancelled;
  apply_value(change.date, changed.date);
  apply_value(change.time, changed.time);
  apply_value(change.end_time, changed.end_time);
  if (auto error = apply_text(change.title, changed.title, longest_title, "the title")) return error;
  if (auto error = apply_text(change.place, changed.place, longest_title, "the place")) return error;
  if (auto error = apply_text(change.note, changed.note, longest_text, "the note")) return error;
  if (changed.title && changed.title->empty())
    return Error{Errc::invalid_input, "an event needs a title; null gives back that of the series"};
  if (auto error = check_times(event, changed)) return error;
  // What repeats the series says nothing, and would stay behind when the series changes.
  const auto forget = [](auto& field, const auto& usual) {
    if (field && *field == usual) field.reset();
  };
  if (names_one_day(event, changed.day)) forget(changed.date, changed.day);
  forget(changed.title, event.title);
  forget(changed.place, event.place);
  forget(changed.note, event.note);
  if (changed.time == event.period.time && (!changed.end_time || changed.end_time == event.period.end_time)) {
    changed.time.reset();
    changed.end_time.reset();
  }
  return std::nullopt;
}

Result<Event> with_change(const Event& before, Date day, const OccurrenceChange& change) {
  if (!calendar::occurrence_on(before, day)) return no_such_day();
  Event event = before;
  auto at = place_of(event.overrides, day);
  Override changed;
  changed.day = day;
  const bool known = at != event.overrides.end() && at->day == day;
  if (known) changed = *at;
  if (auto error = apply(change, event, changed)) return std::move(*error);
  Override nothing;
  nothing.day = day;
  if (changed == nothing) {
    if (known) event.overrides.erase(at);
    return event;
  }
  if (!known && event.overrides.size() >= calendar::max_overrides)
    return Error{Errc::limit_exceeded, "an event may have at most " +
                                           std::to_string(calendar::max_overrides) + " days that differ"};
  if (known)
    *at = std::move(changed);
  else
    event.overrides.insert(at, std::move(changed));
  return event;
}

Result<Event> as_in_series(const Event& before, Date day) {
  if (!is_named(before, day)) return no_such_day();
  Event event = before;
  std::erase_if(event.overrides, [&](const Override& one) { return one.day == day; });
  std::erase(event.period.recurrence->without, day);
  return event;
}

using Change = std::function<Result<Event>(const Event& before)>;

Deferred<Event> change_series(Context& context, const Actor& actor, EventId id,
                              std::optional<int> expected_sequence, Change change) {
  if (actor.role != Role::editor)
    return Deferred<Event>::ready(
        Error{Errc::forbidden, "changing events needs a token with the scope write"});
  const Instant now = context.clock.now();
  auto work = [actor, id, expected_sequence, change = std::move(change), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Event> {
    const auto before = unit.events().find(id);
    if (!before || !keeps(actor, before->organisation))
      return Error{Errc::not_found, "there is no such event"};
    if (before->source)
      return Error{Errc::forbidden, "the event is a neighbour's; it changes when their calendar does"};
    if (before->period.precision != Precision::recurring || !before->period.recurrence)
      return Error{Errc::not_found, "the event is no series: change it as a whole"};
    if (expected_sequence && *expected_sequence != before->sequence)
      return Error{Errc::conflict,
                   "somebody changed the event in between; read it again and repeat your change"};
    auto event = change(*before);
    if (!event) return event.error();
    return update_event({unit, rules, now}, *before, std::move(*event)).event;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace

Deferred<Event> change_occurrence(Context& context, Actor actor, EventId id, Date day,
                                  OccurrenceChange change) {
  const auto sequence = change.expected_sequence;
  return change_series(context, actor, id, sequence, [day, change = std::move(change)](const Event& before) {
    return with_change(before, day, change);
  });
}

Deferred<Event> restore_occurrence(Context& context, Actor actor, EventId id, Date day,
                                   std::optional<int> expected_sequence) {
  return change_series(context, actor, id, expected_sequence,
                       [day](const Event& before) { return as_in_series(before, day); });
}

Result<Event> event_with_day(const Event& before, Date day, const OccurrenceChange& change) {
  return with_change(before, day, change);
}

void keep_exceptions(const Event& before, Event& event) {
  if (event.period == before.period) return;
  auto& series = event.period.recurrence;
  const auto is_gone = [&](Date day) { return !is_named(event, day); };
  if (series && series->without.empty() && before.period.recurrence) {
    Days without = before.period.recurrence->without;
    std::erase_if(without, is_gone);
    series->without = std::move(without);
  }
  std::erase_if(event.overrides, [&](const Override& one) { return is_gone(one.day); });
}

}  // namespace convoke::service
