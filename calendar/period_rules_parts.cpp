// The parts of a month, a quarter or a year («перша декада», «конец II квартала», "year end"), and the
// weekdays written beside a day.
#include "calendar/period_match.hpp"

namespace convoke::calendar {

PieceKind part_of_year(Part part) {
  return part == Part::end      ? PieceKind::year_end
         : part == Part::middle ? PieceKind::year_middle
                                : PieceKind::year_begin;
}

namespace {

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

struct Months {
  int first;
  int last;  // smaller than first over the New Year
};

std::optional<Months> months_of(const Piece& whole, const RuleContext& rules) {
  switch (whole.kind) {
    case PieceKind::quarter:
    case PieceKind::season:
    case PieceKind::half_year:
    case PieceKind::semester:
    case PieceKind::term:
      break;
    default:
      return std::nullopt;
  }
  Piece dated = whole;
  const PieceContext context{rules.plan, rules.settings};
  infer_year(dated, context);
  const auto days = resolve(dated, context);
  if (!days) return std::nullopt;
  const auto month = [](Date day) { return static_cast<int>(static_cast<unsigned>(day.month())); };
  return Months{month(days->first), month(days->last)};
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
    Piece piece = of_kind(part_of_year(which));
    piece.year = whole.year;
    piece.academic = whole.academic || whole.kind == PieceKind::academic_year;
    return make_piece(m, piece);
  }
  const auto months = months_of(whole, m.context);
  if (!months) return false;
  const int length = (months->last - months->first + 12) % 12 + 1;
  const int steps = which == Part::beginning ? 0 : which == Part::end ? length - 1 : (length - 1) / 2;
  const int month = (months->first - 1 + steps) % 12 + 1;
  Piece piece = of_kind(PieceKind::month, 0, month);
  piece.n = part.n;
  piece.year = whole.year;
  if (month < months->first && piece.year != 0) ++piece.year;
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
      if (m.at(0).piece.kind != PieceKind::month_part) return false;
      return make_piece(m, of_kind(part_of_year(static_cast<Part>(m.at(0).piece.n))));
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

// «ноябрь, 3-я декада», «март (первая половина)»: the part stands after its month.
bool piece_part(Match& m) {  // piece=month comma|open? piece close?
  const Piece& part = m.at(2).piece;
  const bool names_days = part.kind == PieceKind::decade || part.kind == PieceKind::week ||
                          part.kind == PieceKind::half_month || part.kind == PieceKind::month_part;
  if (!names_days || !is_part(part)) return false;
  // «октябрь, начало ноября», «апрель, 1 неделя – 2 неделя»: the part belongs to what follows.
  if (const auto* next = m.next();
      next != nullptr && !next->line_start &&
      (next->is(Class::piece) || next->is(Class::month) || next->is(Class::dash) || next->is(Class::unit) ||
       next->is(Class::repeat)))
    return false;
  Piece piece = part;
  piece.month = m.at(0).piece.month;
  piece.year = m.at(0).piece.year;
  return make_piece(m, piece);
}

bool part_of_repeat(Match& m) {
  m.picks[1] = nullptr;
  return part_of_unit(m);
}

bool year_part(Match& m) {  // "year end"
  if (m.at(2).piece.kind != PieceKind::month_part) return false;
  if (m.next() != nullptr && (m.next()->is(Class::piece) || m.next()->is(Class::unit))) return false;
  return make_piece(m, of_kind(part_of_year(static_cast<Part>(m.at(2).piece.n))));
}

bool week_of_day(Match& m) {
  Piece piece = m.at(2).piece;
  piece.kind = PieceKind::week_of_day;
  return make_piece(m, piece);
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

const Step& part_step() {
  static const Step step = {"parts",
                            {
                                {"piece in? repeat", part_of_repeat},
                                {"piece each? unit", part_of_unit},
                                {"piece dash! unit=year|unit=academic_year", part_of_repeat},
                                {"piece=month comma|open? piece close?", piece_part},
                                {"piece dash? piece", part_of_piece},
                                {"unit=year|unit=academic_year dash? piece", year_part},
                                {"unit=week from|in? piece=day", week_of_day},
                                {"weekday comma|open? in? piece=day", weekday_before},
                                {"piece=day comma? open? year|year_pair close?", piece_year},
                                {"piece=day comma? open? weekday close?", weekday_after},
                            }};
  return step;
}

}  // namespace convoke::calendar
