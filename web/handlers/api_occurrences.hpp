// The days of a series in the JSON API: what takes place when, and changing one of them.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

// Without "from" and "to", the occurrences of the coming year.
inline constexpr int default_occurrence_days = 366;

// GET …/occurrences?from=&to=: at most calendar::max_occurrences and those moved into the window.
boost::asio::awaitable<Reply> list_occurrences_api(Services& services, Request request);
// PATCH …/occurrences/{day}: changes the one that the series has on that day.
boost::asio::awaitable<Reply> change_occurrence_api(Services& services, Request request);
// DELETE …/occurrences/{day}: cancels it, so that subscribers see it go (feeds.md rule 35).
boost::asio::awaitable<Reply> cancel_occurrence_api(Services& services, Request request);

}  // namespace convoke::web
