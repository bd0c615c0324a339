// Months, quarters, halves and seasons by their names, and the years that stand as words of their own.
#include "calendar/period_match.hpp"

namespace convoke::calendar {
namespace {

bool month(Match& m) {
  return make_piece(m, of_kind(PieceKind::month, 0, m.at(0).value(Class::month)));
}

bool day(Match& m, int number, int month_number, bool month_first) {
  if (number < 1 || number > 31) return false;
  Piece piece = of_kind(PieceKind::day, 0, month_number);
  piece.day = number;
  piece.month_first = month_first;
  return make_piece(m, piece);
}

bool day_month(Match& m) {  // number date_word? in? month
  if (m.has(2) && !m.has(1)) return false;
  // «3 дек. февраля»: a decade, shortened like a month
  if (m.at(3).is(Class::unit) && m.next() != nullptr && m.next()->is(Class::month)) return false;
  const int number = m.at(0).value(Class::number);
  if (number > 31 && !m.at(0).is(Class::year)) return make(m, Class::junk);  // «32 мая» is not May
  return day(m, m.at(0).value(Class::number), m.at(3).value(Class::month), false);
}

bool month_day(Match& m) {  // month comma? number
  const auto& number = m.at(2);
  if (number.line_start && m.has(1)) return false;
  if (const auto* next = m.next(); next != nullptr && !next->line_start) {
    if (next->is(Class::month) || next->is(Class::unit) || next->is(Class::weekday) ||
        next->is(Class::times) || next->is(Class::half) || next->is(Class::date_word) ||
        next->is(Class::repeat) || next->is(Class::stage))
      return false;
    if (next->is(Class::word) && next->meanings.size() == 1) return false;
    // "октябрь, 14 - 16 ноября": the number belongs to the second month
    if ((next->is(Class::dash) || next->is(Class::comma) || next->is(Class::conjunction)) &&
        m.end + 2 < m.tokens.size() && m.tokens[m.end + 1].is(Class::number) &&
        m.tokens[m.end + 2].is(Class::month))
      return false;
  }
  // «октябрь, 5–9 классы»: the numbers count something else
  std::size_t after = m.end;
  while (after + 1 < m.tokens.size() && m.tokens[after].is(Class::dash) &&
         m.tokens[after + 1].is(Class::number))
    after += 2;
  if (after > m.end && after < m.tokens.size() && m.tokens[after].is_only_word()) return false;
  return day(m, number.value(Class::number), m.at(0).value(Class::month), true);
}

bool date_word_day(Match& m) {  // number|ordinal date_word: a day whose month is elsewhere
  const int n = count_of(m.at(0));
  if (m.at(0).is(Class::ordinal)) {
    if (n != 1 && n != -1) return false;  // «в первых числах», «последние числа»
    return make_piece(m,
                      of_kind(PieceKind::month_part, static_cast<int>(n == 1 ? Part::beginning : Part::end)));
  }
  return day(m, n, 0, false);
}

int season_half(int season) {
  return static_cast<Season>(season) == Season::spring ? 2 : 1;
}

bool season(Match& m) {
  const int value = m.at(0).value(Class::season);
  if (m.has(1) && m.at(1).is(Class::unit)) {
    const Unit unit = unit_of(m.at(1));
    if (unit == Unit::semester || unit == Unit::half_year || unit == Unit::term) {
      if (unit == Unit::term && static_cast<Season>(value) != Season::spring &&
          static_cast<Season>(value) != Season::autumn)
        return false;
      return make_piece(m, of_kind(PieceKind::semester, season_half(value)));
    }
    if (unit != Unit::month && unit != Unit::day) return false;
  }
  if (m.has(1) && m.at(1).is(Class::holidays)) return make_piece(m, of_kind(PieceKind::holidays, value));
  return make_piece(m, of_kind(PieceKind::season, value));
}

bool holidays_of_season(Match& m) {
  return make_piece(m, of_kind(PieceKind::holidays, m.at(2).value(Class::season)));
}

// I-IV of quarters and terms, I-II of halves. «11 квартал» is II typed with ones.
bool counted(Match& m, int n, Unit unit) {
  const auto kind = unit == Unit::quarter     ? PieceKind::quarter
                    : unit == Unit::term      ? PieceKind::term
                    : unit == Unit::half_year ? PieceKind::half_year
                                              : PieceKind::semester;
  const int limit = unit == Unit::quarter || unit == Unit::term ? 4 : 2;
  if (n == 11 || n == 111) {
    n = n == 11 ? 2 : 3;
    m.context.warnings.push_back("a number of ones was read as a Roman number: " + std::to_string(n));
  }
  if (n == -1) n = limit;
  if (n < 1 || n > limit) return false;
  return make_piece(m, of_kind(kind, n));
}

bool count_unit(Match& m) {
  return counted(m, count_of(m.at(0)), unit_of(m.at(1)));
}
bool unit_count(Match& m) {
  if (const auto* next = m.next(); next != nullptr && (next->is(Class::month) || next->is(Class::unit) ||
                                                       next->is(Class::times) || next->is(Class::dot)))
    return false;
  return counted(m, count_of(m.at(1)), unit_of(m.at(0)));
}
bool quarter_mark(Match& m) {
  return counted(m, m.at(1).value(Class::number), Unit::quarter);
}
bool mark_quarter(Match& m) {
  return counted(m, m.at(0).value(Class::number), Unit::quarter);
}
bool half_mark(Match& m) {
  return counted(m, m.at(1).value(Class::number), Unit::half_year);
}

bool half_of_year(Match& m) {  // ordinal half unit=year|year|year_pair
  const int n = count_of(m.at(0));
  if (n < 1 || n > 2) return false;
  Piece piece = of_kind(PieceKind::half_year, n);
  if (m.at(2).is(Class::year)) piece.year = m.at(2).value(Class::year);
  if (m.at(2).is(Class::year_pair)) piece.year = m.at(2).value(Class::year_pair);
  piece.academic = m.at(2).is(Class::year_pair) || is_unit(&m.at(2), Unit::academic_year);
  return make_piece(m, piece);
}

// --- parts of a month, their month comes later

std::optional<Piece> part_of_month(const Token& count, const Token& what) {
  const int n = count_of(count);
  if (what.is(Class::half)) {
    if (n == 1 || n == 2) return of_kind(PieceKind::half_month, n);
    return std::nullopt;
  }
  const Unit unit = unit_of(what);
  if (unit == Unit::decade && (n == -1 || (n >= 1 && n <= 3)))
    return of_kind(PieceKind::decade, n == -1 ? 3 : n);
  if (unit == Unit::week && (n == -1 || (n >= 1 && n <= 53))) return of_kind(PieceKind::week, n);
  return std::nullopt;
}

bool counted_part(Match& m) {  // ordinal unit=week|unit=decade|half
  const auto piece = part_of_month(m.at(0), m.at(1));
  return piece && make_piece(m, *piece);
}

bool last_days(Match& m) {  // «последние дни месяца»
  const int n = count_of(m.at(0));
  if (!m.at(0).is(Class::ordinal) || (n != 1 && n != -1)) return false;
  return make_piece(m,
                    of_kind(PieceKind::month_part, static_cast<int>(n == 1 ? Part::beginning : Part::end)));
}

bool first_days(Match& m) {  // "the first ten days of March"
  const int n = count_of(m.at(0));
  if (n != 1 && n != -1) return false;
  return make_piece(m,
                    of_kind(PieceKind::month_part, static_cast<int>(n == 1 ? Part::beginning : Part::end)));
}

bool part_name(Match& m) {
  return make_piece(m, of_kind(PieceKind::month_part, m.at(0).value(Class::part)));
}

// --- years

bool marked_year(Match& m) {
  const Unit unit = unit_of(m.at(1));
  if (unit != Unit::year && unit != Unit::academic_year) return false;
  if (m.at(0).is(Class::year_pair)) return make(m, Class::year_pair, m.at(0).value(Class::year_pair));
  m.out.ordinal_form = true;  // the word «год» stands beside it: not just four digits
  return make(m, Class::year, m.at(0).value(Class::year));
}

bool pair_after_word(Match& m) {
  return make(m, Class::year_pair, m.at(1).value(Class::year_pair));
}

bool short_year(Match& m) {  // «ноябрь 24 г.»
  const auto* before = m.previous();
  if (m.at(0).text.size() != 2 || before == nullptr ||
      !(before->is(Class::month) || before->is(Class::piece)))
    return false;
  if (unit_of(m.at(1)) != Unit::year) return false;
  m.out.ordinal_form = true;
  return make(m, Class::year, 2000 + m.at(0).value(Class::number));
}

bool this_year(Match& m) {
  const int years = m.at(0).value(Class::this_year);
  if (years == 0 && m.context.plan.kind == YearKind::academic) return make(m, Class::noise);
  m.out.ordinal_form = true;
  return make(m, Class::year, static_cast<int>(m.context.plan.first.year()) + years);
}

bool whole_plan(Match& m) {
  return make_piece(
      m, of_kind(m.at(0).value(Class::whole_plan) == 1 ? PieceKind::academic_year : PieceKind::year));
}

}  // namespace

const Step& name_step() {
  static const Step step = {
      "names",
      {
          {"year|year_pair unit", marked_year},
          {"unit=academic_year year_pair", pair_after_word},
          {"number unit", short_year},
          {"this_year", this_year},
          {"month dot? unit=month", month},
          {"number date_word? in? month", day_month},
          {"month comma? number", month_day},
          {"month", month},
          {"season unit|holidays?", season},
          {"holidays in? season", holidays_of_season},
          {"ordinal|roman|number half unit=year|unit=academic_year|year|year_pair", half_of_year},
          {"quarter_mark number!", quarter_mark},
          {"number quarter_mark!", mark_quarter},
          {"half_mark number!", half_mark},
          {"number|ordinal|roman unit=quarter|unit=term|unit=half_year|unit=semester", count_unit},
          {"unit=quarter|unit=term|unit=half_year|unit=semester number|roman", unit_count},
          {"number|ordinal|roman unit=week|unit=decade|half", counted_part},
          {"ordinal unit=day", last_days},
          {"ordinal number unit=day", first_days},
          {"number|ordinal date_word", date_word_day},
          {"part", part_name},
          {"whole_plan", whole_plan},
      }};
  return step;
}

}  // namespace convoke::calendar
