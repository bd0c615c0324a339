// What stands in the way of a plan and of a row that is typed, and the day that is chosen for an event.
#pragma once

#include "service/plan_clashes.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>

#include <vector>

namespace convoke::web {

boost::asio::awaitable<Reply> show_plan_clashes(Services& services, Request request);
boost::asio::awaitable<Reply> list_plan_conflicts_api(Services& services, Request request);
// POST /manage/events/{id}/date: the day, and a time when one is given.
boost::asio::awaitable<Reply> fix_event_day(Services& services, Request request);

// Of the row that the query of GET /manage/period speaks of: ?plan=3&row=12&text=…&place=…&responsible=…;
// none when it names no plan. What cannot be found has no clashes: the reading matters more.
boost::asio::awaitable<std::vector<service::Clash>> typed_clashes(Services& services, Request request);
boost::json::array clash_lines_json(const std::vector<service::Clash>& clashes, Language language);

}  // namespace convoke::web
