// For operators, robots and browsers: health, readiness, figures, robots.txt, files.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_health(Services& services, Request request);     // the process answers
boost::asio::awaitable<Reply> show_readiness(Services& services, Request request);  // so does the database
boost::asio::awaitable<Reply> show_metrics(Services& services, Request request);
boost::asio::awaitable<Reply> show_robots(Services& services, Request request);
boost::asio::awaitable<Reply> show_icon(Services& services, Request request);
boost::asio::awaitable<Reply> show_asset(Services& services, Request request);

}  // namespace convoke::web
