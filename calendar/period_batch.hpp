// The period grammar over lines of tab-separated text: what `convoke period --batch` does to each of its
// lines.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace convoke::calendar {

// In: text, language and context, separated by tabs (further columns are ignored); the two characters \n in
// the text stand for a line break. Out: type, first and last day, separated by tabs; recurring carries its
// frequency: "recurring(monthly)". Days are empty where there are none. Errors: invalid_input when a column
// is missing or the context is none.
Result<std::string> period_batch_line(std::string_view tsv_line);

}  // namespace convoke::calendar
