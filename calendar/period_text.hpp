// The first two steps of the period grammar: a cell of a plan is cleaned and cut into tokens, and every token
// gets the meanings its word has in the lexicon. See lexicon.hpp for the classes, period_rules.hpp for what
// is made of them.
#pragma once

#include "calendar/lexicon.hpp"
#include "calendar/period_piece.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

// Cells of more tokens are no period: they are cut, but get no meanings.
inline constexpr std::size_t max_period_tokens = 400;

struct Token {
  std::vector<Meaning> meanings;
  std::string text;       // folded; of a number its digits
  std::size_t begin = 0;  // bytes of Cell::source
  std::size_t end = 0;
  bool glued = false;         // no space before it
  bool line_start = false;    // a line break before it
  bool upper = false;         // written in capitals
  bool ordinal_form = false;  // a number with «-го», "th"
  bool used = false;          // a rule took it: it is not left over as a place
  // What the rules made: see the classes piece, span, repeat, time.
  Piece piece;
  Piece second;  // the other end of a range
  SpanKind span = SpanKind::single;
  std::vector<WeekdayRule> weekdays;
  std::optional<TimeOfDay> time;
  std::optional<TimeOfDay> end_time;

  bool is(Class kind) const;
  // The value of that meaning; 0 when the token has not got it.
  int value(Class kind) const;
  bool is_only_word() const { return meanings.size() == 1 && is(Class::word); }
};

struct Cell {
  std::string source;  // valid UTF-8, NFC, line breaks are LF
  std::vector<Token> tokens;
  std::vector<std::string> warnings;  // misspelt names that were read
};

// `language` is looked at first; the other lexicons help with words of a second language.
Cell tokenize(std::string_view text, std::string_view language);

}  // namespace convoke::calendar
