// Feeds as bytes: assembled, hashed and compressed once per change, then shared by every request.
#pragma once

#include "base/deferred.hpp"
#include "calendar/feed_view.hpp"
#include "calendar/filters/feed_query.hpp"
#include "service/snapshot.hpp"

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace convoke::service {

// One body in one encoding, with what its headers say. Immutable; shared by all who are being served.
struct FeedBody {
  std::shared_ptr<const std::string> identity;
  std::shared_ptr<const std::string> gzip;
  std::string etag;       // quoted, strong: of the identity bytes
  std::string gzip_etag;  // another one for the other bytes (feeds.md rule 8)
  Instant last_modified{};
  bool date_is_exact = true;  // false: two bodies share that second, If-Modified-Since must not answer 304
  std::int64_t change = 0;    // of the snapshot it was made from
  Instant valid_until{};      // when a cancelled event leaves it
};

class Feeds {
 public:
  static constexpr std::size_t max_cached_bodies = 256;

  Feeds(Context& context, Snapshots& snapshots) : context_(context), snapshots_(snapshots) {}

  // Without asking the database, or null when something changed since: the hot path.
  std::shared_ptr<const FeedBody> if_current(const std::string& key) const;
  // `query` of the address; `key` = calendar::canonical(query) + language. Errors: storage_unavailable.
  Deferred<std::shared_ptr<const FeedBody>> body(calendar::FeedQuery query, Language fallback_language);
  static std::string key_of(const calendar::FeedQuery& query, Language fallback_language);

 private:
  struct Cached {
    std::string key;
    std::shared_ptr<const FeedBody> body;
  };
  std::shared_ptr<const FeedBody> make(const Snapshot& snapshot, const calendar::FeedQuery& query,
                                       Language language);
  void keep(const std::string& key, std::shared_ptr<const FeedBody> body);

  Context& context_;
  Snapshots& snapshots_;
  mutable std::mutex mutex_;
  std::list<Cached> by_age_;  // newest first
  std::map<std::string, std::list<Cached>::iterator, std::less<>> by_key_;
};

}  // namespace convoke::service
