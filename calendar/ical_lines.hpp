// Writes iCalendar content lines (RFC 5545 3.1): the one place where a value becomes bytes of a feed. Our own
// because libical 3.0.16 lets CR LF through in URIs and X-names and cannot write the commas of an X-
// property's text, and a feed must not depend on which property a hostile title happens to land in.
#pragma once

#include "base/date.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::calendar {

// RFC 5545 3.1: octets of one line without its CR LF.
inline constexpr std::size_t longest_ical_line = 75;
// A longer address is left out rather than cut.
inline constexpr std::size_t longest_uri = 2'000;

// `text` as people may see it in several lines: valid UTF-8, line breaks of every kind (CR, NEL, U+2028) as
// LF, tabs as spaces, no other control characters, both ends trimmed.
std::string clean_text(std::string_view text);
// The same in one line.
std::string clean_line(std::string_view text);

// RFC 5545 3.3.11: backslash, semicolon, comma and LF escaped. Precondition: clean_text(text) == text.
std::string escape_text(std::string_view text);

// RFC 6868 and RFC 5545 3.2: a parameter's value, cleaned to one line, in quotes; `^`, `"` and line breaks as
// ^^, ^' and ^n.
std::string quoted_parameter(std::string_view text);

// An absolute http or https address, what is not ASCII percent-encoded; nothing when `uri` is something else,
// has a control character or space, or is longer than longest_uri. (feeds.md rule 39)
std::optional<std::string> clean_uri(std::string_view uri);

// 20241114
std::string ical_date(Date date);
// 20241114T080000Z
std::string ical_utc(Instant instant);

class IcalLines {
 public:
  // One content line, folded. `head` is a name with its parameters, a literal of ours; `value` is already
  // encoded.
  void add(std::string_view head, std::string_view value);
  // A TEXT value: cleaned and escaped. Empty text writes nothing.
  void add_text(std::string_view head, std::string_view text);
  // A TEXT value in one line.
  void add_line(std::string_view head, std::string_view text);

  const std::string& text() const& { return text_; }
  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace convoke::calendar
