// How to have the events in one's own calendar: a chosen feed with every way to subscribe to it, what comes
// next in it, the form that chooses, and the ready-made ones.
#pragma once

#include "service/feed_entries.hpp"
#include "service/snapshot.hpp"
#include "web/http.hpp"
#include "web/pages/frame.hpp"

#include <memory>
#include <string>

namespace convoke::web {

inline constexpr std::size_t previewed_entries = 10;

struct SubscribeView {
  std::shared_ptr<const service::Snapshot> snapshot;
  calendar::FeedQuery query;  // of shortest(); without any restriction all events
  service::Settings settings;
  Instant now{};
  Date today{};
  std::string problem;  // what is wrong with the choice, in the reader's words; then no calendar is shown
};

// The parts of a page's query that choose a feed: `lang` is the page's own, `feed-lang` the calendar's, and a
// form sends every field, chosen or not. Errors: those of calendar::parse_feed_query.
Result<calendar::FeedQuery> parse_subscribe_query(const Pairs& pairs);

// The same mistake in the reader's words.
std::string problem_in_words(const Pairs& pairs, const Error& error, Language language);

// An address over longest_feed_address is shown without the button that would fail, and said to be too long.
std::string render_subscribe(const SubscribeView& view, const Frame& frame);

}  // namespace convoke::web
