#include "web/handlers/calendar.hpp"

#include "web/handlers/common.hpp"
#include "web/pages/calendar_page.hpp"
#include "web/pages/when.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

// The months that the address asks for.
awaitable<Result<CalendarView>> view_of(Services& services, const Request& request, bool year) {
  auto query = parse_home_query(request.query);
  if (!query) co_return query.error();
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return snapshot.error();
  CalendarView view;
  view.today = today(services);
  view.snapshot = std::move(*snapshot);
  view.query = std::move(*query);
  if (!view.query.from)
    view.query.from = year ? service::year_beginning(*view.snapshot, view.today) : month_of(view.today);
  view.months = service::months_of(*view.snapshot, view.query.filter, *view.query.from,
                                   year ? service::year_months : 1);
  co_return view;
}

}  // namespace

awaitable<Reply> show_month(Services& services, Request request) {
  const auto view = co_await view_of(services, request, false);
  if (!view) co_return error_reply(request, view.error());
  const auto frame = frame_of(services, request, month_path(view->query));
  co_return page_reply(request, frame, render_month(*view, frame));
}

awaitable<Reply> show_year(Services& services, Request request) {
  const auto view = co_await view_of(services, request, true);
  if (!view) co_return error_reply(request, view.error());
  const auto frame = frame_of(services, request, year_path(view->query));
  co_return page_reply(request, frame, render_year(*view, frame));
}

}  // namespace convoke::web
