#include "web/twins/twin_cache.hpp"

#include <iterator>
#include <utility>

namespace convoke::web {

std::shared_ptr<const MadeTwin> TwinCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->twin;
}

void TwinCache::keep(const std::string& key, std::shared_ptr<const MadeTwin> twin) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) drop(found->second);
  if (twin->bytes() > most_bytes) return;
  bytes_ += twin->bytes();
  entries_.push_front({key, std::move(twin)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  while (entries_.size() > most_twins || bytes_ > most_bytes) drop(std::prev(entries_.end()));
}

void TwinCache::drop(Entries::iterator entry) {
  bytes_ -= entry->twin->bytes();
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

std::size_t TwinCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

std::size_t TwinCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace convoke::web
