// Any text as the period of a plan: the first byte chooses language and context, the rest is the cell.
#include "calendar/occurrences.hpp"
#include "calendar/period_format.hpp"
#include "calendar/period_grammar.hpp"

#include "base/text.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace convoke;
using namespace convoke::calendar;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Period& period) {
  require(period.first.has_value() == period.last.has_value());
  if (period.has_dates()) require(period.first->ok() && period.last->ok() && *period.first <= *period.last);
  const bool dateless = period.precision == Precision::none || period.precision == Precision::by_other_plan;
  require(period.has_dates() != dateless);
  require(period.recurrence.has_value() == (period.precision == Precision::recurring));
  if (period.is_dated()) require(period.first == period.last);
  if (period.precision == Precision::exact_time) require(period.time.has_value());
  require(is_valid_utf8(period.source_text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr std::array<std::string_view, 8> languages = {"uk", "be", "ru", "en", "kk", "pl", "", "xx"};
  static const std::array<PlanContext, 3> plans = {
      PlanContext::calendar_year(2024), PlanContext::academic_year(2024), PlanContext::one_month(2025, 12)};
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto reading = read_period(text, languages[data[0] % 8], plans[data[0] / 8 % 3]);
  check(reading.period);
  require(reading.period.source_text == collapse_spaces(to_valid_utf8(text)));
  require(is_valid_utf8(reading.place));
  if (size - 1 > max_period_bytes)
    require(reading.period.precision == Precision::none && !reading.warnings.empty());
  for (const auto& extra : reading.more_deadlines) check(extra);
  for (const auto language : all_languages) require(!format_period(reading.period, language).empty());
  const auto found = occurrences(reading.period, make_date(2000, 1, 1), make_date(2100, 1, 1));
  require(found.size() <= max_occurrences);
  for (const auto& one : found) require(one.first <= one.last);
  return 0;
}
