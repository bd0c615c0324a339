// How a rule of the period grammar is written and matched. See period_rules.hpp for the notation of patterns.
#pragma once

#include "calendar/period_rules.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace convoke::calendar {

inline constexpr std::size_t max_pattern = 10;  // elements of the longest pattern

struct Match {
  const std::vector<Token>& tokens;
  std::size_t begin = 0;
  std::size_t end = 0;                            // after the last token taken
  std::array<const Token*, max_pattern> picks{};  // by element; null where an optional one is missing
  const RuleContext& context;
  Token out;  // what replaces the match; its place in the text is set already

  const Token& at(std::size_t element) const { return *picks[element]; }
  bool has(std::size_t element) const { return picks[element] != nullptr; }
  const Token* next() const { return end < tokens.size() ? &tokens[end] : nullptr; }
  const Token* previous() const { return begin > 0 ? &tokens[begin - 1] : nullptr; }
};

// False refuses the match. `out` has no meaning yet: make_piece, make_junk... give it one.
using Build = bool (*)(Match&);

struct Rule {
  const char* pattern;
  Build build;
};

struct Step {
  const char* name;
  std::vector<Rule> rules;
};

bool make(Match& match, Class kind, int value = 0);
bool make_piece(Match& match, const Piece& piece);
bool make_repeat(Match& match, Frequency frequency);
bool make_time(Match& match, int hour, int minute);
// Counts from 1, "last" is -1; 0 when the token is no number at all.
int count_of(const Token& token);
bool is_unit(const Token* token, Unit unit);
Unit unit_of(const Token& token);
Piece of_kind(PieceKind kind, int n = 0, int month = 0);
// Year's beginning, middle or end.
PieceKind part_of_year(Part part);
// The rule of two steps that gives a piece the year beside it: piece comma? open? year|year_pair close?
bool piece_year(Match& match);

// Applies one step's rules from left to right.
void apply(const Step& step, std::vector<Token>& tokens, const RuleContext& context);

// The steps, in the order in which they run. Each stands in a file of its own.
const Step&
figure_step();  // period_rules_figures.cpp: dates in digits, times of day, what only looks like them
const Step& frequency_step();  // period_rules_repeat.cpp
const Step& name_step();       // period_rules_names.cpp: months, quarters, seasons
const Step& part_step();       // period_rules_parts.cpp: weeks, decades, beginnings and ends
const Step& weekday_step();    // period_rules_repeat.cpp
const Step& year_step();       // period_rules_years.cpp
const Step& range_step();      // period_rules_ranges.cpp

// "3, 10, 17 декабря", «I-II квартал»: gives the bare numbers beside a piece its kind.
void share_units(std::vector<Token>& tokens, const RuleContext& context);
// In a plan of one month a bare number is a day of it.
void read_bare_days(std::vector<Token>& tokens, const RuleContext& context);

}  // namespace convoke::calendar
