// The other forms of public calendars: /feeds/all.json and /feeds/all.atom, with the names and the query of
// .ics.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> serve_json_feed(Services& services, Request request);
boost::asio::awaitable<Reply> serve_atom_feed(Services& services, Request request);

}  // namespace convoke::web
