// How to have the events in one's own calendar: the feeds there are, each with its addresses.
#pragma once

#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

// `asked`: the feed asked for by the address of the page; without any restriction all events. People whom the
// plans name and the directory knows stand in the feeds' addresses by number. An address over
// longest_feed_address is shown without the button that would fail, and said to be too long.
std::string render_subscribe(const service::Snapshot& snapshot, const calendar::FeedQuery& asked,
                             const Frame& frame);

}  // namespace convoke::web
