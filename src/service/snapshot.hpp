// Everything that is published, as one immutable value in memory: what pages, feeds and the API read. It is
// brought up to date from the change log when that has grown; when the database fails, the last good one goes
// on serving (feeds.md rule 10).
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/plan.hpp"
#include "service/context.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace convoke::service {

struct Snapshot {
  std::int64_t change = 0;  // the newest change-log entry it contains
  Instant modified{};       // of the newest visible change; no two snapshots share it
  std::vector<std::shared_ptr<const Event>> events;  // by id
  std::vector<std::shared_ptr<const Plan>> plans;    // newest year first
  std::vector<Organisation> organisations;           // by id

  const Event* find_event(EventId id) const;
  const Event* find_event(const std::string& uid) const;
  const Plan* find_plan(PlanId id) const;
  const Organisation* find_organisation(OrganisationId id) const;
  // In the order of the plan.
  std::vector<const Event*> events_of(PlanId id) const;
};

class Snapshots {
 public:
  explicit Snapshots(Context& context) : context_(context) {}

  // The latest one if the change log has not grown since, without asking the database; null otherwise.
  std::shared_ptr<const Snapshot> if_current() const;
  // Up to date. Errors: storage_unavailable only when there is no last good one either.
  Deferred<std::shared_ptr<const Snapshot>> current();

 private:
  void keep(const std::shared_ptr<const Snapshot>& snapshot);
  std::shared_ptr<const Snapshot> latest() const;

  Context& context_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> latest_;
};

}  // namespace convoke::service
