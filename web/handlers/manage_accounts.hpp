// Accounts in the workplace, and the link of an invitation.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_accounts(Services& services, Request request);
boost::asio::awaitable<Reply> invite_account(Services& services, Request request);
boost::asio::awaitable<Reply> show_one_account(Services& services, Request request);
boost::asio::awaitable<Reply> save_account(Services& services, Request request);
boost::asio::awaitable<Reply> invite_account_again(Services& services, Request request);
boost::asio::awaitable<Reply> withdraw_account(Services& services, Request request);
boost::asio::awaitable<Reply> close_account(Services& services, Request request);
boost::asio::awaitable<Reply> open_account(Services& services, Request request);
boost::asio::awaitable<Reply> end_account_factor(Services& services, Request request);

boost::asio::awaitable<Reply> show_invitation(Services& services, Request request);  // changes nothing
boost::asio::awaitable<Reply> take_invitation(Services& services, Request request);

}  // namespace convoke::web
