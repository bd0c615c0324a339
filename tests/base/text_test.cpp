#include "base/text.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;

TEST_CASE("folding makes the spellings of one word equal") {
  CHECK(fold("  Отчёт\u00a0 об\tИТОГАХ ") == "отчет об итогах");
  CHECK(fold("об’єднання") == fold("об'єднання"));
  CHECK(fold("2020–2021") == "2020-2021");
  CHECK(fold("«Золотая лира»") == "\"золотая лира\"");
}

TEST_CASE("what is folded stays as it is when it is folded again") {
  for (const std::string text :
       {"\u0130\u031e", "\u0130\u0130\u0130\u0331resle=\u1e9e", "\u0451\u0308\u0308", "\u0435\u00ad\u0308",
        "\u0435\u0300\u0308", "\u039f\u03a3 \u03a3", "\u00c5\u00ad\u0301"}) {
    CAPTURE(text);
    CHECK(fold(fold(text)) == fold(text));
  }
  CHECK(fold("\u0435\u00ad\u0308") == fold("\u0451"));
}

TEST_CASE("broken UTF-8 is seen and mended") {
  const std::string broken =
      "аб\xff"
      "в";
  CHECK_FALSE(is_valid_utf8(broken));
  CHECK(to_valid_utf8(broken) == "аб\uFFFDв");
  CHECK(is_valid_utf8(to_valid_utf8("\xd0")));
}

TEST_CASE("white space of every kind is trimmed and collapsed") {
  CHECK(trim("\u00a0 а б\n") == "а б");
  CHECK(trim(" \t\u00a0").empty());
  CHECK(collapse_spaces(" а \u00a0\n б ") == "а б");
}

TEST_CASE("control characters are dropped but tabs and line feeds stay") {
  CHECK(strip_controls(std::string("a\x01\tb\r\nc\x7f\0d", 10)) == "a\tb\ncd");
}

TEST_CASE("a long text is cut at a code point") {
  CHECK(ellipsize("засідання", 9) == "засідання");
  CHECK(ellipsize("засідання", 8) == "засідан…");
  CHECK(ellipsize("засідання", 0).empty());
}

TEST_CASE("names are ordered by the alphabet of the language") {
  std::vector<std::string> names = {"Яремчук", "Іваненко", "Ґалаґан", "Гнатюк", "Єременко"};
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return compare_in("uk", a, b) < 0; });
  CHECK(names == std::vector<std::string>{"Гнатюк", "Ґалаґан", "Єременко", "Іваненко", "Яремчук"});
}

TEST_CASE("the first letter is capitalised and no other") {
  CHECK(capitalise("листопад 2024") == "Листопад 2024");
  CHECK(capitalise("").empty());
}

TEST_CASE("HTML is escaped in text and in attributes") {
  CHECK(escape_html("<a href=\"x\" title='y'>&") == "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
}

TEST_CASE("a text that is told to be plain is one that cleaning leaves alone") {
  const std::vector<std::string> pieces = {"a",      "Ї",      " ",        "  ",    "\n",     "\t",     "«",
                                           "»",      "№",      "—",        "’",     "\r",     "\u00A0", "ж",
                                           "\u200B", "\u2028", "\xD0",     "\x7F",  "\u0085", "1",      ",",
                                           "\\",     "\u202E", "\xE2\x80", "\u0301"};
  unsigned state = 1;
  int plain = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (unsigned length = 1 + i % 5; length > 0; --length) {
      state = state * 1664525U + 1013904223U;
      text += pieces[(state >> 16U) % pieces.size()];
    }
    const auto shape = shape_of(text);
    if (shape == TextShape::unknown) continue;
    ++plain;
    CAPTURE(text);
    CHECK(is_valid_utf8(text));
    CHECK(strip_controls(text) == text);
    CHECK(trim(text) == text);
    CHECK((collapse_spaces("x " + text + "\u00A0y") == "x " + text + " y") ==
          (shape == TextShape::plain_line));
  }
  CHECK(plain > 1000);
  CHECK(shape_of("Круглий стіл «Книга в дорозі» — № 5…") == TextShape::plain_line);
  CHECK(shape_of("два\nрядки") == TextShape::plain_text);
  CHECK(shape_of("два  пробіли") == TextShape::plain_text);
  CHECK(shape_of(" край") == TextShape::unknown);
  CHECK(shape_of("") == TextShape::plain_line);
}
