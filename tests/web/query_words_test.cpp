#include "web/pages/query_words.hpp"

#include "calendar/filters/feed_query.hpp"
#include "tests/support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace convoke;
using Catch::Matchers::Contains;
using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("what is wrong with the filters of an address is said in the words of the reader") {
  const std::vector<Pairs> wrong = {
      {{"month", "5"}},
      {{"kind", "xyzzy"}},
      {{"kind", ""}},
      {{"section", ""}},
      {{"organisation", "здесь"}},
      {{"responsible", ""}},
      {{"audience", ""}},
      {{"level", "x"}},
      {{"status", "x"}},
      {{"q", ""}},
      {{"from", "2024-13-45"}},
      {{"to", "soon"}},
      {{"periods", "x"}},
      {{"lang", "fr"}},
      {{"alarms", "7"}},
      {{"q", std::string(calendar::longest_query_value + 1, 'x')}},
      {{"q", "\xff"}},
      {{"lang", "uk"}, {"lang", "be"}},
      {{"from", "2024-05-01"}, {"to", "2024-01-01"}},
      {{"it's", "'a' is no filter; allowed: b"}},
  };
  for (const auto& pairs : wrong) {
    const auto query = calendar::parse_feed_query(pairs);
    CAPTURE(pairs.front().first, pairs.front().second);
    REQUIRE(query.has_error());
    const auto& said = query.error().message;
    CAPTURE(said);
    const auto english = web::query_fault_text(said, Language::en);
    REQUIRE(english);
    for (const Language language : {Language::uk, Language::be, Language::ru}) {
      const auto here = web::query_fault_text(said, language);
      REQUIRE(here);
      CHECK(*here != *english);
      CHECK_THAT(*here, !Contains(" is ") && !Contains("allowed") && !Contains(" the ") && !Contains("{"));
    }
  }
}

TEST_CASE("what the filters did not say is no sentence of theirs") {
  for (const std::string said : {"", "the form is too old", "kind is unknown", "to=2024 lies before"})
    CHECK_FALSE(web::query_fault_text(said, Language::uk));
}
