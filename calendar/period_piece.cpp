#include "calendar/period_piece.hpp"

#include "calendar/lexicon.hpp"
#include "calendar/working_days.hpp"

#include <algorithm>
#include <cstdlib>

namespace convoke::calendar {
namespace {

using std::chrono::weekday;

// Months from August on belong to the first calendar year of an academic one.
constexpr int first_academic_month = 8;

int plan_year(const PlanContext& plan) {
  return static_cast<int>(plan.first.year());
}
bool academic(const PlanContext& plan) {
  return plan.kind == YearKind::academic;
}

// The month that says in which year of the plan a piece lies.
int leading_month(const Piece& piece, const PieceContext& c) {
  const auto n = static_cast<std::size_t>(std::clamp(piece.n, 1, 4));
  switch (piece.kind) {
    case PieceKind::quarter:
      return piece.n == 3 ? 9 : piece.n * 3 - 2;
    case PieceKind::term:
      return static_cast<int>(c.settings.terms[n - 1].first.month);
    case PieceKind::half_year:
      if (!piece.academic && !academic(c.plan)) return piece.n == 2 ? 7 : 1;
      [[fallthrough]];
    case PieceKind::semester:
      return static_cast<int>(c.settings.academic_halves[std::min<std::size_t>(n, 2) - 1].first.month);
    case PieceKind::season:
      return static_cast<Season>(n) == Season::winter ? 12 : static_cast<int>(n) * 3;
    case PieceKind::holidays:
      return static_cast<int>(c.settings.holidays[n - 1].first.month);
    case PieceKind::academic_year:
      return static_cast<int>(c.settings.academic_year.first.month);
    case PieceKind::year:
      return 1;
    default:
      return piece.month;
  }
}

int position(const Piece& piece, const PieceContext& c) {
  const int within = piece.kind == PieceKind::day          ? piece.day
                     : piece.kind == PieceKind::month_part ? piece.n * 10 - 5
                                                           : 0;
  return leading_month(piece, c) * 32 + within;
}

int year_in_plan(int month, const PlanContext& plan) {
  const int year = plan_year(plan);
  if (plan.kind == YearKind::academic) return month >= first_academic_month || month == 0 ? year : year + 1;
  if (plan.kind != YearKind::month || month == 0) return year;
  // A plan of one month names its neighbours: January in a plan of December is the next one.
  const int distance = month - static_cast<int>(static_cast<unsigned>(plan.first.month()));
  return distance < -6 ? year + 1 : distance > 6 ? year - 1 : year;
}

Date date_of(int year, MonthDay d) {
  return make_date(year, d.month, d.day);
}

Days of_span(int year, const MonthDaySpan& span) {
  const bool wraps = span.last.month < span.first.month;
  return {date_of(year, span.first), date_of(wraps ? year + 1 : year, span.last)};
}

Days months(int year, int first, int count) {
  const Date begin = make_date(year, static_cast<unsigned>(first), 1);
  const auto end_month = begin.year() / begin.month() + std::chrono::months{count - 1};
  return {begin, last_of_month(end_month / 1)};
}

std::optional<Days> days(int year, int month, int from, int to) {
  const Date first = make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(from));
  if (!first.ok()) return std::nullopt;
  const Date end = last_of_month(first);
  const Date last = make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(to));
  return Days{first, last.ok() ? std::min(last, end) : end};
}

std::optional<Days> nth_weekday(const Piece& p) {
  const auto month = std::chrono::year{p.year} / std::chrono::month{static_cast<unsigned>(p.month)};
  const weekday day{static_cast<unsigned>(p.weekday % 7)};
  const Date found = p.n < 0 ? Date{std::chrono::sys_days{month / day[std::chrono::last]}}
                             : Date{std::chrono::sys_days{month / day[static_cast<unsigned>(p.n)]}};
  if (found.month() != month.month()) return std::nullopt;
  return Days{found, found};
}

