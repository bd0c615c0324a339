#include "service/events.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/ical_lines.hpp"
#include "calendar/period_grammar.hpp"
#include "db/store.hpp"
#include "documents/kinds.hpp"
#include "documents/levels.hpp"
#include "service/checked_text.hpp"
#include "service/event_store.hpp"
#include "service/occurrence_changes.hpp"
#include "service/periods.hpp"
#include "service/programme_store.hpp"
#include "service/row_changes.hpp"

#include <algorithm>
#include <cctype>

namespace convoke::service {
namespace {

constexpr int deepest_nesting = 4;  // a talk of a section of a day of a conference

// What a period in words is read by: the year of the event's plan, or today when it stands in none.
struct ReadBy {
  std::optional<PlanContext> year;
  Date today{};

  PeriodReading operator()(const std::string& text) const {
    return year ? calendar::read_period(text, "", *year) : understand_coming_period(text, today);
  }
};

ReadBy reading_of(db::Unit& unit, const Event& event, Instant now) {
  ReadBy by;
  by.today = civil_date(now, event.zone);
  if (event.plan)
    if (const auto plan = unit.plans().find(event.plan)) by.year = plan->year;
  return by;
}

// Times given beside a period in words, or to a series, are those of each of its days.
Result<Period> with_times(Period period, const EventChange& change) {
  if (!change.time && !change.end_time) return period;
  if (period.precision != Precision::recurring && !period.is_dated())
    return Error{Errc::invalid_input, "a time needs a day: give the date too"};
  if (change.time) {
    period.time = change.time;
    period.end_time.reset();
  }
  if (change.end_time) period.end_time = change.end_time;
  if (!period.time) return Error{Errc::invalid_input, "an end time needs a beginning: give the time too"};
  if (period.end_time && *period.end_time <= *period.time)
    return Error{Errc::invalid_input, "the end time must be after the beginning"};
  if (period.is_dated()) period.precision = Precision::exact_time;
  return period;
}

// The period that the change asks for, or the event's own.
Result<Period> changed_period(const EventChange& change, const Event& event, const ReadBy& read) {
  if (change.period) {
    auto reading = read(*change.period);
    if (reading.period.precision == Precision::none && !trim(*change.period).empty())
      return Error{Errc::invalid_input,
                   "the period could not be read; write it like '14.11.2024' or 'ноябрь 2024'"};
    return with_times(std::move(reading.period), change);
  }
  const bool series = event.period.precision == Precision::recurring && !change.date && !change.last_date;
  if (series) return with_times(event.period, change);
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

Error bad_address(const char* what) {
  return {Errc::invalid_input, std::string(what) + " must begin with https:// or http://"};
}

std::optional<Error> check_address(const std::string& url, const char* what) {
  if (url.empty() || calendar::clean_uri(url)) return std::nullopt;
  return bad_address(what);
}

// "application/pdf" (RFC 6838 4.2): it stands as a parameter in calendars.
bool is_media_type(std::string_view text) {
  const auto slash = text.find('/');
  const auto is_name = [](std::string_view part) {
    return !part.empty() && part.size() <= 127 && std::all_of(part.begin(), part.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 ||
             std::string_view("!#$&-^_.+").find(static_cast<char>(c)) != std::string_view::npos;
    });
  };
  return slash != std::string_view::npos && is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

// Texts of one line each. `what`: one of them, "an audience"; `all`: "audiences".
std::optional<Error> apply_lines(const std::optional<std::vector<std::string>>& lines,
                                 std::vector<std::string>& field, std::size_t most, std::size_t longest,
                                 const char* what, const char* all) {
  if (!lines) return std::nullopt;
  if (lines->size() > most)
    return Error{Errc::limit_exceeded, "an event has at most " + std::to_string(most) + " " + all};
  std::vector<std::string> taken;
  for (const auto& one : *lines) {
    auto text = checked_text(one, longest, what);
    if (!text) return text.error();
    auto line = collapse_spaces(*text);
    if (line.empty()) return Error{Errc::invalid_input, std::string(what) + " needs words"};
    taken.push_back(std::move(line));
  }
  field = std::move(taken);
  return std::nullopt;
}

std::optional<Error> apply_attachments(const EventChange& change, Event& event) {
  if (!change.attachments) return std::nullopt;
  if (change.attachments->size() > most_attachments)
    return Error{Errc::limit_exceeded, "an event has at most " + std::to_string(most_attachments) + " files"};
  event.attachments.clear();
  for (auto one : *change.attachments) {
    if (!calendar::clean_uri(one.url)) return bad_address("the address of a file");
    if (!one.media_type.empty() && !is_media_type(one.media_type))
      return Error{Errc::invalid_input, "the type of a file is written like 'application/pdf'"};
    auto name = checked_text(one.name, longest_label, "the name of a file");
    if (!name) return name.error();
    one.name = collapse_spaces(*name);
    event.attachments.push_back(std::move(one));
  }
  return std::nullopt;
}

Result<Event> changed_event(const Event& before, const EventChange& change, const ReadBy& read) {
  Event event = before;
  TextChanges texts;
  texts.apply(change.title, event.title, longest_title, "the title");
  texts.apply(change.place, event.place, longest_title, "the place");
  texts.apply(change.note, event.note, longest_text, "the note");
  texts.apply(change.description, event.description, longest_text, "the description");
  texts.apply(change.online_url, event.online_url, calendar::longest_uri, "the online address");
  texts.apply(change.image_url, event.image_url, calendar::longest_uri, "the address of the picture");
  texts.apply(change.contact, event.contact, longest_label, "the contact");
  texts.apply(change.outcome, event.outcome, longest_text, "the outcome");
  texts.apply(change.minutes_url, event.minutes_url, calendar::longest_uri, "the address of the minutes");
  if (texts.error()) return *texts.error();
  if (event.title.empty()) return Error{Errc::invalid_input, "an event needs a title"};
  if (auto error = check_address(event.online_url, "the online address")) return std::move(*error);
  if (auto error = check_address(event.image_url, "the address of the picture")) return std::move(*error);
  if (auto error = check_address(event.minutes_url, "the address of the minutes")) return std::move(*error);
  if (change.attended) {
    const auto number = *change.attended;
    if (number && (*number < 0 || *number > most_attended))
      return Error{Errc::invalid_input,
                   "how many came is a number from 0 to " + std::to_string(most_attended)};
    event.attended = number;
  }
  if (auto error = apply_lines(change.audience, event.audience, most_audiences, longest_label, "an audience",
                               "audiences"))
    return std::move(*error);
  if (auto error = apply_lines(change.agenda, event.agenda, most_points, longest_title, "a point", "points"))
    return std::move(*error);
  if (auto error = apply_attachments(change, event)) return std::move(*error);
  if (change.kind) event.kind = *change.kind;
  if (change.level) event.level = *change.level;
  if (change.parent) event.parent = *change.parent;
  auto period = changed_period(change, before, read);
  if (!period) return period.error();
  event.period = std::move(*period);
  if (change.deadline && event.period.has_dates()) event.period.deadline = *change.deadline;
  keep_exceptions(before, event);
  event.status = change.status ? *change.status : status_after(before, event.period);
  return event;
}

Error no_such_event() {
  return {Errc::not_found, "there is no such event"};
}

// A part is no part of itself, not by way of others either.
std::optional<Error> check_parent(db::Unit& unit, const Event& event) {
  EventId ancestor = event.parent;
  for (int depth = 1; ancestor; ++depth) {
    if (ancestor == event.id) return Error{Errc::invalid_input, "an event cannot be a part of itself"};
    if (depth > deepest_nesting)
      return Error{Errc::limit_exceeded,
                   "events are nested at most " + std::to_string(deepest_nesting) + " deep"};
    const auto found = unit.events().find(ancestor);
    if (!found) return Error{Errc::invalid_input, "there is no such event to be a part of"};
    ancestor = found->parent;
  }
  return std::nullopt;
}

std::optional<Error> check_change(const EventChange& change, const Event& before) {
  if (before.source)
    return Error{Errc::forbidden, "this event comes from a neighbour's calendar; only they can change it"};
  if (change.expected_sequence && *change.expected_sequence != before.sequence)
    return Error{Errc::conflict,
                 "somebody changed the event in between; read it again and repeat your change"};
  return std::nullopt;
}

// Whose a new event is: without a choice the actor's own, or the only one there is; with id 0 nobody's.
Result<Organisation> organisation_for(db::Unit& unit, const Actor& actor, OrganisationId chosen) {
  if (!chosen) chosen = actor.organisation;
  if (chosen) {
    auto known = unit.organisations().find(chosen);
    if (!known || !keeps(actor, chosen)) return Error{Errc::not_found, "there is no such organisation"};
    return std::move(*known);
  }
  auto all = unit.organisations().list();
  return all.size() == 1 ? std::move(all.front()) : Organisation();
}

// As a row of a plan, but that nothing said of the kind makes it no task: whoever adds an event means one.
void tell_by_title(Event& event, const EventChange& said) {
  const auto told = documents::read_kind(event.title, "", event.period);
  const bool cue = told.basis != documents::KindBasis::nothing || event.period.is_all_year();
  if (!said.kind) event.kind = cue ? told.kind : EventKind::event;
  event.involvement = documents::involvement_of_title(event.title);
  if (!said.level) event.level = documents::level_of_title(event.title);
}

}  // namespace

EventStatus status_after(const Event& before, const Period& period) {
  if (period == before.period || !is_open(before.status)) return before.status;
  if (!period.is_dated() && period.precision != Precision::date_range) return EventStatus::planned;
  return before.status == EventStatus::planned ? EventStatus::dated : EventStatus::moved;
}

Result<Event> event_with(db::Unit& unit, const Event& before, const EventChange& change, Instant now) {
  if (auto error = check_change(change, before)) return std::move(*error);
  auto event = changed_event(before, change, reading_of(unit, before, now));
  if (!event) return event;
  if (event->parent != before.parent)
    if (auto error = check_parent(unit, *event)) return std::move(*error);
  return event;
}

Deferred<Event> change_event(Context& context, Actor actor, EventId id, EventChange change) {
  if (actor.role != Role::editor)
    return Deferred<Event>::ready(
        Error{Errc::forbidden, "changing events needs a token with the scope write"});
  const Instant now = context.clock.now();
  auto work = [actor, id, change = std::move(change), rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<Event> {
    const auto before = unit.events().find(id);
    if (!before || !keeps(actor, before->organisation)) return no_such_event();
    auto event = event_with(unit, *before, change, now);
    if (!event) return event.error();
    return update_event({unit, rules, now}, *before, std::move(*event)).event;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Result<Event> new_event(const Writing& writing, const Actor& actor, const NewEvent& wanted,
                        const std::string& default_zone) {
  auto& unit = writing.unit;
  if (!wanted.zone.empty())
    if (const auto zone = check_zone(wanted.zone); !zone) return zone.error();
  const auto organisation = organisation_for(unit, actor, wanted.organisation);
  if (!organisation) return organisation.error();
  Event blank;
  blank.title = wanted.title;
  blank.kind = wanted.kind;
  blank.organisation = organisation->id;
  blank.zone = !wanted.zone.empty() ? wanted.zone : organisation->id ? organisation->zone : default_zone;
  EventChange details = wanted.details;
  if (!details.title) details.title = wanted.title;
  const auto read = reading_of(unit, blank, writing.now);
  auto event = changed_event(blank, details, read);
  if (!event) return event;
  if (details.period && event->place.empty()) event->place = read(*details.period).place;
  if (auto error = check_parent(unit, *event)) return std::move(*error);
  const auto responsible = checked_text(wanted.responsible, longest_responsible, "who is responsible");
  if (!responsible) return responsible.error();
  set_responsible(*event, *responsible);
  if (wanted.by_title) tell_by_title(*event, details);
  return event;
}

Event store_new_event(const Writing& writing, Event event) {
  const auto organisation = writing.unit.organisations().find(event.organisation);
  std::vector<std::string> warnings;
  link_people(writing.unit, event, organisation ? organisation->language : Language::uk, warnings);
  auto stored = insert_event(writing, std::move(event)).event;
  announce_new(writing, stored);
  return stored;
}

Deferred<Event> create_event(Context& context, Actor actor, NewEvent wanted) {
  if (actor.role != Role::editor)
    return Deferred<Event>::ready(Error{Errc::forbidden, "adding events needs a token with the scope write"});
  const Instant now = context.clock.now();
  auto work = [actor, wanted = std::move(wanted), rules = rules_of(context.settings),
               zone = context.settings.default_zone, now](db::Unit& unit) -> Result<Event> {
    const Writing writing{unit, rules, now};
    auto event = new_event(writing, actor, wanted, zone);
    if (!event) return event;
    return store_new_event(writing, std::move(*event));
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

Deferred<bool> remove_event(Context& context, Actor actor, EventId id, std::optional<int> expected_sequence) {
  if (actor.role != Role::editor)
    return Deferred<bool>::ready(
        Error{Errc::forbidden, "removing events needs a token with the scope write"});
  EventChange condition;
  condition.expected_sequence = expected_sequence;
  const Instant now = context.clock.now();
  auto work = [actor, id, condition, rules = rules_of(context.settings),
               now](db::Unit& unit) -> Result<bool> {
    const auto before = unit.events().find(id);
    if (!before || !keeps(actor, before->organisation)) return no_such_event();
    if (auto error = check_change(condition, *before)) return std::move(*error);
    remove_talks({unit, rules, now}, *before);
    unit.events().remove(id);
    return true;
  };
  return context.store.write(db::Author(actor.name, now), std::move(work));
}

}  // namespace convoke::service
