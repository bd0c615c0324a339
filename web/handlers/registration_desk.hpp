// Registration at the organiser's desk, and over the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_registration_desk(Services& services, Request request);
boost::asio::awaitable<Reply> save_registration_desk(Services& services, Request request);
boost::asio::awaitable<Reply> change_registration_field(Services& services, Request request);
boost::asio::awaitable<Reply> add_registration_by_hand(Services& services, Request request);
boost::asio::awaitable<Reply> step_registration_row(Services& services, Request request);
boost::asio::awaitable<Reply> export_registration_list(Services& services, Request request);

boost::asio::awaitable<Reply> list_registrations_api(Services& services, Request request);
boost::asio::awaitable<Reply> add_registration_api(Services& services, Request request);

boost::asio::awaitable<Reply> download_registration_file(Services& services, Request request);

}  // namespace convoke::web
