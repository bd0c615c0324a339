// The stamps of a plan, its versions, the director's button, and the plan as a file.
#pragma once

#include "web/handlers/services.hpp"
#include "web/http.hpp"

#include <boost/asio/awaitable.hpp>

namespace convoke::web {

boost::asio::awaitable<Reply> show_plan_approvals(Services& services, Request request);
boost::asio::awaitable<Reply> change_plan_approvals(Services& services, Request request);
// What became of a version; ?to=N: until that one.
boost::asio::awaitable<Reply> show_plan_version(Services& services, Request request);
// From the page of the plan that readers see: "I approve this plan".
boost::asio::awaitable<Reply> approve_plan_now(Services& services, Request request);

// The plan as a file: /plans/3/export/docx, xlsx, csv, pdf.
boost::asio::awaitable<Reply> export_plan_file(Services& services, Request request);

}  // namespace convoke::web
