// The workplace: a plan as a table, and what is done to its rows.
#pragma once

#include "service/plan_table.hpp"
#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_plan_list(Services& services, Request request);
// ?edit=ROW opens a row, ?add=ROW|end a new one, ?remove=ROW asks, ?section=ROW opens a caption.
boost::asio::awaitable<Reply> show_plan_desk(Services& services, Request request);
// How a period is read, as it is typed: JSON for the page's script.
boost::asio::awaitable<Reply> show_plan_history(Services& services, Request request);

boost::asio::awaitable<Reply> add_plan_row(Services& services, Request request);
boost::asio::awaitable<Reply> save_plan_row(Services& services, Request request);
boost::asio::awaitable<Reply> move_plan_row(Services& services, Request request);
boost::asio::awaitable<Reply> remove_plan_row(Services& services, Request request);
boost::asio::awaitable<Reply> rename_plan_section(Services& services, Request request);
boost::asio::awaitable<Reply> change_plan_rows(Services& services, Request request);
boost::asio::awaitable<Reply> undo_plan_edit(Services& services, Request request);

// The page on which whoever was slower chooses cell by cell: of a row that the form opened as `was` and would
// leave as `yours`.
boost::asio::awaitable<Reply> choose_cells(Services& services, Request request, PlanId plan, EventId row,
                                           service::RowFields was, service::RowFields yours);

}  // namespace convoke::web
