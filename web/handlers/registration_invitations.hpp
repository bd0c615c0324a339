// Invitations to register: the organiser's page, and the one behind the link of the mail.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_registration_invitations(Services& services, Request request);
boost::asio::awaitable<Reply> look_at_registration_invitations(Services& services, Request request);
boost::asio::awaitable<Reply> send_registration_invitations(Services& services, Request request);
boost::asio::awaitable<Reply> remind_registration_invitations(Services& services, Request request);
// The token in the address is what allows it.
boost::asio::awaitable<Reply> show_invited(Services& services, Request request);
boost::asio::awaitable<Reply> take_invited(Services& services, Request request);

}  // namespace convoke::web
