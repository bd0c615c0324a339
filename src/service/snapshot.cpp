#include "service/snapshot.hpp"

#include "base/contacts.hpp"
#include "base/log.hpp"
#include "db/store.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

// What everybody may read: addresses and telephones that stand in the cells of a plan stay in the database.
Event published(Event event) {
  for (auto* text : {&event.title, &event.note, &event.description, &event.place, &event.responsible_text})
    *text = hide_contacts(*text);
  for (auto& item : event.agenda) item = hide_contacts(item);
  return event;
}

Plan published(Plan plan) {
  for (auto& item : plan.preamble) item.text = hide_contacts(item.text);
  return plan;
}

std::vector<std::shared_ptr<const Event>> share(std::vector<Event> events) {
  std::vector<std::shared_ptr<const Event>> shared;
  shared.reserve(events.size());
  for (auto& event : events) shared.push_back(std::make_shared<const Event>(published(std::move(event))));
  return shared;
}

// `base` with every event of `changed` put in its place; both are ordered by id.
std::vector<std::shared_ptr<const Event>> merge(const std::vector<std::shared_ptr<const Event>>& base,
                                                std::vector<std::shared_ptr<const Event>> changed) {
  std::vector<std::shared_ptr<const Event>> merged;
  merged.reserve(base.size() + changed.size());
  auto next = changed.begin();
  for (const auto& event : base) {
    while (next != changed.end() && (*next)->id < event->id) merged.push_back(*next++);
    if (next != changed.end() && (*next)->id == event->id)
      merged.push_back(*next++);
    else
      merged.push_back(event);
  }
  merged.insert(merged.end(), next, changed.end());
  return merged;
}

std::shared_ptr<const Snapshot> load(db::Unit& unit, const std::shared_ptr<const Snapshot>& base) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->change = unit.changes().last();
  if (base && base->change == snapshot->change) return base;
  if (const auto newest = unit.changes().last_visible()) snapshot->modified = newest->at;
  snapshot->events = base ? merge(base->events, share(unit.events().changed_since(base->change)))
                          : share(unit.events().all());
  for (auto& plan : unit.plans().list())
    snapshot->plans.push_back(std::make_shared<const Plan>(published(std::move(plan))));
  snapshot->organisations = unit.organisations().list();
  return snapshot;
}

}  // namespace

const Event* Snapshot::find_event(EventId id) const {
  const auto found = std::lower_bound(events.begin(), events.end(), id,
                                      [](const auto& event, EventId wanted) { return event->id < wanted; });
  return found != events.end() && (*found)->id == id ? found->get() : nullptr;
}

const Event* Snapshot::find_event(const std::string& uid) const {
  const auto found =
      std::find_if(events.begin(), events.end(), [&](const auto& event) { return event->uid == uid; });
  return found != events.end() ? found->get() : nullptr;
}

const Plan* Snapshot::find_plan(PlanId id) const {
  const auto found =
      std::find_if(plans.begin(), plans.end(), [&](const auto& plan) { return plan->id == id; });
  return found != plans.end() ? found->get() : nullptr;
}

const Organisation* Snapshot::find_organisation(OrganisationId id) const {
  const auto found = std::find_if(organisations.begin(), organisations.end(),
                                  [&](const auto& organisation) { return organisation.id == id; });
  return found != organisations.end() ? &*found : nullptr;
}

std::vector<const Event*> Snapshot::events_of(PlanId id) const {
  std::vector<const Event*> found;
  for (const auto& event : events)
    if (event->plan == id) found.push_back(event.get());
  std::stable_sort(found.begin(), found.end(),
                   [](const auto* a, const auto* b) { return a->position < b->position; });
  return found;
}

std::shared_ptr<const Snapshot> Snapshots::latest() const {
  const std::lock_guard lock(mutex_);
  return latest_;
}

std::shared_ptr<const Snapshot> Snapshots::if_current() const {
  auto snapshot = latest();
  return snapshot && snapshot->change == context_.store.last_change() ? snapshot : nullptr;
}

Deferred<std::shared_ptr<const Snapshot>> Snapshots::current() {
  using Shared = std::shared_ptr<const Snapshot>;
  if (auto snapshot = if_current()) return Deferred<Shared>::ready(std::move(snapshot));
  return Deferred<Shared>([this](Deferred<Shared>::Completion done) {
    auto base = latest();
    context_.store.read([base](db::Unit& unit) { return load(unit, base); })
        .start([this, base, done](Result<Shared> now) {
          if (now) {
            keep(*now);
            return done(std::move(now));
          }
          if (!base) return done(now.error());
          log::warning("snapshot.stale", {{"change", base->change}});
          done(base);
        });
  });
}

void Snapshots::keep(const std::shared_ptr<const Snapshot>& snapshot) {
  const std::lock_guard lock(mutex_);
  if (!latest_ || latest_->change < snapshot->change) latest_ = snapshot;
}

}  // namespace convoke::service
