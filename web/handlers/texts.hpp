// The texts of mails: in the workplace and in the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_texts(Services& services, Request request);
boost::asio::awaitable<Reply> show_text_page(Services& services, Request request);
// act=save keeps the text, act=try shows how it reads.
boost::asio::awaitable<Reply> save_text(Services& services, Request request);
// The HTML of the mail by itself, with its own styles and nothing else allowed.
boost::asio::awaitable<Reply> look_at_text(Services& services, Request request);
boost::asio::awaitable<Reply> reset_text(Services& services, Request request);

// Of all associations, or of ?organisation=.
boost::asio::awaitable<Reply> list_texts_api(Services& services, Request request);
boost::asio::awaitable<Reply> get_text_api(Services& services, Request request);
boost::asio::awaitable<Reply> put_text_api(Services& services, Request request);
boost::asio::awaitable<Reply> delete_text_api(Services& services, Request request);

}  // namespace convoke::web
