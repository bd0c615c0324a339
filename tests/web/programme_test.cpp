// The programme of a conference over HTTP, as organisers, readers and programs use it.
#include "db/store.hpp"
#include "service/events.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

struct ProgrammeSite : AccountsSite {
  Browser browser{*this};
  Event conference;
  std::string desk, page, csrf;

  ProgrammeSite() {
    service::NewEvent wanted;
    wanted.title = "Читання <у саду>";
    wanted.kind = EventKind::conference;
    wanted.zone = "Europe/Kyiv";
    wanted.details.date = make_date(2024, 11, 14);
    wanted.details.last_date = make_date(2024, 11, 15);
    conference =
        service::create_event(context, service::Actor("test", service::Role::editor), wanted).wait().value();
    page = "/events/" + std::to_string(conference.id.value) + "/programme";
    desk = "/manage" + page;
    add("organiser@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    csrf = browser.form_token(desk);
  }
  RawReply step(const std::string& what, int version, Pairs fields) {
    fields.emplace_back("csrf", csrf);
    fields.emplace_back("do", what);
    fields.emplace_back("version", std::to_string(version));
    return browser.post(desk, fields);
  }
  void section(int version, const std::string& title, const std::string& room, const std::string& begin) {
    REQUIRE(step("add_section", version, {{"title", title}, {"room", room}, {"day", "1"}, {"begin", begin}})
                .status == 303);
  }
  RawReply talk(int version, const std::string& section, const std::string& title,
                const std::string& speakers, const std::string& minutes = "20") {
    return step("add_row", version,
                {{"section", section}, {"title", title}, {"speakers", speakers}, {"minutes", minutes}});
  }
};

}  // namespace

TEST_CASE("an organiser composes a programme without scripts and everybody reads it") {
  ProgrammeSite site;
  Browser reader(site);
  CHECK(reader.get(site.page).status == 404);
  CHECK(reader.get(site.page + ".ics").status == 404);
  CHECK_THAT(site.browser.get(site.desk + "?lang=en").body, Contains("No sections yet"));
  site.section(0, "Пленарне засідання", "Зала <1>", "10:00");
  CHECK(site.talk(1, "1", "Книга & дорога", "Калина О. П., директорка\nЯвір С. М.").header("location") ==
        site.desk + "#section-1");
  const auto page = reader.get(site.page + "?lang=en");
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("Пленарне засідання") && Contains("Зала &lt;1&gt;") &&
                            Contains("10:00–10:20") && Contains("Книга &amp; дорога") &&
                            Contains("Калина О. П., директорка") && Contains("Явір С. М.") &&
                            Contains("Thu, 14 November 2024"));
  CHECK_THAT(page.body, !Contains("Edit the programme"));
  CHECK_THAT(reader.get("/events/" + std::to_string(site.conference.id.value)).body,
             Contains("href=\"" + site.page + "\""));
  CHECK_THAT(reader.get("/events/" + std::to_string(site.conference.id.value)).body,
             !Contains("Книга &amp; дорога"));
  // The list of events has the conference; the talk stands in its programme.
  CHECK_THAT(reader.get("/").body, Contains("Читання") && !Contains("Книга &amp; дорога"));
  const auto file = reader.get(site.page + ".ics");
  CHECK(file.status == 200);
  CHECK(file.header("content-type") == "text/calendar; charset=utf-8");
  CHECK_THAT(file.body,
             Contains("RELATED-TO;RELTYPE=PARENT:") && Contains("DTSTART;TZID=Europe/Kyiv:20241114T100000"));
  CHECK_THAT(reader.get("/feeds/all.ics").body, Contains("RELATED-TO;RELTYPE=PARENT:"));
  const auto document = reader.get(site.page + ".docx");
  CHECK(document.status == 200);
  CHECK(document.body.starts_with("PK"));
  CHECK(reader.get(site.desk).status == 303);
}

TEST_CASE("a pasted list is shown as it is understood before it is added") {
  ProgrammeSite site;
  site.section(0, "Секція", "", "09:00");
  const std::string list =
      "11:00 Відкриття — Калина О. П.\n11:15 Кава\n11:45 Архів <у кишені> — Явір С. М.\n";
  const auto seen = site.step("look", 1, {{"section", "1"}, {"list", list}});
  CHECK(seen.status == 200);
  CHECK_THAT(seen.body,
             Contains("11:00–11:15") && Contains("11:15–11:45") && Contains("Архів &lt;у кишені&gt;"));
  Browser reader(site);
  CHECK_THAT(reader.get(site.page).body, !Contains("Відкриття"));
  CHECK(site.step("append", 1, {{"section", "1"}, {"list", list}}).status == 303);
  CHECK_THAT(reader.get(site.page).body, Contains("11:45–12:05") && Contains("Кава"));
  CHECK(site.step("look", 2, {{"section", "1"}, {"list", " \n "}}).status == 422);
}

