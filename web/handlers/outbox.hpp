// The queue of mails: its pages in the workplace, and the same in the API.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

// ?state=failed, ?page=2
boost::asio::awaitable<Reply> show_outbox(Services& services, Request request);
boost::asio::awaitable<Reply> show_outbox_mail(Services& services, Request request);
// The HTML part of a mail, as a document that may load and run nothing.
boost::asio::awaitable<Reply> show_outbox_html(Services& services, Request request);
boost::asio::awaitable<Reply> resend_mail(Services& services, Request request);
boost::asio::awaitable<Reply> cancel_mail(Services& services, Request request);

boost::asio::awaitable<Reply> get_reminder_api(Services& services, Request request);
boost::asio::awaitable<Reply> resend_reminder_api(Services& services, Request request);
boost::asio::awaitable<Reply> cancel_reminder_api(Services& services, Request request);

}  // namespace convoke::web
