#include "service/feed_cache.hpp"

#include <utility>

namespace convoke::service {

std::size_t MadeFeed::memory() const {
  std::size_t bytes = sizeof(*this) + parts.head->size() + leaving.size() * sizeof(Leaving);
  for (const auto& chunk : parts.chunks) bytes += chunk->memory() + sizeof(chunk);
  // Of a feed in one run the compressed form is its own; runs count theirs themselves.
  if (gzip && parts.chunks.size() <= 1) bytes += gzip->size();
  return bytes;
}

FeedCache::Kept FeedCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return {};
  use(found->second);
  return found->second->kept;
}

void FeedCache::keep(const std::string& key, std::shared_ptr<const MadeFeed> feed) {
  const auto memory = feed->memory();
  Kept before;  // freed without the lock
  const std::lock_guard lock(mutex_);
  Entry& entry = entry_of(key);
  if (entry.kept.feed && entry.kept.feed->change > feed->change) return;
  before = entry.kept;
  drop_body(entry);
  entry.kept = {feed, feed};
  if (memory > most_bytes_) {
    if (large_) drop_body(*large_);
    large_ = &entry;
  } else {
    entry.bytes = memory;
    entry.place = bodies_.insert(bodies_.begin(), &entry);
    bytes_ += memory;
  }
  drop_what_is_too_much();
}

void FeedCache::keep_record(const std::string& key, std::shared_ptr<const FeedRecord> record) {
  const std::lock_guard lock(mutex_);
  Entry& entry = entry_of(key);
  // A body that came meanwhile says more.
  if (entry.kept.feed && entry.kept.feed->change >= record->change) return;
  drop_body(entry);
  entry.kept = {std::move(record), nullptr};
  drop_what_is_too_much();
}

FeedCache::Entry& FeedCache::entry_of(const std::string& key) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    use(found->second);
    return *found->second;
  }
  entries_.emplace_front().key = key;
  by_key_.emplace(key, entries_.begin());
  return entries_.front();
}

void FeedCache::use(Entries::iterator entry) {
  entries_.splice(entries_.begin(), entries_, entry);
  if (entry->place) bodies_.splice(bodies_.begin(), bodies_, *entry->place);
}

// The record stays, as a value of its own.
void FeedCache::drop_body(Entry& entry) {
  if (!entry.kept.feed) return;
  entry.kept.record = std::make_shared<const FeedRecord>(*entry.kept.feed);
  entry.kept.feed = nullptr;
  bytes_ -= std::exchange(entry.bytes, 0);
  if (entry.place) bodies_.erase(*entry.place);
  entry.place.reset();
  if (large_ == &entry) large_ = nullptr;
}

void FeedCache::drop_what_is_too_much() {
  while (bytes_ > most_bytes_) drop_body(*bodies_.back());
  while (entries_.size() > most_records_) {
    drop_body(entries_.back());
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

std::size_t FeedCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::size_t FeedCache::bodies() const {
  const std::lock_guard lock(mutex_);
  return bodies_.size() + (large_ ? 1 : 0);
}

std::size_t FeedCache::records() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace convoke::service
