// Signing in and out, the first administrator, and a person's own account.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_login(Services& services, Request request);
boost::asio::awaitable<Reply> sign_in(Services& services, Request request);
boost::asio::awaitable<Reply> sign_out(Services& services, Request request);

boost::asio::awaitable<Reply> show_setup(Services& services, Request request);  // changes nothing
boost::asio::awaitable<Reply> set_up(Services& services, Request request);

boost::asio::awaitable<Reply> show_account(Services& services, Request request);
boost::asio::awaitable<Reply> change_password(Services& services, Request request);
boost::asio::awaitable<Reply> end_session(Services& services, Request request);

}  // namespace convoke::web
