#include "notify/rules.hpp"

#include <optional>

namespace convoke::notify {
namespace {

using std::chrono::days;

std::optional<Applies> class_of(const Period& period) {
  if (!period.has_dates()) return std::nullopt;
  if (period.is_dated() || period.precision == Precision::date_range) return Applies::dated;
  if (period.is_vague()) return Applies::vague;
  if (period.precision != Precision::recurring || !period.recurrence) return std::nullopt;
  switch (period.recurrence->frequency) {
    case Frequency::daily:
    case Frequency::weekly:
    case Frequency::biweekly:
      return std::nullopt;
    case Frequency::monthly:
    case Frequency::list:
      return Applies::recurring_monthly;
    case Frequency::quarterly:
    case Frequency::semiannual:
    case Frequency::yearly:
    case Frequency::three_per_year:
      return Applies::recurring_rare;
  }
  return std::nullopt;
}

}  // namespace

RuleSet default_rules() {
  constexpr auto morning = Rule::default_time;
  RuleSet set;
  set.rules = {
      {"exact.14d", Applies::dated, Anchor::start, days{14}, morning, false},
      {"exact.3d", Applies::dated, Anchor::start, days{3}, morning, false},
      {"exact.1d", Applies::dated, Anchor::start, days{1}, morning, false},
      {"fix_date.30d", Applies::vague, Anchor::start, days{30}, morning, true},
      {"vague.14d", Applies::vague, Anchor::end, days{14}, morning, false},
      {"vague.3d", Applies::vague, Anchor::end, days{3}, morning, false},
      {"monthly.7d", Applies::recurring_monthly, Anchor::end, days{7}, morning, false},
      {"recurring.14d", Applies::recurring_rare, Anchor::end, days{14}, morning, false},
  };
  return set;
}

std::vector<Rule> rules_for(const Event& event, const RuleSet& set) {
  std::vector<Rule> found;
  if (!is_open(event.status) || event.kind == EventKind::goal) return found;
  const auto wanted = class_of(event.period);
  if (!wanted) return found;
  for (Rule rule : set.rules) {
    if (rule.applies_to != *wanted) continue;
    // "From 1 to 15 May, a deadline" is due by its last day, whatever the rule for meetings counts from.
    if (event.period.deadline && !rule.asks_for_date) rule.anchor = Anchor::end;
    found.push_back(std::move(rule));
  }
  return found;
}

ReminderReason reason_of(const Rule& rule, const Event& event) {
  if (rule.asks_for_date) return ReminderReason::fix_date;
  const bool work = event.kind == EventKind::report || event.kind == EventKind::task ||
                    event.kind == EventKind::ongoing_task;
  if (event.period.deadline || work || rule.applies_to != Applies::dated) return ReminderReason::deadline;
  return ReminderReason::upcoming;
}

}  // namespace convoke::notify
