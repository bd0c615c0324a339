// Keeps every feed that a test makes, beside what the events it was made from say: in a folder of the build
// tree, from which the last contract case gives all of them to three foreign readers
// (tests/contract/readers.py).
#pragma once

#include "calendar/feed_view.hpp"
#include "model/event.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace convoke::testing {

// Every property that Convoke writes into an entry; another one in a feed was injected.
boost::json::array known_properties();

// What a reader must find of `event`, taken from the event alone: its UID, words, SEQUENCE, times, day.
boost::json::object expected_entry(const Event& event, const calendar::FeedView& view);
// The same of all that `view` shows.
boost::json::array expected_entries(std::span<const Event> events, const calendar::FeedView& view);

// How much of what the events say must be in the feed.
enum class Witness {
  all,   // each event that the view shows, and nothing else
  some,  // nothing else than the events: the feed is filtered
};

// Never fails a test: what cannot be written is missed by the case that counts what it reads.
void witness_feed(std::string_view body, std::span<const Event> events, const calendar::FeedView& view,
                  Witness witness = Witness::all);

}  // namespace convoke::testing
