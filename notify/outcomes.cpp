#include "notify/outcomes.hpp"

#include "base/log.hpp"

#include <utility>

namespace convoke::notify {

static_assert(Outcomes::most_waiting + 64 < HandOvers::slots);

// For each of the batch, whether its row was the dispatcher's still.
Deferred<std::vector<bool>> Outcomes::writing(std::shared_ptr<const Batch> batch) {
  const Instant now = clock_.now();
  return store_.write(db::Author("system", now), [batch = std::move(batch), now](db::Unit& unit) {
    std::vector<bool> ours;
    for (const auto& one : *batch) ours.push_back(settle_in(unit, one.settlement, now));
    return ours;
  });
}

void Outcomes::store(Settlement settlement, std::optional<std::size_t> slot, bool more) {
  Batch batch;
  {
    const std::lock_guard lock(mutex_);
    ++on_their_way_;
    if (next_.empty()) first_ = std::chrono::steady_clock::now();
    next_.push_back({std::move(settlement), slot});
    hurry_ = hurry_ || !more;
    // Whoever waits for the oldest must learn that there is one.
    if (next_.size() == 1 && !hurry_) changed_.notify_all();
    if (writing_ || !is_ripe()) return;
    batch = taken();
  }
  write(std::move(batch));
}

void Outcomes::store_gathered(std::optional<std::chrono::steady_clock::time_point> now) {
  Batch batch;
  {
    const std::lock_guard lock(mutex_);
    if (next_.empty() || (now && *now < first_ + longest_gathering)) return;
    hurry_ = true;
    if (writing_) return;
    batch = taken();
  }
  write(std::move(batch));
}

std::optional<std::chrono::steady_clock::time_point> Outcomes::gathered_by() const {
  if (next_.empty() || hurry_ || writing_) return std::nullopt;
  return first_ + longest_gathering;
}

// With `mutex_` held.
Outcomes::Batch Outcomes::taken() {
  Batch batch;
  batch.swap(next_);
  writing_ = true;
  hurry_ = false;
  return batch;
}

void Outcomes::write(Batch batch) {
  const auto shared = std::make_shared<const Batch>(std::move(batch));
  writing(shared).start([this, shared](const Result<std::vector<bool>>& ours) { written(*shared, ours); });
}

void Outcomes::written(const Batch& batch, const Result<std::vector<bool>>& ours) {
  if (!ours) {
    log::warning("reminders_not_settled", {{"count", batch.size()}, {"why", ours.error().message}});
  } else {
    for (std::size_t i = 0; i < batch.size(); ++i) note(batch[i], (*ours)[i]);
  }
  Batch next;
  {
    const std::lock_guard lock(mutex_);
    if (!ours) leftovers_.insert(leftovers_.end(), batch.begin(), batch.end());
    on_their_way_ -= batch.size();
    writing_ = false;
    if (is_ripe()) next = taken();
    changed_.notify_all();
  }
  // Nothing of this is touched below when nothing is left: whoever waits for the last one may end it.
  if (!next.empty()) write(std::move(next));
}

void Outcomes::note(const Unsettled& one, bool ours) {
  if (!ours) log::info("reminder_taken_meanwhile", {{"id", one.settlement.row.id.value}});
  if (one.slot) hand_overs_.release(*one.slot);
}

// One by one: an outcome that cannot be stored does not keep the others from it. After a few in a row it is
// the database, and each of them may take its time to say so.
bool Outcomes::store_leftovers() {
  Batch waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(leftovers_);
  }
  constexpr int enough = 3;
  int failures = 0;
  std::erase_if(waiting, [&](const Unsettled& one) {
    if (failures >= enough) return false;
    const auto ours = writing(std::make_shared<const Batch>(Batch{one})).wait();
    failures = ours ? 0 : failures + 1;
    if (ours) note(one, ours->front());
    return ours.has_value();
  });
  const std::lock_guard lock(mutex_);
  leftovers_.insert(leftovers_.end(), waiting.begin(), waiting.end());
  return leftovers_.empty();
}

}  // namespace convoke::notify
