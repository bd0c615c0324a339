// Stamps that a typist set side by side with spaces or TABs, read column by column as they were meant.
#pragma once

#include "documents/plan_parts.hpp"

#include <vector>

namespace convoke::documents {

// Replaces each block of such lines by the left column's paragraphs and then the right one's.
void unfold_columns(std::vector<Part>& parts);

}  // namespace convoke::documents
