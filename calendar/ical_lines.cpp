#include "calendar/ical_lines.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace convoke::calendar {
namespace {

// Bytes that RFC 3986 gives no place to outside percent-encoding.
constexpr std::string_view not_in_uris = "\"<>\\^`{|}";

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR: some parsers break lines at them.
std::size_t unicode_line_break(std::string_view rest) {
  if (rest.starts_with("\xC2\x85")) return 2;
  if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) return 3;
  return 0;
}

// One kind of line break and no tabs: a tab may stand in TEXT (RFC 5545 3.3.11), but means nothing to a
// reader.
std::string with_plain_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\r') {
      out += '\n';
      i += text.substr(i).starts_with("\r\n") ? 2 : 1;
    } else if (const auto skip = unicode_line_break(text.substr(i)); skip > 0) {
      out += '\n';
      i += skip;
    } else {
      out += text[i] == '\t' ? ' ' : text[i];
      ++i;
    }
  }
  return out;
}

}  // namespace

std::string clean_text(std::string_view text) {
  if (shape_of(text) != TextShape::unknown) return std::string(text);
  return std::string(trim(strip_controls(with_plain_spaces(to_valid_utf8(text)))));
}

std::string clean_line(std::string_view text) {
  if (shape_of(text) == TextShape::plain_line) return std::string(text);
  return collapse_spaces(clean_text(text));
}

std::string escape_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string quoted_parameter(std::string_view text) {
  std::string out = "\"";
  for (const char c : clean_line(text)) {
    if (c == '^')
      out += "^^";
    else if (c == '"')
      out += "^'";
    else
      out += c;
  }
  return out + '"';
}

std::optional<std::string> clean_uri(std::string_view uri) {
  uri = trim(uri);
  const std::string lower = to_lower(to_valid_utf8(uri.substr(0, 8)));
  const std::size_t scheme = lower.starts_with("https://") ? 8 : lower.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || uri.size() > longest_uri || !is_valid_utf8(uri)) return std::nullopt;
  const auto host = uri.substr(scheme, uri.find_first_of("/?#", scheme) - scheme);
  if (host.empty() || host.find('@') != std::string_view::npos) return std::nullopt;
  std::string out = lower.substr(0, scheme);
  for (std::size_t i = scheme; i < uri.size(); ++i) {
    const char c = uri[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F) return std::nullopt;
    const bool stray_percent = c == '%' && !(i + 2 < uri.size() && is_hex(uri[i + 1]) && is_hex(uri[i + 2]));
    if (byte >= 0x80 || stray_percent || not_in_uris.find(c) != std::string_view::npos)
      out += fmt::format("%{:02X}", byte);
    else
      out += c;
  }
  if (out.size() > longest_uri) return std::nullopt;
  return out;
}

std::string ical_date(Date date) {
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string ical_utc(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{}T{:02}{:02}{:02}Z", ical_date(Date{day}), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

void IcalLines::add(std::string_view head, std::string_view value) {
  std::string line;
  line.reserve(head.size() + 1 + value.size());
  line.append(head).append(":").append(value);
  std::string_view rest = line;
  for (std::size_t room = longest_ical_line; rest.size() > room; room = longest_ical_line - 1) {
    std::size_t cut = room;
    while (cut > 0 && is_continuation(rest[cut])) --cut;
    if (cut == 0) cut = room;  // no character is that long; never loop on bytes that are no UTF-8
    text_.append(rest.substr(0, cut)).append("\r\n ");
    rest.remove_prefix(cut);
  }
  text_.append(rest).append("\r\n");
}

void IcalLines::add_text(std::string_view head, std::string_view text) {
  const std::string clean = clean_text(text);
  if (!clean.empty()) add(head, escape_text(clean));
}

void IcalLines::add_line(std::string_view head, std::string_view text) {
  const std::string clean = clean_line(text);
  if (!clean.empty()) add(head, escape_text(clean));
}

}  // namespace convoke::calendar
