#include "service/snapshot.hpp"

#include "base/contacts.hpp"
#include "base/log.hpp"
#include "db/store.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace convoke::service {
namespace {

// What everybody may read: addresses and telephones that stand in the cells of a plan stay in the database.
Event published(Event event) {
  for (auto* text : {&event.title, &event.note, &event.description, &event.place, &event.responsible_text})
    *text = hide_contacts(*text);
  for (auto& item : event.agenda) item = hide_contacts(item);
  event.as_read.reset();
  event.responsible.shrink_to_fit();
  event.agenda.shrink_to_fit();
  return event;
}

Plan published(Plan plan) {
  for (auto& item : plan.preamble) item.text = hide_contacts(item.text);
  return plan;
}

SharedEvent shared(Event event) {
  return std::make_shared<const Event>(published(std::move(event)));
}

std::vector<std::shared_ptr<const Plan>> plans_of(db::Unit& unit) {
  std::vector<std::shared_ptr<const Plan>> plans;
  for (auto& plan : unit.plans().list())
    plans.push_back(std::make_shared<const Plan>(published(std::move(plan))));
  return plans;
}

// What has to be read again after some changes.
struct Touched {
  bool everything = false, plans = false, organisations = false, sources = false;
  std::optional<Instant> newest;  // of those that readers may see
};

Touched touched_by(const std::vector<db::Change>& changes) {
  Touched touched;
  for (const auto& change : changes) {
    const bool plan = change.entity == "plan", organisation = change.entity == "organisation";
    touched.everything = touched.everything || change.entity == "database";
    touched.plans = touched.plans || plan;
    touched.sources = touched.sources || change.entity == "source";
    touched.organisations = touched.organisations || organisation;
    if (plan || organisation || change.entity == "event") touched.newest = change.at;
  }
  return touched;
}

}  // namespace

const Event* Snapshot::find_event(EventId id) const {
  return events.find(id).get();
}

const Event* Snapshot::find_event(const std::string& uid) const {
  return events.find(uid).get();
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

calendar::EventContext Snapshot::context_of(const Event& event) const {
  calendar::EventContext context;
  if (event.parent)
    if (const auto parent = events.find(event.parent)) context.parent_uid = parent->uid;
  if (const auto* source = sources.name_of(event.source)) context.source_name = *source;
  return context;
}

std::vector<const Event*> Snapshot::events_of(PlanId id) const {
  std::vector<const Event*> found;
  for (const auto& event : events.of_plan(id)) found.push_back(event.get());
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
  if (auto snapshot = if_current()) return Deferred<Shared>::ready(std::move(snapshot));
  return Deferred<Shared>([this](Completion done) {
    {
      const std::lock_guard lock(mutex_);
      (loading_ ? waiting_next_ : waiting_).push_back(std::move(done));
      if (loading_) return;
      loading_ = true;
    }
    load_once();
  });
}

void Snapshots::refresh() {
  if (if_current()) return;
  current().start([](const Result<Shared>&) {});
}

Snapshots::Loaded Snapshots::load_afresh(db::Unit& unit, const Shared& base) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->change = unit.changes().last();
  if (const auto newest = unit.changes().last_visible()) snapshot->modified = newest->at;
  snapshot->sources = SharedSources(unit.sources().list());
  std::vector<SharedEvent> events;
  unit.events().each([&](Event event) {
    if (snapshot->sources.shows(event)) events.push_back(shared(std::move(event)));
  });
  snapshot->events = EventTable(std::move(events));
  snapshot->plans = plans_of(unit);
  snapshot->organisations = unit.organisations().list();
  snapshot->organisations_change = snapshot->change;
  if (base) log::info("snapshot.afresh", {{"change", snapshot->change}});
  return {std::move(snapshot), std::nullopt};
}

// The state of the database: what the change log names is read, the rest is taken from `base`.
Snapshots::Loaded Snapshots::load(db::Unit& unit, const Shared& base) {
  if (!base) return load_afresh(unit, base);
  const auto last = unit.changes().last();
  if (last == base->change) return {base, Step{last, last, {}}};
  if (last < base->change) return load_afresh(unit, base);
  const auto changes = unit.changes().since(base->change, most_changes_followed + 1);
  const Touched touched = touched_by(changes);
  if (touched.everything || std::ssize(changes) > most_changes_followed) return load_afresh(unit, base);

  auto snapshot = std::make_shared<Snapshot>(*base);
  snapshot->change = last;
  if (touched.newest) snapshot->modified = *touched.newest;
  if (touched.sources) snapshot->sources = SharedSources(unit.sources().list());
  Step step{base->change, last, {}};
  for (auto& event : unit.events().changed_since(base->change)) {
    if (!snapshot->sources.shows(event)) continue;
    step.events.push_back({base->events.find(event.id), shared(std::move(event))});
    snapshot->events.put(step.events.back().after);
  }
  for (const auto id : unit.events().removed_since(base->change))
    if (auto before = base->events.find(id); before && snapshot->events.remove(id))
      step.events.push_back({std::move(before), nullptr});
  if (touched.plans) snapshot->plans = plans_of(unit);
  if (touched.organisations) {
    snapshot->organisations = unit.organisations().list();
    snapshot->organisations_change = last;
  }
  return {std::move(snapshot), std::move(step)};
}

void Snapshots::load_once() {
  context_.store.read([base = latest()](db::Unit& unit) { return load(unit, base); })
      .start([this](Result<Loaded> loaded) { finish(std::move(loaded)); });
}

// Answers those who waited, with the last good snapshot when the database failed; who came meanwhile may need
// a newer one.
void Snapshots::finish(Result<Loaded> loaded) {
  if (loaded) keep(*loaded);
  Result<Shared> answer = Shared();
  std::vector<Completion> answered;
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    if (loaded || latest_)
      answer = latest_;
    else
      answer = loaded.error();
    answered.swap(waiting_);
    waiting_.swap(waiting_next_);
    again = !waiting_.empty();
    loading_ = again;
  }
  if (!loaded && answer) log::warning("snapshot.stale", {{"change", (*answer)->change}});
  if (again) load_once();
  for (const auto& done : answered) done(answer);
}

void Snapshots::keep(const Loaded& loaded) {
  const std::lock_guard lock(mutex_);
  latest_ = loaded.snapshot;
  if (!loaded.step) {
    history_.clear();
    history_size_ = 0;
    return;
  }
  if (loaded.step->from == loaded.step->to) return;
  history_.push_back(*loaded.step);
  // An entry without events counts too.
  history_size_ += loaded.step->events.size() + 1;
  while (history_size_ > longest_history) {
    history_size_ -= history_.front().events.size() + 1;
    history_.pop_front();
  }
}

std::optional<std::vector<EventStep>> Snapshots::difference(std::int64_t from, std::int64_t to) const {
  std::vector<EventStep> steps;
  if (from == to) return steps;
  const std::lock_guard lock(mutex_);
  const auto first =
      std::find_if(history_.begin(), history_.end(), [&](const Step& step) { return step.from == from; });
  std::unordered_map<std::int64_t, std::size_t> by_id;
  for (auto step = first; step != history_.end(); ++step) {
    for (const auto& one : step->events) {
      const auto id = one.before ? one.before->id : one.after->id;
      const auto [known, fresh] = by_id.try_emplace(id.value, steps.size());
      if (fresh)
        steps.push_back(one);
      else
        steps[known->second].after = one.after;
    }
    if (step->to == to) return steps;
  }
  return std::nullopt;
}

}  // namespace convoke::service
