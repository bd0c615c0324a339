// Feeds as bytes: assembled, hashed and compressed once per change, then shared by every request.
#pragma once

#include "base/deferred.hpp"
#include "base/rope.hpp"
#include "calendar/feed_view.hpp"
#include "calendar/filters/feed_query.hpp"
#include "calendar/ical_event.hpp"
#include "service/snapshot.hpp"

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// Which calendar is asked for.
struct FeedRequest {
  calendar::FeedQuery query;
  std::string name;    // what the calendar is called; empty: after its publisher and its filters
  std::string source;  // its own address; empty: the public one of its query
  std::optional<std::vector<EventId>> only;  // of these events alone; sorted

  FeedRequest() = default;
  // The public calendar of a query.
  FeedRequest(calendar::FeedQuery q) : query(std::move(q)) {}  // NOLINT: a query is such a request
};

// The two forms in which a feed is sent.
enum class FeedForm { identity, gzip };

// What is known of a feed without its bytes: enough for 304 and for HEAD.
struct FeedRecord {
  std::string etag;       // quoted, strong: the same for the same bytes on every node
  std::string gzip_etag;  // another one for the other bytes (feeds.md rule 8); known before these are made
  Instant last_modified{};
  bool date_is_exact =
      true;  // false: the change log's clock is ahead of ours; If-Modified-Since must not answer 304
  std::int64_t change = 0;               // of the snapshot it is right for
  Instant valid_until{};                 // when a cancelled event leaves it, or its date becomes exact
  std::size_t size = 0;                  // of the identity bytes
  std::optional<std::size_t> gzip_size;  // once the gzip was made
};

// One feed with its bytes. Immutable; shared by all who are being served.
struct FeedBody : FeedRecord {
  Rope identity;
  std::optional<Rope> gzip;  // made when somebody asks for it
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

  // What is asked for if it is still right and there in that form, without asking the database; null
  // otherwise. The hot path.
  std::shared_ptr<const FeedBody> if_current(const FeedRequest& request,
                                             FeedForm form = FeedForm::identity) const;
  // What is known of it if that is still right, though its bytes may be gone; null otherwise.
  std::shared_ptr<const FeedRecord> record_if_current(const FeedRequest& request) const;
  // Whether what a record says is still right. Any thread; asks no database and takes no lock.
  bool is_current(const FeedRecord& record) const;
  // Up to date, in that form at least. Errors: storage_unavailable when there is nothing good to serve.
  Deferred<std::shared_ptr<const FeedBody>> body(FeedRequest request, FeedForm form = FeedForm::identity);
  // Up to date; its bytes are made only if they must be. Errors: as body().
  Deferred<std::shared_ptr<const FeedRecord>> record(FeedRequest request);

 private:
  using Bodies = std::list<std::pair<std::string, std::shared_ptr<const FeedBody>>>;
  struct Rendered {
    std::shared_ptr<const Event> event;  // the very value the fragment was made from
    std::shared_ptr<const calendar::Fragment> fragment;
  };
  using Fragments = std::map<EventId, Rendered>;

  std::shared_ptr<const FeedBody> make(const Snapshot& snapshot, const FeedRequest& request, FeedForm form);
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
