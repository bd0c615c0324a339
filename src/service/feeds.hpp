// Feeds as bytes: assembled, hashed and compressed once per change, then shared by every request. After a
// change only the runs of events that it touches are made again (deploy/decisions/0007-feeds-in-runs.md).
#pragma once

#include "base/deferred.hpp"
#include "base/rope.hpp"
#include "calendar/feed_view.hpp"
#include "calendar/filters/feed_query.hpp"
#include "calendar/ical_event.hpp"
#include "service/feed_cache.hpp"
#include "service/fragment_cache.hpp"
#include "service/gzip.hpp"  // IWYU pragma: export
#include "service/snapshot.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
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

// A cancelled event is shown as such for so long, so that every subscriber sees it go (feeds.md rule 35).
inline constexpr std::chrono::days cancelled_shown_for{90};

// What feeds may take of memory. One body that is larger than `body_bytes` alone is served and kept all the
// same.
struct FeedLimits {
  std::size_t body_bytes = std::size_t{16} << 20U;
  std::size_t fragment_bytes = std::size_t{24} << 20U;
  std::size_t records = 16'384;  // feeds of which ETag, dates and sizes are known
};

class Feeds {
 public:
  // What is made on the thread that asks; longer work is done elsewhere (Context::run_long_work).
  static constexpr std::size_t most_events_at_once = 1'000;                   // looked at
  static constexpr std::size_t most_bytes_at_once = std::size_t{256} << 10U;  // compressed

  Feeds(Context& context, Snapshots& snapshots, FeedLimits limits = FeedLimits())
      : context_(context),
        snapshots_(snapshots),
        cache_(limits.body_bytes, limits.records),
        fragments_(limits.fragment_bytes) {}

  // What is asked for if it is still right and there in that form, without asking the database; null
  // otherwise. The hot path.
  std::shared_ptr<const FeedBody> if_current(const FeedRequest& request,
                                             FeedForm form = FeedForm::identity) const;
  // What is known of it if that is still right, though its bytes may be gone; null otherwise.
  std::shared_ptr<const FeedRecord> record_if_current(const FeedRequest& request) const;
  // Whether what a record says is still right. Any thread; asks no database and takes no lock.
  bool is_current(const FeedRecord& record) const;
  // Up to date, in that form at least. Errors: storage_unavailable when there is nothing good to serve, or
  // too much long work waits.
  Deferred<std::shared_ptr<const FeedBody>> body(FeedRequest request, FeedForm form = FeedForm::identity);
  // Up to date; its bytes are made only if they must be. Errors: as body().
  Deferred<std::shared_ptr<const FeedRecord>> record(FeedRequest request);

  // What is kept; for tests and figures.
  const FeedCache& kept() const { return cache_; }
  const FragmentCache& fragments() const { return fragments_; }

 private:
  using SharedBody = std::shared_ptr<const FeedBody>;
  using Made = std::shared_ptr<MadeFeed>;
  using Completion = Deferred<SharedBody>::Completion;
  using SharedSnapshot = std::shared_ptr<const Snapshot>;
  class Answer;
  // One body that is to be made.
  struct Task {
    std::string key;
    FeedRequest request;
    FeedForm form = FeedForm::identity;
    SharedSnapshot snapshot;
  };

  void produce(const std::shared_ptr<const Task>& task, Completion done);
  SharedBody make(const Task& task);
  Made made_afresh(const Task& task, Instant now);
  Made brought_up_to_date(const Task& task, const MadeFeed& before, Instant now);
  std::optional<std::shared_ptr<const FeedRecord>> record_without_bytes(const std::string& key,
                                                                        const FeedRequest& request,
                                                                        const Snapshot& snapshot);
  bool is_long(const Task& task);

  Context& context_;
  Snapshots& snapshots_;
  mutable FeedCache cache_;
  FragmentCache fragments_;
  std::mutex mutex_;                                                  // guards the next
  std::unordered_map<std::string, std::vector<Completion>> in_hand_;  // who waits for which body
};

}  // namespace convoke::service
