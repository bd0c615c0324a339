#include "notify/rules.hpp"

#include "model/programme.hpp"

namespace convoke::notify {
namespace {

using enum Applies;
using enum Tells;
using Reason = ReminderReason;

struct Offset {
  const char* id;
  Applies applies_to;
  Anchor anchor;
  int days;
  Reason reason;
  Tells tells = responsible;
};

// An id is part of every reminder's key: it is never given another meaning.
constexpr Offset ladder[] = {
    {"deadline.30d", deadline, Anchor::end, -30, Reason::deadline},
    {"deadline.14d", deadline, Anchor::end, -14, Reason::deadline},
    {"deadline.7d", deadline, Anchor::end, -7, Reason::deadline},
    {"deadline.3d", deadline, Anchor::end, -3, Reason::deadline},
    {"deadline.1d", deadline, Anchor::end, -1, Reason::deadline},
    {"deadline.0d", deadline, Anchor::end, 0, Reason::deadline},
    {"exact.14d", dated, Anchor::start, -14, Reason::upcoming},
    {"exact.3d", dated, Anchor::start, -3, Reason::upcoming},
    {"exact.1d", dated, Anchor::start, -1, Reason::upcoming},
    {"fix_date.21d", vague, Anchor::start, -21, Reason::fix_date},
    {"fix_date.0d", vague, Anchor::start, 0, Reason::fix_date},
    {"vague.14d", vague, Anchor::end, -14, Reason::deadline},
    {"vague.3d", vague, Anchor::end, -3, Reason::deadline},
    {"monthly.7d", recurring_monthly, Anchor::end, -7, Reason::deadline},
    {"monthly.1d", recurring_monthly, Anchor::end, -1, Reason::deadline},
    {"recurring.14d", recurring_rare, Anchor::end, -14, Reason::deadline},
    {"recurring.3d", recurring_rare, Anchor::end, -3, Reason::deadline},
    {"recurring.1d", recurring_rare, Anchor::end, -1, Reason::deadline},
    {"check_in.mid", ongoing, Anchor::middle, 0, Reason::check_in},
};

// What is behind and not done is asked for alike, whatever it was.
struct Escalation {
  const char* id;
  int days;
  Tells tells;
};
constexpr Escalation escalations[] = {
    {"overdue.1d", 1, responsible}, {"overdue.3d", 3, responsible}, {"overdue.3d.head", 3, section_head},
    {"overdue.7d", 7, responsible}, {"overdue.7d.chair", 7, chair},
};
struct OverdueClass {
  Applies applies_to;
  const char* prefix;
};
constexpr OverdueClass overdue_classes[] = {{deadline, "deadline."},
                                            {dated, "exact."},
                                            {vague, "vague."},
                                            {recurring_monthly, "monthly."},
                                            {recurring_rare, "recurring."}};

ReminderRules built_in() {
  ReminderRules set;
  for (const auto& one : ladder)
    set.rules.push_back({one.id, one.applies_to, one.anchor, one.days, false, ReminderRule::default_time,
                         one.reason, one.tells});
  for (const auto& one : overdue_classes)
    for (const auto& step : escalations)
      set.rules.push_back({std::string(one.prefix) + step.id, one.applies_to, Anchor::end, step.days, false,
                           ReminderRule::default_time, Reason::overdue, step.tells});
  return set;
}

Applies class_of_series(Frequency frequency) {
  return frequency == Frequency::monthly || frequency == Frequency::list ? recurring_monthly : recurring_rare;
}

bool is_too_frequent(Frequency frequency) {
  return frequency == Frequency::daily || frequency == Frequency::weekly || frequency == Frequency::biweekly;
}

// How near a set stands; 0: it says nothing of the event.
int nearness(const RuleScope& scope, const Event& event) {
  if (!covers(scope, event)) return 0;
  const int own = scope.organisation ? 1 : 0;
  if (scope.event) return 8;
  if (scope.kind) return 6 + own;
  if (scope.plan) return 4;
  return 1 + own;
}

}  // namespace

const ReminderRules& default_rules() {
  static const ReminderRules set = built_in();
  return set;
}

bool is_work(EventKind kind) {
  return kind == EventKind::report || kind == EventKind::task || kind == EventKind::ongoing_task;
}

std::optional<Applies> applies_to(const Event& event) {
  const Period& period = event.period;
  if (event.source || !is_open(event.status) || event.kind == EventKind::goal || is_talk(event) ||
      !period.has_dates())
    return std::nullopt;
  if (period.precision == Precision::recurring) {
    if (!period.recurrence || is_too_frequent(period.recurrence->frequency)) return std::nullopt;
    return class_of_series(period.recurrence->frequency);
  }
  // "By the end of the year" says the day; nobody has to name another.
  if (period.deadline && period.precision != Precision::ongoing) return deadline;
  if (period.is_all_year()) return ongoing;
  if (period.is_vague()) return vague;
  return is_work(event.kind) ? deadline : dated;
}

bool covers(const RuleScope& scope, const Event& event) {
  if (scope.event) return scope.event == event.id;
  if (scope.plan) return scope.plan == event.plan;
  if (scope.organisation && scope.organisation != event.organisation) return false;
  return !scope.kind || *scope.kind == event.kind;
}

const ReminderRules& rules_for(const Event& event, const std::vector<ReminderRules>& sets) {
  const ReminderRules* nearest = &default_rules();
  int best = 0;
  for (const auto& set : sets)
    if (const int near = nearness(set.scope, event); near > best) {
      best = near;
      nearest = &set;
    }
  return *nearest;
}

}  // namespace convoke::notify
