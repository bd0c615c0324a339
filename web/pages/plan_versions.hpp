// The stamps of a plan, its versions, and what became of one.
#pragma once

#include "service/plan_approvals.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct ApprovalsView {
  service::PlanVersions versions;
  std::optional<Approval> typed;  // a further stamp as it was typed, to be mended
  std::string message;
  bool bad = false;
  std::string zone;
};
std::string render_plan_approvals(const ApprovalsView& view, const Frame& frame);
std::string render_plan_difference(const service::VersionComparison& comparison, const std::string& zone,
                                   const Frame& frame);

// What went wrong with a stamp, in the reader's language; of the code of an error.
std::string stamp_problem_text(Errc code, Language language);

}  // namespace convoke::web
