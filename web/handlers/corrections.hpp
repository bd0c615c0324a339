// The page of what was put right in earlier documents.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_corrections(Services& services, Request request);
boost::asio::awaitable<Reply> forget_correction(Services& services, Request request);

}  // namespace convoke::web
