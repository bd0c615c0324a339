#include "notify/outcomes.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace convoke::notify {

static_assert(Outcomes::most_waiting + 64 < HandOvers::slots);

Deferred<bool> Outcomes::writing(const Unsettled& one) {
  const Instant now = clock_.now();
  return store_.write(db::Author("system", now), [settlement = one.settlement, now](db::Unit& unit) {
    return settle_in(unit, settlement, now);
  });
}

void Outcomes::store(Settlement settlement, std::optional<std::size_t> slot) {
  {
    const std::lock_guard lock(mutex_);
    ++on_their_way_;
  }
  Unsettled one{std::move(settlement), slot};
  auto write = writing(one);
  std::move(write).start([this, one = std::move(one)](const Result<bool>& result) { stored(one, result); });
}

void Outcomes::stored(const Unsettled& one, const Result<bool>& result) {
  const auto id = one.settlement.row.id.value;
  if (!result) {
    log::warning("reminder_not_settled", {{"id", id}, {"why", result.error().message}});
  } else {
    if (!*result) log::info("reminder_taken_meanwhile", {{"id", id}});
    if (one.slot) hand_overs_.release(*one.slot);
  }
  const std::lock_guard lock(mutex_);
  if (!result) leftovers_.push_back(one);
  --on_their_way_;
  changed_.notify_all();
}

bool Outcomes::store_leftovers() {
  std::vector<Unsettled> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(leftovers_);
  }
  while (!waiting.empty()) {
    const auto& one = waiting.back();
    if (!writing(one).wait()) break;
    if (one.slot) hand_overs_.release(*one.slot);
    waiting.pop_back();
  }
  const std::lock_guard lock(mutex_);
  std::ranges::move(waiting, std::back_inserter(leftovers_));
  return leftovers_.empty();
}

}  // namespace convoke::notify
