// A call for papers at the organiser's desk.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_submissions(Services& services, Request request);
boost::asio::awaitable<Reply> save_submissions(Services& services, Request request);
boost::asio::awaitable<Reply> assign_submissions(Services& services, Request request);
boost::asio::awaitable<Reply> show_submission(Services& services, Request request);
boost::asio::awaitable<Reply> act_on_submission(Services& services, Request request);
boost::asio::awaitable<Reply> download_submission_file(Services& services, Request request);
boost::asio::awaitable<Reply> export_submissions(Services& services, Request request);
boost::asio::awaitable<Reply> show_submissions_protocol(Services& services, Request request);

// The same as JSON, for keys with the scope write.
boost::asio::awaitable<Reply> list_submissions_api(Services& services, Request request);
boost::asio::awaitable<Reply> show_submission_api(Services& services, Request request);
boost::asio::awaitable<Reply> download_submission_file_api(Services& services, Request request);
boost::asio::awaitable<Reply> decide_on_submission_api(Services& services, Request request);

}  // namespace convoke::web