std::optional<Days> nth_workday(const Piece& p) {
  const auto whole = days(p.year, p.month, 1, 31);
  if (!whole || p.n == 0) return std::nullopt;
  const int step = p.n < 0 ? -1 : 1;
  int left = std::abs(p.n);
  for (Date day = p.n < 0 ? whole->last : whole->first; whole->first <= day && day <= whole->last;
       day = add_days(day, step))
    if (is_working_day(day) && --left == 0) return Days{day, day};
  return std::nullopt;
}

std::optional<Days> week(const Piece& p, const PieceContext& c) {
  if (p.n > 5) {  // the week of the ISO year: the one with 4 January is the first
    const int year = p.year != 0 ? p.year : plan_year(c.plan);
    const Date fourth = make_date(year, 1, 4);
    const int back = static_cast<int>(weekday_of(fourth).iso_encoding()) - 1;
    const Date monday = add_days(fourth, (p.n - 1) * 7 - back);
    return p.n <= 53 ? std::optional(Days{monday, add_days(monday, 6)}) : std::nullopt;
  }
  if (p.n > 0) return days(p.year, p.month, 7 * p.n - 6, 7 * p.n);
  const Date end = last_of_month(make_date(p.year, static_cast<unsigned>(p.month), 1));
  return Days{add_days(end, -6), end};
}

std::optional<Days> month_part(const Piece& p) {
  switch (static_cast<Part>(p.n)) {
    case Part::beginning:
      return days(p.year, p.month, 1, 10);
    case Part::middle:
      return days(p.year, p.month, 11, 20);
    case Part::end:
      return days(p.year, p.month, 21, 31);
  }
  return std::nullopt;
}

// June of a calendar year, January of a year from September to May.
Days middle_month(const Days& days) {
  const auto begin = days.first.year() / days.first.month();
  const auto count = (days.last.year() / days.last.month() - begin).count() + 1;
  const auto middle = begin + std::chrono::months{(count - 1) / 2};
  return {middle / 1, last_of_month(middle / 1)};
}

}  // namespace

bool lacks_month(const Piece& piece, const PlanContext& plan) {
  if (piece.month != 0 || plan.kind == YearKind::month) return false;
  switch (piece.kind) {
    case PieceKind::day:
    case PieceKind::nth_weekday:
    case PieceKind::nth_workday:
    case PieceKind::month:
    case PieceKind::decade:
    case PieceKind::half_month:
    case PieceKind::month_part:
    case PieceKind::week_of_day:
      return true;
    case PieceKind::week:
      return piece.n <= 5;
    default:
      return false;
  }
}

void infer_year(Piece& piece, const PieceContext& c) {
  if (piece.month == 0 && c.plan.kind == YearKind::month)
    piece.month = static_cast<int>(static_cast<unsigned>(c.plan.first.month()));
  if (piece.year != 0) return;
  const bool whole =
      piece.kind == PieceKind::year || piece.kind == PieceKind::academic_year || is_part_of_year(piece.kind);
  if (whole) return;  // without a year these are the plan's own
  piece.year = year_in_plan(leading_month(piece, c), c.plan);
}

void year_from_next(Piece& piece, const Piece& next, const PieceContext& c) {
  if (piece.year != 0 || next.year == 0) return;
  piece.year = position(piece, c) <= position(next, c) ? next.year : next.year - 1;
}

void year_from_previous(Piece& piece, const Piece& previous, const PieceContext& c) {
  if (piece.year != 0 || previous.year == 0) return;
  piece.year = position(piece, c) >= position(previous, c) ? previous.year : previous.year + 1;
}

