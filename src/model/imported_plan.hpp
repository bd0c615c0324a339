// What reading a document gives: a plan and its rows, nothing stored yet, every guess said in a warning.
#pragma once

#include "model/plan.hpp"

#include <string>
#include <vector>

namespace convoke {

struct ImportedItem {
  Event event;                        // no id, no uid; goals have kind goal
  bool schedulable = true;            // false: stands in the plan, never in a calendar
  std::vector<std::string> warnings;  // in English; each begins with a stable word, see documents/warnings
  std::string raw;                    // as it stands in the document, a line for each row it was made of
};

struct ImportedPlan {
  Plan plan;
  std::vector<ImportedItem> items;    // in the order of the document
  std::vector<std::string> warnings;  // about the document as a whole
};

}  // namespace convoke
