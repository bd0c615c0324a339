// News by mail: the form, and a mail program's own way out.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_news(Services& services, Request request);
boost::asio::awaitable<Reply> ask_for_news(Services& services, Request request);
// RFC 8058: no cookie, no page before it, no redirect; the token in the address is what allows it.
boost::asio::awaitable<Reply> unsubscribe_now(Services& services, Request request);

}  // namespace convoke::web
