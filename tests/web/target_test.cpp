#include "web/target.hpp"
#include "tests/support/catch.hpp"

namespace convoke::web {

TEST_CASE("addresses have one spelling and everything else is refused") {
  struct {
    std::string target, path;  // an empty path: refused
  } const cases[] = {
      {"/", "/"},
      {"/plans/3", "/plans/3"},
      {"/a//b/", "/a//b/"},
      {"/%D0%BF%D0%BB%D0%B0%D0%BD", "/план"},
      {"/a+b", "/a+b"},
      {"/a%2Bb", "/a+b"},
      {"/%7Euser", "/~user"},
      {"/a%20b", "/a b"},
      {"/...", "/..."},
      {"/.hidden", "/.hidden"},
      {"/a;b=c,d@e:f!$&'()*", "/a;b=c,d@e:f!$&'()*"},
      {"/%252e%252e", "/%2e%2e"},
      {"", ""},
      {"a", ""},
      {"/..", ""},
      {"/a/../b", ""},
      {"/%2e%2E/b", ""},
      {"/.", ""},
      {"/a%2Fb", ""},
      {"/a%5Cb", ""},
      {"/a%00", ""},
      {"/a%0A", ""},
      {"/a%7F", ""},
      {"/%", ""},
      {"/%1", ""},
      {"/%G0", ""},
      {"/%FF", ""},
      {"/%C0%AF", ""},
      {"/%ED%A0%80", ""},
      {"/a b", ""},
      {"/<", ""},
      {"/[a]", ""},
      {"/a\\b", ""},
  };
  for (const auto& [target, path] : cases) {
    CAPTURE(target);
    const auto parsed = parse_target(target, 10);
    CHECK(parsed.has_value() == !path.empty());
    if (parsed) CHECK(parsed->path == path);
  }
}

TEST_CASE("a query and a form read alike") {
  const Pairs expected{{"q", "круглый стол"}, {"empty", ""}, {"bare", ""}, {"", "no name"}, {"q", "2=2"}};
  const std::string text =
      "q=%D0%BA%D1%80%D1%83%D0%B3%D0%BB%D1%8B%D0%B9+%D1%81%D1%82%D0%BE%D0%BB&empty=&&bare&=no%20name&q=2=2&";
  CHECK(parse_target("/x?" + text, 10)->query == expected);
  CHECK(parse_form(text, 10).value() == expected);
  CHECK(parse_form("a=line%0D%0Aline%09x", 1).value() == Pairs{{"a", "line\r\nline\tx"}});
  CHECK(parse_target("/x??a=/&b=[1]", 10)->query == Pairs{{"?a", "/"}, {"b", "[1]"}});
}

TEST_CASE("a field that no browser sends is refused") {
  for (const auto* text : {"a=%", "a=%4", "a=%xx", "%00=b", "a=%01", "a=%7f", "a=%ff", "a=%e2%82"}) {
    CAPTURE(text);
    CHECK(parse_form(text, 10).error().code == Errc::invalid_input);
    CHECK(parse_target("/?" + std::string(text), 10).error().code == Errc::invalid_input);
  }
  CHECK(parse_target("/?a=<", 10).error().code == Errc::invalid_input);
  CHECK(parse_target("/?a=\"", 10).error().code == Errc::invalid_input);
}

TEST_CASE("the number of fields is limited") {
  CHECK(parse_form("a&b&c", 3)->size() == 3);
  CHECK(parse_form("a&b&c&d", 3).error().code == Errc::limit_exceeded);
}

TEST_CASE("what is percent-encoded decodes to itself") {
  const std::string text = "a b/ж?#%&=+~-._\"<>";
  CHECK(percent_encode("a-b_c.d~9") == "a-b_c.d~9");
  CHECK(percent_encode("/ ж") == "%2F%20%D0%B6");
  CHECK(parse_form("x=" + percent_encode(text), 1)->front().second == text);
}

}  // namespace convoke::web
