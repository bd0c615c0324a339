// One day of a series: moved, corrected, cancelled, or as in the series again.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_series_day(Services& services, Request request);
// 409 with what was typed and what stands now when somebody was faster; 422 with the message by its field.
boost::asio::awaitable<Reply> save_series_day(Services& services, Request request);

}  // namespace convoke::web
