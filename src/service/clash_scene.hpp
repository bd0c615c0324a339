// Everything that may stand in the way of an event, as who asks may see it: our events, those of neighbours,
// and for organisers those of calendars that are not shared. What the use cases of conflicts.hpp and
// plan_clashes.hpp compare with.
#pragma once

#include "calendar/days_off.hpp"
#include "db/store.hpp"
#include "service/conflicts.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace convoke::service {

// Of a calendar that is not shared.
struct HiddenEvent {
  std::shared_ptr<const Event> event;
  std::string source;
};
std::vector<HiddenEvent> hidden_events(db::Unit& unit);

// Who speaks at it: the people that its agenda names.
std::vector<std::string> speakers_of(const Event& event);

class ClashScene {
 public:
  ClashScene(std::shared_ptr<const Snapshot> snapshot, std::vector<HiddenEvent> hidden);

  const Snapshot& snapshot() const { return *snapshot_; }
  // Of the days from..to.
  calendar::ConflictIndex index(Date from, Date to) const;
  // As pages and the API show it.
  FoundConflict found(const calendar::Conflict& conflict) const;

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<HiddenEvent> hidden_;
  std::unordered_map<const Event*, std::size_t> places_;  // in hidden_
};

// The days off of this installation, for the country whose clocks the zone follows.
calendar::WorkingWeek working_week(const Settings& settings, const std::string& zone);

// `work` on the scene, with what is hidden when the actor may see it: one read of the database then.
template<class T, class Work>
Deferred<T> with_scene(Context& context, std::shared_ptr<const Snapshot> snapshot, const Actor& actor,
                       Work work) {
  if (actor.role != Role::editor)
    return Deferred<T>::ready(work(ClashScene(std::move(snapshot), std::vector<HiddenEvent>())));
  return context.store.read(
      [snapshot = std::move(snapshot), work = std::move(work)](db::Unit& unit) -> Result<T> {
        return work(ClashScene(snapshot, hidden_events(unit)));
      });
}

}  // namespace convoke::service
