// Bringing a plan in: a document uploaded or pasted, its preview, what people put right of it, and next
// year's plan from this year's.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_intake_start(Services& services, Request request);
boost::asio::awaitable<Reply> begin_intake(Services& services, Request request);
boost::asio::awaitable<Reply> show_intake(Services& services, Request request);
boost::asio::awaitable<Reply> change_intake(Services& services, Request request);
boost::asio::awaitable<Reply> change_intake_row(Services& services, Request request);
boost::asio::awaitable<Reply> decide_intake_name(Services& services, Request request);
boost::asio::awaitable<Reply> enter_intake(Services& services, Request request);
boost::asio::awaitable<Reply> drop_intake(Services& services, Request request);
boost::asio::awaitable<Reply> begin_next_year(Services& services, Request request);
boost::asio::awaitable<Reply> show_past_rows(Services& services, Request request);

// What the grammar makes of ?text= in a plan of ?year= ("acad:2024"), as {"words", "certainty", "warnings"}:
// for scripts of the workplace, while somebody types.
boost::asio::awaitable<Reply> understand_period(Services& services, Request request);

}  // namespace convoke::web
