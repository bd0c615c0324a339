// What the pages of the intake say that depends on more than a template: the reader's warnings in the
// language of the person who reads them, and how sure a field is.
#pragma once

#include "model/event.hpp"
#include "model/language.hpp"
#include "service/intake.hpp"

#include <string>
#include <string_view>

namespace convoke::web {

struct SaidWarning {
  std::string text;
  bool translated = true;  // false: in English, for no catalog knows it
};
// "joined: a row broken in two was put together (title)" in words of `language`, beginning with a capital.
SaidWarning say_warning(std::string_view warning, Language language);

// "read as written", "guessed", "doubtful"
std::string certainty_text(service::Certainty certainty, Language language);
std::string_view name_of(service::Certainty certainty);  // "certain", "guessed", "doubtful"

// "листопад 2024 · 1 листопада 2024 – 30 листопада 2024"; "no date" for what has none.
std::string period_words(const Period& period, Language language);

// "27 rows, 6 sections, 7 persons, 3 by another plan, 1 quarterly"
std::string totals_text(const service::IntakeTotals& totals, Language language);

// "acad:2024", "cal:2024", "month:2024-03": a year as the forms here send it.
std::string year_value(const PlanContext& year);
std::optional<PlanContext> year_of_value(std::string_view value);
// Where a script asks how a period typed into this plan is read; the text is added as "&text=".
std::string live_period_path(const Plan& plan);
// "2024/2025 school year", "2024"
std::string year_words(const PlanContext& year, Language language);

// Why a document could not be brought in.
std::string intake_error_text(const Error& error, Language language);

}  // namespace convoke::web
