// Stamps: who approved the plan, when and by which act. They stand before the title or after the table, and
// often side by side in a table without lines.
#pragma once

#include "documents/document.hpp"
#include "model/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

// Whether a line opens a stamp: "УТВЕРЖДАЮ", "Погоджено", "Adopted at the meeting …".
bool is_stamp(std::string_view line);

// Takes the stamps, and a signature under the last table, out of `lines`: what belongs to one is removed from
// the list. A line with an empty text is a gap. `plan_ends` is the index of the first line after the last
// table.
std::vector<Approval> take_approvals(std::vector<Paragraph>& lines, const std::vector<bool>& after_table);

}  // namespace convoke::documents
