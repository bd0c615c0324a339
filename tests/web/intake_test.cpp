// Bringing a plan in over HTTP: forms with files, the preview's words, and who may see what.
#include "service/intake.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/pages/intake_words.hpp"

#include <filesystem>
#include <fstream>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string plan =
    "План работы совета библиотек Лугового района на 2024/2025 учебный год\n\n"
    "№\tМероприятие\tСроки\tОтветственный\n"
    "1.\tУстановочное заседание\t12.09.2024\tКалина О.П.\n"
    "2.\tКруглый стол\tноябрь 2024 года\tЯвор С.М.\n"
    "3.\tXIX <b>конференция</b> \"Слово\"\tкогда зацветёт липа\tКалинна О.П.\n";

struct Desk {
  AccountsSite site;
  Browser browser{site}, other{site};
  std::string csrf;

  Desk() {
    site.add("organiser@example.org", AccountRole::organiser);
    site.add("other@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    REQUIRE(other.sign_in("other@example.org").status == 303);
    csrf = browser.form_token("/manage/intake");
  }

  RawReply send(Browser& from, const std::string& body) {
    return from.send("POST", "/manage/intake?lang=en", body,
                     "Content-Type: multipart/form-data; boundary=b1\r\nOrigin: http://127.0.0.1\r\n"
                     "Sec-Fetch-Site: same-origin\r\n");
  }
  static std::string field(const std::string& name, const std::string& value) {
    return "--b1\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  static std::string file(const std::string& name, const std::string& bytes) {
    return "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" +
           bytes + "\r\n";
  }
  RawReply paste(const std::string& text) {
    return send(browser, field("csrf", csrf) + field("text", text) + "--b1--\r\n");
  }
  // The address of the draft.
  std::string begin() {
    const auto reply = paste(plan);
    if (reply.status != 303) FAIL(reply.body);
    return std::string(reply.header("location"));
  }
  RawReply step(const std::string& address, const std::string& what, Pairs fields = {}) {
    fields.insert(fields.end(), {{"csrf", csrf}, {"do", what}});
    return browser.post(address, fields);
  }
};

}  // namespace

TEST_CASE("a pasted plan is shown with what is doubtful marked in words and entered by one press") {
  Desk desk;
  const auto address = desk.begin();
  const auto page = desk.browser.get(address + "?lang=en");
  CHECK(page.status == 200);
  CHECK(page.header("cache-control") == "no-store");
  CHECK_THAT(page.body, Contains("3 rows, 3 people, 1 without a date") &&
                            Contains("No period could be read: ") && Contains("same person?"));
  CHECK_THAT(page.body, Contains("XIX &lt;b&gt;конференция&lt;/b&gt;") && !Contains("<b>конференция"));
  const auto entered = desk.step(address + "/enter", "");
  REQUIRE(entered.status == 303);
  CHECK_THAT(std::string(entered.header("location")), Contains("/past"));
  const auto again = desk.step(address + "/enter", "");
  CHECK(again.header("location") == entered.header("location"));
  CHECK_THAT(desk.browser.get(address + "?lang=en").body,
             Contains("This plan was entered") && !Contains("/enter\""));
  const auto past = desk.browser.get(std::string(entered.header("location")) + "?lang=en");
  CHECK_THAT(past.body, Contains("Установочное заседание") && !Contains("Круглый стол"));
}

TEST_CASE("only doubtful rows are shown when that is asked for") {
  Desk desk;
  const auto address = desk.begin();
  const auto page = desk.browser.get(address + "?only=doubtful&lang=en").body;
  CHECK_THAT(page, Contains("id=\"row-3\"") && !Contains("id=\"row-1\"") && !Contains("id=\"row-2\""));
  CHECK(desk.step(address + "/rows/3", "confirm", {{"only", "doubtful"}}).header("location") ==
        address + "?only=doubtful#row-3");
}

TEST_CASE("a row is put right by its form and shown again with what was entered when it cannot be used") {
  Desk desk;
  const auto address = desk.begin();
  const auto form = desk.browser.get(address + "?row=3&lang=en").body;
  CHECK_THAT(form, Contains("value=\"когда зацветёт липа\"") && Contains("name=\"kind\"") &&
                       Contains("data-live=\"/manage/period?year=acad"));
  Pairs fields = {{"title", "Конференция «Слово»"},
                  {"period", "14 лістапада, 10:00"},
                  {"kind", "conference"},
                  {"responsible", "Калина О.П."},
                  {"number", "3"},
                  {"section", ""},
                  {"place", ""},
                  {"note", ""}};
  CHECK(desk.step(address + "/rows/3", "save", fields).status == 303);
  CHECK_THAT(desk.browser.get(address + "?lang=en").body,
             Contains("14 November 2024, 10:00") && !Contains("same person?"));
  fields[0].second = " ";
  fields[1].second = "май <2025>";
  const auto refused = desk.step(address + "/rows/3", "save", fields);
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, Contains("value=\"май &lt;2025&gt;\"") && Contains("role=\"alert\""));
  CHECK(desk.step(address + "/rows/3", "eat").status == 400);
  CHECK(desk.step(address + "/rows/99", "confirm").status == 404);
}