TEST_CASE("who is wanted in two rooms at once is told beside both rows") {
  ProgrammeSite site;
  site.section(0, "Перша", "Зала 1", "10:00");
  site.section(1, "Друга", "Зала 2", "10:10");
  REQUIRE(site.talk(2, "1", "Альфа", "Ковальчук О. П.").status == 303);
  REQUIRE(site.talk(3, "2", "Бета", "Ковальчук О.П., Рівне").status == 303);
  const auto page = site.browser.get(site.desk + "?lang=en").body;
  CHECK_THAT(page, Contains("Ковальчук О. П. is elsewhere at that time: Бета") &&
                       Contains("Ковальчук О.П. is elsewhere at that time: Альфа"));
  // One of them is later.
  REQUIRE(
      site.step("save_section", 4,
                {{"section", "2"}, {"title", "Друга"}, {"room", "Зала 2"}, {"day", "1"}, {"begin", "10:20"}})
          .status == 303);
  CHECK_THAT(site.browser.get(site.desk + "?lang=en").body, !Contains("is elsewhere at that time"));
}

TEST_CASE("what cannot be stored is said and what was typed stays") {
  ProgrammeSite site;
  site.section(0, "Секція", "", "10:00");
  const auto refused = site.talk(1, "1", "Надто довгий", "", "721");
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, Contains("721") && Contains("Надто довгий"));
  CHECK(site.talk(1, "1", " ", "").status == 422);
  CHECK(site.step("add_section", 1, {{"title", "Х"}, {"day", "1"}, {"begin", "25:00"}}).status == 422);
  CHECK(site.talk(0, "1", "Стара сторінка", "").status == 422);
  CHECK(site.talk(1, "7", "Деінде", "").status == 404);
  CHECK(site.step("explode", 1, {{"section", "1"}}).status == 400);
  CHECK(
      site.step("save_row", 1, {{"section", "1"}, {"row", "-1"}, {"title", "Х"}, {"minutes", "5"}}).status ==
      400);
  CHECK(site.browser.get("/manage/events/999/programme").status == 404);
}

TEST_CASE("a program replaces a programme as a whole and sends back what it read") {
  ProgrammeSite site;
  Browser program(site);
  const std::string path = "/api/v1" + site.page;
  const auto header = [&](const std::string& scope) {
    return "Authorization: Bearer " + site.token(scope) + "\r\nContent-Type: application/json\r\n";
  };
  const std::string body =
      R"({"sections":[{"title":"Пленарне","room":"Зала","begin":"10:00","rows":[)"
      R"({"title":"Альфа","speakers":["Явір С. М."],"minutes":15},{"title":"Кава","break":true,"minutes":30},)"
      R"({"title":"Бета","at":"11:00"}]}],"unplaced":[{"title":"Гамма"}]})";
  CHECK(program.send("PUT", path, body, header("read")).status == 403);
  const auto stored = program.send("PUT", path, body, header("write"));
  CHECK(stored.status == 200);
  CHECK_THAT(stored.body, Contains("\"version\":1") && Contains("\"begin\":\"11:00\"") && Contains("Гамма"));
  // What it answered may be sent again, and changes nothing but the version.
  const auto again = program.send("PUT", path, stored.body, header("write"));
  CHECK(again.status == 200);
  CHECK_THAT(again.body, Contains("\"version\":2"));
  CHECK(program.send("PUT", path, stored.body, header("write")).status == 409);
  const auto read = program.get(path);
  CHECK(read.status == 200);
  CHECK_THAT(read.body, Contains("Альфа") && !Contains("Гамма"));
  for (const char* wrong :
       {"[]", R"({"sections":1})", R"({"sections":[{"title":"А","rows":[{"title":"Б","minutes":0}]}]})",
        R"({"sections":[{"title":"А","rows":[{"title":"Б","talk":1}]}]})", R"({"sections":[{"begin":"9"}]})",
        R"({"sections":[{"title":""}]})", R"({"sections":[{"title":"А","colour":"red"}]})",
        R"({"unplaced":[{"title":"Б","break":true}]})"}) {
    CAPTURE(wrong);
    CHECK(program.send("PUT", path, wrong, header("write")).status == 400);
  }
  CHECK(program.get("/api/v1/events/999/programme").status == 404);
}
