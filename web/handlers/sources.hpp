// Calendars coming in, in the API and on their page; and what stands in the way of an event.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> list_sources_api(Services& services, Request request);
boost::asio::awaitable<Reply> add_source_api(Services& services, Request request);
// The body is the calendar; ?name=, ?shared=, ?organisation=.
boost::asio::awaitable<Reply> upload_source_api(Services& services, Request request);
boost::asio::awaitable<Reply> upload_source_again_api(Services& services, Request request);
boost::asio::awaitable<Reply> refresh_source_api(Services& services, Request request);
boost::asio::awaitable<Reply> remove_source_api(Services& services, Request request);

// The page, and what its forms do.
boost::asio::awaitable<Reply> show_sources(Services& services, Request request);
boost::asio::awaitable<Reply> add_source(Services& services, Request request);
boost::asio::awaitable<Reply> refresh_source(Services& services, Request request);
boost::asio::awaitable<Reply> remove_source(Services& services, Request request);

boost::asio::awaitable<Reply> list_conflicts_api(Services& services, Request request);

}  // namespace convoke::web
