// Ranges, open starts, deadlines, and the numbers that share the unit of their neighbour.
#include "calendar/period_match.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

bool make_span(Match& m, SpanKind kind, const Piece& first, const Piece& second) {
  m.out.piece = first;
  m.out.second = second;
  m.out.span = kind;
  return make(m, Class::span);
}

bool single(Match& m) {
  return make_span(m, SpanKind::single, m.at(0).piece, m.at(0).piece);
}
bool from_until(Match& m) {
  return make_span(m, SpanKind::range, m.at(2).piece, m.at(6).piece);
}
bool dashed(Match& m) {
  // «1 сентября» on one line and «до 15 мая» on the next are a date and a deadline.
  if (m.at(2).line_start && !m.has(0) && m.at(2).is(Class::until)) return false;
  return make_span(m, SpanKind::range, m.at(1).piece, m.at(3).piece);
}
bool between(Match& m) {  // "between 3 and 7 March"
  return m.at(0).value(Class::from) == 1 && make_span(m, SpanKind::range, m.at(2).piece, m.at(5).piece);
}
bool open_start(Match& m) {
  return make_span(m, SpanKind::open_start, m.at(1).piece, m.at(1).piece);
}
bool after_piece(Match& m) {
  return make_span(m, SpanKind::after, m.at(1).piece, m.at(1).piece);
}
bool before_piece(Match& m) {
  return make_span(m, SpanKind::before, m.at(1).piece, m.at(1).piece);
}

// value 1 of the span: the period itself still counts («не позднее мая», «по май», «до мая включительно»).
bool deadline(Match& m, std::size_t cue, std::size_t piece, bool inclusive) {
  const auto& word = m.at(cue);
  const bool counts =
      inclusive || word.value(Class::deadline) == 1 || (word.is(Class::until) && !word.is(Class::deadline));
  m.out.piece = m.out.second = m.at(piece).piece;
  m.out.span = SpanKind::deadline;
  return make(m, Class::span, counts ? 1 : 0);
}

// deadline|until deadline|until? in? piece: of two cues («не позднее, чем до») the stricter rules.
std::size_t cue_of(const Match& m) {
  return m.has(1) && m.at(1).value(Class::deadline) == 1 ? 1 : 0;
}
bool until_piece(Match& m) {
  return deadline(m, cue_of(m), 3, false);
}
bool until_inclusive(Match& m) {
  return deadline(m, cue_of(m), 3, true);
}
bool piece_deadline(Match& m) {
  return deadline(m, 1, 0, true);
}
bool colon_deadline(Match& m) {
  return deadline(m, 0, 3, false);
}

bool counted_back(Match& m) {
  if (m.at(1).piece.kind != PieceKind::day) return false;
  m.out.piece = m.out.second = m.at(1).piece;
  m.out.span = SpanKind::before;
  return make(m, Class::span, m.at(0).value(Class::relative));
}

bool is_number_like(const Token& t) {
  return t.is(Class::number) || t.is(Class::roman) || t.is(Class::ordinal);
}

bool joins(const Token& t) {
  return t.is(Class::dash) || t.is(Class::comma) || t.is(Class::conjunction) || t.is(Class::slash) ||
         t.is(Class::until);
}

// The piece that `number` is when it shares the unit of `model`; nothing when the number cannot be one.
std::optional<Piece> like(const Piece& model, const Token& number) {
  const int n = count_of(number);
  Piece piece = model;
  piece.weekday = model.kind == PieceKind::nth_weekday ? model.weekday : 0;
  switch (model.kind) {
    case PieceKind::day:
      if (number.is(Class::year) || n < 1 || n > 31 || number.is(Class::roman)) return std::nullopt;
      piece.day = n;
      return piece;
    case PieceKind::quarter:
    case PieceKind::term:
      if (n < 1 || n > 4) return std::nullopt;
      break;
    case PieceKind::half_year:
    case PieceKind::semester:
    case PieceKind::half_month:
      if (n < 1 || n > 2) return std::nullopt;
      break;
    case PieceKind::decade:
      if (n < 1 || n > 3) return std::nullopt;
      break;
    case PieceKind::week:
    case PieceKind::nth_weekday:
      if (n < 1 || n > 5) return std::nullopt;
      break;
    default:
      return std::nullopt;
  }
  piece.n = n;
  return piece;
}

void become(Token& token, const Piece& piece) {
  token.meanings = {{Class::piece, 0}};
  token.piece = piece;
  token.used = true;
}

}  // namespace

void share_units(std::vector<Token>& tokens, const RuleContext&) {
  // Before a piece: the year at the end is for the last one alone until years are inferred.
  for (std::size_t i = tokens.size(); i-- > 2;) {
    if (!tokens[i].is(Class::piece) || tokens[i].piece.month_first) continue;
    if (!joins(tokens[i - 1]) || !is_number_like(tokens[i - 2]) || tokens[i - 2].used) continue;
    auto piece = like(tokens[i].piece, tokens[i - 2]);
    if (!piece) continue;
    become(tokens[i - 2], *piece);
  }
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!tokens[i].is(Class::piece) || !joins(tokens[i + 1]) || !is_number_like(tokens[i + 2])) continue;
    const auto& model = tokens[i].piece;
    if (model.kind == PieceKind::day && !model.month_first) continue;
    if (model.kind == PieceKind::nth_weekday || model.kind == PieceKind::week ||
        model.kind == PieceKind::half_month)
      continue;
    if (i + 3 < tokens.size() && (tokens[i + 3].is(Class::times) || tokens[i + 3].is(Class::unit))) continue;
    const auto piece = like(model, tokens[i + 2]);
    if (piece) become(tokens[i + 2], *piece);
  }
}

void read_bare_days(std::vector<Token>& tokens, const RuleContext& context) {
  if (context.plan.kind != YearKind::month) return;
  const auto foreign = [](const Token& t) {
    return t.is_only_word() || t.is(Class::venue) || t.is(Class::stage) || t.is(Class::junk);
  };
  if (std::any_of(tokens.begin(), tokens.end(), foreign)) return;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto& t = tokens[i];
    if (!t.is(Class::number) || t.is(Class::year)) continue;
    const auto* next = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
    if (next != nullptr && (next->is(Class::unit) || next->is(Class::times) || next->is(Class::slash)))
      continue;
    if (i > 0 && (tokens[i - 1].is(Class::slash) || tokens[i - 1].is(Class::number_sign))) continue;
    Piece piece;
    piece.kind = PieceKind::day;
    piece.day = t.value(Class::number);
    if (piece.day >= 1 && piece.day <= 31) become(t, piece);
  }
}

const Step& range_step() {
  static const Step step = {
      "ranges",
      {
          {"relative piece", counted_back},
          {"from in? piece comma? until|dash|deadline in? piece inclusive?", from_until},
          {"from? piece dash|until piece", dashed},
          {"from in? piece conjunction in? piece", between},
          {"from piece", open_start},
          {"deadline|until deadline|until? in? piece comma|open? inclusive close?", until_inclusive},
          {"deadline|until deadline|until? in? piece", until_piece},
          {"deadline colon|dash in? piece", colon_deadline},
          {"piece deadline_after", piece_deadline},
          {"after piece", after_piece},
          {"before piece", before_piece},
          {"piece", single},
      }};
  return step;
}

}  // namespace convoke::calendar
