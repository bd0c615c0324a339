// Calendars to subscribe to: /feeds/all.ics and /feeds/<kind>.ics, each with the query of calendar/filters.
#pragma once

#include "web/feed_reply.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace convoke::web {

// What "/feeds/meeting.ics?responsible=…" asks for; `name` is "meeting" or "all". Errors: not_found for an
// unknown name, invalid_input for an unknown key or value, and for a kind given twice that leaves nothing.
Result<calendar::FeedQuery> public_feed_query(const std::string& name, const Pairs& pairs);

// Anybody's feed is the same for everybody until a change: the server may give it again by itself.
std::shared_ptr<const Standing> standing_while_current(const service::Feeds& feeds,
                                                       const service::FeedRecord& record);

// Any calendar, public or somebody's own: 200, 304 or what HEAD asks for; 503 when there is nothing to serve.
boost::asio::awaitable<Reply> calendar_reply(Services& services, Request request, service::FeedRequest feed,
                                             Visibility visibility, std::string file_name);

boost::asio::awaitable<Reply> serve_feed(Services& services, Request request);

}  // namespace convoke::web
