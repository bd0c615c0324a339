// The JSON API, /api/v1. Reading what is published needs no token; people, reminders and every change do (the
// route table says which). Errors are problem details (RFC 9457); assets/openapi.json describes all of it.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

// Of one answer of GET /api/v1/events.
inline constexpr long default_page_size = 100;
inline constexpr long largest_page_size = 500;

boost::asio::awaitable<Reply> list_plans_api(Services& services, Request request);
boost::asio::awaitable<Reply> get_plan_api(Services& services, Request request);
boost::asio::awaitable<Reply> import_plan_api(Services& services, Request request);

boost::asio::awaitable<Reply> list_events_api(Services& services, Request request);
boost::asio::awaitable<Reply> get_event_api(Services& services, Request request);
boost::asio::awaitable<Reply> create_event_api(Services& services, Request request);
boost::asio::awaitable<Reply> change_event_api(Services& services, Request request);
boost::asio::awaitable<Reply> remove_event_api(Services& services, Request request);

boost::asio::awaitable<Reply> list_people_api(Services& services, Request request);
boost::asio::awaitable<Reply> save_person_api(Services& services, Request request);
boost::asio::awaitable<Reply> import_people_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_organisations_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_reminders_api(Services& services, Request request);
boost::asio::awaitable<Reply> describe_api(Services& services, Request request);

}  // namespace convoke::web
