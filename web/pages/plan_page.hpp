// Plans: the list of them, and one as its authors know it.
#pragma once

#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace convoke::web {

std::string render_plans(const service::Snapshot& snapshot, const Frame& frame);

// `rows`: the plan's events in its order, goals included.
struct PlanView {
  const Plan* plan = nullptr;
  std::vector<const Event*> rows;
  std::string approved;  // what became of the reader's approval: "1", "changed"; empty: nothing was asked
};

std::string render_plan(const PlanView& view, const Frame& frame);

}  // namespace convoke::web
