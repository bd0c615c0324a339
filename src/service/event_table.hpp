// All published events with the ways in which they are looked up. A copy costs a few pointers and shares all
// that is the same, so that each state of the data can be kept while it is read.
#pragma once

#include "model/event.hpp"
#include "service/paged_set.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

using SharedEvent = std::shared_ptr<const Event>;

class EventTable {
  struct ById {
    bool operator()(const SharedEvent& a, const SharedEvent& b) const { return a->id < b->id; }
    bool operator()(const SharedEvent& a, EventId b) const { return a->id < b; }
    bool operator()(EventId a, const SharedEvent& b) const { return a < b->id; }
  };

 public:
  using const_iterator = PagedSet<SharedEvent, ById>::const_iterator;

  EventTable() = default;
  // `by_id`: ascending, no two of one id.
  explicit EventTable(std::vector<SharedEvent> by_id);

  // Adds the event, or puts it in the place of the one with its id. It has an id.
  void put(SharedEvent event);
  // False when there is none.
  bool remove(EventId id);

  // By id.
  const_iterator begin() const { return events_.begin(); }
  const_iterator end() const { return events_.end(); }
  std::size_t size() const { return events_.size(); }
  bool empty() const { return events_.empty(); }

  // Null when there is none.
  SharedEvent find(EventId id) const;
  SharedEvent find(const std::string& uid) const;
  // By id each.
  std::vector<SharedEvent> of_person(PersonId person) const;
  std::vector<SharedEvent> of_organisation(OrganisationId organisation) const;
  // How many they are, without looking them up.
  std::size_t count_of_person(PersonId person) const { return count_in(by_person_, person.value); }
  std::size_t count_of_organisation(OrganisationId organisation) const {
    return count_in(by_organisation_, organisation.value);
  }
  // In the order of the plan.
  std::vector<SharedEvent> of_plan(PlanId plan) const;

 private:
  // Where an event stands in an index, and which it is.
  struct Place {
    std::int64_t key = 0;
    std::int64_t order = 0;
    EventId id;
    auto operator<=>(const Place&) const = default;
  };
  using Index = PagedSet<Place>;
  // What one event puts into each index.
  struct Places;

  static Places places_of(const Event& event);
  static Index::const_iterator first_in(const Index& index, std::int64_t key);
  static std::size_t count_in(const Index& index, std::int64_t key);
  std::vector<SharedEvent> found_in(const Index& index, std::int64_t key) const;

  PagedSet<SharedEvent, ById> events_;
  Index by_uid_, by_person_, by_organisation_, by_plan_;
};

}  // namespace convoke::service