TEST_CASE("who is meant by a name is decided by its form") {
  Desk desk;
  const auto address = desk.begin();
  const auto page = desk.browser.get(address + "?lang=en").body;
  CHECK_THAT(page, Contains("same:Калина О.П.") && Contains("1 name is not clear"));
  Pairs fields = {{"csrf", desk.csrf}, {"key", "калинна о.п."}, {"who", "same:Калина О.П."}, {"person", ""}};
  CHECK(desk.browser.post(address + "/names", fields).status == 303);
  CHECK_THAT(desk.browser.get(address + "?lang=en").body,
             Contains("is Калина О.П.") && !Contains("is not clear"));
  fields[3].second = "Нікого Н.Н.";
  const auto unknown = desk.browser.post(address + "/names", fields);
  CHECK(unknown.status == 422);
  CHECK_THAT(unknown.body, Contains("Nobody of this association is called that."));
}

TEST_CASE("a draft is unknown to others and to those who are not signed in") {
  Desk desk;
  const auto address = desk.begin();
  CHECK(desk.other.get(address).status == 404);
  const auto csrf = desk.other.form_token("/manage/intake");
  for (const char* below : {"/enter", "/drop", "/rows/1", "/names", "/plan"}) {
    CAPTURE(below);
    CHECK(desk.other
              .post(address + below, {{"csrf", csrf},
                                      {"do", "confirm"},
                                      {"key", "x"},
                                      {"title", "T"},
                                      {"year", "cal:2024"},
                                      {"zone", "Europe/Kyiv"}})
              .status == 404);
    CHECK(desk.browser.post(address + below, {{"do", "confirm"}}).status == 403);
  }
  Browser nobody(desk.site);
  CHECK(nobody.get(address).status == 303);
  CHECK(desk.browser.get("/manage/intake/99999").status == 404);
  CHECK(desk.browser.get("/manage/intake/x").status == 404);
  CHECK(desk.step(address + "/drop", "").status == 303);
  CHECK(desk.browser.get(address).status == 404);
}

TEST_CASE("a form with a file needs the token of its session and a place of origin") {
  Desk desk;
  const std::string body = Desk::file("plan.txt", plan) + "--b1--\r\n";
  CHECK(desk.send(desk.browser, body).status == 403);
  CHECK(desk.send(desk.browser, Desk::field("csrf", "x") + body).status == 403);
  CHECK(desk.send(desk.browser, Desk::field("csrf", desk.csrf) + body).status == 303);
  CHECK(desk.browser
            .send("POST", "/manage/intake", Desk::field("csrf", desk.csrf) + body,
                  "Content-Type: multipart/form-data; boundary=b1\r\nOrigin: https://elsewhere.example\r\n"
                  "Sec-Fetch-Site: cross-site\r\n")
            .status == 403);
}

TEST_CASE("what is no plan is refused in the reader's language and nothing typed is lost") {
  Desk desk;
  const auto refused = desk.paste("Шановні колеги!\nЗапрошуємо на <свято>.");
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body,
             Contains("No planned activities were found") && Contains("Запрошуємо на &lt;свято&gt;."));
  CHECK(desk.paste(" \r\n").status == 422);
  CHECK(desk.send(desk.browser, Desk::field("csrf", desk.csrf) +
                                    Desk::file("x.zip", "PK\5\6" + std::string(18, '\0')) + "--b1--\r\n")
            .status == 422);
  CHECK(desk.send(desk.browser, Desk::field("csrf", desk.csrf) +
                                    Desk::file("a.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") +
                                    "--b1--\r\n")
            .status == 422);
}

TEST_CASE("a document of ten megabytes is taken and a larger request is refused before it is read") {
  Desk desk;
  const auto big = plan + std::string((10u << 20) - plan.size(), ' ');
  CHECK(desk.send(desk.browser, Desk::field("csrf", desk.csrf) + Desk::file("plan.txt", big) + "--b1--\r\n")
            .status == 303);
  CHECK(
      desk.browser
          .send(
              "POST", "/manage/intake", "",
              "Content-Type: multipart/form-data; boundary=b1\r\nOrigin: http://127.0.0.1\r\nSec-Fetch-Site: "
              "same-origin\r\nContent-Length: 10551297\r\n")
          .status >= 400);
}

