// What the letters of a cell are: their classes, their twins in the other script, the Roman digits they may
// stand for. The tokenizer (period_text.hpp) and the lexicon see text through these.
#pragma once

#include "calendar/lexicon.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::calendar {

// `utf8` is valid; the rest of the grammar works on what to_valid_utf8() gave.
std::u32string to_code_points(std::string_view utf8);
void append_utf8(std::string& out, char32_t code_point);

struct Letter {
  char32_t raw = 0;
  char32_t lower = 0;
  std::size_t begin = 0;  // bytes of the source
  std::size_t end = 0;
};

std::vector<Letter> letters_of(std::string_view source);

bool is_break(char32_t c);
bool is_space(char32_t c);
bool is_digit(char32_t c);
bool is_apostrophe(char32_t c);
bool is_letter(char32_t c);
// The letter O of either script, typed for a zero.
bool is_letter_o(char32_t c);
// 1-12 of the signs Ⅰ..Ⅻ and ⅰ..ⅻ, otherwise 0.
int roman_sign(char32_t c);
std::string to_roman(int number);
// The number a word is in Roman digits, whatever keyboard they come from: «ІV», «хіі», "lll", «ІУ», "1V"; 0
// for other words.
int roman_value(std::u32string_view word);
bool mixes_scripts(std::string_view word);
// The word in one script, or empty when a letter has no twin there.
std::string in_script(std::string_view word, bool cyrillic);
std::optional<Class> punctuation(char32_t c);

}  // namespace convoke::calendar
