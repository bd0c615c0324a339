#include "service/sources.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/calendar_import.hpp"
#include "service/source_entries.hpp"

#include <algorithm>
#include <cmath>

namespace convoke::service {
namespace {

constexpr std::chrono::hours longest_pause{24};

Error may_not() {
  return {Errc::forbidden, "neighbours' calendars are the organisers' to add, read and remove"};
}

Error no_such_source() {
  return {Errc::not_found, "there is no such calendar"};
}

Result<CalendarSource> checked(const NewSource& wanted, Instant now) {
  if (!is_valid_utf8(wanted.name) || strip_controls(wanted.name) != wanted.name)
    return Error{Errc::invalid_input, "the name has characters that a name has not"};
  CalendarSource source;
  source.name = to_nfc(collapse_spaces(wanted.name));
  if (length(source.name) > longest_source_name)
    return Error{Errc::limit_exceeded,
                 "the name is longer than " + std::to_string(longest_source_name) + " characters"};
  if (wanted.every < shortest_source_interval || wanted.every > longest_source_interval)
    return Error{Errc::invalid_input, "a calendar is read every " +
                                          std::to_string(shortest_source_interval.count()) + " to " +
                                          std::to_string(longest_source_interval.count()) + " minutes"};
  source.every = wanted.every;
  source.shared = wanted.shared;
  source.organisation = wanted.organisation;
  source.created = now;
  return source;
}

// A calendar that reads itself would never end.
bool is_own(const OutsideAddress& address, const std::string& base_url) {
  const auto own = parse_outside_address(base_url);
  return own && own->host == address.host && own->port == address.port;
}

std::optional<Error> check_new(db::Unit& unit, const CalendarSource& source) {
  if (source.organisation && !unit.organisations().find(source.organisation))
    return Error{Errc::not_found, "there is no such organisation"};
  const auto known = unit.sources().list();
  if (known.size() >= most_sources)
    return Error{Errc::limit_exceeded, "there are " + std::to_string(most_sources) +
                                           " calendars already; remove one that nobody needs"};
  if (!source.is_file() && std::any_of(known.begin(), known.end(),
                                       [&](const CalendarSource& other) { return other.url == source.url; }))
    return Error{Errc::conflict, "the calendar at this address is read already"};
  return std::nullopt;
}

// Errors: those of read_calendar; invalid_input when there are events but none that can be read.
Result<calendar::ImportedCalendar> read_bytes(std::string_view bytes, const std::string& zone) {
  auto calendar = calendar::read_calendar(bytes, zone);
  if (calendar && calendar->events.empty() && !calendar->warnings.empty())
    return Error{Errc::invalid_input, "none of its events can be read; " + calendar->warnings.front()};
  return calendar;
}

// Puts the good state of `calendar` in place. `source` is stored already.
SourceReading store_good(db::Unit& unit, CalendarSource source, const calendar::ImportedCalendar& calendar,
                         Instant now) {
  const auto applied = apply_calendar(unit, source, calendar, now);
  source.events = applied.added + applied.updated + applied.unchanged;
  source.left_out = static_cast<int>(calendar.warnings.size()) + applied.ours;
  unit.sources().settle(source);
  SourceReading reading;
  reading.source = std::move(source);
  reading.added = applied.added;
  reading.updated = applied.updated;
  reading.unchanged = applied.unchanged;
  reading.removed = applied.removed;
  reading.warnings = warnings_of(calendar);
  return reading;
}

void note_good(CalendarSource& source, Instant now) {
  source.last_try = source.last_good = now;
  source.trouble = SourceTrouble::none;
  source.last_error.clear();
  source.failures = 0;
  source.broken_since.reset();
  source.told.reset();
  source.next_try = source.is_file() ? std::nullopt : std::optional(next_source_try(now, source));
}

void note_trouble(CalendarSource& source, SourceTrouble trouble, std::string problem, Instant now) {
  source.last_try = now;
  source.trouble = trouble;
  source.last_error = ellipsize(to_valid_utf8(problem), 300);
  source.failures = std::min(source.failures, 1'000'000) + 1;
  if (!source.broken_since) source.broken_since = now;
  source.next_try = next_source_try(now, source);
}

// What a fetch brought, read; `calendar` is absent when nothing changed or nothing could be read.
struct Brought {
  FetchAnswer answer;
  std::optional<calendar::ImportedCalendar> calendar;
  std::string digest;
};

Brought bring(Fetcher& fetcher, const CalendarSource& source, const std::string& zone) {
  Brought brought;
  brought.answer = fetcher.fetch({source.url, source.etag, source.last_modified});
  if (brought.answer.trouble != SourceTrouble::none || brought.answer.not_modified) return brought;
  brought.digest = sha256_hex(brought.answer.body);
  if (brought.digest == source.digest) return brought;
  auto calendar = read_bytes(brought.answer.body, zone);
  brought.answer.body.clear();
  if (calendar)
    brought.calendar = std::move(*calendar);
  else
    brought.answer = FetchAnswer::failed(SourceTrouble::not_calendar, calendar.error().message);
  return brought;
}

Result<SourceReading> settle_reading(db::Unit& unit, SourceId id, const Brought& brought, Instant now) {
  auto source = unit.sources().find(id);
  if (!source || source->removed) return no_such_source();
  const auto& answer = brought.answer;
  if (answer.trouble != SourceTrouble::none) {
    note_trouble(*source, answer.trouble, answer.problem, now);
    unit.sources().settle(*source);
    SourceReading reading;
    reading.source = std::move(*source);
    return reading;
  }
  if (!answer.not_modified) {
    source->etag = answer.etag;
    source->last_modified = answer.last_modified;
    source->digest = brought.digest;
  }
  note_good(*source, now);
  if (brought.calendar) return store_good(unit, std::move(*source), *brought.calendar, now);
  unit.sources().settle(*source);
  SourceReading reading;
  reading.unchanged = source->events;
  reading.source = std::move(*source);
  return reading;
}

bool should_tell(const CalendarSource& source, Instant now) {
  return source.failures > 0 && (!source.told || now - *source.told >= told_again_after);
}

void log_reading(const SourceReading& reading) {
  const auto& source = reading.source;
  if (source.trouble == SourceTrouble::none)
    log::info("source.read", {{"source", source.id.value},
                              {"added", reading.added},
                              {"updated", reading.updated},
                              {"removed", reading.removed}});
  else
    log::warning(
        "source.broken",
        {{"source", source.id.value}, {"trouble", name_of(source.trouble)}, {"failures", source.failures}});
}

db::Author author_of(SourceId id, Instant now) {
  return {"source:" + std::to_string(id.value), now};
}

CalendarSource without_secrets(CalendarSource source) {
  source.url.clear();
  source.last_error.clear();
  source.etag.clear();
  source.last_modified.clear();
  source.digest.clear();
  return source;
}

}  // namespace

Instant next_source_try(Instant now, const CalendarSource& source) {
  using std::chrono::seconds;
  const seconds every = source.every;
  const seconds most = std::max<seconds>(every, longest_pause);
  seconds pause = every;
  for (int failure = 0; failure < source.failures && pause < most; ++failure) pause *= 2;
  pause = std::min(pause, most);
  // A fixed share for each source and attempt, spread evenly (the golden ratio's multiples).
  const double share = std::fmod(0.618034 * static_cast<double>(source.id.value + source.failures), 1.0);
  return now + pause + seconds{static_cast<std::int64_t>(share * 0.1 * static_cast<double>(pause.count()))};
}

Deferred<CalendarSource> add_source(Context& context, const Actor& actor, NewSource wanted) {
  using Answer = Deferred<CalendarSource>;
  if (actor.role != Role::editor) return Answer::ready(may_not());
  const Instant now = context.clock.now();
  auto source = checked(wanted, now);
  if (!source) return Answer::ready(source.error());
  const auto address = parse_outside_address(wanted.url);
  if (!address) return Answer::ready(address.error());
  if (is_own(*address, context.settings.base_url))
    return Answer::ready(Error{Errc::invalid_input, "this is the address of this very program"});
  source->url = to_text(*address);
  if (source->name.empty()) source->name = address->host;
  source->next_try = now;
  return context.store.write(db::Author(actor.name, now),
                             [stored = *source](db::Unit& unit) mutable -> Result<CalendarSource> {
                               if (auto error = check_new(unit, stored)) return std::move(*error);
                               stored.id = unit.sources().insert(stored);
                               return stored;
                             });
}

Deferred<SourceReading> add_source_file(Context& context, const Actor& actor, NewSource wanted,
                                        std::string bytes) {
  using Answer = Deferred<SourceReading>;
  if (actor.role != Role::editor) return Answer::ready(may_not());
  const Instant now = context.clock.now();
  auto source = checked(wanted, now);
  if (!source) return Answer::ready(source.error());
  auto begin = [&context, actor, now, stored = *source, bytes = std::move(bytes)] {
    auto calendar = read_bytes(bytes, context.settings.default_zone);
    if (!calendar) return Answer::ready(calendar.error());
    auto named = stored;
    if (named.name.empty()) named.name = ellipsize(collapse_spaces(calendar->name), longest_source_name);
    if (named.name.empty()) return Answer::ready(Error{Errc::invalid_input, "the calendar needs a name"});
    named.digest = sha256_hex(bytes);
    return context.store.write(
        db::Author(actor.name, now),
        [named, calendar = std::move(*calendar), now](db::Unit& unit) mutable -> Result<SourceReading> {
          if (auto error = check_new(unit, named)) return std::move(*error);
          named.id = unit.sources().insert(named);
          note_good(named, now);
          return store_good(unit, named, calendar, now);
        });
  };
  return begun_elsewhere<SourceReading>(context, std::move(begin));
}

Deferred<SourceReading> replace_source_file(Context& context, const Actor& actor, SourceId id,
                                            std::string bytes) {
  using Answer = Deferred<SourceReading>;
  if (actor.role != Role::editor) return Answer::ready(may_not());
  const Instant now = context.clock.now();
  auto begin = [&context, actor, now, id, bytes = std::move(bytes)] {
    auto calendar = read_bytes(bytes, context.settings.default_zone);
    if (!calendar) return Answer::ready(calendar.error());
    return context.store.write(
        db::Author(actor.name, now),
        [id, digest = sha256_hex(bytes), calendar = std::move(*calendar),
         now](db::Unit& unit) -> Result<SourceReading> {
          auto source = unit.sources().find(id);
          if (!source || source->removed) return no_such_source();
          if (!source->is_file())
            return Error{Errc::invalid_input, "this calendar is read from its address, not from a file"};
          source->digest = digest;
          note_good(*source, now);
          return store_good(unit, std::move(*source), calendar, now);
        });
  };
  return begun_elsewhere<SourceReading>(context, std::move(begin));
}

Deferred<std::vector<CalendarSource>> list_sources(Context& context, const Actor& actor) {
  const bool all = actor.role == Role::editor;
  return context.store.read([all](db::Unit& unit) {
    auto sources = unit.sources().list();
    if (all) return sources;
    std::vector<CalendarSource> shared;
    for (auto& source : sources)
      if (source.shared) shared.push_back(without_secrets(std::move(source)));
    return shared;
  });
}

Deferred<bool> remove_source(Context& context, const Actor& actor, SourceId id) {
  if (actor.role != Role::editor) return Deferred<bool>::ready(may_not());
  const Instant now = context.clock.now();
  return context.store.write(db::Author(actor.name, now), [id, now](db::Unit& unit) -> Result<bool> {
    if (!unit.sources().remove(id, now)) return no_such_source();
    remove_entries(unit, id);
    return true;
  });
}

Result<SourceReading> read_source(Context& context, Fetcher& fetcher, const TellOrganisers& tell,
                                  SourceId id) {
  const auto source = context.store
                          .read([id](db::Unit& unit) -> Result<CalendarSource> {
                            const auto found = unit.sources().find(id);
                            if (!found || found->removed) return no_such_source();
                            return *found;
                          })
                          .wait();
  if (!source) return source.error();
  if (source->is_file())
    return Error{Errc::invalid_input, "this calendar is a file; upload it again when it has changed"};
  const auto brought = bring(fetcher, *source, context.settings.default_zone);
  if (brought.answer.interrupted) return Error{Errc::storage_unavailable, "the program is about to stop"};
  const Instant now = context.clock.now();
  auto reading =
      context.store
          .write(author_of(id, now),
                 [id, &brought, now](db::Unit& unit) { return settle_reading(unit, id, brought, now); })
          .wait();
  if (!reading) return reading;
  log_reading(*reading);
  if (!should_tell(reading->source, now) || !tell || !tell(reading->source)) return reading;
  reading->source.told = now;
  const auto noted = context.store
                         .write(author_of(id, now),
                                [id, now](db::Unit& unit) -> Result<bool> {
                                  auto told = unit.sources().find(id);
                                  if (!told) return no_such_source();
                                  told->told = now;
                                  unit.sources().settle(*told);
                                  return true;
                                })
                         .wait();
  if (!noted) return noted.error();
  return reading;
}

}  // namespace convoke::service
