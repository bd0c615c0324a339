#include "model/person.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

TEST_CASE("spellings of one name share a key and other initials do not") {
  const auto key = name_key("Гайко В.І.");
  CHECK(name_key("Гайко В. І.") == key);
  CHECK(name_key("В.І. Гайко") == key);
  CHECK(name_key("В.І.Гайко") == key);
  CHECK(name_key("Гайко С.І.") != key);
  CHECK(name_key("Рада об’єднання") == "рада об'єднання");
}
