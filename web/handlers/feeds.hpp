// Calendars to subscribe to: /feeds/all.ics and /feeds/<kind>.ics, each with the query of calendar/filters.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> serve_feed(Services& services, Request request);

}  // namespace convoke::web
