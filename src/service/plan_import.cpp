#include "service/plan_import.hpp"

#include "base/text.hpp"
#include "service/plan_title.hpp"
#include "service/row_match.hpp"

#include <algorithm>

namespace convoke::service {

std::string name_of_organisation(const Plan& plan) {
  return plan.organisation_name.empty() ? organisation_in_title(plan.title) : plan.organisation_name;
}

std::optional<Plan> find_known(db::Unit& unit, const Plan& plan, const std::vector<Event>& rows,
                               std::vector<std::string>& warnings) {
  std::optional<Plan> best, alike;
  std::size_t most = 0;
  for (auto& known : unit.plans().list()) {
    if (known.organisation != plan.organisation || known.year != plan.year) continue;
    if (fold(known.title) == fold(plan.title)) return std::move(known);
    const auto events = unit.events().of_plan(known.id);
    const std::size_t same = count_same_titles(events, rows);
    if (same > 0 && same * 2 >= std::max(events.size(), rows.size())) {
      if (same > most) best = std::move(known);
      most = std::max(most, same);
    } else if (same > 0 || are_similar_titles(known.title, plan.title)) {
      alike = std::move(known);
    }
  }
  if (!best && alike)
    warnings.push_back("plan: it looks like plan " + std::to_string(alike->id.value) + " \"" +
                       ellipsize(alike->title, 60) +
                       "\" of the same year, but most rows differ; it was entered as a new one");
  return best;
}

RowAsRead row_as_read(const Event& row) {
  RowAsRead read;
  read.title = row.title;
  read.kind = row.kind;
  read.period_text = row.period.source_text;
  read.place = row.place;
  read.note = row.note;
  read.responsible_text = row.responsible_text;
  return read;
}

namespace {

Language language_or(const std::string& tag, Language fallback) {
  return language_of(tag).value_or(fallback);
}

// The association that the document names, or whose plan its title says it is.
Organisation find_or_enter_organisation(db::Unit& unit, const Plan& plan, const std::string& zone,
                                        std::vector<std::string>& warnings) {
  if (plan.organisation)
    if (auto chosen = unit.organisations().find(plan.organisation)) return *chosen;
  std::string name = name_of_organisation(plan);
  if (name.empty()) {
    name = "Convoke";
    warnings.push_back("organisation: the document names none; its events are entered under \"Convoke\"");
  }
  if (auto known = unit.organisations().find_by_name(name)) return *known;
  Organisation organisation;
  organisation.name = name;
  organisation.zone = zone;
  organisation.language = language_or(plan.language, Language::uk);
  organisation.id = unit.organisations().insert(organisation);
  return organisation;
}

void add(ImportSummary& summary, const StoredEvent& stored, bool is_new) {
  summary.ids.push_back(stored.event.id);
  summary.events += is_new ? 1 : 0;
  summary.updated += !is_new && stored.changed ? 1 : 0;
  summary.unchanged += !is_new && !stored.changed ? 1 : 0;
  summary.reminders_planned += stored.reminders_planned;
  summary.reminders_missed += stored.reminders_missed;
}

// What an event without a memory of its document is taken to have read: people's kind, place and note stay,
// and so does a period of the same text.
RowAsRead presumed_as_read(const Event& known, const Event& row) {
  RowAsRead read = row_as_read(known);
  read.kind = row.kind;
  if (!known.place.empty()) read.place = row.place;
  if (!known.note.empty()) read.note = row.note;
  return read;
}

void keep_what_documents_never_say(const Event& known, Event& row) {
  if (known.level) row.level = known.level;
  if (!known.audience.empty()) row.audience = known.audience;
  row.parent = known.parent;
  row.image_url = known.image_url;
  row.contact = known.contact;
  row.attachments = known.attachments;
  row.overrides = known.overrides;
}

// What the document says anew of a row, over what is stored of it: a field that reads as it did last time is
// people's to change.
Event merged(const Event& known, Event row) {
  const RowAsRead before = known.as_read ? *known.as_read : presumed_as_read(known, row);
  if (row.title == before.title) row.title = known.title;
  if (row.kind == before.kind) row.kind = known.kind;
  if (row.place == before.place) row.place = known.place;
  if (row.note == before.note) row.note = known.note;
  row.status = known.status;
  if (row.period.source_text == before.period_text)
    row.period = known.period;
  else if (is_open(known.status))
    row.status = row.period.is_dated() ? EventStatus::dated : EventStatus::planned;
  row.online_url = known.online_url;
  row.description = known.description;
  keep_what_documents_never_say(known, row);
  for (auto& who : row.responsible)
    for (const auto& linked : known.responsible)
      if (!who.name.empty() && who.name == linked.name) who.person = linked.person;
  return row;
}

std::string item_name(const Event& event) {
  return (event.number.empty() ? "" : event.number + " ") + "«" + ellipsize(event.title, 60) + "»";
}

// The rows that become events; what the others say of themselves becomes warnings.
std::vector<Event> rows_of(const ImportedPlan& imported, OrganisationId organisation,
                           std::vector<std::string>& warnings) {
  std::vector<Event> rows;
  for (const auto& item : imported.items) {
    for (const auto& warning : item.warnings) warnings.push_back(item_name(item.event) + ": " + warning);
    if (!item.schedulable) continue;
    Event row = item.event;
    row.organisation = organisation;
    row.position = static_cast<int>(rows.size()) + 1;
    if (!row.as_read) row.as_read = row_as_read(row);
    if (row.period.is_dated()) row.status = EventStatus::dated;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

ImportSummary store_plan(const Writing& writing, const ImportedPlan& imported) {
  db::Unit& unit = writing.unit;
  ImportSummary summary;
  summary.warnings = imported.warnings;
  Plan plan = imported.plan;
  const std::string zone = imported.items.empty() ? "Europe/Kyiv" : imported.items.front().event.zone;
  const Organisation organisation = find_or_enter_organisation(unit, plan, zone, summary.warnings);
  plan.organisation = organisation.id;
  if (!imported.items.empty()) plan.zone = zone;
  plan.imported = writing.now;
  auto rows = rows_of(imported, organisation.id, summary.warnings);
  const auto known_plan = find_known(unit, plan, rows, summary.warnings);
  if (known_plan) {
    plan.id = known_plan->id;
    unit.plans().update(plan);
  } else {
    plan.id = unit.plans().insert(plan);
  }
  summary.plan = plan.id;
  const auto known = known_plan ? unit.events().of_plan(plan.id) : std::vector<Event>{};
  const auto matches = match_rows(known, rows);
  std::vector<bool> kept(known.size(), true);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Event row = std::move(rows[i]);
    row.plan = plan.id;
    if (const auto match = matches[i]) {
      kept[*match] = false;
      row = merged(known[*match], std::move(row));
      link_people(unit, row, organisation.language, summary.warnings);
      add(summary, update_event(writing, known[*match], std::move(row)), false);
    } else {
      link_people(unit, row, organisation.language, summary.warnings);
      add(summary, insert_event(writing, std::move(row)), true);
    }
  }
  for (std::size_t i = 0; i < known.size(); ++i)
    if (kept[i])
      summary.warnings.push_back("kept: " + item_name(known[i]) +
                                 " is no longer in the document; cancel it if it is off");
  return summary;
}

}  // namespace convoke::service
