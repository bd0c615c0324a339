// Which events a feed has, and what stands at its head.
#pragma once

#include "calendar/feed.hpp"
#include "calendar/feed_view.hpp"
#include "service/feeds.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace convoke::service {

// One text for all that decides what a feed holds and how it is written.
std::string key_of(const FeedRequest& request);

calendar::FeedView view_of(const Snapshot& snapshot, const FeedRequest& request, const Settings& settings);
calendar::FeedHead head_of(const Snapshot& snapshot, const FeedRequest& request, const Settings& settings);

// Whether the feed has the event at some time: not of goals, and of cancelled ones until leaving_at().
bool belongs(const Event& event, const FeedRequest& request);
// When an event leaves a feed it belongs to; the end of time unless it is cancelled.
Instant leaving_at(const Event& event);
// When the last cancelled event left the feed, up to `now`; Instant::min() when none has.
Instant last_leaving(const EventTable& events, const FeedRequest& request, Instant now);

// When the next one will leave it, after `now`; Instant::max() when none will.
Instant next_leaving(const EventTable& events, const FeedRequest& request, Instant now);

// Those that belong and have not left, in no order.
std::vector<SharedEvent> members_of(const EventTable& events, const FeedRequest& request, Instant now);
// How many events members_of() has to look at, at most.
std::size_t candidates_for(const EventTable& events, const FeedRequest& request);

}  // namespace convoke::service
