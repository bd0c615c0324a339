#include "calendar/occurrences.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace convoke::calendar {
namespace {

int year_of(Date d) {
  return static_cast<int>(d.year());
}
int month_of(Date d) {
  return static_cast<int>(static_cast<unsigned>(d.month()));
}
int iso_weekday(Date d) {
  return static_cast<int>(weekday_of(d).iso_encoding());
}
Date monday_of(Date d) {
  return add_days(d, 1 - iso_weekday(d));
}

Date add_months(Date first_of, int count) {
  return Date{(first_of.year() / first_of.month() + std::chrono::months{count}) / 1};
}

// That day of the month, or its last one: "by the 31st" in February.
Date day_in_month(Date month, unsigned day) {
  const Date wanted{month.year() / month.month() / std::chrono::day{day}};
  return wanted.ok() ? wanted : last_of_month(month);
}

std::string week_key(Date monday) {
  const Date thursday = add_days(monday, 3);  // the ISO year is the one that has the Thursday
  const int days =
      static_cast<int>((to_days(thursday) - to_days(make_date(year_of(thursday), 1, 1))).count());
  return fmt::format("{}-W{:02}", year_of(thursday), days / 7 + 1);
}

class Series {
 public:
  Series(const Period& period, Date from, Date to)
      : period_(period),
        rule_(*period.recurrence),
        from_(from),
        to_(to),
        first_(*period.first),
        last_(*period.last) {}

  std::size_t steps() const { return steps_; }

  std::vector<Occurrence> run() {
    const bool nth = std::any_of(rule_.weekdays.begin(), rule_.weekdays.end(),
                                 [](const WeekdayRule& r) { return r.nth != 0; });
    switch (rule_.frequency) {
      case Frequency::daily:
        days(1);
        break;
      case Frequency::weekly:
        rule_.weekdays.empty() ? weeks(1) : days(1);
        break;
      case Frequency::biweekly:
        rule_.weekdays.empty() ? weeks(2) : days(2);
        break;
      case Frequency::monthly:
        nth ? nth_weekdays() : spans(1);
        break;
      case Frequency::quarterly:
        spans(3);
        break;
      case Frequency::yearly:
        spans(12);
        break;
      case Frequency::semiannual:
        parts(2);
        break;
      case Frequency::three_per_year:
        parts(3);
        break;
      case Frequency::list:
        members();
        break;
    }
    std::sort(out_.begin(), out_.end(),
              [](const Occurrence& a, const Occurrence& b) { return a.last < b.last; });
    return std::move(out_);
  }

 private:
  void add(std::string key, Date first, Date last) {
    if (last < first || last < from_ || first > to_ || full()) return;
    if (std::binary_search(rule_.without.begin(), rule_.without.end(), last)) return;
    out_.push_back({std::move(key), first, last});
  }

  bool full() const { return out_.size() >= max_occurrences; }

  // Every turn of every loop is one: the cost that the window bounds.
  bool step() {
    ++steps_;
    return !full();
  }

  // Nothing before the asked window is walked through: each walk begins at the last member that can meet it.
  Date start() const { return std::max(first_, from_); }
  Date end() const { return std::min(last_, to_); }

  bool named(Date day) const {
    return rule_.weekdays.empty() ||
           std::any_of(rule_.weekdays.begin(), rule_.weekdays.end(),
                       [&](const WeekdayRule& r) { return r.weekday == weekday_of(day); });
  }

  // Every second week counts from the week of the first day that is named.
  Date anchor() const {
    Date day = first_;
    for (int i = 0; i < 7 && !named(day); ++i) day = add_days(day, 1);
    return monday_of(day);
  }

  void days(int every_weeks) {
    const Date anchor_week = anchor();
    for (Date day = start(); day <= end() && step(); day = add_days(day, 1)) {
      const auto weeks_since = (to_days(monday_of(day)) - to_days(anchor_week)).count() / 7;
      if (named(day) && weeks_since % every_weeks == 0) add(format_iso(day), day, day);
    }
  }

  void weeks(int step_weeks) {
    const Date first_week = monday_of(first_);
    const auto skip = (to_days(monday_of(start())) - to_days(first_week)).count() / 7 / step_weeks;
    for (Date monday = add_days(first_week, static_cast<int>(skip) * 7 * step_weeks);
         monday <= end() && step(); monday = add_days(monday, 7 * step_weeks))
      add(week_key(monday), std::max(monday, first_), std::min(add_days(monday, 7 * step_weeks - 1), last_));
  }

