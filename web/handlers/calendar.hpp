// Calendars to look at.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_month(Services& services, Request request);
boost::asio::awaitable<Reply> show_year(Services& services, Request request);

// What stands between ?from= and ?to=, days like 2025-11-03: JSON for the page's script.
boost::asio::awaitable<Reply> list_calendar_entries(Services& services, Request request);
// A day for an event, chosen beside the calendar or by dragging.
boost::asio::awaitable<Reply> name_event_day(Services& services, Request request);

}  // namespace convoke::web
