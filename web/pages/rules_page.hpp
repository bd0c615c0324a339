// The pages of the rules of reminders: which sets there are, and one set with what it leads to.
#pragma once

#include "service/rule_sets.hpp"
#include "web/pages/frame.hpp"

#include <map>
#include <string>
#include <vector>

namespace convoke::web {

struct RulesListView {
  std::vector<ReminderRules> sets;
  std::vector<Organisation> organisations;
  std::map<PlanId, std::string> plans;    // titles of those the sets name
  std::map<EventId, std::string> events;  // the same
};

std::string render_rules(const RulesListView& view, const Frame& frame);

struct RulesEditView {
  service::RulesDesk desk;
  Applies applies = Applies::deadline;  // the rules that the form shows
  std::string zone;                     // times of the preview without an event's own
  bool saved = false;                   // just now
  std::string problem;                  // why what was entered cannot be used, in the reader's words
};

std::string render_rules_edit(const RulesEditView& view, const Frame& frame);

// "/manage/rules/edit?plan=3"
std::string rules_path(const RuleScope& scope);

}  // namespace convoke::web
