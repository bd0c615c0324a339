// Letters of plans, one by one: what base/text.hpp does for whole strings, for the scanners here.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

std::u32string decode(std::string_view utf8);  // broken sequences become U+FFFD
std::string encode(std::u32string_view text);

bool is_letter(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_digit(char32_t c);
bool is_space(char32_t c);
bool is_dash(char32_t c);
bool is_opening_quote(char32_t c);
bool is_closing_quote(char32_t c);

// Whether a word of `folded` (made by fold()) begins with one of the stems; its offset.
std::optional<std::size_t> find_stem(std::string_view folded, std::initializer_list<std::string_view> stems);
bool has_stem(std::string_view folded, std::initializer_list<std::string_view> stems);
// Whether the text itself begins with one of the stems.
bool begins_with(std::string_view folded, std::initializer_list<std::string_view> stems);

// "II" for a Roman number written in Latin or Cyrillic letters, mixed too, upper case; nothing otherwise.
std::optional<std::string> roman_number(std::string_view text);

// The list mark a line begins with.
struct ListMark {
  enum class Kind { none, bullet, arabic, roman } kind = Kind::none;
  std::string number;  // "2.1", "IV"; without the final dot
  std::string rest;    // the line without its mark, trimmed
};
ListMark read_list_mark(std::string_view line);

// "2.1" of a cell that holds nothing but a number: without the final dot or bracket; nothing otherwise.
std::optional<std::string> row_number(std::string_view cell);

// True when the first letter is lower case, or there is none before a digit, quote or bracket.
bool starts_lower(std::string_view text);
bool starts_with_quote(std::string_view text);
// Markdown stars and underscores of emphasis taken off, spaces collapsed.
std::string plain_line(std::string_view text);

}  // namespace convoke::documents
