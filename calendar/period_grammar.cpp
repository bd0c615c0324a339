#include "calendar/period_grammar.hpp"

#include "base/text.hpp"
#include "calendar/period_combine.hpp"
#include "calendar/period_match.hpp"

#include <algorithm>

namespace convoke::calendar {
namespace {

// An address after the dates («ул. Мая, 5») must not be read: from its cue on, to the end of the line or a
// new date's separator, tokens lose their meanings. Before any date only the words up to the next comma do.
void silence_addresses(std::vector<Token>& tokens) {
  bool date_seen = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    date_seen = date_seen || tokens[i].is(Class::month) || tokens[i].is(Class::year) ||
                tokens[i].is(Class::piece) || tokens[i].is(Class::unit);
    if (!tokens[i].is(Class::venue)) continue;
    for (std::size_t k = i + 1; k < tokens.size() && !tokens[k].line_start && !tokens[k].is(Class::close);
         ++k) {
      if (!date_seen && tokens[k].is(Class::comma)) break;
      if (tokens[k].is(Class::time)) continue;
      tokens[k].meanings = {{Class::word, 0}};
      tokens[k].used = false;
    }
  }
}

// «X», «X–XI»: in Polish plans months are written so.
void read_lone_romans(std::vector<Token>& tokens) {
  const auto fits = [](const Token& t) {
    return t.is(Class::roman) || t.is(Class::dash) || t.is(Class::comma) || t.is(Class::slash) ||
           t.is(Class::year) || t.is(Class::dot);
  };
  if (!std::all_of(tokens.begin(), tokens.end(), fits)) return;
  for (auto& t : tokens)
    if (const int month = t.value(Class::roman); month >= 1 && month <= 12)
      t.meanings = {{Class::month, month}};
}

void drop_noise(std::vector<Token>& tokens) {
  std::erase_if(tokens, [](const Token& token) { return token.is(Class::noise); });
}

}  // namespace

void reduce(std::vector<Token>& tokens, const RuleContext& context) {
  drop_noise(tokens);
  apply(figure_step(), tokens, context);
  silence_addresses(tokens);
  if (context.lone_roman_is_month) read_lone_romans(tokens);
  apply(frequency_step(), tokens, context);
  apply(name_step(), tokens, context);
  drop_noise(tokens);
  apply(part_step(), tokens, context);
  apply(weekday_step(), tokens, context);
  apply(year_step(), tokens, context);
  apply(part_step(), tokens, context);
  share_units(tokens, context);
  read_bare_days(tokens, context);
  apply(range_step(), tokens, context);
}

PeriodReading read_period(std::string_view text, std::string_view language, const PlanContext& plan,
                          const PeriodSettings& settings) {
  PeriodReading reading;
  reading.period.source_text = collapse_spaces(to_valid_utf8(text.substr(0, max_period_bytes)));
  if (text.size() > max_period_bytes) {
    reading.period.source_text = collapse_spaces(to_valid_utf8(text));
    reading.warnings.push_back("the text is too long for a period: more than " +
                               std::to_string(max_period_bytes) + " bytes");
    return reading;
  }
  Cell cell = tokenize(text, language);
  if (cell.tokens.size() > max_period_tokens) {
    reading.warnings.push_back("the text has too many words and figures for a period: more than " +
                               std::to_string(max_period_tokens));
    return reading;
  }
  reading.warnings = cell.warnings;
  reduce(cell.tokens, RuleContext{plan, settings, reading.warnings, language == "pl"});
  combine(cell, PieceContext{plan, settings}, language, reading);
  return reading;
}

PeriodReading read_period(std::string_view text, std::string_view language, const PlanContext& plan) {
  static const PeriodSettings defaults;
  return read_period(text, language, plan, defaults);
}

}  // namespace convoke::calendar
