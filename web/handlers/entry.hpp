// Signing in by a link from a mail, the second step, and a person's second factor.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_link_request(Services& services, Request request);
boost::asio::awaitable<Reply> request_link(Services& services, Request request);
boost::asio::awaitable<Reply> show_sign_in_link(Services& services, Request request);  // changes nothing
boost::asio::awaitable<Reply> use_sign_in_link(Services& services, Request request);

boost::asio::awaitable<Reply> take_code(Services& services, Request request);

boost::asio::awaitable<Reply> show_factor(Services& services, Request request);
boost::asio::awaitable<Reply> begin_factor(Services& services, Request request);
boost::asio::awaitable<Reply> end_factor(Services& services, Request request);
boost::asio::awaitable<Reply> renew_codes(Services& services, Request request);

}  // namespace convoke::web
