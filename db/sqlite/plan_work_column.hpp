// How rows of a plan lie in the columns of plan_edit and plan_version: whole events as JSON, so that what was
// removed can come back as it was.
#pragma once

#include "base/result.hpp"
#include "model/plan_work.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::db::sqlite {

std::string steps_json(const std::vector<RowStep>& steps);
// Errors: invalid_input for anything that steps_json() does not write.
Result<std::vector<RowStep>> parse_steps_json(std::string_view text);

// What an edit did: its rows alone, or its heading too.
std::string edit_json(const PlanEdit& edit);
// Fills rows and headings. Errors: as above.
Result<void> parse_edit_json(std::string_view text, PlanEdit& edit);

// The plan's heading and rows.
std::string version_json(const PlanVersion& version);
// Fills heading and rows. Errors: as above.
Result<void> parse_version_json(std::string_view text, PlanVersion& version);

}  // namespace convoke::db::sqlite
