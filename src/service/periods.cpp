#include "service/periods.hpp"

#include "base/text.hpp"
#include "calendar/period_grammar.hpp"

namespace convoke::service {

PeriodReading understand_period(std::string_view text, std::string_view plan_language,
                                const PlanContext& year) {
  const std::string typed = collapse_spaces(text);
  auto reading = typed.empty() ? PeriodReading{} : calendar::read_period(typed, plan_language, year);
  reading.period.source_text = typed;
  for (auto& warning : reading.warnings) warning = "period: " + warning;
  if (!typed.empty() && reading.period.precision == Precision::none && reading.warnings.empty())
    reading.warnings.push_back("period: no date could be read in \"" + typed + "\"");
  return reading;
}

PeriodReading understand_coming_period(std::string_view text, Date today) {
  const int year = static_cast<int>(today.year());
  auto reading = understand_period(text, "", PlanContext::calendar_year(year));
  if (!reading.period.last || *reading.period.last >= today) return reading;
  auto next = understand_period(text, "", PlanContext::calendar_year(year + 1));
  return next.period.first == reading.period.first ? reading : next;
}

}  // namespace convoke::service
