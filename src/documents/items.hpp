// A draft of an entry to an event: its period read, its people told apart, its kind found, all guesses said.
#pragma once

#include "documents/plan_reader.hpp"
#include "documents/plan_walk.hpp"

#include <string>
#include <vector>

namespace convoke::documents {

ImportedItem make_item(const Draft& draft, const PlanReadOptions& options, const std::string& language,
                       const PlanContext& year);

// Across the whole plan: one spelling for one organisation, names that differ only in initials, numbers
// twice.
void compare_items(std::vector<ImportedItem>& items, std::vector<std::string>& warnings);

}  // namespace convoke::documents
