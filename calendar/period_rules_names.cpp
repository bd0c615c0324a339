// Months, quarters, halves, seasons, their parts, and the years written beside them.
#include "calendar/period_match.hpp"

namespace convoke::calendar {
namespace {

Piece of_kind(PieceKind kind, int n = 0, int month = 0) {
  Piece piece;
  piece.kind = kind;
  piece.n = n;
  piece.month = month;
  return piece;
}

Unit unit_of(const Token& token) {
  return static_cast<Unit>(token.value(Class::unit));
}

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
        next->is(Class::repeat))
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

// --- parts of a month

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

bool is_part(const Piece& p) {
  switch (p.kind) {
    case PieceKind::decade:
    case PieceKind::week:
    case PieceKind::half_month:
    case PieceKind::month_part:
    case PieceKind::day:
      return p.month == 0 && p.n <= 5;
    default:
      return false;
  }
}

// The part of a month, quarter, season or year: piece dash? piece.
bool part_of_piece(Match& m) {
  const Piece& part = m.at(0).piece;
  const Piece& whole = m.at(2).piece;
  if (!is_part(part)) return false;
  if (m.has(1) && part.kind != PieceKind::month_part)
    return false;  // "mid-March", but not «III декада – ноябрь»
  if (whole.kind == PieceKind::month) {
    Piece piece = part;
    piece.month = whole.month;
    piece.year = whole.year;
    return make_piece(m, piece);
  }
  if (part.kind != PieceKind::month_part) return false;
  const Part which = static_cast<Part>(part.n);
  if (whole.kind == PieceKind::year || whole.kind == PieceKind::academic_year) {
    if (which == Part::middle) return false;
    Piece piece = of_kind(which == Part::end ? PieceKind::year_end : PieceKind::year_begin);
    piece.year = whole.year;
    piece.academic = whole.academic || whole.kind == PieceKind::academic_year;
    return make_piece(m, piece);
  }
  int first = 0;
  int last = 0;
  if (whole.kind == PieceKind::quarter)
    first = whole.n * 3 - 2, last = whole.n * 3;
  else if (whole.kind == PieceKind::season)
    first = whole.n == 4 ? 12 : whole.n * 3, last = whole.n == 4 ? 2 : whole.n * 3 + 2;
  else if (whole.kind == PieceKind::half_year || whole.kind == PieceKind::semester ||
           whole.kind == PieceKind::term) {
    Piece resolved = whole;
    const PieceContext context{m.context.plan, m.context.settings};
    infer_year(resolved, context);
    const auto days = resolve(resolved, context);
    if (!days) return false;
    first = static_cast<int>(static_cast<unsigned>(days->first.month()));
    last = static_cast<int>(static_cast<unsigned>(days->last.month()));
  } else
    return false;
  if (which == Part::middle) return false;
  Piece piece = of_kind(PieceKind::month, part.n, which == Part::beginning ? first : last);
  piece.year = whole.year;
  if (last < first && which == Part::end && piece.year != 0) ++piece.year;
  return make_piece(m, piece);
}

// «в конце месяца», «первая декада каждого месяца»: in a plan of one month a part of it, elsewhere it
// repeats.
bool part_of_unit(Match& m) {  // piece each? unit|repeat
  if (!is_part(m.at(0).piece)) return false;
  const auto& whole = m.at(2);
  const bool repeats = m.has(1) || whole.is(Class::repeat);
  if (whole.is(Class::unit)) {
    const Unit unit = unit_of(whole);
    if (unit == Unit::year || unit == Unit::academic_year) {
      const Part which = static_cast<Part>(m.at(0).piece.n);
      if (m.at(0).piece.kind != PieceKind::month_part) return false;
      if (which == Part::middle) return make(m, Class::junk);  // no rule says which days that is
      Piece piece = of_kind(which == Part::end ? PieceKind::year_end : PieceKind::year_begin);
      return make_piece(m, piece);
    }
    if (unit == Unit::month && !repeats && m.context.plan.kind == YearKind::month)
      return make_piece(m, m.at(0).piece);
    if (unit == Unit::month) m.out.piece = m.at(0).piece;
    if (unit == Unit::day || unit == Unit::week || unit == Unit::decade) return false;
    const auto frequency = unit == Unit::month                           ? Frequency::monthly
                           : unit == Unit::quarter || unit == Unit::term ? Frequency::quarterly
                                                                         : Frequency::semiannual;
    return make_repeat(m, frequency);
  }
  m.out.piece = m.at(0).piece;
  return make_repeat(m, static_cast<Frequency>(whole.value(Class::repeat)));
}

bool part_of_repeat(Match& m) {
  m.picks[1] = nullptr;
  return part_of_unit(m);
}

bool year_part(Match& m) {  // "year end"
  if (m.at(2).piece.kind != PieceKind::month_part || static_cast<Part>(m.at(2).piece.n) == Part::middle)
    return false;
  if (m.next() != nullptr && (m.next()->is(Class::piece) || m.next()->is(Class::unit))) return false;
  const bool end = static_cast<Part>(m.at(2).piece.n) == Part::end;
  return make_piece(m, of_kind(end ? PieceKind::year_end : PieceKind::year_begin));
}

bool week_of_day(Match& m) {
  Piece piece = m.at(2).piece;
  piece.kind = PieceKind::week_of_day;
  return make_piece(m, piece);
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

bool takes_year(const Piece& piece) {
  return piece.year == 0;
}

bool piece_year(Match& m) {  // piece comma? open? year close?
  Piece piece = m.at(0).piece;
  if (!takes_year(piece)) return false;
  if (piece.kind == PieceKind::month_part && piece.month == 0) {  // «конец 2024 года»
    if (static_cast<Part>(piece.n) == Part::middle) return false;
    piece.kind = static_cast<Part>(piece.n) == Part::end ? PieceKind::year_end : PieceKind::year_begin;
  }
  if (m.has(1) && m.at(3).line_start) return false;
  piece.year = m.at(3).is(Class::year_pair) ? m.at(3).value(Class::year_pair) : m.at(3).value(Class::year);
  if (m.at(3).is(Class::year_pair)) {
    // «ноябрь 2024/2025 уч. года» : which of the two years is the month's own affair
    const bool by_month = piece.kind != PieceKind::half_year && piece.kind != PieceKind::semester &&
                          piece.kind != PieceKind::year_end && piece.kind != PieceKind::year_begin;
    if (by_month) {
      const auto plan = PlanContext::academic_year(piece.year);
      piece.year = 0;
      infer_year(piece, PieceContext{plan, m.context.settings});
    } else {
      piece.academic = true;
      if (piece.kind != PieceKind::year_end && piece.kind != PieceKind::year_begin && piece.n == 2)
        ++piece.year;
    }
  }
  return make_piece(m, piece);
}

bool year_of_piece(Match& m) {  // year comma? piece
  Piece piece = m.at(2).piece;
  if (!takes_year(piece) || !m.at(0).is(Class::year)) return false;
  if (piece.kind == PieceKind::year || piece.kind == PieceKind::academic_year) return false;
  piece.year = m.at(0).value(Class::year);
  return make_piece(m, piece);
}

bool academic_piece(Match& m) {  // piece unit=academic_year|unit=year
  Piece piece = m.at(0).piece;
  if (unit_of(m.at(1)) == Unit::academic_year && piece.kind == PieceKind::half_year) piece.academic = true;
  return piece.kind != PieceKind::month_part && make_piece(m, piece);
}

bool pair_alone(Match& m) {
  Piece piece = of_kind(PieceKind::academic_year);
  piece.year = m.at(0).value(Class::year_pair);
  return make_piece(m, piece);
}

bool named_academic_year(Match& m) {
  return make_piece(m, of_kind(PieceKind::academic_year));
}

bool during_year(Match& m) {  // in year
  Piece piece = of_kind(PieceKind::year);
  piece.year = m.at(1).value(Class::year);
  return make_piece(m, piece);
}

bool during_plan(Match& m) {  // in unit=year
  if (m.at(0).value(Class::in) == 0 && m.tokens.size() > 3) return false;
  return make_piece(m, of_kind(PieceKind::year));
}

// «в течение квартала» in a plan of a year: in each of them, most probably.
bool during_unit(Match& m) {
  if (m.at(0).value(Class::in) != 1 || m.context.plan.kind == YearKind::month) return false;
  if (m.next() != nullptr &&
      (m.next()->is(Class::after) || m.next()->is(Class::before) || m.next()->is(Class::until)))
    return false;
  const Unit unit = unit_of(m.at(1));
  m.context.warnings.push_back("no month or quarter is named: read as every one");
  return make_repeat(m, unit == Unit::month                           ? Frequency::monthly
                        : unit == Unit::quarter || unit == Unit::term ? Frequency::quarterly
                                                                      : Frequency::semiannual);
}

bool whole_plan(Match& m) {
  return make_piece(
      m, of_kind(m.at(0).value(Class::whole_plan) == 1 ? PieceKind::academic_year : PieceKind::year));
}

bool year_with_word(Match& m) {  // «2024 год»
  Piece piece = of_kind(PieceKind::year);
  piece.year = m.at(0).value(Class::year);
  return m.at(0).ordinal_form && make_piece(m, piece);
}

// «12 декабря (четверг)», "Tuesday, 15 October": the weekday adds nothing but a check.
bool check_weekday(Match& m, const Token& date, const Token& name) {
  m.out.piece = date.piece;
  m.out.piece.weekday = name.value(Class::weekday);
  return make(m, Class::piece);
}
bool weekday_before(Match& m) {
  return (m.previous() == nullptr || !m.previous()->is(Class::each)) && check_weekday(m, m.at(3), m.at(0));
}
bool weekday_after(Match& m) {
  return m.at(0).piece.weekday == 0 && check_weekday(m, m.at(0), m.at(3));
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

const Step& part_step() {
  static const Step step = {"parts",
                            {
                                {"piece in? repeat", part_of_repeat},
                                {"piece each? unit", part_of_unit},
                                {"piece dash? piece", part_of_piece},
                                {"unit=year|unit=academic_year dash? piece", year_part},
                                {"unit=week from|in? piece=day", week_of_day},
                                {"weekday comma|open? in? piece=day", weekday_before},
                                {"piece=day comma? open? year|year_pair close?", piece_year},
                                {"piece=day comma? open? weekday close?", weekday_after},
                            }};
  return step;
}

const Step& year_step() {
  static const Step step = {
      "years",
      {
          {"piece comma? open? year|year_pair close?", piece_year},
          {"year comma? piece", year_of_piece},
          {"piece unit=academic_year|unit=year", academic_piece},
          {"year_pair", pair_alone},
          {"in year", during_year},
          {"year", year_with_word},
          {"unit=academic_year", named_academic_year},
          {"in unit=year", during_plan},
          {"in unit=month|unit=quarter|unit=half_year|unit=semester|unit=term", during_unit},
      }};
  return step;
}

}  // namespace convoke::calendar
