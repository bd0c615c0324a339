// Calendars to subscribe to: /feeds/all.ics and /feeds/<kind>.ics, each with the query of calendar/filters.
#pragma once

#include "web/feed_reply.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace convoke::web {

// Any calendar, public or somebody's own: 200, 304 or what HEAD asks for; 503 when there is nothing to serve.
boost::asio::awaitable<Reply> calendar_reply(Services& services, Request request, service::FeedRequest feed,
                                             Visibility visibility, std::string file_name);

boost::asio::awaitable<Reply> serve_feed(Services& services, Request request);

}  // namespace convoke::web
