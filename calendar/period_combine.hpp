// The last step of the period grammar: from what stands in the cell (dates, frequencies, times, words) to one
// period.
#pragma once

#include "calendar/period_text.hpp"
#include "model/period_reading.hpp"

#include <string_view>

namespace convoke::calendar {

// Fills the reading in; its source_text is set already.
void combine(const Cell& cell, const PieceContext& context, std::string_view language,
             PeriodReading& reading);

}  // namespace convoke::calendar
