// When a mail is owed: one table of values. Adding an offset is one line here; the planner reads nothing
// else.
#pragma once

#include "base/date.hpp"
#include "model/event.hpp"
#include "model/reminder.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// Which events a rule speaks of, told apart by their period alone.
enum class Applies {
  dated,              // an exact date or time, a range of days, a deadline
  vague,              // a month, a quarter, a season ...: somebody still has to name the day
  recurring_monthly,  // once a month, or a list of days or months: each occurrence
  recurring_rare,     // once a quarter and rarer: each occurrence
};

// The day of the period that a rule counts back from.
enum class Anchor { start, end };

struct Rule {
  std::string id;  // "exact.14d": part of the reminder's key, never reused for another meaning
  Applies applies_to = Applies::dated;
  Anchor anchor = Anchor::start;
  std::chrono::days before{0};
  TimeOfDay at = default_time;  // local to the event's zone
  bool asks_for_date = false;   // "please fix the date"

  static constexpr TimeOfDay default_time = std::chrono::hours{8} + std::chrono::minutes{30};
};

struct RuleSet {
  std::vector<Rule> rules;
  // The right side of every Message-ID; a host name of this installation.
  std::string message_domain = "convoke.invalid";
};

// Exact dates, ranges and deadlines: 14, 3 and 1 days before. Vague periods: 14 and 3 days before their end,
// and "please fix the date" 30 days before they begin. Quarterly and rarer: once, 14 days before the end of
// each occurrence; monthly and lists: once, 7 days before it. Nothing for daily, weekly and fortnightly work
// (a mail a week is noise: the calendar shows those), for all-year work, for another plan's dates, and for no
// date at all.
RuleSet default_rules();

// The rules that speak of this event; none for goals, and for what is held or cancelled.
std::vector<Rule> rules_for(const Event& event, const RuleSet& rules);

// Why the mail is sent: "fix the date"; "work is due" for deadlines, reports, tasks and periods without a
// day; else "the event is near".
ReminderReason reason_of(const Rule& rule, const Event& event);

}  // namespace convoke::notify
