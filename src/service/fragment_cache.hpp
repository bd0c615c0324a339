// Events as feeds show them, each rendered once for a view and shared by every feed that has it. Bounded in
// bytes: what was not asked for of late is dropped and rendered again when it is needed.
#pragma once

#include "calendar/feed_chunk.hpp"
#include "calendar/feed_view.hpp"
#include "service/event_table.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace convoke::service {

class FragmentCache {
 public:
  // Views at once: four languages, four ways to show vague periods, with and without alarms.
  static constexpr std::size_t most_views = 32;

  explicit FragmentCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // What `view` shows of each event, in their order; `context_of` is asked for those that are not kept. Any
  // thread; the lock is not held while events are rendered.
  using ContextOf = std::function<calendar::EventContext(const Event&)>;
  std::vector<calendar::RenderedEvent> rendered(const calendar::FeedView& view,
                                                const std::vector<SharedEvent>& events,
                                                const ContextOf& context_of);

  // How much is kept, and how often an event had to be rendered; for tests and figures.
  std::size_t bytes() const;
  std::size_t renderings() const;

 private:
  struct Key {
    std::size_t view = 0;
    EventId event;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<EventId>{}(key.event) * FragmentCache::most_views + key.view;
    }
  };
  struct Entry {
    SharedEvent event;  // the very value it was made from
    calendar::RenderedEvent rendered;
  };
  using Entries = std::unordered_map<Key, Entry, Hash>;

  static std::size_t size_of(const Entry& entry);
  std::size_t number_of(const calendar::FeedView& view);
  // Each moves to `dropped` what has to go, to be freed without the lock.
  const Entry* find(const Key& key, Entries& dropped);
  void keep(const Key& key, Entry entry, Entries& dropped);
  void make_room(Entries& dropped);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::vector<calendar::FeedView> views_;
  // Two halves: when the young one is full it becomes the old one, and what the old one still had that nobody
  // asked for since is dropped. What is found in the old one moves to the young one.
  Entries young_, old_;
  std::size_t young_bytes_ = 0, old_bytes_ = 0;
  std::size_t renderings_ = 0;
};

}  // namespace convoke::service
