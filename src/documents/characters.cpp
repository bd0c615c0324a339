#include "documents/characters.hpp"

#include "base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace convoke::documents {

std::u32string decode(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  const auto size = static_cast<int32_t>(utf8.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(utf8.data(), i, size, c);
    out += c < 0 ? U'\uFFFD' : static_cast<char32_t>(c);
  }
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char32_t c : text) {
    char buffer[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, static_cast<UChar32>(c));
    out.append(buffer, static_cast<std::size_t>(length));
  }
  return out;
}

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c));
}
bool is_upper(char32_t c) {
  return u_isupper(static_cast<UChar32>(c));
}
bool is_lower(char32_t c) {
  return u_islower(static_cast<UChar32>(c));
}
bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0xFEFF || c == 0x200B;
}
bool is_dash(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
bool is_opening_quote(char32_t c) {
  return c == 0xAB || c == 0x201C || c == 0x201E;
}
bool is_closing_quote(char32_t c) {
  return c == 0xBB || c == 0x201D;
}

std::optional<std::size_t> find_stem(std::string_view folded, std::initializer_list<std::string_view> stems) {
  // From word to word rather than from stem to stem: Cyrillic letters share their first byte, and a search
  // for each stem in turn would stop at every one of them.
  const auto joins = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
  };
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (at > 0 && joins(folded[at - 1])) continue;
    const auto rest = folded.substr(at);
    for (const auto stem : stems)
      if (stem.size() <= rest.size() && stem.back() == rest[stem.size() - 1] && rest.starts_with(stem))
        return at;
  }
  return std::nullopt;
}

bool has_stem(std::string_view folded, std::initializer_list<std::string_view> stems) {
  return find_stem(folded, stems).has_value();
}

bool begins_with(std::string_view folded, std::initializer_list<std::string_view> stems) {
  for (const auto stem : stems)
    if (folded.starts_with(stem)) return true;
  return false;
}

std::optional<std::string> roman_number(std::string_view text) {
  std::string out;
  for (const char32_t c : decode(text)) {
    switch (c) {
      case U'I':
      case 0x0406:
        out += 'I';
        break;
      case U'V':
        out += 'V';
        break;
      case U'X':
      case 0x0425:
        out += 'X';
        break;
      case U'L':
        out += 'L';
        break;
      default:
        if (c < 0x2160 || c > 0x216B) return std::nullopt;
        static constexpr const char* signs[] = {"I",   "II",   "III", "IV", "V",  "VI",
                                                "VII", "VIII", "IX",  "X",  "XI", "XII"};
        out += signs[c - 0x2160];
    }
  }
  if (out.empty() || out.size() > 8) return std::nullopt;
  return out;
}

ListMark read_list_mark(std::string_view line) {
  ListMark mark;
  const std::u32string text = decode(trim(line));
  mark.rest = encode(text);
  if (text.empty()) return mark;
  static constexpr std::u32string_view bullets = U"-–—‒−•·▪●○◦■□►➢✓✔*\uF0B7\uF0A7";
  if (bullets.find(text[0]) != std::u32string_view::npos) {
    // "*" opens Markdown emphasis too, and a dash may open a number below zero or a word.
    const bool spaced = text.size() > 1 && is_space(text[1]);
    const bool loud = text[0] != U'*' && text[0] != U'-';
    if (!spaced && !loud) return mark;
    mark.kind = ListMark::Kind::bullet;
    mark.rest = std::string(trim(encode(std::u32string_view(text).substr(1))));
    return mark;
  }
  std::size_t end = 0;
  while (end < text.size() && !is_space(text[end]) && text[end] != U')') ++end;
  if (end < text.size() && text[end] == U')') ++end;
  // "1.Text" has no space after its dot.
  if (is_digit(text[0])) {
    std::size_t i = 0;
    while (i < end && (is_digit(text[i]) || (text[i] == U'.' && i > 0))) ++i;
    if (i < end && is_letter(text[i]) && i > 0 && text[i - 1] == U'.') end = i;
  }
  std::u32string token = text.substr(0, end);
  const bool closed = !token.empty() && (token.back() == U'.' || token.back() == U')');
  while (!token.empty() && (token.back() == U'.' || token.back() == U')')) token.pop_back();
  if (token.empty()) return mark;
  const auto rest = std::string(trim(encode(std::u32string_view(text).substr(end))));
  bool digits = true, dotted = false;
  for (const char32_t c : token) {
    digits = digits && (is_digit(c) || c == U'.');
    dotted = dotted || c == U'.';
  }
  if (digits && is_digit(token[0]) && token.size() <= 8 && (closed || dotted)) {
    mark.kind = ListMark::Kind::arabic;
    mark.number = encode(token);
    mark.rest = rest;
  } else if (const auto roman = roman_number(encode(token)); roman && closed) {
    mark.kind = ListMark::Kind::roman;
    mark.number = *roman;
    mark.rest = rest;
  }
  return mark;
}

std::optional<std::string> row_number(std::string_view cell) {
  std::string text(trim(cell));
  while (!text.empty() && (text.back() == '.' || text.back() == ')')) text.pop_back();
  if (text.empty() || text.size() > 16) return std::nullopt;
  if (const auto roman = roman_number(text)) return roman;
  bool digits = text[0] >= '0' && text[0] <= '9';
  for (const char c : text) digits = digits && ((c >= '0' && c <= '9') || c == '.');
  if (!digits) return std::nullopt;
  return text;
}

bool starts_lower(std::string_view text) {
  for (const char32_t c : decode(text)) {
    if (is_letter(c)) return is_lower(c);
    if (is_digit(c) || is_opening_quote(c) || c == U'"' || c == U'(') return true;
  }
  return true;
}

bool starts_with_quote(std::string_view text) {
  const auto letters = decode(trim(text));
  return !letters.empty() && (is_opening_quote(letters[0]) || letters[0] == U'"');
}

std::string plain_line(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '*') out += c;
  return collapse_spaces(out);
}

}  // namespace convoke::documents
