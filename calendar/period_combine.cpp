#include "calendar/period_combine.hpp"

#include "base/text.hpp"
#include "calendar/period_match.hpp"
#include "calendar/period_place.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

// One stretch of the cell with its days.
struct Stretch {
  std::size_t token = 0;
  Days days{};
  Precision precision = Precision::none;
  PieceKind kind = PieceKind::day;
  bool deadline = false;
  bool monthless = false;
  int day = 0;  // of a month-less one
};

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

class Combiner {
 public:
  Combiner(const Cell& cell, const PieceContext& context, std::string_view language, PeriodReading& reading)
      : tokens_(cell.tokens),
        cell_(cell),
        context_(context),
        language_(language),
        reading_(reading),
        period_(reading.period) {}

  void run() {
    read_stretches();
    const bool repeats =
        std::any_of(tokens_.begin(), tokens_.end(), [](const Token& t) { return t.is(Class::repeat); });
    if (repeats)
      repeat();
    else if (!stretches_.empty())
      dated();
    else
      undated();
    add_time();
    check_years();
    leave_place(cell_, extra_, period_, reading_);
  }

 private:
  const PlanContext& plan() const { return context_.plan; }
  void warn(std::string text) { reading_.warnings.push_back(std::move(text)); }

  // --- years and days

