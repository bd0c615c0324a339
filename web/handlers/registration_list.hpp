// Registering many at once from a table.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_registration_list(Services& services, Request request);
boost::asio::awaitable<Reply> preview_registration_table(Services& services, Request request);
boost::asio::awaitable<Reply> commit_registration_table(Services& services, Request request);

}  // namespace convoke::web