  // Calendar months, quarters and years that meet the period.
  void spans(int months) {
    // What is due in the month after its span may still meet a window that begins there.
    Date begin = std::max(span_begin(first_, months), add_months(span_begin(start(), months), -months));
    for (; begin <= end() && step(); begin = add_months(begin, months)) {
      const Date next = add_months(begin, months);
      if (rule_.day_of_month)
        on_day(begin, next, months);
      else
        add(span_key(begin, months), std::max(begin, first_), std::min(add_days(next, -1), last_));
    }
  }

  static Date span_begin(Date day, int months) {
    const int index = (month_of(day) - 1) / months * months;
    return make_date(year_of(day), static_cast<unsigned>(index) + 1, 1);
  }

  void on_day(Date begin, Date next, int months) {
    const Date due = day_in_month(months == 1 ? begin : next, *rule_.day_of_month);
    if (months == 1 && (due < first_ || due > last_)) return;
    const Date from = period_.deadline || months > 1 ? std::max(begin, first_) : due;
    add(span_key(begin, months), std::min(from, due), due);
  }

  static std::string span_key(Date begin, int months) {
    if (months == 12) return fmt::format("{}", year_of(begin));
    if (months == 3) return fmt::format("{}-Q{}", year_of(begin), (month_of(begin) + 2) / 3);
    return fmt::format("{}-{:02}", year_of(begin), month_of(begin));
  }

  void nth_weekdays() {
    Date month = first_of_month(start());
    for (; month <= end() && !full(); month = add_months(month, 1))
      for (const auto& rule : rule_.weekdays) {
        if (!step()) return;
        const auto year_month = month.year() / month.month();
        const auto nth = static_cast<unsigned>(std::clamp(rule.nth, 1, 5));
        const Date day = rule.nth < 0
                             ? Date{std::chrono::sys_days{year_month / rule.weekday[std::chrono::last]}}
                             : Date{std::chrono::sys_days{year_month / rule.weekday[nth]}};
        if (day.month() == month.month() && day >= first_ && day <= last_) add(format_iso(day), day, day);
      }
  }

  // Whole months where the period has them, so that halves of a year end with a month.
  void parts(int count) {
    const Date begin = first_of_month(first_);
    const int months = (year_of(last_) - year_of(first_)) * 12 + month_of(last_) - month_of(first_) + 1;
    for (int i = 0; i < count; ++i) {
      const Date from = add_months(begin, months * i / count);
      const Date next = add_months(begin, months * (i + 1) / count);
      const auto key = fmt::format("{}/{}", format_iso(first_), i + 1);
      Date due = std::min(add_days(next, -1), last_);
      if (rule_.day_of_month) due = day_in_month(next, *rule_.day_of_month);
      add(key, std::max(from, first_), due);
    }
  }

  void members() {
    // Of a month, all of it may meet the window, and its day may lie before the one that stands for it.
    const Date from = rule_.list_of_months ? first_of_month(from_) : from_;
    auto member = std::lower_bound(rule_.dates.begin(), rule_.dates.end(), from);
    for (; member != rule_.dates.end() && *member <= to_ && step(); ++member) {
      const Date day = *member;
      if (!rule_.list_of_months) {
        add(format_iso(day), day, day);
        continue;
      }
      const Date due = rule_.day_of_month ? day_in_month(day, *rule_.day_of_month) : last_of_month(day);
      add(span_key(day, 1), first_of_month(day), due);
    }
  }

  const Period& period_;
  const Recurrence& rule_;
  Date from_;
  Date to_;
  Date first_;
  Date last_;
  std::vector<Occurrence> out_;
  std::size_t steps_ = 0;
};

}  // namespace

std::vector<Occurrence> occurrences(const Period& period, Date from, Date to, std::size_t* steps) {
  if (steps) *steps = 1;
  if (!period.has_dates() || to < from) return {};
  if (period.precision == Precision::recurring && period.recurrence) {
    Series series(period, from, to);
    auto found = series.run();
    if (steps) *steps += series.steps();
    return found;
  }
  if (*period.last < from || *period.first > to) return {};
  return {{"", *period.first, *period.last}};
}

}  // namespace convoke::calendar
