// Next year's plan from this year's: what a chair does with last year's Word file every August. Years move by
// one, editions are counted on, days keep their weekday and their week of the month; offices and people stay.
#pragma once

#include "service/intake_draft.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

// Every year in the text a year later: "2024/2025", "2024/25", "14.11.2024".
std::string a_year_later(std::string_view text);
PlanContext a_year_later(const PlanContext& year);

// Whether a folded word counts something: "xix", "хіх" in Cyrillic letters, "12-та", "5-й", "3rd".
bool is_edition(std::string_view folded_word);

// "XIX конференція" to "XX конференція", "12-та" to "13-та", "3rd" to "4th"; nothing when the title has no
// edition. Numbers of quarters, centuries, stages, classes and schools are no editions.
std::optional<std::string> next_edition(std::string_view title);

// The same weekday in the same week of its month, a year later: the second Thursday stays the second
// Thursday. A fifth one becomes the last.
Date same_weekday_next_year(Date day);

// `events`: the plan's, in its order. The days of the draft are guesses and say so; events that were
// cancelled are left out, to be taken back.
IntakeDraft next_year_draft(const Plan& plan, const std::vector<Event>& events);

}  // namespace convoke::service
