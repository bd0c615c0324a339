// Search: the page and the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_search(Services& services, Request request);
boost::asio::awaitable<Reply> search_api(Services& services, Request request);

}  // namespace convoke::web
