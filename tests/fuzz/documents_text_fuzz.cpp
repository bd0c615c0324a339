// Any text as a plan: .txt and .csv by the first byte. The period reader is a trivial one, the grammar has
// its own target.
#include "documents/plan_json.hpp"
#include "documents/plan_reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace convoke;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const bool csv = !bytes.empty() && bytes[0] % 2 == 1;
  const auto document = documents::read_document(bytes, csv ? "plan.csv" : "plan.txt");
  if (!document) return 0;
  const PeriodReader reader = [](std::string_view text, std::string_view, const PlanContext& year) {
    PeriodReading reading;
    reading.period.source_text = text;
    if (text.size() % 3 == 0) return reading;
    reading.period.precision = Precision::month;
    reading.period.first = year.first;
    reading.period.last = last_of_month(year.first);
    return reading;
  };
  const auto plan =
      documents::read_plan(*document, {reader, PlanContext::academic_year(2024), "Europe/Kyiv", "plan"});
  if (plan && plan->items.empty()) std::abort();  // a plan without a row must have been refused
  if (plan) documents::plan_json(*plan);
  return 0;
}
