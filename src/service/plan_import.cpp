#include "service/plan_import.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

// The events that the plan already had, each to be taken once by the row that is it.
class KnownRows {
 public:
  explicit KnownRows(std::vector<Event> events) : events_(std::move(events)) {}

  // The event of this row: of the same title in the same section, or else of the same number there.
  const Event* take(const Event& row) {
    const auto same_section = [&](const Event& e) { return fold(e.section) == fold(row.section); };
    const Event* found =
        take_if([&](const Event& e) { return same_section(e) && fold(e.title) == fold(row.title); });
    if (!found) found = take_if([&](const Event& e) { return fold(e.title) == fold(row.title); });
    if (!found && !row.number.empty())
      found = take_if([&](const Event& e) { return same_section(e) && e.number == row.number; });
    return found;
  }

  std::vector<const Event*> rest() const {
    std::vector<const Event*> left;
    for (const auto& event : events_)
      if (!taken_.contains(&event)) left.push_back(&event);
    return left;
  }

 private:
  template<class Is>
  const Event* take_if(Is is) {
    for (const auto& event : events_)
      if (!taken_.contains(&event) && is(event)) return *taken_.insert(&event).first;
    return nullptr;
  }

  std::vector<Event> events_;
  std::set<const Event*> taken_;
};

Language language_or(const std::string& tag, Language fallback) {
  return language_of(tag).value_or(fallback);
}

Organisation find_or_enter_organisation(db::Unit& unit, const Plan& plan, const std::string& zone) {
  const std::string name = plan.organisation_name.empty() ? plan.title : plan.organisation_name;
  if (auto known = unit.organisations().find_by_name(name)) return *known;
  Organisation organisation;
  organisation.name = name;
  organisation.zone = zone;
  organisation.language = language_or(plan.language, Language::uk);
  organisation.id = unit.organisations().insert(organisation);
  return organisation;
}

// The plan of the same organisation and year, if it was brought in before.
std::optional<Plan> find_known(db::Unit& unit, const Plan& plan) {
  for (auto& known : unit.plans().list())
    if (known.organisation == plan.organisation && known.year == plan.year &&
        fold(known.title) == fold(plan.title))
      return std::move(known);
  return std::nullopt;
}

void add(ImportSummary& summary, const StoredEvent& stored, bool is_new) {
  summary.ids.push_back(stored.event.id);
  summary.events += is_new ? 1 : 0;
  summary.updated += !is_new && stored.changed ? 1 : 0;
  summary.unchanged += !is_new && !stored.changed ? 1 : 0;
  summary.reminders_planned += stored.reminders_planned;
  summary.reminders_missed += stored.reminders_missed;
}

// What the document says of a row, over what is stored of it.
Event merged(const Event& known, Event row) {
  row.status = known.status;
  row.online_url = known.online_url;
  row.description = known.description;
  if (row.period.source_text == known.period.source_text)
    row.period = known.period;
  else if (is_open(known.status))
    row.status = row.period.is_dated() ? EventStatus::dated : EventStatus::planned;
  if (row.place.empty()) row.place = known.place;
  return row;
}

std::string item_name(const Event& event) {
  return (event.number.empty() ? "" : event.number + " ") + "«" + ellipsize(event.title, 60) + "»";
}

}  // namespace

ImportSummary store_plan(const Writing& writing, const ImportedPlan& imported) {
  db::Unit& unit = writing.unit;
  ImportSummary summary;
  summary.warnings = imported.warnings;
  Plan plan = imported.plan;
  const std::string zone = imported.items.empty() ? "Europe/Kyiv" : imported.items.front().event.zone;
  const Organisation organisation = find_or_enter_organisation(unit, plan, zone);
  plan.organisation = organisation.id;
  plan.imported = writing.now;
  const auto known = find_known(unit, plan);
  KnownRows rows(known ? unit.events().of_plan(known->id) : std::vector<Event>{});
  if (known) {
    plan.id = known->id;
    unit.plans().update(plan);
  } else {
    plan.id = unit.plans().insert(plan);
  }
  summary.plan = plan.id;
  int position = 0;
  for (const auto& item : imported.items) {
    for (const auto& warning : item.warnings)
      summary.warnings.push_back(item_name(item.event) + ": " + warning);
    if (!item.schedulable) continue;
    Event event = item.event;
    event.plan = plan.id;
    event.organisation = organisation.id;
    event.position = ++position;
    if (event.period.is_dated()) event.status = EventStatus::dated;
    link_people(unit, event, organisation.language, summary.warnings);
    if (const auto* before = rows.take(event))
      add(summary, update_event(writing, *before, merged(*before, std::move(event))), false);
    else
      add(summary, insert_event(writing, std::move(event)), true);
  }
  for (const auto* left : rows.rest())
    summary.warnings.push_back("kept: " + item_name(*left) +
                               " is no longer in the document; cancel it if it is off");
  return summary;
}

}  // namespace convoke::service
