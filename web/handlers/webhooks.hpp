// Webhooks: the page of the workplace, and the same over the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_webhooks(Services& services, Request request);
boost::asio::awaitable<Reply> make_webhook(Services& services, Request request);
boost::asio::awaitable<Reply> show_webhook(Services& services, Request request);
boost::asio::awaitable<Reply> try_webhook(Services& services, Request request);
boost::asio::awaitable<Reply> end_webhook(Services& services, Request request);

boost::asio::awaitable<Reply> list_webhooks_api(Services& services, Request request);
boost::asio::awaitable<Reply> make_webhook_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_deliveries_api(Services& services, Request request);
boost::asio::awaitable<Reply> try_webhook_api(Services& services, Request request);
boost::asio::awaitable<Reply> end_webhook_api(Services& services, Request request);

}  // namespace convoke::web
