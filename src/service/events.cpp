#include "service/events.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/period_grammar.hpp"
#include "db/store.hpp"
#include "service/event_store.hpp"

namespace convoke::service {
namespace {

constexpr std::size_t longest_title = 1'000;  // code points
constexpr std::size_t longest_text = 20'000;  // code points, of notes and descriptions

Result<std::string> checked_text(const std::string& text, std::size_t limit, const char* what) {
  if (!is_valid_utf8(text)) return Error{Errc::invalid_input, std::string(what) + " is not valid UTF-8"};
  if (strip_controls(text) != text && strip_controls(text).size() + 2 < text.size())
    return Error{Errc::invalid_input, std::string(what) + " has control characters"};
  if (length(text) > limit)
    return Error{Errc::limit_exceeded,
                 std::string(what) + " is longer than " + std::to_string(limit) + " characters"};
  return to_nfc(trim(strip_controls(text)));
}

// Copies a changed text field; the first error is kept.
class TextChanges {
 public:
  void apply(const std::optional<std::string>& text, std::string& field, std::size_t limit,
             const char* what) {
    if (!text || error_) return;
    auto checked = checked_text(*text, limit, what);
    if (checked)
      field = std::move(*checked);
    else
      error_ = checked.error();
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Error> error_;
};

PlanContext context_of(db::Unit& unit, const Event& event, Instant now) {
  if (event.plan)
    if (const auto plan = unit.plans().find(event.plan)) return plan->year;
  return PlanContext::calendar_year(static_cast<int>(civil_date(now, event.zone).year()));
}

// The period that the change asks for, or the event's own.
Result<Period> changed_period(const EventChange& change, const Event& event, const PlanContext& year) {
  if (change.period) {
    auto reading = calendar::read_period(*change.period, "", year);
    if (reading.period.precision == Precision::none && !trim(*change.period).empty())
      return Error{Errc::invalid_input,
                   "the period could not be read; write it like '14.11.2024' or 'ноябрь 2024'"};
    return reading.period;
  }
  if (!change.date && !change.last_date && !change.time && !change.end_time) return event.period;
  const auto day = change.date ? change.date : event.period.is_dated() ? event.period.first : std::nullopt;
  if (!day) return Error{Errc::invalid_input, "a time needs a day: give the date too"};
  if (change.end_time && !change.time && !event.period.time)
    return Error{Errc::invalid_input, "an end time needs a beginning: give the time too"};
  const auto time = change.time ? change.time : change.date ? std::nullopt : event.period.time;
  if (time && change.end_time && *change.end_time <= *time)
    return Error{Errc::invalid_input, "the end time must be after the beginning"};
  Period period = make_dated(*day, time, change.end_time);
  period.source_text = event.period.source_text;
  if (change.last_date && *change.last_date != *day) {
    if (*change.last_date < *day)
      return Error{Errc::invalid_input, "the last day must not be before the first"};
    if (time) return Error{Errc::invalid_input, "an event of several days has no single time of day"};
    period.precision = Precision::date_range;
    period.last = change.last_date;
  }
  return period;
}

// What a changed period makes of the status when nobody sets it.
EventStatus status_after(const Event& before, const Period& period) {
  if (period == before.period || !is_open(before.status)) return before.status;
  if (!period.is_dated() && period.precision != Precision::date_range) return EventStatus::planned;
  return before.status == EventStatus::planned ? EventStatus::dated : EventStatus::moved;
}

Result<Event> changed_event(const Event& before, const EventChange& change, const PlanContext& year) {
  Event event = before;
  TextChanges texts;
  texts.apply(change.title, event.title, longest_title, "the title");
  texts.apply(change.place, event.place, longest_title, "the place");
  texts.apply(change.note, event.note, longest_text, "the note");
  texts.apply(change.description, event.description, longest_text, "the description");
  texts.apply(change.online_url, event.online_url, calendar::longest_uri, "the online address");
  if (texts.error()) return *texts.error();
  if (event.title.empty()) return Error{Errc::invalid_input, "an event needs a title"};
  if (!event.online_url.empty() && !calendar::clean_uri(event.online_url))
    return Error{Errc::invalid_input, "the online address must begin with https:// or http://"};
  if (change.kind) event.kind = *change.kind;
  auto period = changed_period(change, before, year);
  if (!period) return period.error();
  event.period = std::move(*period);
  event.status = change.status ? *change.status : status_after(before, event.period);
  return event;
}

Error no_such_event() {
  return {Errc::not_found, "there is no such event"};
}

}  // namespace

Deferred<Event> change_event(Context& context, Actor actor, EventId id, EventChange change) {
  if (actor.role != Role::editor)
    return Deferred<Event>::ready(
        Error{Errc::forbidden, "changing events needs a token with the scope write"});
  const Instant now = context.clock.now();
  auto work = [id, change = std::move(change), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Event> {
    const auto before = unit.events().find(id);
    if (!before) return no_such_event();
    if (change.expected_sequence && *change.expected_sequence != before->sequence)
      return Error{Errc::conflict,
                   "somebody changed the event in between; read it again and repeat your change"};
    auto event = changed_event(*before, change, context_of(unit, *before, now));
    if (!event) return event.error();
    return update_event({unit, rules, now}, *before, std::move(*event)).event;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<Event> create_event(Context& context, Actor actor, NewEvent wanted) {
  if (actor.role != Role::editor)
    return Deferred<Event>::ready(Error{Errc::forbidden, "adding events needs a token with the scope write"});
  if (wanted.zone.empty()) wanted.zone = context.settings.default_zone;
  if (const auto zone = check_zone(wanted.zone); !zone) return Deferred<Event>::ready(zone.error());
  const Instant now = context.clock.now();
  auto work = [wanted = std::move(wanted), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Event> {
    Event blank;
    blank.title = wanted.title;
    blank.kind = wanted.kind;
    blank.zone = wanted.zone;
    const auto organisations = unit.organisations().list();
    if (wanted.organisation && !unit.organisations().find(wanted.organisation))
      return Error{Errc::not_found, "there is no such organisation"};
    blank.organisation = wanted.organisation;
    if (!wanted.organisation && organisations.size() == 1) blank.organisation = organisations.front().id;
    EventChange details = wanted.details;
    if (!details.title) details.title = wanted.title;
    auto event = changed_event(blank, details, context_of(unit, blank, now));
    if (!event) return event.error();
    return insert_event({unit, rules, now}, std::move(*event)).event;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
