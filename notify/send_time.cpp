#include "notify/send_time.hpp"

#include "calendar/working_days.hpp"

namespace convoke::notify {
namespace {

// Quiet hours are from..to, `to` not among them; over midnight when `to` is the earlier.
void wait_for_quiet_end(SendTime& when, const ReminderRules& set) {
  const auto from = set.quiet_from, to = set.quiet_to;
  if (from == to) return;
  const bool over_midnight = to < from;
  const bool before_midnight = when.at >= from && (over_midnight || when.at < to);
  const bool after_midnight = over_midnight && when.at < to;
  if (!before_midnight && !after_midnight) return;
  if (over_midnight && before_midnight) when.day = add_days(when.day, 1);
  when.at = to;
}

}  // namespace

SendTime send_time(const ReminderRule& rule, Date anchor, const ReminderRules& set,
                   const calendar::WorkingWeek& week) {
  SendTime when;
  when.wanted = rule.working_days ? calendar::add_working_days(anchor, rule.offset, week)
                                  : add_days(anchor, rule.offset);
  when.day = when.wanted;
  when.at = rule.at;
  wait_for_quiet_end(when, set);
  if (set.on_days_off || !week.is_day_off(when.day)) return when;
  const Date before = calendar::working_day_not_after(when.day, week);
  const bool falls_back = rule.offset > 0 && before <= anchor;
  when.day = falls_back ? calendar::working_day_after(when.day, week) : before;
  return when;
}

}  // namespace convoke::notify
