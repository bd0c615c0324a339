#include "service/calendar_import.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/ical_reader.hpp"
#include "db/store.hpp"
#include "service/event_store.hpp"

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

ImportSummary store_calendar(const Writing& writing, const calendar::ImportedCalendar& calendar,
                             const std::string& zone) {
  db::Unit& unit = writing.unit;
  ImportSummary summary;
  summary.warnings = calendar.warnings;
  const OrganisationId organisation = organisation_of(unit, calendar, zone);
  for (const auto& imported : calendar.events) {
    for (const auto& warning : imported.warnings)
      summary.warnings.push_back("line " + std::to_string(imported.line) + ": " + warning);
    Event event = imported.event;
    event.organisation = organisation;
    if (is_open(event.status) && event.period.is_dated()) event.status = EventStatus::dated;
    const auto before = unit.events().find_by_uid(event.uid);
    StoredEvent stored;
    if (before) {
      event.plan = before->plan;
      stored = update_event(writing, *before, std::move(event));
      (stored.changed ? summary.updated : summary.unchanged) += 1;
    } else {
      stored = insert_event(writing, std::move(event));
      summary.events += 1;
    }
    summary.ids.push_back(stored.event.id);
    summary.reminders_planned += stored.reminders_planned;
    summary.reminders_missed += stored.reminders_missed;
  }
  return summary;
}

}  // namespace

Deferred<ImportSummary> import_calendar(Context& context, const Actor& actor, const ImportRequest& request) {
  const std::string zone = request.zone.empty() ? context.settings.default_zone : request.zone;
  if (const auto known = check_zone(zone); !known) return Deferred<ImportSummary>::ready(known.error());
  auto calendar = calendar::read_calendar(request.bytes, zone);
  if (!calendar) return Deferred<ImportSummary>::ready(calendar.error());
  const Instant now = context.clock.now();
  auto work = [calendar = std::move(*calendar), zone, rules = rules_of(context.settings),
               now](db::Unit& unit) {
    return store_calendar({unit, rules, now}, calendar, zone);
  };
  return context.store.write(db::Author(actor.name, now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
