// Feeds as bytes: assembled, hashed and compressed once per change, then shared by every request.
#pragma once

#include "base/deferred.hpp"
#include "calendar/feed_view.hpp"
#include "calendar/filters/feed_query.hpp"
#include "calendar/ical_event.hpp"
#include "service/snapshot.hpp"

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace convoke::service {

// One feed with what its headers say. Immutable; shared by all who are being served.
struct FeedBody {
  std::shared_ptr<const std::string> identity;
  std::shared_ptr<const std::string> gzip;
  std::string etag;       // quoted, strong: of the identity bytes
  std::string gzip_etag;  // another one for the other bytes (feeds.md rule 8)
  Instant last_modified{};
  bool date_is_exact =
      true;  // false: the change log's clock is ahead of ours; If-Modified-Since must not answer 304
  std::int64_t change = 0;  // of the snapshot it was made from
  Instant valid_until{};    // when a cancelled event leaves it, or its date becomes exact
};

// A cancelled event is shown as such for so long, so that every subscriber sees it go (feeds.md rule 35).
inline constexpr std::chrono::days cancelled_shown_for{90};

// Gzip of `bytes` (RFC 1952), the same for the same bytes.
std::string gzip(const std::string& bytes);

class Feeds {
 public:
  static constexpr std::size_t max_bodies = 256;  // kept at once; the least recently used goes
  static constexpr std::size_t max_views =
      16;  // languages times ways to show vague periods, rendered at once

  Feeds(Context& context, Snapshots& snapshots) : context_(context), snapshots_(snapshots) {}

  // What `query` asks for if it is still right, without asking the database; null otherwise. The hot path.
  std::shared_ptr<const FeedBody> if_current(const calendar::FeedQuery& query) const;
  // Errors: storage_unavailable when there is nothing good to serve.
  Deferred<std::shared_ptr<const FeedBody>> body(calendar::FeedQuery query);

 private:
  using Bodies = std::list<std::pair<std::string, std::shared_ptr<const FeedBody>>>;
  struct Rendered {
    std::shared_ptr<const Event> event;  // the very value the fragment was made from
    std::shared_ptr<const calendar::Fragment> fragment;
  };
  using Fragments = std::map<EventId, Rendered>;

  std::shared_ptr<const FeedBody> make(const Snapshot& snapshot, const calendar::FeedQuery& query);
  std::shared_ptr<const FeedBody> find(const std::string& key) const;
  void keep(const std::string& key, std::shared_ptr<const FeedBody> body);
  Fragments& fragments_of(const calendar::FeedView& view);

  Context& context_;
  Snapshots& snapshots_;
  mutable std::mutex mutex_;  // guards the bodies
  mutable Bodies bodies_;     // most recently used first
  mutable std::map<std::string, Bodies::iterator, std::less<>> by_key_;
  std::mutex rendering_;  // guards the fragments; held while a body is made
  std::vector<std::pair<calendar::FeedView, Fragments>> views_;  // most recently used last
};

}  // namespace convoke::service
