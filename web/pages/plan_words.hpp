// Words about a plan and its edits that several pages say.
#pragma once

#include "model/plan_work.hpp"
#include "service/plan_table.hpp"

#include <array>
#include <string>
#include <string_view>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

// The cells of a row that are typed, by the name of their form field.
struct RowCell {
  const char* name;
  const char* place;  // in templates
  std::string service::RowFields::*field;
};
const std::array<RowCell, 7>& row_cells();

// "Activity" for "title"; of every field that differences name.
std::string field_label(std::string_view field, Language language);
// "row changed: “…”"
std::string edit_text(const PlanEdit& edit, Language language);
// "14 листопада 2024, 10:05"
std::string moment_line(Instant at, const std::string& zone, Language language);
// What was done a moment ago, by the word that the address carries; empty for another.
std::string done_text(std::string_view what, Language language);
// That somebody else was faster.
std::string in_between_text(Language language);
// A FORMAT section for each file that the plan can be downloaded as.
void fill_formats(ctemplate::TemplateDictionary& values, PlanId plan);
// The look of the chip that says the state.
std::string state_chip(const Plan& plan);

}  // namespace convoke::web
