// The same events as in a calendar, for programs that read lists and not calendars: JSON Feed 1.1 with
// schema.org events in it, and Atom (RFC 4287).
#pragma once

#include "service/feed_entries.hpp"

#include <string>
#include <vector>

namespace convoke::web {

// Of one document; a reader of feeds takes no more. The latest by day stay.
inline constexpr std::size_t most_twin_entries = 1'000;

struct TwinView {
  const service::Snapshot& snapshot;
  const calendar::FeedQuery& query;
  const service::Settings& settings;
  std::vector<service::FeedEntry> entries;  // earliest first
  Language language = Language::uk;
  Instant modified{};  // of the newest change of anything it shows or has shown
  // Of a calendar of one's own; empty: what a public one has by its query.
  std::string title{};
  std::string address{};  // its own
  std::string page{};     // for people
};

// application/feed+json. Items are in the order of their days; each has `_event`, a schema.org/Event as
// JSON-LD.
std::string json_feed(const TwinView& view);

// application/atom+xml. Entries are in the order of their last change, newest first, as readers of news
// expect.
std::string atom_feed(const TwinView& view);

}  // namespace convoke::web
