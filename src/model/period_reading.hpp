// What reading one period cell of a plan gives. The grammar lives in calendar/; documents/ is handed it as a
// function, so that neither depends on the other.
#pragma once

#include "model/period.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

struct PeriodReading {
  Period period;      // precision none when nothing could be read; source_text always kept
  std::string place;  // what stood in the cell beside the dates: "онлайн", a venue; may be empty
  std::vector<Period> more_deadlines;  // "приём заявок – до 1 апреля" on a line of its own
  std::vector<std::string> warnings;  // one line each, in English; what was guessed or could not be read
};

// `text` may hold line breaks; `language` is a hint ("uk", "be", "ru", "en", "kk", "pl", or "").
using PeriodReader =
    std::function<PeriodReading(std::string_view text, std::string_view language, const PlanContext&)>;

}  // namespace convoke
