// Text as people of this field write it: UTF-8, Cyrillic and Latin. Every function takes and gives valid
// UTF-8; what comes from outside goes through to_valid_utf8 or is refused with is_valid_utf8 first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoke {

bool is_valid_utf8(std::string_view bytes);
// Broken sequences become U+FFFD.
std::string to_valid_utf8(std::string_view bytes);

// Lower case by Unicode's rules, no language's own.
std::string to_lower(std::string_view text);
// First letter upper case ("листопад" -> "Листопад").
std::string capitalise(std::string_view text);
// Canonical composition (NFC).
std::string to_nfc(std::string_view text);
// For comparing and searching: NFC, lower case, ё=е, one kind of apostrophe, dash and quote, one space.
std::string fold(std::string_view text);

// How much of a text is to be cleaned before it is published, told in one pass over its bytes.
enum class TextShape {
  unknown,     // perhaps something; false alarms are many
  plain_text,  // valid, trimmed, of printable letters and signs, spaces and line ends
  plain_line,  // that, without line ends and with one space between words
};
TextShape shape_of(std::string_view text);

// Spaces, tabs, line breaks and no-break spaces off both ends.
std::string_view trim(std::string_view text);
// Every run of white space (no-break ones too) becomes one space; both ends trimmed.
std::string collapse_spaces(std::string_view text);
// Drops C0 controls except TAB and LF, and DEL.
std::string strip_controls(std::string_view text);
// The first `limit` code points, with "…" in place of what was cut.
std::string ellipsize(std::string_view text, std::size_t limit);
// At most `limit` code points, "…" included: cut after a word, within one only when it alone is too long.
std::string ellipsize_words(std::string_view text, std::size_t limit);
// Number of code points.
std::size_t length(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// -1, 0, 1 by the alphabet of `language` ("uk": і after и, ґ after г).
int compare_in(std::string_view language, std::string_view a, std::string_view b);

// The five characters that HTML and XML give meaning to, escaped.
std::string escape_html(std::string_view text);

}  // namespace convoke
