// A person's own keys to the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_tokens(Services& services, Request request);
boost::asio::awaitable<Reply> make_token(Services& services, Request request);
boost::asio::awaitable<Reply> revoke_token(Services& services, Request request);

}  // namespace convoke::web
