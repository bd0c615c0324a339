// The rules of the period grammar: a table of patterns over classes of tokens, each with what is made of a
// match. They work in steps (figures, how often, names, parts, years, ranges); within a step the first rule
// of the table that fits at the leftmost place wins. A pattern is a list of classes separated by spaces:
//   month|season   either;   comma?  may be missing;   number!  no space before it;
//   unit=month     that value;   piece=day  that kind of piece.
#pragma once

#include "calendar/period_text.hpp"

#include <string>
#include <vector>

namespace convoke::calendar {

struct RuleContext {
  const PlanContext& plan;
  const PeriodSettings& settings;
  std::vector<std::string>& warnings;
  bool lone_roman_is_month = false;  // Polish plans number months in Roman digits
};

// Rewrites the tokens until no rule fits. Work: rules x tokens, each reduction shortens or settles a token.
void reduce(std::vector<Token>& tokens, const RuleContext& context);

}  // namespace convoke::calendar
