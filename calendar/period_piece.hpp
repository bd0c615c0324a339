// A stretch of time as its words name it, before the year is known: "14 November", "II квартал", «перша
// декада». resolve() turns it into days with the help of the plan's context.
#pragma once

#include "calendar/period_settings.hpp"
#include "model/period.hpp"

#include <optional>

namespace convoke::calendar {

enum class PieceKind {
  day,          // day; month may be missing («10 числа»)
  nth_weekday,  // n-th weekday of a month
  nth_workday,  // n-th day of a month that is no Saturday or Sunday; -1 the last
  month,
  decade,       // n = 1..3, -1 the last; month may be missing
  week,         // n = 1..5, -1; above 5: the week of the ISO year
  half_month,   // n = 1, 2
  month_part,   // n is a Part
  week_of_day,  // Monday to Sunday around a day
  quarter,
  term,
  half_year,
  semester,
  season,    // n is a Season
  holidays,  // n is a Season
  year,
  academic_year,
  year_end,     // the last month of the plan's year
  year_begin,   // the first one
  year_middle,  // the last one of its first half
};

struct Piece {
  PieceKind kind = PieceKind::day;
  int n = 0;
  int weekday = 0;  // 1 Monday .. 7
  int day = 0;
  int month = 0;
  int year = 0;              // 0: not written
  bool academic = false;     // its year was written as 2024/2025 or «учебный год»
  bool month_first = false;  // "March 23": what follows may be another day
  bool weak = false;         // could also be the number of a row («2.10»)

  bool operator==(const Piece&) const = default;
};

enum class SpanKind { single, range, open_start, deadline, after, before };

struct Days {
  Date first;
  Date last;
};

struct PieceContext {
  const PlanContext& plan;
  const PeriodSettings& settings;
};

// True for «10 числа» or «третий четверг» outside the plan of one month: the month must come from elsewhere.
bool lacks_month(const Piece& piece, const PlanContext& plan);
// Fills the month of a plan of one month in, and the year where the text has none.
// `before`/`after`: the piece written before or after it whose year is known; they decide in a range.
void infer_year(Piece& piece, const PieceContext& context);
// The year that puts `piece` not later than `next` / not earlier than `previous`.
void year_from_next(Piece& piece, const Piece& next, const PieceContext& context);
void year_from_previous(Piece& piece, const Piece& previous, const PieceContext& context);

// The days of a piece whose year is known. Nothing when there is no such day (31 June).
std::optional<Days> resolve(const Piece& piece, const PieceContext& context);
Precision precision_of(PieceKind kind);
// The beginning, middle or end of a year: without a written one, of the plan's.
bool is_part_of_year(PieceKind kind);

}  // namespace convoke::calendar
