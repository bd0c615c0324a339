// When something in a plan happens: a first-class value, from an exact time to "by another plan".
// Deadlines, feeds, sorting and reminders are computed from it; nothing else interprets the text of a plan.
// The rules are those of the field's notation (calendar/period_grammar.hpp reads it, period_format.hpp prints
// it).
#pragma once

#include "base/date.hpp"
#include "model/language.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

enum class Precision {
  exact_time,  // a day and a time of day
  exact_date,  // one day
  date_range,  // several days: 22-24 May, the first week of March
  month,
  month_range,
  quarter,
  half_year,
  season,
  academic_year,
  calendar_year,
  recurring,      // see Period::recurrence; first and last bound it
  ongoing,        // "постоянно": first and last are the plan's, never a deadline
  by_other_plan,  // no dates until that plan says
  year_end,       // the last month of the plan's year
  none,           // no date could be read; source_text says what stood there
};

enum class Frequency {
  daily,
  weekly,
  biweekly,
  monthly,
  quarterly,
  semiannual,
  yearly,
  three_per_year,
  list
};

// A weekday, or the n-th one of a month: {Thursday, 3} is the third Thursday, {Friday, -1} the last Friday.
struct WeekdayRule {
  std::chrono::weekday weekday;
  int nth = 0;  // 0: every one; 1 to 5; -1: the last

  bool operator==(const WeekdayRule&) const = default;
};

struct Recurrence {
  Frequency frequency = Frequency::monthly;
  std::vector<WeekdayRule> weekdays;  // empty: no weekday is named
  std::optional<unsigned>
      day_of_month;             // "до 5 числа": each time due by this day of its period's month after
  std::vector<Date> dates;      // of a list: the first day of each member, ascending
  bool list_of_months = false;  // the members of the list are whole months, not days
  std::vector<Date> without;    // days of the series on which it does not take place, ascending (EXDATE)

  bool operator==(const Recurrence&) const = default;
};

struct Period {
  Precision precision = Precision::none;
  std::optional<Date> first;             // inclusive; absent for by_other_plan and none
  std::optional<Date> last;              // inclusive; >= first
  std::optional<TimeOfDay> time;         // of exact_time; local to the event's zone
  std::optional<TimeOfDay> end_time;     // when the text or a person gave one
  bool deadline = false;                 // "до 15 мая": due by `last`, not held on it
  std::optional<Recurrence> recurrence;  // of recurring
  std::string source_text;               // as written in the plan, one line

  bool has_dates() const { return first.has_value() && last.has_value(); }
  // One day is known: the event needs nobody to fix its date.
  bool is_dated() const { return precision == Precision::exact_time || precision == Precision::exact_date; }
  // The text names dates, but not yet the day: somebody still has to fix it.
  bool is_vague() const;
  // All-year work that never has a day of its own: ongoing, academic_year, calendar_year.
  bool is_all_year() const;

  bool operator==(const Period&) const = default;
};

// A dated period of one day, with a time when one is given.
Period make_dated(Date day, std::optional<TimeOfDay> time = {}, std::optional<TimeOfDay> end_time = {});

// The type as documents and the command line write it: "month", "recurring", "exact_date" (for exact_time
// too).
std::string_view type_name(Precision precision);
std::optional<Precision> precision_of(std::string_view type);
// The stored name, in which exact_time is told apart.
std::string_view name_of(Precision precision);
std::string_view name_of(Frequency frequency);  // "quarterly", "3_per_year", "list"
std::optional<Frequency> frequency_of(std::string_view name);

// The year that a plan is for: what a month without a year, or "during the year", means in it.
enum class YearKind { calendar, academic, month };

struct PlanContext {
  YearKind kind = YearKind::calendar;
  Date first = make_date(2000, 1, 1);
  Date last = make_date(2000, 12, 31);

  static PlanContext calendar_year(int year);
  // 1 September `year` to 31 May of the next: the window that plans of schools count with.
  static PlanContext academic_year(int year);
  static PlanContext one_month(int year, unsigned month);

  bool operator==(const PlanContext&) const = default;
};

// "cal:2024", "acad:2024/2025", "month:2025-12".
std::optional<PlanContext> parse_context(std::string_view text);

}  // namespace convoke
