// The feeds that were asked for of late: their bytes within a bound, and what is known of them (ETag, dates,
// size) for many more, so that who has a copy is told so although the bytes are gone.
#pragma once

#include "base/clock.hpp"
#include "base/rope.hpp"
#include "calendar/feed.hpp"
#include "calendar/feed_view.hpp"
#include "service/event_table.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace convoke::service {

// What is known of a feed without its bytes: enough for 304 and for HEAD.
struct FeedRecord {
  std::string etag;       // quoted, strong: the same for the same bytes on every node
  std::string gzip_etag;  // another one for the other bytes (feeds.md rule 8); known before these are made
  Instant last_modified{};
  // False: the change log's clock is ahead of ours; If-Modified-Since must not answer 304.
  bool date_is_exact = true;
  std::int64_t change = 0;               // of the snapshot it is right for
  Instant members_until{};               // when the next cancelled event leaves it
  Instant left = Instant::min();         // when the last one did
  Instant valid_until{};                 // that, or when its date becomes exact
  std::size_t size = 0;                  // of the identity bytes
  std::optional<std::size_t> gzip_size;  // once the gzip was made
};

// One feed with its bytes. Immutable; shared by all who are being served.
struct FeedBody : FeedRecord {
  Rope identity;
  std::optional<Rope> gzip;  // made when somebody asks for it
};

// A cancelled event that a feed shows, and when it leaves.
struct Leaving {
  Instant at{};
  SharedEvent event;
};

// A body with what it was made of, so that the next one can be made of the difference.
struct MadeFeed : FeedBody {
  calendar::FeedView view;
  calendar::FeedParts parts;
  std::vector<Leaving> leaving;  // soonest first
  bool stands_alone = false;     // two events had one UID: the next body is made afresh

  // Bytes of memory, without the members that feeds share.
  std::size_t memory() const;
};

class FeedCache {
 public:
  struct Kept {
    std::shared_ptr<const FeedRecord> record;  // null when nothing is known
    std::shared_ptr<const MadeFeed> feed;      // null when its bytes are gone
  };

  // A single body larger than `most_bytes` is kept too, until another such comes.
  FeedCache(std::size_t most_bytes, std::size_t most_records)
      : most_bytes_(most_bytes), most_records_(most_records) {}

  // Counts as use. Any thread, as all of these.
  Kept find(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const MadeFeed> feed);
  void keep_record(const std::string& key, std::shared_ptr<const FeedRecord> record);

  // How much is kept; for tests and figures.
  std::size_t bytes() const;
  std::size_t bodies() const;
  std::size_t records() const;

 private:
  struct Entry;
  using Entries = std::list<Entry>;  // most recently used first
  using Bodies = std::list<Entry*>;  // those of them with bytes in the bound, most recently used first
  struct Entry {
    std::string key;
    Kept kept;
    std::size_t bytes = 0;
    std::optional<Bodies::iterator> place;
  };

  Entry& entry_of(const std::string& key);
  void use(Entries::iterator entry);
  void drop_body(Entry& entry);
  void drop_what_is_too_much();

  const std::size_t most_bytes_, most_records_;
  mutable std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::string, Entries::iterator> by_key_;
  Bodies bodies_;
  std::size_t bytes_ = 0;
  Entry* large_ = nullptr;  // the one beyond the bound
};

}  // namespace convoke::service
