#include "calendar/period_stretch.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

class StretchReader {
 public:
  StretchReader(std::vector<Token>& tokens, const Cell& cell, const PieceContext& context,
                PeriodReading& reading)
      : tokens_(tokens), cell_(cell), context_(context), reading_(reading) {}

  Stretches run() {
    read_spans();
    return std::move(found_);
  }

 private:
  const PlanContext& plan() const { return context_.plan; }
  void warn(std::string text) { reading_.warnings.push_back(std::move(text)); }

  void infer_years() {
    std::vector<Piece*> pieces;
    for (auto& t : tokens_) {
      if (!t.is(Class::span)) continue;
      pieces.push_back(&t.piece);
      if (t.span == SpanKind::range) pieces.push_back(&t.second);
    }
    for (auto* piece : pieces) found_.explicit_year = found_.explicit_year || piece->year != 0;
    for (std::size_t i = pieces.size(); i-- > 1;)
      if (dates(*pieces[i - 1])) year_from_next(*pieces[i - 1], *pieces[i], context_);
    for (std::size_t i = 1; i < pieces.size(); ++i)
      if (dates(*pieces[i])) year_from_previous(*pieces[i], *pieces[i - 1], context_);
    for (auto& t : tokens_) {
      if (!t.is(Class::span)) continue;
      infer_year(t.piece, context_);
      if (t.span == SpanKind::range) {
        if (dates(t.second)) {
          if (t.second.month == 0) infer_month(t.second);
          year_from_previous(t.second, t.piece, context_);
        }
        infer_year(t.second, context_);
      } else {
        t.second = t.piece;
      }
    }
  }

  void infer_month(Piece& piece) const {
    if (plan().kind != YearKind::month) return;
    piece.month = static_cast<int>(static_cast<unsigned>(plan().first.month()));
  }

  static bool dates(const Piece& piece) {
    return piece.kind != PieceKind::year && piece.kind != PieceKind::academic_year &&
           !is_part_of_year(piece.kind);
  }

  Precision precision(const Piece& piece) const {
    if (piece.kind == PieceKind::year && piece.year == 0 && plan().kind == YearKind::academic)
      return Precision::academic_year;
    if (piece.kind == PieceKind::year && piece.year == 0 && plan().kind == YearKind::month)
      return Precision::month;
    return calendar::precision_of(piece.kind);
  }

  void read_spans() {
    infer_years();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto& t = tokens_[i];
      if (!t.is(Class::span)) continue;
      if (lacks_month(t.piece, plan())) {
        Stretch stretch;
        stretch.token = i;
        stretch.kind = t.piece.kind;
        stretch.monthless = true;
        stretch.deadline = t.span == SpanKind::deadline;
        stretch.day = t.span == SpanKind::range ? t.second.day : t.piece.day;
        found_.list.push_back(stretch);
        continue;
      }
      if (t.piece.weak && tokens_.size() == 1) {
        warn("\"" + reading_.period.source_text + "\" may be the number of a row: not read as a date");
        continue;
      }
      if (auto stretch = stretch_of(t)) {
        stretch->token = i;
        found_.list.push_back(*stretch);
        check_weekday(t, *stretch);
      } else {
        warn("there is no such date: " + cell_.source.substr(t.begin, t.end - t.begin));
      }
    }
  }

  std::optional<Stretch> stretch_of(const Token& t) {
    const auto first = resolve(t.piece, context_);
    const auto last = resolve(t.second, context_);
    if (!first || !last) return std::nullopt;
    if (!in_years(first->first) || !in_years(last->last)) return std::nullopt;
    Stretch out;
    out.kind = t.piece.kind;
    switch (t.span) {
      case SpanKind::single:
        out.days = *first;
        out.precision = precision(t.piece);
        break;
      case SpanKind::range:
        out.days = {first->first, last->last};
        out.precision = joined(precision(t.piece), precision(t.second));
        if (out.days.last < out.days.first) {
          warn("the period ends before it begins: its ends were exchanged");
          out.days = {last->first, first->last};
        }
        break;
      case SpanKind::open_start:
      case SpanKind::after: {
        const Date begin = t.span == SpanKind::after ? add_days(first->last, 1) : first->first;
        const bool inside = begin <= plan().last;
        out.days = {begin, inside ? plan().last : std::max(begin, first->last)};
        out.precision = day_like(precision(t.piece)) || t.span == SpanKind::after ? Precision::date_range
                                                                                  : Precision::month_range;
        break;
      }
      case SpanKind::before:
        out.days.first = out.days.last = add_days(first->first, -std::max(1, t.value(Class::span)));
        out.precision = Precision::exact_date;
        out.deadline = true;
        break;
      case SpanKind::deadline:
        due(t, *first, out);
        break;
    }
    return out;
  }

  static bool in_years(Date date) {
    return date.ok() && static_cast<int>(date.year()) >= first_year &&
           static_cast<int>(date.year()) <= last_year;
  }

  // The day by which something is due: the end of a part of a month, the eve of a whole month (unless it
  // counts itself).
  void due(const Token& t, const Days& days, Stretch& out) {
    out.deadline = true;
    out.precision = Precision::exact_date;
    const auto on = [&](Date day) { out.days = {day, day}; };
    const auto kind = t.piece.kind;
    const bool counts = t.value(Class::span) == 1;
    if (kind == PieceKind::year_end) {
      out.days = days;
      out.precision = Precision::year_end;
    } else if (kind == PieceKind::year_begin) {
      on(days.first);
    } else if (kind == PieceKind::year_middle) {
      on(days.last);
    } else if ((kind == PieceKind::month_part || kind == PieceKind::month) &&
               static_cast<Part>(t.piece.n) == Part::beginning) {
      on(days.first);  // «к началу сентября»
    } else if (kind == PieceKind::month_part && static_cast<Part>(t.piece.n) == Part::middle) {
      on(add_days(days.first, 4));  // the 15th
    } else if (counts || day_like(precision(t.piece)) ||
               (kind == PieceKind::month && static_cast<Part>(t.piece.n) == Part::end)) {
      on(days.last);
    } else {
      on(add_days(days.first, -1));
      warn("a deadline \"until\" a whole period was read as the day before it begins");
    }
  }

  void check_weekday(const Token& t, const Stretch& stretch) {
    if (t.piece.kind != PieceKind::day || t.piece.weekday == 0 || t.span != SpanKind::single) return;
    if (static_cast<int>(weekday_of(stretch.days.first).iso_encoding()) != t.piece.weekday)
      warn("the weekday does not fit the date " + format_iso(stretch.days.first));
  }

  std::vector<Token>& tokens_;
  const Cell& cell_;
  const PieceContext& context_;
  PeriodReading& reading_;
  Stretches found_;
};

}  // namespace

bool day_like(Precision p) {
  return p == Precision::exact_date || p == Precision::date_range;
}
bool month_like(Precision p) {
  return p == Precision::month || p == Precision::month_range;
}

Precision joined(Precision a, Precision b) {
  if (day_like(a) || day_like(b)) return Precision::date_range;
  if (month_like(a) && month_like(b)) return Precision::month_range;
  if (a == b) return a;
  return Precision::month_range;
}

Stretches read_stretches(std::vector<Token>& tokens, const Cell& cell, const PieceContext& context,
                         PeriodReading& reading) {
  return StretchReader(tokens, cell, context, reading).run();
}

}  // namespace convoke::calendar
