// The pages that lead people to calendars, and the lists that partners put into their own pages.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_subscribe(Services& services, Request request);
boost::asio::awaitable<Reply> show_poster(Services& services, Request request);
// The code of the same page as a picture: /subscribe/qr.svg
boost::asio::awaitable<Reply> show_subscribe_code(Services& services, Request request);
// /embed/coming and /embed/coming.json: for any page to hold; no cookies, no scripts, the same for everybody.
boost::asio::awaitable<Reply> show_embed(Services& services, Request request);
boost::asio::awaitable<Reply> show_embed_json(Services& services, Request request);

}  // namespace convoke::web
