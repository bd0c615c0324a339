#include "web/handlers/report.hpp"

#include "service/plan_report.hpp"
#include "service/report_export.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/i18n.hpp"
#include "web/pages/report_file.hpp"
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

boost::asio::awaitable<Reply> download_report(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto deferred = service::report_of(services.context, request.who->organisation, PlanId{*number});
  const auto report = co_await await(std::move(deferred));
  if (!report) co_return error_reply(request, report.error());
  const auto language = language_of(report->plan.language).value_or(language_of_reader(request));
  auto writing = service::write_report(services.context, report_document(*report, language));
  auto bytes = co_await await(std::move(writing));
  if (!bytes) co_return error_reply(request, bytes.error());
  auto reply = Reply::text(200, std::move(*bytes), service::report_media_type);
  const auto name = "report-" + std::to_string(report->plan.id.value) + ".docx";
  reply.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
  co_return reply;
}

}  // namespace convoke::web
