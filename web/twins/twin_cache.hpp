// The other forms of calendars as they were made last, so that one who asks for what has not changed costs
// neither a walk over all events nor a writing of a thousand of them. Bounded; owns its bytes.
#pragma once

#include "base/rope.hpp"
#include "service/feed_cache.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace convoke::web {

// One document in both codings and, as of a calendar, what it is right for. Immutable; shared by all who are
// being served.
struct MadeTwin : service::FeedRecord {
  Rope identity, gzip;

  std::size_t bytes() const { return identity.size() + gzip.size(); }
};

class TwinCache {
 public:
  static constexpr std::size_t most_twins = 64;
  static constexpr std::size_t most_bytes = std::size_t{16} << 20U;  // of both codings together

  // Null when none is kept. Counts as use. Any thread, as all of these.
  std::shared_ptr<const MadeTwin> find(const std::string& key);
  // In place of what was kept under that key. One that alone is larger than most_bytes is not kept.
  void keep(const std::string& key, std::shared_ptr<const MadeTwin> twin);

  std::size_t size() const;
  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const MadeTwin> twin;
  };
  using Entries = std::list<Entry>;  // used last first

  void drop(Entries::iterator entry);

  mutable std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> by_key_;  // of the keys in entries_
  std::size_t bytes_ = 0;
};

}  // namespace convoke::web
