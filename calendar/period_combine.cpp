#include "calendar/period_combine.hpp"

#include "base/text.hpp"
#include "calendar/period_match.hpp"
#include "calendar/period_place.hpp"
#include "calendar/period_repeat.hpp"
#include "calendar/period_stretch.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

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
    auto found = read_stretches(tokens_, cell_, context_, reading_);
    stretches_ = std::move(found.list);
    explicit_year_ = found.explicit_year;
    const bool repeats =
        std::any_of(tokens_.begin(), tokens_.end(), [](const Token& t) { return t.is(Class::repeat); });
    if (repeats)
      read_repeat(tokens_, stretches_, plan(), reading_);
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
