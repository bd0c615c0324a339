// Plan versus fact.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_report(Services& services, Request request);
// The same as a document, in the language of the plan.
boost::asio::awaitable<Reply> download_report(Services& services, Request request);

}  // namespace convoke::web