TEST_CASE("a period that is being typed is understood in the words of the reader") {
  Desk desk;
  const auto said =
      desk.browser
          .get("/manage/period?year=acad:2024&language=ru&lang=uk&text=22%E2%80%9324%20%D0%BC%D0%B0%D1%8F")
          .body;
  CHECK_THAT(said, Contains("\"first\":\"2025-05-22\"") && Contains("\"last\":\"2025-05-24\"") &&
                       Contains("certain") && Contains("\"read\":true") && Contains("\"text\":\"Прочитано"));
  CHECK_THAT(desk.browser.get("/manage/period?year=acad:2024&lang=en&text=xyz").body,
             Contains("doubtful") && Contains("no date could be read"));
  CHECK_THAT(desk.browser.get("/manage/period?year=cal:2024&text=").body, Contains("\"words\":\"\""));
  CHECK(desk.browser.get("/manage/period?text=x").status == 400);
  CHECK(desk.browser.get("/manage/period?year=cal:2024&text=" + std::string(2'001, 'a')).status == 400);
}

TEST_CASE("next year's plan is made from the page of this year's") {
  Desk desk;
  const auto entered = desk.step(desk.begin() + "/enter", "");
  const auto number = std::string(entered.header("location")).substr(14, 1);
  const auto page = desk.browser.get("/plans/" + number);
  CHECK_THAT(page.body, Contains("/manage/plans/" + number + "/next-year"));
  const auto made = desk.step("/manage/plans/" + number + "/next-year", "");
  REQUIRE(made.status == 303);
  CHECK_THAT(desk.browser.get(std::string(made.header("location")) + "?lang=en").body,
             Contains("2025/2026") && Contains("XX &lt;b&gt;") && Contains("Made from this year"));
  CHECK(desk.step("/manage/plans/999/next-year", "").status == 404);
}

TEST_CASE("every warning of the readers has words in each language") {
  // What the readers say of all the plans that the tests have.
  std::size_t said = 0;
  for (const char* folder : {"/tests/documents/field", "/tests/documents/plans"})
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(CONVOKE_SOURCE_DIR + std::string(folder))) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      service::ImportRequest request;
      request.bytes = {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      request.file_name = entry.path().filename().string();
      request.assumed_year = PlanContext::calendar_year(2026);
      const auto read = service::read_document(request, "Europe/Kyiv");
      if (!read) continue;
      auto warnings = read->warnings;
      for (const auto& item : read->items)
        warnings.insert(warnings.end(), item.warnings.begin(), item.warnings.end());
      for (const auto& warning : warnings) {
        CAPTURE(entry.path().string(), warning);
        for (const auto language : {Language::uk, Language::en}) {
          const auto words = say_warning(warning, language);
          CHECK(words.translated);
          CHECK(words.text.find('{') == std::string::npos);
          ++said;
        }
      }
    }
  CHECK(said > 100);
  CHECK_FALSE(say_warning("title: something that nobody translated", Language::uk).translated);
}

TEST_CASE("what was put right in a plan is listed for its association and can be forgotten there") {
  Desk desk;
  CHECK_THAT(desk.browser.get("/manage/corrections?lang=en").body, Contains("Nothing was put right yet"));
  const auto address = desk.begin();
  REQUIRE(desk.step(address + "/plan", "",
                    {{"title", "План"},
                     {"year", "acad:2024"},
                     {"zone", "Europe/Kyiv"},
                     {"organisation_name", "Рада <b>Лугового</b> району"}})
              .status == 303);
  const Pairs fields = {{"title", "Круглый стол"},
                        {"period", "ноябрь 2024 года"},
                        {"kind", "seminar"},
                        {"responsible", "Явор С.М."},
                        {"number", "2"},
                        {"section", ""},
                        {"place", ""},
                        {"note", ""}};
  REQUIRE(desk.step(address + "/rows/2", "save", fields).status == 303);
  REQUIRE(desk.step(address + "/enter", "").status == 303);
  const auto page = desk.browser.get("/manage/corrections?lang=en").body;
  CHECK_THAT(
      page, Contains("«<bdi>круглый стол</bdi>» → <bdi>Seminar</bdi>") && Contains("Рада &lt;b&gt;Лугового"));
  const std::string before = "name=\"organisation\" value=\"";
  const auto found = page.find(before);
  REQUIRE(found != std::string::npos);
  const auto begin = found + before.size();
  const std::string organisation = page.substr(begin, page.find('"', begin) - begin);
  const Pairs forget = {
      {"csrf", desk.csrf}, {"organisation", organisation}, {"field", "kind"}, {"raw", "круглый стол"}};
  CHECK(desk.browser.post("/manage/corrections", forget).status == 303);
  CHECK_THAT(desk.browser.get("/manage/corrections?lang=en").body, Contains("Nothing was put right yet"));
  CHECK(desk.browser.post("/manage/corrections", forget).status == 303);
  CHECK(desk.browser.post("/manage/corrections", {{"csrf", desk.csrf}, {"field", "colour"}}).status == 400);
}
