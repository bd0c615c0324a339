// Adding an event that stands in no plan.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_new_event(Services& services, Request request);
// 422 with the messages by their fields; 200 with how the period was read, unless the page's script has shown
// it; 409 when there is such an event already.
boost::asio::awaitable<Reply> add_event(Services& services, Request request);

}  // namespace convoke::web
