#include "service/calendar_import.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/event_store.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace convoke::service {
namespace {

OrganisationId organisation_of(db::Unit& unit, const calendar::ImportedCalendar& calendar,
                               const std::string& zone) {
  const auto known = unit.organisations().list();
  if (known.size() == 1) return known.front().id;
  const std::string name = calendar.name.empty() ? "Convoke" : calendar.name;
  if (const auto same = unit.organisations().find_by_name(name)) return same->id;
  Organisation organisation;
  organisation.name = name;
  organisation.zone = zone;
  return unit.organisations().insert(organisation);
}

// The SEQUENCE that the file had when this event was last read from one, or else the event's own: ours rises
// with every change that is seen here, which the file's owner knows nothing of.
int last_sequence(const Event& known) {
  return known.as_read ? known.as_read->sequence : known.sequence;
}

RowAsRead as_read(const Event& event) {
  RowAsRead read;
  read.title = event.title;
  read.kind = event.kind;
  read.period_text = event.period.source_text;
  read.place = event.place;
  read.note = event.note;
  read.sequence = event.sequence;
  return read;
}

void add(ImportSummary& summary, const StoredEvent& stored) {
  summary.ids.push_back(stored.event.id);
  summary.reminders_planned += stored.reminders_planned;
  summary.reminders_missed += stored.reminders_missed;
}

// A talk of a section of a day of a conference; deeper is a file's mistake, and so is a circle.
constexpr int deepest_nesting = 4;

// The events with those that others are parts of before their parts, so that a part finds what it belongs to.
std::vector<const calendar::ImportedIcalEvent*> parents_first(const calendar::ImportedCalendar& calendar) {
  std::map<std::string_view, const calendar::ImportedIcalEvent*> by_uid;
  for (const auto& one : calendar.events) by_uid.emplace(one.event.uid, &one);
  std::vector<std::pair<int, const calendar::ImportedIcalEvent*>> by_depth;
  for (const auto& one : calendar.events) {
    int depth = 0;
    for (auto at = by_uid.find(one.parent_uid); at != by_uid.end() && depth <= deepest_nesting; ++depth)
      at = by_uid.find(at->second->parent_uid);
    by_depth.emplace_back(depth, &one);
  }
  std::stable_sort(by_depth.begin(), by_depth.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const calendar::ImportedIcalEvent*> out;
  for (const auto& [depth, one] : by_depth) out.push_back(one);
  return out;
}

// The event that `part` belongs to, as its file says; 0 when there is none here, or it is its own part.
EventId parent_of(db::Unit& unit, const calendar::ImportedIcalEvent& part) {
  if (part.parent_uid.empty()) return {};
  const auto parent = unit.events().find_by_uid(part.parent_uid);
  if (!parent) return {};
  auto above = parent;
  for (int depth = 0; above; ++depth) {
    if (above->uid == part.event.uid || depth >= deepest_nesting) return {};
    above = above->parent ? unit.events().find(above->parent) : std::nullopt;
  }
  return parent->id;
}

// What no calendar file says stays as people have set it.
void keep_own(const Event& before, Event& event) {
  event.organisation = before.organisation;
  event.level = before.level;
  event.audience = before.audience;
  if (!event.parent) event.parent = before.parent;
}

ImportSummary store_calendar(const Writing& writing, const calendar::ImportedCalendar& calendar,
                             const std::string& zone) {
  db::Unit& unit = writing.unit;
  ImportSummary summary;
  summary.warnings = warnings_of(calendar);
  int in_plans = 0, of_sources = 0;
  std::optional<OrganisationId> organisation;  // found when the first new event needs it
  for (const auto* one : parents_first(calendar)) {
    const auto& imported = *one;
    Event event = imported.event;
    event.parent = parent_of(unit, imported);
    if (is_open(event.status) && event.period.is_dated()) event.status = EventStatus::dated;
    event.as_read = as_read(event);
    const auto before = unit.events().find_by_uid(event.uid);
    if (before && before->plan) {
      ++in_plans;
      continue;
    }
    if (before && before->source) {  // it comes from a neighbour's calendar and follows that
      ++of_sources;
      continue;
    }
    if (before && event.sequence < last_sequence(*before)) {
      summary.warnings.push_back("line " + std::to_string(imported.line) + ": an older version (SEQUENCE " +
                                 std::to_string(event.sequence) + ", here " +
                                 std::to_string(last_sequence(*before)) + ") was left out");
      continue;
    }
    if (before) {
      keep_own(*before, event);
      const auto stored = update_event(writing, *before, std::move(event));
      (stored.changed ? summary.updated : summary.unchanged) += 1;
      add(summary, stored);
    } else {
      if (!organisation) organisation = organisation_of(unit, calendar, zone);
      event.organisation = *organisation;
      add(summary, insert_event(writing, std::move(event)));
      summary.events += 1;
    }
  }
  if (of_sources > 0)
    summary.warnings.push_back(std::to_string(of_sources) +
                               " of this file's events come from a neighbour's calendar that is read here, "
                               "and were left alone");
  if (in_plans > 0)
    summary.warnings.push_back(
        std::to_string(in_plans) + (in_plans == 1 ? " event of this file is" : " events of this file are") +
        " already in a plan here and " + (in_plans == 1 ? "was" : "were") + " left alone");
  return summary;
}

}  // namespace

Result<calendar::ImportedCalendar> read_calendar_file(const ImportRequest& request,
                                                      const std::string& default_zone) {
  const std::string zone = request.zone.empty() ? default_zone : request.zone;
  if (const auto known = check_zone(zone); !known) return known.error();
  auto calendar = calendar::read_calendar(request.bytes, zone);
  if (!calendar) return calendar.error();
  if (calendar->events.empty())
    return Error{Errc::invalid_input,
                 "the calendar file has no event that can be read" +
                     (calendar->warnings.empty() ? "" : "; " + calendar->warnings.front())};
  return calendar;
}

std::vector<std::string> warnings_of(const calendar::ImportedCalendar& calendar) {
  auto warnings = calendar.warnings;
  for (const auto& imported : calendar.events)
    for (const auto& warning : imported.warnings)
      warnings.push_back("line " + std::to_string(imported.line) + ": " + warning);
  return warnings;
}

Deferred<ImportSummary> import_calendar(Context& context, const Actor& actor, const ImportRequest& request) {
  auto calendar = read_calendar_file(request, context.settings.default_zone);
  if (!calendar) return Deferred<ImportSummary>::ready(calendar.error());
  const std::string zone = request.zone.empty() ? context.settings.default_zone : request.zone;
  const Instant now = context.clock.now();
  auto work = [calendar = std::move(*calendar), zone, rules = rules_of(context.settings),
               now](db::Unit& unit) {
    return store_calendar({unit, rules, now}, calendar, zone);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
