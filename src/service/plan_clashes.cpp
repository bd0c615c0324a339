#include "service/plan_clashes.hpp"

#include "base/time_zone.hpp"
#include "service/clash_scene.hpp"
#include "service/presentation.hpp"
#include "service/row_changes.hpp"

#include <algorithm>
#include <tuple>

namespace convoke::service {
namespace {

const Error no_such_plan(Errc::not_found, "there is no such plan");

std::shared_ptr<const Plan> plan_in(const Snapshot& snapshot, PlanId id, const Reach& within) {
  for (const auto& plan : snapshot.plans)
    if (plan->id == id) return reaches(within, plan->organisation) ? plan : nullptr;
  return nullptr;
}

// Of a pair within the plan the one that comes first tells of both.
bool is_told_by_the_other(const Event& event, const Event& other) {
  return other.plan == event.plan && is_open(other.status) && other.id < event.id;
}

void sort_by_day(std::vector<Clash>& clashes) {
  std::stable_sort(clashes.begin(), clashes.end(), [](const Clash& a, const Clash& b) {
    // What is wrong with the day itself comes first.
    return std::tuple(a.day, a.other.has_value(), a.event ? a.event->position : 0) <
           std::tuple(b.day, b.other.has_value(), b.event ? b.event->position : 0);
  });
}

// Of one event, in the days of the index.
std::vector<Clash> clashes_with(const ClashScene& scene, const calendar::ConflictIndex& index,
                                const Event& event, const calendar::WorkingWeek& week, Date from, Date to) {
  std::vector<Clash> clashes;
  for (auto& standing : calendar::standing_days(event, week, from, to)) {
    Clash one;
    one.day = standing.day;
    one.standing = std::move(standing);
    clashes.push_back(std::move(one));
  }
  for (const auto& conflict : index.of({&event, speakers_of(event)})) {
    Clash one;
    one.day = conflict.day;
    one.other = scene.found(conflict);
    clashes.push_back(std::move(one));
  }
  return clashes;
}

std::vector<Clash> clashes_now(const ClashScene& scene, const Settings& settings, const Event& event) {
  if (!calendar::takes_days(event) || !is_open(event.status)) return {};
  const Date from = *event.period.first, to = *event.period.last;
  auto clashes =
      clashes_with(scene, scene.index(from, to), event, working_week(settings, event.zone), from, to);
  sort_by_day(clashes);
  return clashes;
}

PlanClashes clashes_among(const ClashScene& scene, const Settings& settings, Instant now,
                          std::shared_ptr<const Plan> plan, bool past) {
  PlanClashes all;
  std::vector<std::shared_ptr<const Event>> rows;
  std::optional<Date> from, to;
  for (const auto& event : scene.snapshot().events) {
    if (event->plan != plan->id || !is_open(event->status) || !event->period.has_dates()) continue;
    rows.push_back(event);
    from = from ? std::min(*from, *event->period.first) : *event->period.first;
    to = to ? std::max(*to, *event->period.last) : *event->period.last;
  }
  all.plan = std::move(plan);
  if (rows.empty()) return all;
  const auto index = scene.index(*from, *to);
  for (const auto& row : rows) {
    const Date today = civil_date(now, zone_of(*row));
    for (auto& one : clashes_with(scene, index, *row, working_week(settings, row->zone), *from, *to)) {
      if (one.other && is_told_by_the_other(*row, *one.other->other)) continue;
      one.event = row;
      const bool over = one.day < today;
      all.past += over ? 1 : 0;
      if (over && !past) continue;
      (over ? all.gone : all.coming).push_back(std::move(one));
    }
  }
  for (auto* list : {&all.coming, &all.gone}) {
    sort_by_day(*list);
    all.cut = all.cut || list->size() > most_plan_clashes;
    if (list->size() > most_plan_clashes) list->erase(list->begin() + most_plan_clashes, list->end());
  }
  return all;
}

}  // namespace

Deferred<PlanClashes> clashes_of_plan(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                      const Actor& actor, PlanId id, Reach within, bool past) {
  auto plan = plan_in(*snapshot, id, within);
  if (!plan) return Deferred<PlanClashes>::ready(no_such_plan);
  return with_scene<PlanClashes>(
      context, std::move(snapshot), actor,
      [settings = context.settings, now = context.clock.now(), plan, past](const ClashScene& scene) {
        return clashes_among(scene, settings, now, plan, past);
      });
}

Deferred<std::vector<Clash>> clashes_of_row(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                            const Actor& actor, PlanId id, EventId row, RowFields fields,
                                            Reach within) {
  using Clashes = std::vector<Clash>;
  const auto plan = plan_in(*snapshot, id, within);
  if (!plan) return Deferred<Clashes>::ready(no_such_plan);
  const Event* known = snapshot->find_event(row);
  Event before;
  if (known != nullptr && known->plan == id) {
    before = *known;
  } else {
    const auto* organisation = snapshot->find_organisation(plan->organisation);
    before.plan = id;
    before.organisation = plan->organisation;
    const auto& fallback = organisation != nullptr ? organisation->zone : context.settings.default_zone;
    const auto rows = snapshot->events_of(id);
    before.zone = zone_of_new_row(*plan, rows.empty() ? nullptr : rows.front(), fallback);
  }
  // A row that is typed may have no title yet.
  if (fields.title.empty()) fields.title = "…";
  auto typed = row_with(before, fields, *plan);
  if (!typed || !calendar::takes_days(*typed)) return Deferred<Clashes>::ready(Clashes());
  return with_scene<Clashes>(context, std::move(snapshot), actor,
                             [settings = context.settings, event = std::move(*typed)](
                                 const ClashScene& scene) { return clashes_now(scene, settings, event); });
}

Deferred<std::vector<Clash>> clashes_of_row(Context& context, std::shared_ptr<const Snapshot> snapshot,
                                            const Actor& actor, PlanId id, EventId row, Reach within) {
  using Clashes = std::vector<Clash>;
  const Event* event = snapshot->find_event(row);
  if (!plan_in(*snapshot, id, within) || event == nullptr || event->plan != id)
    return Deferred<Clashes>::ready(no_such_plan);
  if (!calendar::takes_days(*event)) return Deferred<Clashes>::ready(Clashes());
  return with_scene<Clashes>(context, std::move(snapshot), actor,
                             [settings = context.settings, row](const ClashScene& scene) {
                               return clashes_now(scene, settings, *scene.snapshot().find_event(row));
                             });
}

}  // namespace convoke::service
