// Reviewing by the link of a mail. The token in the address is what allows it.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_review_link(Services& services, Request request);
boost::asio::awaitable<Reply> take_review_link(Services& services, Request request);
boost::asio::awaitable<Reply> download_review_file(Services& services, Request request);

}  // namespace convoke::web
