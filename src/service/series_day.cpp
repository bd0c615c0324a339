#include "service/series_day.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "service/event_store.hpp"
#include "service/occurrence_changes.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace convoke::service {
namespace {

std::optional<Error> refusal(const Editor& editor) {
  if (editor.actor.role == Role::editor) return std::nullopt;
  return Error(Errc::forbidden, "only organisers change the days of a series");
}

Result<Event> series_of_day(db::Unit& unit, const Editor& editor, EventId id, Date day) {
  auto event = unit.events().find(id);
  if (!event || !reaches(editor.within, event->organisation) || !has_own_days(*event))
    return Error(Errc::not_found, "there is no such series");
  if (!calendar::occurrence_on(*event, day))
    return Error(Errc::not_found, "the series does not take place on that day");
  return std::move(*event);
}

// One field of the form: what it makes of the change. False: it cannot be understood.
struct Field {
  const char* name;
  std::function<bool(OccurrenceChange&)> apply;
};

// Nothing when the text is empty: as in the series.
template<class T, class Read>
bool take(const std::string& text, std::optional<std::optional<T>>& into, Read read) {
  into.emplace(std::nullopt);
  if (trim(text).empty()) return true;
  auto value = read(std::string(trim(text)));
  if (!value) return false;
  *into = std::move(*value);
  return true;
}

Result<std::string> as_written(const std::string& text) {
  return text;
}

Field text_field(const char* name, const std::string& typed,
                 std::optional<std::optional<std::string>> OccurrenceChange::*member) {
  return {name,
          [&typed, member](OccurrenceChange& change) { return take(typed, change.*member, as_written); }};
}

std::vector<Field> saved_fields(const DayWords& typed) {
  return {{"date", [&](OccurrenceChange& change) { return take(typed.date, change.date, parse_iso_date); }},
          {"time",
           [&](OccurrenceChange& change) {
             return take(typed.time, change.time, parse_iso_time) &&
                    take(typed.end_time, change.end_time, parse_iso_time);
           }},
          text_field("title", typed.title, &OccurrenceChange::title),
          text_field("place", typed.place, &OccurrenceChange::place),
          text_field("note", typed.note, &OccurrenceChange::note)};
}

// What ends `length` after `time`; nothing where the day is over by then.
std::optional<TimeOfDay> later(TimeOfDay time, std::chrono::minutes length) {
  const auto end = time + length;
  if (end >= std::chrono::hours(24)) return std::nullopt;
  return end;
}

bool move(const calendar::EventOccurrence& now, const DayWords& typed, OccurrenceChange& change) {
  if (trim(typed.date).empty() || !take(typed.date, change.date, parse_iso_date)) return false;
  if (trim(typed.time).empty()) return true;
  if (!take(typed.time, change.time, parse_iso_time)) return false;
  if (now.time && now.end_time) change.end_time.emplace(later(**change.time, *now.end_time - *now.time));
  return true;
}

std::vector<Field> fields_of(DayStep step, const calendar::EventOccurrence& now, const DayWords& typed) {
  if (step == DayStep::save) return saved_fields(typed);
  if (step == DayStep::cancel) return {text_field("note", typed.note, &OccurrenceChange::note)};
  return {{"date", [&](OccurrenceChange& change) { return move(now, typed, change); }}};
}

// Whether another day may not differ.
bool is_full(const Event& event, Date day) {
  return event.overrides.size() >= calendar::max_overrides &&
         std::ranges::find(event.overrides, day, &Override::day) == event.overrides.end();
}

// Field by field: what is wrong is said beside it. Errors: limit_exceeded.
Result<DaySaved> written(const Event& before, Date day, DayStep step, const DayWords& typed) {
  DaySaved saved;
  saved.event = before;
  const auto now = *calendar::occurrence_on(before, day);
  const auto fields = fields_of(step, now, typed);
  for (const auto& field : fields) {
    OccurrenceChange change;
    auto next = field.apply(change) ? event_with_day(saved.event, day, change)
                                    : Result<Event>(Error(Errc::invalid_input, field.name));
    if (!next && is_full(before, day)) return next.error();
    if (!next) {
      saved.event = before;
      saved.field = field.name;
      return saved;
    }
    saved.event = std::move(*next);
  }
  OccurrenceChange held;
  held.cancelled = step == DayStep::cancel || (step == DayStep::move && now.cancelled);
  auto next = event_with_day(saved.event, day, held);
  if (!next) return next.error();
  saved.event = std::move(*next);
  return saved;
}

Result<DaySaved> restored(const Event& before, Date day) {
  DaySaved saved;
  saved.event = before;
  std::erase_if(saved.event.overrides, [&](const Override& one) { return one.day == day; });
  return saved;
}

}  // namespace

DayWords words_of(const Event& event, const calendar::EventOccurrence& day) {
  DayWords words;
  const auto own = std::ranges::find(event.overrides, day.day, &Override::day);
  if (own != event.overrides.end() && own->date)
    words.date = format_iso(*own->date);
  else if (!awaits_day(day))
    words.date = format_iso(day.first);
  if (day.time) words.time = format_iso(*day.time);
  if (day.end_time) words.end_time = format_iso(*day.end_time);
  words.title = day.title.value_or(event.title);
  words.place = day.place.value_or(event.place);
  words.note = day.note.value_or(event.note);
  return words;
}

bool awaits_day(const calendar::EventOccurrence& day) {
  return day.first != day.last && !day.time;
}

std::string series_stamp(const Event& event) {
  return std::to_string(event.sequence);
}

bool has_own_days(const Event& event) {
  return event.period.precision == Precision::recurring && event.period.recurrence && !event.source &&
         is_open(event.status);
}

Deferred<Event> series_of_day(Context& context, Editor editor, EventId id, Date day) {
  if (auto no = refusal(editor)) return Deferred<Event>::ready(std::move(*no));
  return context.store.read(
      [editor = std::move(editor), id, day](db::Unit& unit) { return series_of_day(unit, editor, id, day); });
}

Deferred<DaySaved> write_day(Context& context, Editor editor, EventId id, Date day, DayStep step,
                             DayWords typed, std::string expected) {
  std::erase(typed.note, '\r');  // lines of a form end with both (HTML, multipart/form-data)
  if (auto no = refusal(editor)) return Deferred<DaySaved>::ready(std::move(*no));
  const Instant now = context.clock.now();
  const db::Author author(editor.actor.name, now);
  auto work = [editor = std::move(editor), id, day, step, typed = std::move(typed),
               expected = std::move(expected), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<DaySaved> {
    const auto before = series_of_day(unit, editor, id, day);
    if (!before) return before.error();
    if (series_stamp(*before) != expected) {
      DaySaved overtaken;
      overtaken.event = *before;
      overtaken.overtaken = true;
      return overtaken;
    }
    auto saved = step == DayStep::restore ? restored(*before, day) : written(*before, day, step, typed);
    if (!saved || !saved->field.empty()) return saved;
    saved->event = update_event({unit, rules, now}, *before, std::move(saved->event)).event;
    return saved;
  };
  return context.store.write(author, std::move(work)).after_success(context.reminders_queued);
}

}  // namespace convoke::service
