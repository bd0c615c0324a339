// Bringing people into the directory from a table.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_people_import(Services& services, Request request);
boost::asio::awaitable<Reply> preview_people_import(Services& services, Request request);  // stores nothing
boost::asio::awaitable<Reply> commit_people_import(Services& services, Request request);

}  // namespace convoke::web
