// Everything that is published, as one immutable value in memory: what pages, feeds and the API read. It is
// brought up to date from the change log when that has grown; when the database fails, the last good one goes
// on serving (feeds.md rule 10).
#pragma once

#include "base/deferred.hpp"
#include "calendar/ical_event.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/plan.hpp"
#include "service/context.hpp"
#include "service/event_table.hpp"
#include "service/shared_sources.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

struct Snapshot {
  std::int64_t change = 0;                         // the newest change-log entry it contains
  Instant modified{};                              // of the newest visible change; no two snapshots share it
  EventTable events;                               // by id
  std::vector<std::shared_ptr<const Plan>> plans;  // newest year first
  std::vector<Organisation> organisations;         // by id
  SharedSources sources;                           // neighbours' calendars that everybody may see
  std::int64_t organisations_change = 0;           // the newest snapshot in which they differ from before

  const Event* find_event(EventId id) const;
  const Event* find_event(const std::string& uid) const;
  const Plan* find_plan(PlanId id) const;
  const Organisation* find_organisation(OrganisationId id) const;
  // In the order of the plan.
  std::vector<const Event*> events_of(PlanId id) const;
  // What a calendar says of the event that stands in others: what it is a part of, whose calendar it is from.
  calendar::EventContext context_of(const Event& event) const;
};

// What a change made of one event.
struct EventStep {
  SharedEvent before;  // null: it was not there
  SharedEvent after;   // null: it is not there any more
};

class Snapshots {
 public:
  // Changes of single events that are remembered, so that what was made of an older snapshot can follow.
  static constexpr std::size_t longest_history = 4096;
  // A change log that has grown by more than this is not read: everything is loaded afresh.
  static constexpr int most_changes_followed = 10'000;

  explicit Snapshots(Context& context) : context_(context) {}

  // The latest one if the change log has not grown since, without asking the database; null otherwise.
  std::shared_ptr<const Snapshot> if_current() const;
  // Up to date. Whoever asks while another is being served gets the same answer when that is new enough.
  // Errors: storage_unavailable only when there is no last good one either.
  Deferred<std::shared_ptr<const Snapshot>> current();
  // Begins to bring the latest one up to date, so that the next reader need not wait for it.
  void refresh();

  // How the events differ between two snapshots (their Snapshot::change), each event once; nothing when that
  // is not remembered any more.
  std::optional<std::vector<EventStep>> difference(std::int64_t from, std::int64_t to) const;

 private:
  using Shared = std::shared_ptr<const Snapshot>;
  using Completion = Deferred<Shared>::Completion;
  // From one snapshot to the next.
  struct Step {
    std::int64_t from = 0, to = 0;
    std::vector<EventStep> events;
  };
  struct Loaded {
    Shared snapshot;
    std::optional<Step> step;  // none: everything was loaded afresh
  };

  static Loaded load(db::Unit& unit, const Shared& base);
  static Loaded load_afresh(db::Unit& unit, const Shared& base);
  void load_once();
  void finish(Result<Loaded> loaded);
  void keep(const Loaded& loaded);
  Shared latest() const;

  Context& context_;
  mutable std::mutex mutex_;
  Shared latest_;
  std::deque<Step> history_;  // without gaps, up to latest_
  std::size_t history_size_ = 0;
  bool loading_ = false;
  std::vector<Completion> waiting_;       // for the load in hand
  std::vector<Completion> waiting_next_;  // who came after it had begun
};

}  // namespace convoke::service
