#include "service/event_table.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace convoke::service {

struct EventTable::Places {
  std::vector<Place> uid, person, organisation, plan;
};

EventTable::Places EventTable::places_of(const Event& event) {
  Places places;
  places.uid.push_back({static_cast<std::int64_t>(std::hash<std::string>{}(event.uid)), 0, event.id});
  if (event.organisation) places.organisation.push_back({event.organisation.value, 0, event.id});
  if (event.plan) places.plan.push_back({event.plan.value, event.position, event.id});
  for (const auto& one : event.responsible) {
    const Place place{one.person.value, 0, event.id};
    const bool known = std::find(places.person.begin(), places.person.end(), place) != places.person.end();
    if (one.person && !known) places.person.push_back(place);
  }
  return places;
}

EventTable::EventTable(std::vector<SharedEvent> by_id) {
  Places all;
  for (const auto& event : by_id) {
    const Places places = places_of(*event);
    const auto add = [](std::vector<Place>& to, const std::vector<Place>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    add(all.uid, places.uid);
    add(all.person, places.person);
    add(all.organisation, places.organisation);
    add(all.plan, places.plan);
  }
  const auto index_of = [](std::vector<Place> places) {
    std::sort(places.begin(), places.end());
    return Index(std::move(places));
  };
  by_uid_ = index_of(std::move(all.uid));
  by_person_ = index_of(std::move(all.person));
  by_organisation_ = index_of(std::move(all.organisation));
  by_plan_ = index_of(std::move(all.plan));
  events_ = PagedSet<SharedEvent, ById>(std::move(by_id));
}

void EventTable::put(SharedEvent event) {
  const auto before = find(event->id);
  const Places old_places = before ? places_of(*before) : Places();
  const Places new_places = places_of(*event);
  const auto move = [](Index& index, const std::vector<Place>& from, const std::vector<Place>& to) {
    if (from == to) return;
    for (const auto& place : from) index.erase(place);
    for (const auto& place : to) index.put(place);
  };
  move(by_uid_, old_places.uid, new_places.uid);
  move(by_person_, old_places.person, new_places.person);
  move(by_organisation_, old_places.organisation, new_places.organisation);
  move(by_plan_, old_places.plan, new_places.plan);
  events_.put(std::move(event));
}

bool EventTable::remove(EventId id) {
  const auto event = find(id);
  if (!event) return false;
  const Places places = places_of(*event);
  for (const auto& place : places.uid) by_uid_.erase(place);
  for (const auto& place : places.person) by_person_.erase(place);
  for (const auto& place : places.organisation) by_organisation_.erase(place);
  for (const auto& place : places.plan) by_plan_.erase(place);
  return events_.erase(id);
}

SharedEvent EventTable::find(EventId id) const {
  const auto* found = events_.find(id);
  return found ? *found : nullptr;
}

SharedEvent EventTable::find(const std::string& uid) const {
  // The index holds a hash of it.
  for (auto& event : found_in(by_uid_, static_cast<std::int64_t>(std::hash<std::string>{}(uid))))
    if (event->uid == uid) return event;
  return nullptr;
}

std::vector<SharedEvent> EventTable::of_person(PersonId person) const {
  return found_in(by_person_, person.value);
}

std::vector<SharedEvent> EventTable::of_organisation(OrganisationId organisation) const {
  return found_in(by_organisation_, organisation.value);
}

std::vector<SharedEvent> EventTable::of_plan(PlanId plan) const {
  return found_in(by_plan_, plan.value);
}

EventTable::Index::const_iterator EventTable::first_in(const Index& index, std::int64_t key) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  return index.lower_bound(Place{key, least, EventId{least}});
}

std::size_t EventTable::count_in(const Index& index, std::int64_t key) {
  std::size_t count = 0;
  for (auto at = first_in(index, key); at != index.end() && at->key == key; ++at) ++count;
  return count;
}

std::vector<SharedEvent> EventTable::found_in(const Index& index, std::int64_t key) const {
  std::vector<SharedEvent> found;
  for (auto at = first_in(index, key); at != index.end() && at->key == key; ++at)
    found.push_back(find(at->id));
  return found;
}

}  // namespace convoke::service
