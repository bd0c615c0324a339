// The door of an event: the organiser's page, what its script asks and sends, and the page behind a ticket.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_door(Services& services, Request request);
boost::asio::awaitable<Reply> take_arrival(Services& services, Request request);
boost::asio::awaitable<Reply> take_arrivals(Services& services, Request request);
boost::asio::awaitable<Reply> take_walk_in(Services& services, Request request);
boost::asio::awaitable<Reply> list_door_people(Services& services, Request request);
boost::asio::awaitable<Reply> show_door_ticket(Services& services, Request request);

}  // namespace convoke::web
