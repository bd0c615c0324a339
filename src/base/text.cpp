#include "base/text.hpp"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <map>
#include <memory>
#include <stdexcept>

namespace convoke {
namespace {

icu::UnicodeString to_utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// Calls `visit(code_point)` for each; a broken sequence is visited once as -1.
template<class Visit>
void each_code_point(std::string_view text, Visit visit) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    visit(c);
  }
}

void append(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

bool is_space(UChar32 c) {
  return u_isUWhiteSpace(c) || c == 0xFEFF || c == 0x200B;
}

// One representative for letters and signs that people use for one another.
UChar32 folded(UChar32 c) {
  switch (c) {
    case 0x0451:
      return 0x0435;  // ё -> е
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
    case 0x02B9:
      return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0x00AB:
    case 0x00BB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
      return '"';
    default:
      return c;
  }
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  bool valid = true;
  each_code_point(bytes, [&](UChar32 c) { valid = valid && c >= 0; });
  return valid;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  each_code_point(bytes, [&](UChar32 c) { append(out, c < 0 ? 0xFFFD : c); });
  return out;
}

namespace {

// How many bytes the printable sign at `at` has, if it is one of those that plans are mostly written in; else
// 0.
std::size_t usual_sign(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto lead = byte(0), second = byte(1);
  if (lead > 0x20 && lead < 0x7F) return 1;
  if (lead >= 0xD0 && lead <= 0xD3) return second >= 0x80 && second <= 0xBF ? 2 : 0;  // Cyrillic
  if (lead == 0xC2) return second == 0xAB || second == 0xBB ? 2 : 0;                  // « »
  if (lead != 0xE2) return 0;
  if (second == 0x84) return byte(2) == 0x96 ? 3 : 0;                     // №
  constexpr std::string_view signs = "\x93\x94\x98\x99\x9C\x9D\x9E\xA6";  // – — ‘ ’ “ ” „ …
  return second == 0x80 && byte(2) != 0 && signs.find(static_cast<char>(byte(2))) != std::string_view::npos
             ? 3
             : 0;
}

}  // namespace

TextShape shape_of(std::string_view text) {
  bool line = true, after_space = true;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\n') {
      if (i == 0 || i + 1 == text.size()) return TextShape::unknown;
      line = line && c == ' ' && !after_space;
      after_space = true;
      ++i;
      continue;
    }
    const auto size = usual_sign(text, i);
    if (size == 0) return TextShape::unknown;
    after_space = false;
    i += size;
  }
  return line ? TextShape::plain_line : TextShape::plain_text;
}

std::string to_lower(std::string_view text) {
  return to_utf8(to_utf16(text).toLower(icu::Locale::getRoot()));
}

std::string capitalise(std::string_view text) {
  auto wide = to_utf16(text);
  if (wide.isEmpty()) return {};
  const int32_t first = wide.moveIndex32(0, 1);
  icu::UnicodeString head(wide, 0, first);
  return to_utf8(head.toUpper(icu::Locale::getRoot())) + to_utf8(icu::UnicodeString(wide, first));
}

std::string to_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFC data");
  const auto out = normalizer->normalize(to_utf16(text), status);
  return U_FAILURE(status) ? std::string(text) : to_utf8(out);
}

namespace {

// Nothing needs more than the second: the marks of a folded letter go with it.
constexpr int most_fold_passes = 3;
constexpr UChar32 diaeresis = 0x0308;

std::string fold_once(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false, after_folded_letter = false;
  const std::string lower = to_lower(to_nfc(text));
  each_code_point(lower, [&](UChar32 c) {
    if (c < 0) c = 0xFFFD;
    if (is_space(c)) {
      space = !out.empty();
      return;
    }
    if (c == 0x00AD || c == 0x200D) return;  // soft hyphen and joiner carry no meaning here
    if (after_folded_letter && c == diaeresis) return;
    if (space) out += ' ';
    space = false;
    append(out, folded(c));
    after_folded_letter = c == 0x0451;
  });
  return out;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out = fold_once(text);
  // What lower case or a dropped joiner leaves behind may compose or sort anew: "İ" with a mark below.
  for (int pass = 0; pass < most_fold_passes && to_nfc(out) != out; ++pass) out = fold_once(out);
  return out;
}

std::string_view trim(std::string_view text) {
  const auto size = static_cast<int32_t>(text.size());
  int32_t begin = 0, next = 0;
  UChar32 c = 0;
  while (next < size) {
    U8_NEXT(text.data(), next, size, c);
    if (!is_space(c)) break;
    begin = next;
  }
  int32_t end = size, before = size;
  while (before > begin) {
    U8_PREV(text.data(), begin, before, c);
    if (!is_space(c)) break;
    end = before;
  }
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::string collapse_spaces(std::string_view text) {
  if (shape_of(text) == TextShape::plain_line) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool space = false;
  each_code_point(text, [&](UChar32 c) {
    if (c >= 0 && is_space(c)) {
      space = !out.empty();
      return;
    }
    if (space) out += ' ';
    space = false;
    append(out, c < 0 ? 0xFFFD : c);
  });
  return out;
}

std::string strip_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || c == '\t' || c == '\n') out += c;
  }
  return out;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  each_code_point(text, [&](UChar32) { ++count; });
  return count;
}

std::string ellipsize(std::string_view text, std::size_t limit) {
  if (limit == 0 || length(text) <= limit) return std::string(limit == 0 ? std::string_view{} : text);
  std::string out;
  std::size_t count = 0;
  each_code_point(text, [&](UChar32 c) {
    if (++count < limit) append(out, c < 0 ? 0xFFFD : c);
  });
  return std::string(trim(out)) + "…";
}

std::string ellipsize_words(std::string_view text, std::size_t limit) {
  if (limit == 0 || length(text) <= limit) return ellipsize(text, limit);
  const std::string head = ellipsize(text, limit);
  const auto kept = std::string_view(head).substr(0, head.size() - std::string_view("…").size());
  if (text.substr(kept.size()).starts_with(' ')) return head;  // the cut fell between two words
  const auto space = kept.find_last_of(' ');
  if (space == std::string_view::npos || length(kept.substr(0, space)) * 2 < limit) return head;
  return std::string(trim(kept.substr(0, space))) + "…";
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

int compare_in(std::string_view language, std::string_view a, std::string_view b) {
  // Opening a collator costs about a millisecond; one a language and thread is kept.
  static thread_local std::map<std::string, std::unique_ptr<icu::Collator>, std::less<>> collators;
  auto found = collators.find(language);
  if (found == collators.end()) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string name(language);
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale(name.c_str()), status));
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no collation for " + name);
    found = collators.emplace(name, std::move(made)).first;
  }
  UErrorCode status = U_ZERO_ERROR;
  return found->second->compareUTF8(icu::StringPiece(a.data(), static_cast<int32_t>(a.size())),
                                    icu::StringPiece(b.data(), static_cast<int32_t>(b.size())), status);
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace convoke
