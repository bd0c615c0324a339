// Bringing people in from a table through the pages.
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

constexpr const char* path = "/manage/directory/import";

RawReply uploads(Browser& browser, const std::string& csrf, const std::string& bytes,
                 const std::string& name = "people.csv") {
  const std::string boundary = "----a-boundary-of-the-tests";
  std::string body =
      "--" + boundary + "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf + "\r\n";
  body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
          "\"\r\nContent-Type: text/csv\r\n\r\n" + bytes + "\r\n--" + boundary + "--\r\n";
  return browser.send("POST", path, body, "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n");
}

std::string table_in(const std::string& page) {
  const auto from = page.find("<textarea name=\"table\" hidden>\n") + 31;
  auto text = page.substr(from, page.find("</textarea>", from) - from);
  for (auto at = text.find("&quot;"); at != std::string::npos; at = text.find("&quot;"))
    text.replace(at, 6, "\"");
  return text;
}

std::size_t count_of(const std::string& page, const std::string& text) {
  std::size_t count = 0;
  for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + text.size())) ++count;
  return count;
}

}  // namespace

TEST_CASE("an organiser looks at a table of people before it is brought in") {
  AccountsSite site;
  site.add("o@example.org", AccountRole::organiser, "1");
  site.add("m@example.org");
  Browser browser(site), member(site);
  REQUIRE(browser.sign_in("o@example.org").status == 303);
  REQUIRE(member.sign_in("m@example.org").status == 303);
  browser.cookies["lang"] = "uk";
  CHECK(member.get(path).status == 403);
  CHECK_THAT(browser.get("/manage/directory").body, Contains(path));
  const auto csrf = browser.form_token(path);
  CHECK(uploads(browser, "wrong", "name\nX\n").status == 403);
  CHECK(uploads(browser, csrf, "").status == 422);
  CHECK(uploads(browser, csrf, "a,b\n1,2\n").status == 422);
  const auto shown = uploads(browser, csrf,
                             "ПІБ,Пошта,Посада\nЯвір С.М.,yavir@example.org,методист\n"
                             "Верба <b>І.І.</b>,verba@example.org,\nЛипа М.М.,no address,\n");
  CHECK(shown.status == 200);
  CHECK(shown.header("cache-control") == "no-store");
  CHECK_THAT(shown.body, Contains("yavir@example.org") && Contains("адреса пошти неправильна"));
  CHECK_THAT(shown.body, !Contains("<b>І.І."));
  CHECK_THAT(browser.get("/manage/directory").body, !Contains("yavir@example.org"));  // nothing is stored yet
  const auto table = table_in(shown.body);
  const auto done = browser.post(std::string(path) + "/commit", {{"csrf", csrf}, {"table", table}});
  CHECK(done.status == 200);
  CHECK_THAT(done.body, Contains("Таблицю внесено"));
  CHECK_THAT(browser.get("/manage/directory").body, Contains("yavir@example.org") && !Contains("Липа М.М."));

  // A namesake is asked about.
  const auto asks = uploads(browser, csrf, "ПІБ,Пошта\nЯвір Софія Марківна,new@example.org\n");
  CHECK_THAT(asks.body, Contains("Це та сама людина?") && Contains("name=\"row-2\""));
  const auto at = asks.body.find("name=\"row-2\" value=\"") + 20;
  const auto who = asks.body.substr(at, asks.body.find('"', at) - at);
  CHECK(browser
            .post(std::string(path) + "/commit",
                  {{"csrf", csrf}, {"table", table_in(asks.body)}, {"row-2", who}})
            .status == 200);
  CHECK_THAT(browser.get("/manage/directory").body,
             Contains("new@example.org") && !Contains("yavir@example.org"));
}

TEST_CASE("a table with more questions than a page holds is asked about in two goes") {
  AccountsSite site;
  site.add("o@example.org", AccountRole::organiser, "1");
  Browser browser(site);
  REQUIRE(browser.sign_in("o@example.org").status == 303);
  browser.cookies["lang"] = "en";
  const auto csrf = browser.form_token(path);
  const auto people = [](std::size_t count, const std::string& names, const std::string& host) {
    std::string table = "ПІБ,Пошта\n";
    for (std::size_t i = 0; i < count; ++i) {
      const auto number = std::to_string(i);
      table.append("Явір").append(number).append(names).append(",p").append(number).append(host).append("\n");
    }
    return table;
  };
  constexpr std::size_t most = 150;
  for (const auto count : {most, most + 1}) {
    const auto first = uploads(browser, csrf, people(count, " С.М.", "@example.org"));
    REQUIRE(first.status == 200);
    REQUIRE(browser.post(std::string(path) + "/commit", {{"csrf", csrf}, {"table", table_in(first.body)}})
                .status == 200);
    const auto asks = uploads(browser, csrf, people(count, " Софія Марківна", "@new.example.org"));
    INFO(count);
    CHECK(count_of(asks.body, "Is it the same person?") == most);
    CHECK(count_of(asks.body, "asked next time") == count - most);
    CHECK((asks.body.find("bring the same table in again") != std::string::npos) == (count > most));
  }
}
