// Pages for people. All of them only read.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_home(Services& services, Request request);
boost::asio::awaitable<Reply> show_plans(Services& services, Request request);
boost::asio::awaitable<Reply> show_plan(Services& services, Request request);
boost::asio::awaitable<Reply> show_event(Services& services, Request request);
boost::asio::awaitable<Reply> download_event(Services& services, Request request);  // /events/{id}.ics

}  // namespace convoke::web
