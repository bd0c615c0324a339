// Addresses on tickets, as cameras read them and people type them.
#include "model/door_address.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

TEST_CASE("what a ticket says is read back from the address and from the code alone") {
  const std::string code = "Zx9-_abcDEF0123456789q";
  CHECK(door_address("https://plans.example.org", code) == "https://plans.example.org/door/" + code);
  for (const auto& text :
       {door_address("https://plans.example.org", code), door_address("http://127.0.0.1:8080", code),
        "https://plans.example.org/under/door/" + code + "?lang=be", " " + code + "\n", code,
        door_address("https://plans.example.org", code) + "#top"}) {
    CAPTURE(text);
    CHECK(door_code_in(text) == code);
  }
}

TEST_CASE("what is no ticket is read as none") {
  const std::string long_code(longest_door_code, 'a');
  CHECK(door_code_in(long_code) == long_code);
  CHECK_FALSE(door_code_in(long_code + "a"));
  CHECK(door_code_in("abcdefgh") == "abcdefgh");
  for (const auto* text :
       {"", " ", "abcdefg", "https://plans.example.org/events/7", "https://plans.example.org/door/",
        "/door/abcdefghij", "https://plans.example.org/door/abc/def/ghi/jkl", "WIFI:S:hall;T:WPA;P:secret1;;",
        "ticket of Верба", "https://plans.example.org/door/abcdefgh%20ijk"}) {
    CAPTURE(text);
    CHECK_FALSE(door_code_in(text));
  }
}
