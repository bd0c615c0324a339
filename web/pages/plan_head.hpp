// A plan that is begun empty, and what stands above its table: the form of both.
#pragma once

#include "service/plan_edits.hpp"
#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// What was typed to begin a plan, and what was wrong with it.
struct NewPlanForm {
  std::string title, organisation_name;
  std::string year;  // "acad:2025"; empty: this one
  OrganisationId organisation;
  std::string language;             // empty: the reader's
  std::optional<std::string> zone;  // as typed; none: that of the associations, if they have one between them
  std::string installation_zone;
  std::string zone_problem;
  std::string problem;
  Date today{};

  NewPlanForm() = default;
};

// The form below the list of plans. Associations are those that the reader's account reaches.
void fill_new_plan(ctemplate::TemplateDictionary& values, const service::Snapshot& snapshot,
                   const NewPlanForm& form, const Frame& frame);

struct HeadingForm {
  PlanId plan;
  std::string language;  // of the plan
  std::string title;     // as it stands now, for the way back
  PlanHeading values;    // as typed
  std::string stamp;
  std::string problem;
  std::optional<PlanHeading> theirs;  // somebody else saved in between
};
std::string render_heading_form(const HeadingForm& form, const Frame& frame);

}  // namespace convoke::web
