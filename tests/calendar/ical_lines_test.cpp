#include "calendar/ical_lines.hpp"

#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;

TEST_CASE("a line of any length folds at 75 octets and unfolds to itself") {
  const std::string alphabet[] = {"a", "й", "€", "👩‍🏫", "a\xCC\x81"};
  for (const auto& letter : alphabet) {
    for (std::size_t padding = 0; padding < 8; ++padding) {
      for (const std::size_t count : {0, 1, 17, 18, 19, 36, 37, 70, 74, 75, 76, 400}) {
        std::string text(padding, 'x');
        for (std::size_t i = 0; i < count; ++i) text += letter;
        if (text.empty()) continue;
        IcalLines lines;
        lines.add("SUMMARY", text);
        CAPTURE(letter, padding, count);
        REQUIRE(unfolded(lines.text()) == std::vector<std::string>{"SUMMARY:" + text});
        std::string_view rest = lines.text();
        while (!rest.empty()) {
          const auto end = rest.find("\r\n");
          REQUIRE(end <= longest_ical_line);
          REQUIRE(is_valid_utf8(rest.substr(0, end)));
          rest.remove_prefix(end + 2);
        }
      }
    }
  }
}

TEST_CASE("bytes that are no UTF-8 end the folding too") {
  IcalLines lines;
  lines.add("X", std::string(1000, '\x80'));
  CHECK(unfolded(lines.text()).size() == 1);
}

TEST_CASE("text with nothing in it writes no line") {
  IcalLines lines;
  lines.add_text("DESCRIPTION", " \r\n\t ");
  lines.add_line("LOCATION", "\x01");
  CHECK(lines.text().empty());
}

TEST_CASE("instants and dates are written in the form of RFC 5545") {
  CHECK(ical_utc(at("2026-01-02T03:04:05Z")) == "20260102T030405Z");
  CHECK(ical_date(day("2026-01-02")) == "20260102");
}
