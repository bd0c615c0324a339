// Calendars to look at.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_month(Services& services, Request request);
boost::asio::awaitable<Reply> show_year(Services& services, Request request);

}  // namespace convoke::web
