// The report of a plan ("звіт про виконання плану") as a document to hand in, in the language of the plan.
#pragma once

#include "service/plan_report.hpp"
#include "service/report_export.hpp"

namespace convoke::web {

documents::ReportDocument report_document(const service::PlanReport& report, Language language);

}  // namespace convoke::web
