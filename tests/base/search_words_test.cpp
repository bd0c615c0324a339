#include "base/search_words.hpp"
#include "base/text.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using Words = std::vector<std::string>;

TEST_CASE("words are the same however their letters are typed") {
  CHECK(search_words("Об’єднання") == search_words("обʼеднання"));
  CHECK(search_words("Об'єднання") == search_words("ОБЄДНАННЯ"));
  CHECK(search_words("Київ") == search_words("Киів"));
  CHECK(search_words("Минск") == search_words("мінск"));
  CHECK(search_words("ёлка") == search_words("елка"));
  CHECK(search_words("Ґедройць") == search_words("гедройц"));
  CHECK(search_words("Гаўрыленка") == search_words("гаурыленка"));
  CHECK(search_words("конференція") != search_words("конференцию"));
}

TEST_CASE("words are parted by everything that is no letter and no figure") {
  CHECK(search_words("Круглый стол: «Чтение-2025», в 10.00") ==
        Words{"круглии", "стол", "чтение", "2025", "в", "10", "00"});
  CHECK(search_words("  \"*^:-— ()\n").empty());
  CHECK(search_words("").empty());
  CHECK(search_words("library OR NOT") == Words{"library", "or", "not"});
}

TEST_CASE("a word is cut off where nobody reads on") {
  std::string word;
  for (std::size_t i = 0; i < longest_search_word; ++i) word += "щ";
  CHECK(search_words(word) == Words{word});
  CHECK(search_words(word + "щ") == Words{word});
}

TEST_CASE("a stem is what two cases of a noun share") {
  CHECK(search_stem("конференции") == search_stem("конференция"));
  CHECK(search_stem("нарада") == search_stem("нараду"));
  CHECK(search_stem("стол") == "стол");
  CHECK(search_stem("дом") == "дом");
  for (const auto& word : search_words("бібліотекарі засідання семінар круглий рік"))
    CHECK(word.starts_with(search_stem(word)));
}
