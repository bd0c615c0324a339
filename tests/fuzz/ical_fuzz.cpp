// A foreign calendar file: whatever its bytes, reading ends soon, and what comes out can be written as a feed
// again.
#include "base/text.hpp"
#include "calendar/feed.hpp"
#include "calendar/ical_reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace convoke;
using namespace convoke::calendar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto calendar = read_calendar({reinterpret_cast<const char*>(data), size}, "Europe/Kyiv");
  if (!calendar) {
    if (calendar.error().message.empty() || !is_valid_utf8(calendar.error().message)) std::abort();
    return 0;
  }
  for (const auto& one : calendar->events) {
    const Period& period = one.event.period;
    if (!period.has_dates() || *period.last < *period.first || !is_valid_utf8(one.event.title)) std::abort();
    if (period.recurrence && period.recurrence->dates.size() > 2'000) std::abort();
    single_event_file(one.event, FeedView{});
  }
  return 0;
}
