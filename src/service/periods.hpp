// A period as a person types it: what the grammar makes of it, for pages that say so while it is typed.
#pragma once

#include "model/period_reading.hpp"

#include <string_view>

namespace convoke::service {

// The reading with warnings as a document's have them, "period: …". Never fails: precision none says that
// nothing could be read.
PeriodReading understand_period(std::string_view text, std::string_view plan_language,
                                const PlanContext& year);

// The same of what stands in no plan. A day or a month that is written without a year is the coming one:
// "22–24 мая", typed in November, is next year's.
PeriodReading understand_coming_period(std::string_view text, Date today);

}  // namespace convoke::service
