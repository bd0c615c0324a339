// A person's own calendars, on pages and in the API, and what they take part in.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_calendars(Services& services, Request request);
boost::asio::awaitable<Reply> make_calendar(Services& services, Request request);
boost::asio::awaitable<Reply> revoke_calendar(Services& services, Request request);

boost::asio::awaitable<Reply> attend_event(Services& services, Request request);
boost::asio::awaitable<Reply> withdraw_from_event(Services& services, Request request);

// /feeds/p/{token}.ics: the address alone opens it, and nothing says why another one does not (threats G6).
boost::asio::awaitable<Reply> serve_personal_feed(Services& services, Request request);
boost::asio::awaitable<Reply> serve_personal_json(Services& services, Request request);
boost::asio::awaitable<Reply> serve_personal_atom(Services& services, Request request);

boost::asio::awaitable<Reply> describe_session_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_calendars_api(Services& services, Request request);
boost::asio::awaitable<Reply> make_calendar_api(Services& services, Request request);
boost::asio::awaitable<Reply> revoke_calendar_api(Services& services, Request request);

}  // namespace convoke::web
