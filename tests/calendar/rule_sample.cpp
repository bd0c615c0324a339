// Counts recurrence rules out, a line each, for rule_readers.py to hold against an expander that shares no
// code with ours. Input: DTSTART UNTIL RRULE, days as 2026-11-14; output: "refused REASON", or the steps, the
// microseconds and the days.
#include "calendar/ical_rule.hpp"

#include <fmt/format.h>

#include <ctime>
#include <iostream>
#include <string>

using namespace convoke;
using namespace convoke::calendar;

namespace {

// Of this thread's work: what else the machine does is not the rule's cost.
long microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace

int main() {
  std::string start, last, text;
  while (std::cin >> start >> last >> text) {
    const long begin = microseconds();
    const auto rule = read_rule(text);
    if (!rule) {
      fmt::print("refused {}\n", rule.error().message);
      continue;
    }
    std::size_t steps = 0;
    const auto days = days_of(*rule, parse_iso_date(start).value(), parse_iso_date(last).value(), &steps);
    fmt::print("{} {}", steps, microseconds() - begin);
    for (const Date day : days) fmt::print(" {}", format_iso(day));
    fmt::print("\n");
  }
  return 0;
}
