// Which rules an event follows: the nearest set wins whole. And the set that the program ships with, for
// whoever has written none.
#pragma once

#include "model/event.hpp"
#include "model/reminder_rules.hpp"

#include <optional>
#include <vector>

namespace convoke::notify {

// The built-in set. Work that is due: 30, 14, 7, 3 and 1 days before and on the day. What takes place: 14, 3
// and 1 days before. A vague period: "fix the date" three weeks before it begins and at its start, then 14
// and 3 days before its end. Each occurrence of a series: 7 and 1 days before a monthly one, 14, 3 and 1
// before a rarer one. All-year work: one check-in in the middle. What is behind and not done: a day after to
// the responsible, three days to the head of the section too, a week to the chair too.
const ReminderRules& default_rules();

// Which rules of a set speak of the event. None for goals, a neighbour's events, what is held or cancelled,
// daily, weekly and fortnightly series (a mail a week is noise: the calendar shows those), another plan's
// dates, and no date at all.
std::optional<Applies> applies_to(const Event& event);

// Whether a set of this scope may govern the event. An organisation of 0 stands for every one.
bool covers(const RuleScope& scope, const Event& event);

// The set that governs the event: its own, else that of its kind, else its plan's, else its association's,
// else default_rules(). Of two that are equally near, the one that names the organisation. The answer lives
// as long as `sets`.
const ReminderRules& rules_for(const Event& event, const std::vector<ReminderRules>& sets);

// Reports and tasks: they are due, they do not take place.
bool is_work(EventKind kind);

}  // namespace convoke::notify
