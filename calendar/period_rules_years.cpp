// The years written beside what they belong to, and the years that are periods themselves.
#include "calendar/period_match.hpp"

namespace convoke::calendar {
namespace {

bool takes_year(const Piece& piece) {
  return piece.year == 0;
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

bool year_with_word(Match& m) {  // «2024 год»
  Piece piece = of_kind(PieceKind::year);
  piece.year = m.at(0).value(Class::year);
  return m.at(0).ordinal_form && make_piece(m, piece);
}

}  // namespace

bool piece_year(Match& m) {  // piece comma? open? year close?
  Piece piece = m.at(0).piece;
  if (!takes_year(piece)) return false;
  if (piece.kind == PieceKind::month_part && piece.month == 0) {  // «конец 2024 года»
    piece.kind = part_of_year(static_cast<Part>(piece.n));
  }
  if (m.has(1) && m.at(3).line_start) return false;
  piece.year = m.at(3).is(Class::year_pair) ? m.at(3).value(Class::year_pair) : m.at(3).value(Class::year);
  if (m.at(3).is(Class::year_pair)) {
    // «ноябрь 2024/2025 уч. года» : which of the two years is the month's own affair
    const bool of_year = is_part_of_year(piece.kind);
    const bool by_month = piece.kind != PieceKind::half_year && piece.kind != PieceKind::semester && !of_year;
    if (by_month) {
      const auto plan = PlanContext::academic_year(piece.year);
      piece.year = 0;
      infer_year(piece, PieceContext{plan, m.context.settings});
    } else {
      piece.academic = true;
      if (!of_year && piece.n == 2) ++piece.year;
    }
  }
  return make_piece(m, piece);
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
