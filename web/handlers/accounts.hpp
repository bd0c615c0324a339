// Signing in and out, the first administrator, and a person's own account.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace convoke::web {

// A browser that its owner has signed in with is known for so long (threats B2).
inline constexpr std::chrono::hours device_cookie_lasts{180 * 24};

boost::asio::awaitable<Reply> show_login(Services& services, Request request);
boost::asio::awaitable<Reply> sign_in(Services& services, Request request);
boost::asio::awaitable<Reply> sign_out(Services& services, Request request);

boost::asio::awaitable<Reply> show_setup(Services& services, Request request);  // changes nothing
boost::asio::awaitable<Reply> set_up(Services& services, Request request);

boost::asio::awaitable<Reply> show_account(Services& services, Request request);
boost::asio::awaitable<Reply> change_password(Services& services, Request request);
boost::asio::awaitable<Reply> end_session(Services& services, Request request);

}  // namespace convoke::web
