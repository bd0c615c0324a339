// The programme of a conference: for everybody, at the organiser's desk, and over the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_programme(Services& services, Request request);
boost::asio::awaitable<Reply> download_programme_calendar(Services& services, Request request);
boost::asio::awaitable<Reply> download_programme_document(Services& services, Request request);

boost::asio::awaitable<Reply> show_programme_desk(Services& services, Request request);
boost::asio::awaitable<Reply> change_programme(Services& services, Request request);

boost::asio::awaitable<Reply> get_programme_api(Services& services, Request request);
boost::asio::awaitable<Reply> put_programme_api(Services& services, Request request);

}  // namespace convoke::web