std::optional<Days> resolve(const Piece& p, const PieceContext& c) {
  const auto n = static_cast<std::size_t>(std::clamp(p.n, 1, 4));
  switch (p.kind) {
    case PieceKind::day: {
      const auto day = days(p.year, p.month, p.day, p.day);
      return day && static_cast<unsigned>(day->last.day()) == static_cast<unsigned>(p.day) ? day
                                                                                           : std::nullopt;
    }
    case PieceKind::nth_weekday:
      return nth_weekday(p);
    case PieceKind::nth_workday:
      return nth_workday(p);
    case PieceKind::month:
      return months(p.year, p.month, 1);
    case PieceKind::decade:
      return p.n < 0 || p.n == 3 ? days(p.year, p.month, 21, 31)
                                 : days(p.year, p.month, 10 * p.n - 9, 10 * p.n);
    case PieceKind::week:
      return week(p, c);
    case PieceKind::half_month:
      return p.n == 1 ? days(p.year, p.month, 1, 15) : days(p.year, p.month, 16, 31);
    case PieceKind::month_part:
      return month_part(p);
    case PieceKind::week_of_day: {
      const auto day = days(p.year, p.month, p.day, p.day);
      if (!day) return std::nullopt;
      const Date monday = add_days(day->first, 1 - static_cast<int>(weekday_of(day->first).iso_encoding()));
      return Days{monday, add_days(monday, 6)};
    }
    case PieceKind::quarter:
      return months(p.year, 3 * std::clamp(p.n, 1, 4) - 2, 3);
    case PieceKind::term:
      return of_span(p.year, c.settings.terms[n - 1]);
    case PieceKind::half_year:
      // A calendar year written beside the half makes it a half of that year, also in an academic plan.
      if (!p.academic && !academic(c.plan)) return months(p.year, p.n == 2 ? 7 : 1, 6);
      [[fallthrough]];
    case PieceKind::semester:
      return of_span(p.year, c.settings.academic_halves[std::min<std::size_t>(n, 2) - 1]);
    case PieceKind::season:
      return months(p.year, static_cast<Season>(n) == Season::winter ? 12 : 3 * static_cast<int>(n), 3);
    case PieceKind::holidays:
      return of_span(p.year, c.settings.holidays[n - 1]);
    case PieceKind::year:
      if (p.year == 0) return Days{c.plan.first, c.plan.last};
      return months(p.year, 1, 12);
    case PieceKind::academic_year:
      if (p.year == 0 && c.plan.kind == YearKind::academic) return Days{c.plan.first, c.plan.last};
      if (academic(c.plan) && p.year == plan_year(c.plan)) return Days{c.plan.first, c.plan.last};
      return of_span(p.year != 0 ? p.year : plan_year(c.plan), c.settings.academic_year);
    case PieceKind::year_end: {
      if (p.year == 0) return Days{first_of_month(c.plan.last), last_of_month(c.plan.last)};
      if (!p.academic) return months(p.year, 12, 1);
      const Date end = of_span(p.year, c.settings.academic_year).last;
      return Days{first_of_month(end), last_of_month(end)};
    }
    case PieceKind::year_begin: {
      if (p.year == 0) return Days{first_of_month(c.plan.first), last_of_month(c.plan.first)};
      return months(p.year, p.academic ? static_cast<int>(c.settings.academic_year.first.month) : 1, 1);
    }
    case PieceKind::year_middle: {
      Days year{c.plan.first, c.plan.last};
      if (p.year != 0) year = p.academic ? of_span(p.year, c.settings.academic_year) : months(p.year, 1, 12);
      return middle_month(year);
    }
  }
  return std::nullopt;
}

bool is_part_of_year(PieceKind kind) {
  return kind == PieceKind::year_begin || kind == PieceKind::year_middle || kind == PieceKind::year_end;
}

Precision precision_of(PieceKind kind) {
  switch (kind) {
    case PieceKind::day:
    case PieceKind::nth_weekday:
    case PieceKind::nth_workday:
      return Precision::exact_date;
    case PieceKind::month:
    case PieceKind::year_begin:
    case PieceKind::year_middle:
      return Precision::month;
    case PieceKind::decade:
    case PieceKind::week:
    case PieceKind::half_month:
    case PieceKind::month_part:
    case PieceKind::week_of_day:
      return Precision::date_range;
    case PieceKind::quarter:
    case PieceKind::term:
      return Precision::quarter;
    case PieceKind::half_year:
    case PieceKind::semester:
      return Precision::half_year;
    case PieceKind::season:
    case PieceKind::holidays:
      return Precision::season;
    case PieceKind::year:
      return Precision::calendar_year;
    case PieceKind::academic_year:
      return Precision::academic_year;
    case PieceKind::year_end:
      return Precision::year_end;
  }
  return Precision::none;
}

}  // namespace convoke::calendar
