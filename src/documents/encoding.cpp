#include "documents/encoding.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <unicode/unistr.h>

namespace convoke::documents {
namespace {

std::string convert(std::string_view bytes, const char* charset) {
  const icu::UnicodeString wide(bytes.data(), static_cast<int32_t>(bytes.size()), charset);
  std::string out;
  wide.toUTF8String(out);
  return out;
}

std::size_t lower_cyrillic(std::string_view utf8) {
  std::size_t count = 0;
  for (const char32_t c : decode(utf8.substr(0, 4096)))
    if (c >= 0x0430 && c <= 0x0491 && is_lower(c)) ++count;
  return count;
}

std::string legacy_to_utf8(std::string_view bytes) {
  std::string windows = convert(bytes, "windows-1251");
  std::string koi = convert(bytes, "KOI8-U");
  return lower_cyrillic(koi) > lower_cyrillic(windows) ? koi : windows;
}

bool is_text(std::string_view utf8) {
  std::size_t controls = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) return false;
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') ++controls;
  }
  return controls * 100 <= utf8.size();  // a stray one in an old file is no reason to refuse it
}

std::string unix_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      out += text[i] == '\f' || text[i] == '\v' ? '\n' : text[i];
    }
  }
  return out;
}

}  // namespace

Result<std::string> text_to_utf8(std::string_view bytes) {
  std::string text;
  if (bytes.starts_with("\xEF\xBB\xBF") && is_valid_utf8(bytes.substr(3)))
    text = bytes.substr(3);
  else if (bytes.starts_with("\xFF\xFE"))
    text = convert(bytes.substr(2), "UTF-16LE");
  else if (bytes.starts_with("\xFE\xFF"))
    text = convert(bytes.substr(2), "UTF-16BE");
  else if (is_valid_utf8(bytes))
    text = bytes;
  else
    text = legacy_to_utf8(bytes);
  if (!is_text(text))
    return Error{Errc::unsupported_format, "the file is neither text nor a document that is read here"};
  return strip_controls(unix_lines(text));
}

}  // namespace convoke::documents
