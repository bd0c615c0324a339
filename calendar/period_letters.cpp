#include "calendar/period_letters.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace convoke::calendar {
namespace {

constexpr int max_roman = 39;

std::size_t utf8_size(char32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

char32_t lower_of(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

bool is_dash(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFF0D || c == U'~';
}
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F;
}

// Letters that look the same in Latin and Cyrillic, after lower-casing.
constexpr std::array<std::pair<char32_t, char32_t>, 14> look_alikes = {{{U'a', U'а'},
                                                                        {U'b', U'в'},
                                                                        {U'c', U'с'},
                                                                        {U'e', U'е'},
                                                                        {U'h', U'н'},
                                                                        {U'i', U'і'},
                                                                        {U'k', U'к'},
                                                                        {U'm', U'м'},
                                                                        {U'o', U'о'},
                                                                        {U'p', U'р'},
                                                                        {U't', U'т'},
                                                                        {U'x', U'х'},
                                                                        {U'y', U'у'},
                                                                        {U'u', U'и'}}};

}  // namespace

std::u32string to_code_points(std::string_view utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k)
      c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    out.push_back(c);
    i += size;
  }
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80)
    put(c);
  else if (c < 0x800)
    put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
  else if (c < 0x10000)
    put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  else
    put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F)), put(0x80 | ((c >> 6) & 0x3F)),
        put(0x80 | (c & 0x3F));
}

std::vector<Letter> letters_of(std::string_view source) {
  std::vector<Letter> out;
  std::size_t at = 0;
  for (const char32_t c : to_code_points(source)) {
    out.push_back({c, lower_of(c), at, at + utf8_size(c)});
    at += utf8_size(c);
  }
  return out;
}

bool is_break(char32_t c) {
  return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029 || c == 0x0B;
}
bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}
bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == 0x2019 || c == 0x02BC || c == U'`' || c == 0xB4;
}
bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0x24F) ||
         is_cyrillic(c) || (c >= 0x370 && c <= 0x3FF) || c == 0x301;
}
bool is_letter_o(char32_t c) {
  return c == U'o' || c == U'O' || c == U'о' || c == U'О';
}
int roman_sign(char32_t c) {
  if (c >= 0x2160 && c <= 0x216B) return static_cast<int>(c - 0x2160) + 1;
  if (c >= 0x2170 && c <= 0x217B) return static_cast<int>(c - 0x2170) + 1;
  return 0;
}

std::string to_roman(int number) {
  static constexpr std::array<std::pair<int, const char*>, 5> signs = {
      {{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
  std::string out;
  for (const auto& [value, sign] : signs)
    for (; number >= value; number -= value) out += sign;
  return out;
}

int roman_value(std::u32string_view word) {
  if (word.empty() || word.size() > 7) return 0;
  const bool only_l = std::all_of(word.begin(), word.end(), [](char32_t c) { return c == U'l'; });
  std::string ascii;
  for (const char32_t c : word) {
    if (c == U'i' || c == U'і' || c == U'1' || (only_l && word.size() <= 3))
      ascii += 'i';
    else if (c == U'v' || (c == U'у' && word.size() > 1))
      ascii += 'v';
    else if (c == U'x' || c == U'х')
      ascii += 'x';
    else
      return 0;
  }
  for (int number = 1; number <= max_roman; ++number)
    if (to_roman(number) == ascii) return number;
  return 0;
}

std::string in_script(std::string_view word, bool cyrillic) {
  std::string out;
  for (char32_t c : to_code_points(word)) {
    if (is_cyrillic(c) != cyrillic && (c >= 0x80 || (c >= U'a' && c <= U'z'))) {
      const auto twin = std::find_if(look_alikes.begin(), look_alikes.end(), [&](const auto& pair) {
        return (cyrillic ? pair.first : pair.second) == c;
      });
      if (twin == look_alikes.end()) return {};
      c = cyrillic ? twin->second : twin->first;
    }
    append_utf8(out, c);
  }
  return out;
}

bool mixes_scripts(std::string_view word) {
  bool cyrillic = false;
  bool latin = false;
  for (const char32_t c : to_code_points(word)) (is_cyrillic(c) ? cyrillic : latin) = true;
  return cyrillic && latin;
}

std::optional<Class> punctuation(char32_t c) {
  if (is_dash(c)) return Class::dash;
  switch (c) {
    case U'.':
    case 0x2026:
      return Class::dot;
    case U',':
    case U';':
    case U'+':
    case U'&':
      return Class::comma;
    case U'/':
    case U'\\':
    case U'|':
      return Class::slash;
    case U':':
      return Class::colon;
    case U'(':
    case U'[':
      return Class::open;
    case U')':
    case U']':
      return Class::close;
    case 0x2116:
    case U'#':
      return Class::number_sign;
    default:
      return std::nullopt;
  }
}

}  // namespace convoke::calendar
