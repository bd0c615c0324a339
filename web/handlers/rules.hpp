// The rules of reminders: on their pages of the workplace, and in the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_rules(Services& services, Request request);
// ?organisation=, ?kind=, ?plan=, ?event=: whose; ?applies=: which of them.
boost::asio::awaitable<Reply> edit_rules(Services& services, Request request);
// The form of that page. do=show, add, remove.N: the page again, nothing is stored; save, delete: stored.
boost::asio::awaitable<Reply> change_rules(Services& services, Request request);

boost::asio::awaitable<Reply> list_rules_api(Services& services, Request request);
boost::asio::awaitable<Reply> save_rules_api(Services& services, Request request);
boost::asio::awaitable<Reply> remove_rules_api(Services& services, Request request);

}  // namespace convoke::web
