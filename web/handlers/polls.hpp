// Date polls: opened and closed in the workplace, answered by the links in mails.
#pragma once

#include "service/polls.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_new_poll(Services& services, Request request);
boost::asio::awaitable<Reply> open_event_poll(Services& services, Request request);
boost::asio::awaitable<Reply> show_poll(Services& services, Request request);
boost::asio::awaitable<Reply> remind_of_poll(Services& services, Request request);
// A day dates the event; none just ends the poll.
boost::asio::awaitable<Reply> close_event_poll(Services& services, Request request);

// GET shows and changes nothing, whoever follows the link; POST answers. The token in the address is what
// allows it.
boost::asio::awaitable<Reply> show_poll_link(Services& services, Request request);
boost::asio::awaitable<Reply> take_poll_answer(Services& services, Request request);

// Over the API: personal data, for whoever keeps the event.
boost::asio::awaitable<Reply> list_polls_api(Services& services, Request request);
boost::asio::awaitable<Reply> open_poll_api(Services& services, Request request);
boost::asio::awaitable<Reply> get_poll_api(Services& services, Request request);
boost::asio::awaitable<Reply> remind_poll_api(Services& services, Request request);
boost::asio::awaitable<Reply> close_poll_api(Services& services, Request request);

// Who is told the result by mail.
void kept_by(service::NewPoll& poll, const service::SignedIn& who);

}  // namespace convoke::web
