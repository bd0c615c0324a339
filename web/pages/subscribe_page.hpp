// How to have the events in one's own calendar: the feeds there are, each with its addresses.
#pragma once

#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

// `chosen`: the feed asked for by the address of the page; without any restriction all events.
std::string render_subscribe(const service::Snapshot& snapshot, const calendar::FeedQuery& chosen,
                             const Frame& frame);

}  // namespace convoke::web
