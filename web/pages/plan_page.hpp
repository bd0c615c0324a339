// Plans: the list of them, and one as its authors know it.
#pragma once

#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

std::string render_plans(const service::Snapshot& snapshot, const Frame& frame);

// Fills YEAR and PLAN of a list of plans, a heading for each year: where each leads, its title, whose it is.
class PlansByYear {
 public:
  explicit PlansByYear(ctemplate::TemplateDictionary& values) : values_(values) {}
  // The next plan, the newest year first. Its entry, for what else the list says of it.
  ctemplate::TemplateDictionary& add(const Plan& plan, const std::string& href);
  bool empty() const { return year_ == nullptr; }

 private:
  ctemplate::TemplateDictionary& values_;
  ctemplate::TemplateDictionary* year_ = nullptr;
  std::string name_;
};

// `rows`: the plan's events in its order, goals included.
struct PlanView {
  const Plan* plan = nullptr;
  std::vector<const Event*> rows;
  std::string approved;  // what became of the reader's approval: "1", "changed"; empty: nothing was asked
};

std::string render_plan(const PlanView& view, const Frame& frame);

}  // namespace convoke::web
