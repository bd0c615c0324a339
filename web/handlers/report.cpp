#include "web/handlers/report.hpp"

#include "service/plan_report.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/pages/report_page.hpp"

namespace convoke::web {

boost::asio::awaitable<Reply> show_report(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::report_of(services.context, request.who->organisation, PlanId{*number});
  const auto report = co_await await(std::move(deferred));
  if (!report) co_return error_reply(request, report.error());
  const auto frame = frame_of(services, request, report_path(report->plan.id));
  co_return private_page(request, frame, render_report(*report, frame));
}

}  // namespace convoke::web
