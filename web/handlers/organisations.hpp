// Organisations as a tree, on their pages and in the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_organisations(Services& services, Request request);
boost::asio::awaitable<Reply> enter_organisation(Services& services, Request request);
boost::asio::awaitable<Reply> show_organisation(Services& services, Request request);
boost::asio::awaitable<Reply> save_organisation(Services& services, Request request);

boost::asio::awaitable<Reply> add_organisation_api(Services& services, Request request);
boost::asio::awaitable<Reply> change_organisation_api(Services& services, Request request);

}  // namespace convoke::web
