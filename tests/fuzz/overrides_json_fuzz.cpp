// Changed days as the database holds them: nothing but what overrides_json() writes is read, and what is read
// is written back the same and expands without harm, whatever days it names.
#include "calendar/event_occurrences.hpp"
#include "db/sqlite/event_columns.hpp"

#include <cstdint>
#include <cstdlib>

using namespace convoke;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = db::sqlite::parse_overrides_json({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  const auto again = db::sqlite::parse_overrides_json(db::sqlite::overrides_json(*read));
  if (!again || !(*again == *read)) std::abort();
  Event event;
  event.zone = "Europe/Kyiv";
  event.period.precision = Precision::recurring;
  event.period.first = make_date(2026, 9, 3);
  event.period.last = make_date(2026, 11, 26);
  event.period.recurrence = Recurrence{};
  event.period.recurrence->frequency = Frequency::weekly;
  event.period.recurrence->weekdays = {{std::chrono::Thursday, 0}};
  event.overrides = *read;
  std::size_t steps = 0;
  const auto found =
      calendar::event_occurrences(event, make_date(1900, 1, 1), make_date(2199, 12, 31), &steps);
  if (found.size() > 13 + calendar::max_overrides || steps > 100 + calendar::max_overrides) std::abort();
  return 0;
}
