// A period as a person types it: what the grammar makes of it, for pages that say so while it is typed.
#pragma once

#include "model/period_reading.hpp"

#include <string_view>

namespace convoke::service {

// The reading with warnings as a document's have them, "period: …". Never fails: precision none says that
// nothing could be read.
PeriodReading understand_period(std::string_view text, std::string_view plan_language,
                                const PlanContext& year);

}  // namespace convoke::service
