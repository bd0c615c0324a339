#include "service/conflicts.hpp"

#include "db/store.hpp"

#include <unordered_map>

namespace convoke::service {
namespace {

// Of a calendar that is not shared.
struct HiddenEvent {
  std::shared_ptr<const Event> event;
  std::string source;
};
using HiddenEvents = std::vector<HiddenEvent>;
using Found = std::vector<FoundConflict>;

HiddenEvents hidden_events(db::Unit& unit) {
  HiddenEvents events;
  for (const auto& source : unit.sources().list()) {
    if (source.shared) continue;
    for (auto& event : unit.events().of_source(source.id))
      events.push_back({std::make_shared<const Event>(std::move(event)), source.name});
  }
  return events;
}

Found found_among(const Snapshot& snapshot, const HiddenEvents& hidden, const Event& event) {
  std::vector<const Event*> others;
  std::unordered_map<const Event*, const HiddenEvent*> owners;
  if (calendar::takes_days(event)) {
    for (const auto& other : snapshot.events)
      if (other->period.has_dates()) others.push_back(other.get());
    for (const auto& other : hidden) {
      others.push_back(other.event.get());
      owners.emplace(other.event.get(), &other);
    }
  }
  Found found;
  for (const auto& conflict : calendar::conflicts(event, others)) {
    FoundConflict one;
    const auto owner = owners.find(conflict.other);
    one.hidden = owner != owners.end();
    one.other = one.hidden ? owner->second->event : snapshot.events.find(conflict.other->id);
    if (one.hidden)
      one.source = owner->second->source;
    else if (const auto* name = snapshot.sources.name_of(one.other->source))
      one.source = *name;
    one.day = conflict.day;
    one.responsible = conflict.responsible;
    one.place = conflict.place;
    one.neighbour = conflict.neighbour;
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

Deferred<Found> conflicts_of(Context& context, std::shared_ptr<const Snapshot> snapshot, const Actor& actor,
                             EventId id) {
  const Event* event = snapshot->find_event(id);
  if (event == nullptr) return Deferred<Found>::ready(Error{Errc::not_found, "there is no such event"});
  if (actor.role != Role::editor || !calendar::takes_days(*event))
    return Deferred<Found>::ready(found_among(*snapshot, {}, *event));
  return context.store.read([snapshot, id](db::Unit& unit) {
    return found_among(*snapshot, hidden_events(unit), *snapshot->find_event(id));
  });
}

}  // namespace convoke::service
