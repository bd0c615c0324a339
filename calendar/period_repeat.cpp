#include "calendar/period_repeat.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

class RepeatReader {
 public:
  RepeatReader(const std::vector<Token>& tokens, const std::vector<Stretch>& stretches,
               const PlanContext& plan, PeriodReading& reading)
      : tokens_(tokens), stretches_(stretches), plan_(plan), reading_(reading), period_(reading.period) {}

  void run() {
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
    const Days days = bounds.value_or(Days{plan().first, plan().last});
    period_.precision = Precision::recurring;
    period_.first = days.first;
    period_.last = days.last;
    period_.recurrence = std::move(recurrence);
  }

 private:
  const PlanContext& plan() const { return plan_; }
  void warn(std::string text) { reading_.warnings.push_back(std::move(text)); }

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

  const std::vector<Token>& tokens_;
  const std::vector<Stretch>& stretches_;
  const PlanContext& plan_;
  PeriodReading& reading_;
  Period& period_;
};

}  // namespace

void read_repeat(const std::vector<Token>& tokens, const std::vector<Stretch>& stretches,
                 const PlanContext& plan, PeriodReading& reading) {
  RepeatReader(tokens, stretches, plan, reading).run();
}

}  // namespace convoke::calendar
