// The directory: its pages in the workplace, and the same in the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_people(Services& services, Request request);
boost::asio::awaitable<Reply> enter_person(Services& services, Request request);
boost::asio::awaitable<Reply> show_person(Services& services, Request request);
boost::asio::awaitable<Reply> save_person(Services& services, Request request);
boost::asio::awaitable<Reply> show_offices(Services& services, Request request);
boost::asio::awaitable<Reply> enter_office(Services& services, Request request);
boost::asio::awaitable<Reply> show_office(Services& services, Request request);
boost::asio::awaitable<Reply> save_office(Services& services, Request request);
boost::asio::awaitable<Reply> remove_office(Services& services, Request request);
boost::asio::awaitable<Reply> add_member(Services& services, Request request);
// do=end with the last day, or do=remove.
boost::asio::awaitable<Reply> end_member(Services& services, Request request);
boost::asio::awaitable<Reply> show_leave(Services& services, Request request);
boost::asio::awaitable<Reply> enter_leave(Services& services, Request request);
boost::asio::awaitable<Reply> remove_leave(Services& services, Request request);

boost::asio::awaitable<Reply> show_unreachable(Services& services, Request request);
boost::asio::awaitable<Reply> mend_unreachable(Services& services, Request request);

boost::asio::awaitable<Reply> change_person_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_rosters_api(Services& services, Request request);
boost::asio::awaitable<Reply> add_roster_api(Services& services, Request request);
boost::asio::awaitable<Reply> change_roster_api(Services& services, Request request);
boost::asio::awaitable<Reply> remove_roster_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_absences_api(Services& services, Request request);
boost::asio::awaitable<Reply> add_absence_api(Services& services, Request request);
boost::asio::awaitable<Reply> change_absence_api(Services& services, Request request);
boost::asio::awaitable<Reply> remove_absence_api(Services& services, Request request);
boost::asio::awaitable<Reply> list_unreachable_api(Services& services, Request request);

}  // namespace convoke::web
