// The workplace: beginning an empty plan, its title and preamble, the order of its sections.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> begin_plan(Services& services, Request request);
boost::asio::awaitable<Reply> show_plan_heading(Services& services, Request request);
boost::asio::awaitable<Reply> save_plan_heading(Services& services, Request request);
// ?where=up|down
boost::asio::awaitable<Reply> move_plan_section(Services& services, Request request);

}  // namespace convoke::web
