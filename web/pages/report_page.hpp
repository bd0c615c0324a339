// Plan versus fact, as a page and a picture.
#pragma once

#include "service/plan_report.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

std::string report_path(PlanId id);  // "/plans/3/report"

std::string render_report(const service::PlanReport& report, const Frame& frame);

}  // namespace convoke::web
