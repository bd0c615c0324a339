// The rules that reminders follow, as an organiser writes them: for an association, a plan, a kind of event
// or one event. Saving or removing a set replans, in the same transaction, every event that it governs.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/reminder_rules.hpp"
#include "service/context.hpp"
#include "service/reminders.hpp"

#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_rules = 60;         // of a set
inline constexpr int farthest_offset = 366;           // days, either way
inline constexpr std::size_t longest_rule_id = 40;    // bytes
inline constexpr std::size_t most_rule_sets = 1'000;  // of an installation
inline constexpr int days_previewed = 60;
inline constexpr std::size_t most_previewed = 60;  // mails

// What may be stored. Errors: invalid_input or limit_exceeded, naming the rule and what is wrong: ids are
// unique, of letters, digits, '.', '_' and '-'; offsets within farthest_offset; "upcoming" and "deadline" are
// sent before the anchor or on its day, "overdue" after the end; only these reasons, "fix_date" of vague
// periods and "check_in"; a country is two capital letters or empty; at most one of plan, kind and event.
Result<void> check_rules(const ReminderRules& set);

// By id. Errors: forbidden.
Deferred<std::vector<ReminderRules>> list_rule_sets(Context& context, const Actor& actor);

struct SavedRules {
  ReminderRules set;
  int events = 0;  // whose reminders were planned anew

  bool operator==(const SavedRules&) const = default;
};

// Replaces the set of this scope, if there is one. Errors: forbidden, not_found (the organisation, plan or
// event), those of check_rules(), limit_exceeded.
Deferred<SavedRules> save_rules(Context& context, const Actor& actor, ReminderRules set);
// Errors: forbidden, not_found.
Deferred<bool> remove_rules(Context& context, const Actor& actor, RuleSetId id);

// What a page that edits the rules of a scope needs, at one moment.
struct RulesDesk {
  ReminderRules set;       // what is stored for this scope, else what governs it now; with this scope
  bool stored = false;     // for this very scope
  std::string scope_name;  // the plan's or event's title, the organisation's name; empty for a kind alone
  int events = 0;          // open events that the set would govern
  std::vector<ReminderRow> mails;           // who would get what of them and when, days_previewed from now
  bool more = false;                        // than most_previewed
  std::vector<Organisation> organisations;  // to choose from
};

// The stored (or inherited) set of `scope` with what it leads to. Errors: forbidden, not_found.
Deferred<RulesDesk> open_rules(Context& context, const Actor& actor, RuleScope scope);
// The same for a set that is not saved: its preview is what saving would lead to. Errors: also check_rules().
Deferred<RulesDesk> preview_rules(Context& context, const Actor& actor, ReminderRules set);

// Plans every open event anew, a few at a time: after an upgrade, a new file of holidays or new rules of a
// time zone. Returns how many there were. Blocks; for the command line.
Result<int> replan_all(Context& context);

}  // namespace convoke::service
