// Any bytes as a file of holidays: it is refused with a reason, or every day of it can be told by the table.
#include "calendar/days_off.hpp"
#include "calendar/holidays.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string_view>

using namespace convoke;
using namespace convoke::calendar;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto days = read_special_days({reinterpret_cast<const char*>(data), size});
  if (!days) {
    require(!days.error().message.empty());
    return 0;
  }
  require(days->size() <= max_special_days);
  DaysOff table;
  std::map<std::pair<std::string, Date>, bool> said;
  for (const auto& day : *days) {
    require(day.day.ok() && day.country.size() == 2 && !day.name.empty() && is_valid_utf8(day.name));
    table.put(day);
    said[{day.country, day.day}] = day.off;
  }
  for (const auto& [key, off] : said) require(table.is_day_off(key.second, key.first) == off);
  return 0;
}