  void infer_years(std::vector<Token>& tokens) {
    std::vector<Piece*> pieces;
    for (auto& t : tokens) {
      if (!t.is(Class::span)) continue;
      pieces.push_back(&t.piece);
      if (t.span == SpanKind::range) pieces.push_back(&t.second);
    }
    for (auto* piece : pieces) explicit_year_ = explicit_year_ || piece->year != 0;
    for (std::size_t i = pieces.size(); i-- > 1;)
      if (dates(*pieces[i - 1])) year_from_next(*pieces[i - 1], *pieces[i], context_);
    for (std::size_t i = 1; i < pieces.size(); ++i)
      if (dates(*pieces[i])) year_from_previous(*pieces[i], *pieces[i - 1], context_);
    for (auto& t : tokens) {
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

  void read_stretches() {
    infer_years(tokens_);
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
        stretches_.push_back(stretch);
        continue;
      }
      if (t.piece.weak && tokens_.size() == 1) {
        warn("\"" + period_.source_text + "\" may be the number of a row: not read as a date");
        continue;
      }
      if (auto stretch = stretch_of(t)) {
        stretch->token = i;
        stretches_.push_back(*stretch);
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

  // --- recurring

  void repeat() {
    Recurrence recurrence;
    bool plain = false;
    bool reported = false;
    bool first = true;
    for (const auto& t : tokens_) {
      if (!t.is(Class::repeat)) continue;
      const auto frequency = static_cast<Frequency>(t.value(Class::repeat));
      const bool by_weekday = !t.weekdays.empty();
      for (const auto& rule : t.weekdays)
        if (std::find(recurrence.weekdays.begin(), recurrence.weekdays.end(), rule) ==
            recurrence.weekdays.end())
          recurrence.weekdays.push_back(rule);
      if (t.piece.day > 0 && t.piece.month == 0) recurrence.day_of_month = static_cast<unsigned>(t.piece.day);
      if (first || t.ordinal_form || (!by_weekday && !plain))
        recurrence.frequency = frequency;
      else if (!by_weekday && !reported && frequency != recurrence.frequency)
        warn("two frequencies are named: the first was taken");
      reported = reported || t.ordinal_form;
      plain = plain || !by_weekday;
      first = false;
    }
    std::optional<Days> bounds;
    for (const auto& s : stretches_) {
      if (s.monthless) {
        if (s.day > 0) recurrence.day_of_month = static_cast<unsigned>(s.day);
        period_.deadline = period_.deadline || s.deadline;
        continue;
      }
      if (s.deadline && !bounds && s.kind == PieceKind::day && recurrence.frequency != Frequency::yearly) {
        bounds = Days{plan().first, std::max(plan().first, s.days.last)};
        continue;
      }
      period_.deadline = period_.deadline || s.deadline;
      bounds =
          bounds ? Days{std::min(bounds->first, s.days.first), std::max(bounds->last, s.days.last)} : s.days;
    }
    read_bare_deadline(recurrence);
    set(Precision::recurring, bounds.value_or(Days{plan().first, plan().last}));
    period_.recurrence = std::move(recurrence);
  }

  // "by the 5th of each month" leaves «deadline» before the frequency that took the number.
  void read_bare_deadline(Recurrence& recurrence) {
    for (const auto& t : tokens_)
      if (t.is(Class::number) && t.ordinal_form && !t.used && t.value(Class::number) >= 1 &&
          t.value(Class::number) <= 31)
        recurrence.day_of_month = static_cast<unsigned>(t.value(Class::number));
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (!tokens_[i].is(Class::deadline)) continue;
      const auto& next = tokens_[i + 1];
      if (next.is(Class::repeat) && recurrence.day_of_month) period_.deadline = true;
      const int n = next.value(Class::number);
      if (next.is(Class::number) && n >= 1 && n <= 31) {
        recurrence.day_of_month = static_cast<unsigned>(n);
        period_.deadline = true;
      }
    }
  }

  // --- dates

  void set(Precision precision, const Days& days) {
    period_.precision = precision;
    period_.first = days.first;
    period_.last = days.last;
  }

  void dated() {
    std::vector<Stretch> main, due_dates, monthless;
    for (const auto& s : stretches_) (s.monthless ? monthless : s.deadline ? due_dates : main).push_back(s);
    const bool only_year = std::all_of(main.begin(), main.end(), [](const Stretch& s) { return is_year(s); });
    if (!only_year || !due_dates.empty()) std::erase_if(main, is_year);
    if (only_year && !main.empty() && due_dates.empty() && any(Class::ongoing)) {
      settle(main);  // «постоянно в течение года»
      period_.precision = Precision::ongoing;
      return;
    }
    if (main.empty() && due_dates.empty()) {
      every_month(monthless);
      return;
    }
    if (main.empty()) {
      if (due_dates.size() > 1 && has_words_between(due_dates)) {
        for (std::size_t i = 1; i < due_dates.size(); ++i) add_deadline(due_dates[i]);
        due_dates.resize(1);
      }
      settle(due_dates);
      period_.deadline = true;
      return;
    }
    if (!monthless.empty() && day_in_months(main, monthless.front())) return;
    settle(main);
    for (const auto& s : due_dates) add_deadline(s);
  }

  static bool is_year(const Stretch& s) {
    return s.kind == PieceKind::year || s.kind == PieceKind::academic_year;
  }

  // «октябрь, до 15 числа»: the day is one of the month beside it.
  bool day_in_months(const std::vector<Stretch>& main, const Stretch& day) {
    if (day.day < 1) return false;
    if (main.size() == 1 && main.front().precision == Precision::month) {
      const Date first = main.front().days.first;
      const Date date{first.year() / first.month() / std::chrono::day{static_cast<unsigned>(day.day)}};
      if (!date.ok()) return false;
      set(Precision::exact_date, {date, date});
      period_.deadline = day.deadline;
      return true;
    }
    settle(main);
    if (period_.precision != Precision::recurring) {
      period_.precision = Precision::recurring;
      period_.recurrence = Recurrence{};
      period_.recurrence->frequency = Frequency::monthly;
    }
    period_.recurrence->day_of_month = static_cast<unsigned>(day.day);
    period_.deadline = day.deadline;
    return true;
  }

  // Days and parts of a month without its name, in a plan of a year.
  void every_month(const std::vector<Stretch>& parts) {
    if (parts.empty()) return undated();
    Recurrence recurrence;
    recurrence.frequency = Frequency::monthly;
    if (parts.front().day > 0) recurrence.day_of_month = static_cast<unsigned>(parts.front().day);
    period_.deadline = parts.front().deadline;
    set(Precision::recurring, {plan().first, plan().last});
    period_.recurrence = std::move(recurrence);
    warn("no month is named: read as every month");
  }

  bool has_words_between(const std::vector<Stretch>& parts) const {
    for (std::size_t i = parts.front().token; i <= parts.back().token; ++i)
      if (tokens_[i].is_only_word()) return true;
    return false;
  }

  bool separated(const Stretch& a, const Stretch& b) const {
    for (std::size_t i = a.token + 1; i < b.token; ++i)
      for (const auto kind : {Class::comma, Class::conjunction, Class::slash})
        if (tokens_[i].is(kind)) return true;
    return false;
  }

  static bool adjacent(const Stretch& a, const Stretch& b) {
    return add_days(a.days.last, 1) == b.days.first;
  }

  // One stretch as it is; two that touch, or that lost their dash, as a range; others as a list.
  void settle(std::vector<Stretch> parts) {
    if (parts.size() == 1) return set(parts.front().precision, parts.front().days);
    if (parts.size() == 2) {
      auto &a = parts[0], &b = parts[1];
      if (b.days.first < a.days.first && month_like(a.precision) && month_like(b.precision) &&
          !explicit_year_) {
        const Days next{next_year(b.days.first), last_day_next_year(b.days)};
        if (add_days(a.days.last, 1) == next.first) b.days = next;  // «декабрь, январь»
      }
      const bool lost_dash = !separated(a, b) && b.days.first > a.days.last;
      const bool same_level = day_like(a.precision) == day_like(b.precision);
      if (same_level && (adjacent(a, b) || lost_dash))
        return set(joined(a.precision, b.precision), {a.days.first, b.days.last});
      if (a.days.first <= b.days.first && b.days.last <= a.days.last && !same_level)  // «ноябрь (14.11)»
        return set(b.precision, b.days);
      if (b.days.first <= a.days.first && a.days.last <= b.days.last && !same_level)
        return set(a.precision, a.days);
    }
    list(parts);
  }

  static Date next_year(Date d) {
    return make_date(static_cast<int>(d.year()) + 1, static_cast<unsigned>(d.month()), 1);
  }
  static Date last_day_next_year(const Days& days) { return last_of_month(next_year(days.last)); }

  void list(const std::vector<Stretch>& parts) {
    Recurrence recurrence;
    recurrence.frequency = Frequency::list;
    recurrence.list_of_months =
        std::none_of(parts.begin(), parts.end(), [](const Stretch& s) { return day_like(s.precision); });
    Days bounds = parts.front().days;
    for (const auto& s : parts) {
      bounds = {std::min(bounds.first, s.days.first), std::max(bounds.last, s.days.last)};
      if (month_like(s.precision)) {
        for (Date month = s.days.first; month <= s.days.last && recurrence.dates.size() < max_members;
             month = add_days(last_of_month(month), 1))
          recurrence.dates.push_back(month);
      } else {
        // What is due in a quarter is due at its end: the list has its last month.
        recurrence.dates.push_back(recurrence.list_of_months ? first_of_month(s.days.last) : s.days.first);
      }
    }
    std::sort(recurrence.dates.begin(), recurrence.dates.end());
    recurrence.dates.erase(std::unique(recurrence.dates.begin(), recurrence.dates.end()),
                           recurrence.dates.end());
    set(Precision::recurring, bounds);
    period_.recurrence = std::move(recurrence);
  }

  void add_deadline(const Stretch& s) {
    Period extra;
    extra.precision = s.precision;
    extra.first = s.days.first;
    extra.last = s.days.last;
    extra.deadline = true;
    extra.source_text = text_of_deadline(cell_, s.token, extra_);
    reading_.more_deadlines.push_back(std::move(extra));
  }

  // --- no dates

  bool any(Class kind) const {
    return std::any_of(tokens_.begin(), tokens_.end(), [&](const Token& t) { return t.is(kind); });
  }

  void undated() {
    const bool relative = any(Class::relative) || any(Class::before) || any(Class::after);
    if (any(Class::ongoing) && !any(Class::undated)) {
      set(Precision::ongoing, {plan().first, plan().last});
    } else if ((any(Class::plan_noun) || any(Class::other_plan) || any(Class::holidays)) &&
               !any(Class::undated) && !any(Class::relative)) {
      period_.precision = Precision::by_other_plan;
    } else if (lone_year()) {
      return;
    } else if (plan().kind == YearKind::month && names_month() && !relative) {
      set(Precision::month, {plan().first, plan().last});
    } else if (any(Class::undated) || tokens_.empty()) {
      return;  // the plan says itself that there is no date yet
    } else if (relative || any(Class::anniversary) || any(Class::deadline)) {
      warn("the date depends on another event or an anniversary: it has to be given by a person");
    } else if (any(Class::word) || any(Class::number) || any(Class::junk)) {
      warn("no period could be read: " + ellipsize(period_.source_text, 80));
    }
  }

  bool names_month() const {
    return std::any_of(tokens_.begin(), tokens_.end(),
                       [](const Token& t) { return is_unit(&t, Unit::month); });
  }

  bool lone_year() {
    const Token* year = nullptr;
    for (const auto& t : tokens_) {
      if (t.is(Class::year) && year == nullptr)
        year = &t;
      else if (!t.is(Class::dot) && !t.is(Class::comma))
        return false;
    }
    if (year == nullptr) return false;
    explicit_year_ = true;
    const int y = year->value(Class::year);
    set(Precision::calendar_year, {make_date(y, 1, 1), make_date(y, 12, 31)});
    return true;
  }

  // --- afterwards

  void add_time() {
    if (!period_.has_dates()) return;
    for (const auto& t : tokens_) {
      if (!t.is(Class::time)) continue;
      if (period_.precision == Precision::exact_date)
        period_.precision = Precision::exact_time;
      else if (period_.precision != Precision::recurring)
        break;
      period_.time = t.time;
      period_.end_time = t.end_time;
      break;
    }
  }

  void check_years() {
    if (!period_.has_dates() || !explicit_year_) return;
    const int year = static_cast<int>(plan().first.year());
    Date from = make_date(year, 1, 1);
    Date to = make_date(static_cast<int>(plan().last.year()), 12, 31);
    if (plan().kind == YearKind::academic) from = make_date(year, 8, 1), to = make_date(year + 1, 8, 31);
    // A year of which the plan covers a part («2024 год» in a plan of 2024/2025) is no surprise.
    const bool outside = period_.precision == Precision::calendar_year
                             ? *period_.last < plan().first || *period_.first > plan().last
                             : *period_.first < from || *period_.first > to;
    if (outside) warn("the year is outside the plan");
  }

  static constexpr std::size_t max_members = 60;

  std::vector<Token> tokens_;
  const Cell& cell_;
  const PieceContext& context_;
  std::string_view language_;
  PeriodReading& reading_;
  Period& period_;
  std::vector<Stretch> stretches_;
  std::vector<std::size_t> extra_;  // tokens of further deadlines and of the words about them
  bool explicit_year_ = false;
};

}  // namespace

void combine(const Cell& cell, const PieceContext& context, std::string_view language,
             PeriodReading& reading) {
  Combiner(cell, context, language, reading).run();
}

}  // namespace convoke::calendar
