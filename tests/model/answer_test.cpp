#include "model/answer.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace convoke;

TEST_CASE("every kind of answer is stored and sent under a name of its own") {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(AnswerKind::declined); ++i) {
    const auto kind = static_cast<AnswerKind>(i);
    CAPTURE(i);
    const std::string name(name_of(kind));
    CHECK_FALSE(name.empty());
    CHECK(names.insert(name).second);
    CHECK(answer_kind_of(name) == kind);
  }
  // What the API's description promises.
  CHECK(name_of(AnswerKind::named_day) == "named_day");
  CHECK(name_of(AnswerKind::accepted) == "accepted");
  CHECK(name_of(AnswerKind::declined) == "declined");
  CHECK_FALSE(answer_kind_of(""));
}
