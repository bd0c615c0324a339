// Text that has broken calendars before, each piece beside what every reader must find of it in one line:
// written down by hand, so that no test asks the writer what it meant.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace convoke::testing {

using namespace std::string_view_literals;

// What people or attackers type, and how it reads. No piece begins or ends with white space.
inline constexpr std::array hostile_pieces = std::to_array<std::pair<std::string_view, std::string_view>>({
    {",", ","},
    {";", ";"},
    {"\\", "\\"},
    {"\"", "\""},
    {":", ":"},
    {"^", "^"},
    {"^n^'^^", "^n^'^^"},
    {"\\n", "\\n"},
    {"\\N", "\\N"},
    {"\\,", "\\,"},
    {"\\;", "\\;"},
    {"\\\\", "\\\\"},
    {"%2C%3B%3A%5C", "%2C%3B%3A%5C"},
    {"a\r\nX-INJECTED:1", "a X-INJECTED:1"},
    {"a\r\n X-INJECTED:1", "a X-INJECTED:1"},
    {"a\nEND:VEVENT\nBEGIN:VEVENT", "a END:VEVENT BEGIN:VEVENT"},
    {"a\rX-INJECTED:1", "a X-INJECTED:1"},
    {"a\tb", "a b"},
    {"a\0b"sv, "ab"},
    {"a\ab", "ab"},
    {"a\x1B[31mb", "a[31mb"},
    {"a\x7F"
     "b",
     "ab"},
    {"a\xE2\x80\xA8X-INJECTED:1", "a X-INJECTED:1"},
    {"a\xE2\x80\xA9"
     "b",
     "a b"},
    {"a\xC2\x85X-INJECTED:1", "a X-INJECTED:1"},
    {"a\xC2\xA0"
     "b",
     "a b"},
    {"a\xED\xA0\x80"
     "b",
     "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
     "b"},
    {"a\xFF"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"a\xC3", "a\xEF\xBF\xBD"},
    {"👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"},
    {"🇺🇦👍🏽", "🇺🇦👍🏽"},
    {"עברית", "עברית"},
    {"\xE2\x80\xAE"
     "rtl",
     "\xE2\x80\xAE"
     "rtl"},
    {"أهلا\xE2\x80\x8F", "أهلا\xE2\x80\x8F"},
    {"zero\xE2\x80\x8Bwidth", "zero width"},  // a place to break a line at: kept as a space
    {"日本語", "日本語"},
    {"Ω≈ç√∫˜µ≤≥÷", "Ω≈ç√∫˜µ≤≥÷"},
    {"<script>alert(1)</script>", "<script>alert(1)</script>"},
    {"'; DROP TABLE event; --", "'; DROP TABLE event; --"},
    {"{{7*7}} ${7*7} %n %s %x", "{{7*7}} ${7*7} %n %s %x"},
    {"BEGIN:VEVENT", "BEGIN:VEVENT"},
    {"=CMD|' /C calc'!A0", "=CMD|' /C calc'!A0"},
    {"undefined NULL NaN -1 1e400", "undefined NULL NaN -1 1e400"},
    {"Книга — в дорозі: «читаємо разом»", "Книга — в дорозі: «читаємо разом»"},
});

}  // namespace convoke::testing
