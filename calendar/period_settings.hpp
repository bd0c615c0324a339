// What the period grammar takes for granted about a school's year. Countries and years differ: an
// installation may hand its own values to read_period; the defaults are those common to schools of Ukraine,
// Belarus and Russia.
#pragma once

#include <array>

namespace convoke::calendar {

struct MonthDay {
  unsigned month = 1;
  unsigned day = 1;
};

// Both ends inclusive. Where the end is earlier in the year than the beginning, it lies in the next year.
struct MonthDaySpan {
  MonthDay first;
  MonthDay last;
};

enum class Season { spring = 1, summer, autumn, winter };

struct PeriodSettings {
  // The academic year where the plan's own window does not say it (a plan of a calendar year that names one).
  MonthDaySpan academic_year = {{9, 1}, {5, 31}};
  // Terms («четверть», «чвэрць», «чверть») I to IV.
  std::array<MonthDaySpan, 4> terms = {
      {{{9, 1}, {10, 31}}, {{11, 1}, {12, 31}}, {{1, 1}, {3, 31}}, {{4, 1}, {5, 31}}}};
  // Halves of an academic year, and its semesters.
  std::array<MonthDaySpan, 2> academic_halves = {{{{9, 1}, {12, 31}}, {{1, 1}, {5, 31}}}};
  // School holidays, in the order of Season.
  std::array<MonthDaySpan, 4> holidays = {
      {{{3, 24}, {4, 1}}, {{6, 1}, {8, 31}}, {{10, 28}, {11, 4}}, {{12, 29}, {1, 11}}}};
};

}  // namespace convoke::calendar
