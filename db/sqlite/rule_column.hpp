// The rules of a set as JSON in one column: they are read and written whole.
#pragma once

#include "base/result.hpp"
#include "model/reminder_rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::db::sqlite {

std::string rules_json(const std::vector<ReminderRule>& rules);
// What rules_json() wrote. Errors: invalid_input for anything else.
Result<std::vector<ReminderRule>> parse_rules_json(std::string_view text);

}  // namespace convoke::db::sqlite
