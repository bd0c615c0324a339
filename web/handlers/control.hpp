// The workplace's control of execution: reading it, deciding, answering for others.
#pragma once

#include "service/events.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_control(Services& services, Request request);
// The forms of the page, and of an event's page.
boost::asio::awaitable<Reply> decide_answer(Services& services, Request request);
boost::asio::awaitable<Reply> mark_done(Services& services, Request request);
boost::asio::awaitable<Reply> answer_for_event(Services& services, Request request);
boost::asio::awaitable<Reply> record_result(Services& services, Request request);

// Changes the event of the address, for somebody signed in who watches over its work. Errors: not_found for
// everybody else, what the form's `change` could not be read for, those of change_event().
boost::asio::awaitable<Result<Event>> change_watched_event(Services& services, Request request,
                                                           Result<service::EventChange> change);

}  // namespace convoke::web
