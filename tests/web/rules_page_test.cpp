// The rules of reminders over HTTP: shown, tried out, saved, removed.
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

#include "service/rule_sets.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string edit = "/manage/rules/edit";

struct Desk {
  AccountsSite site;
  Browser browser{site};

  Desk() {
    site.add("organiser@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
  }
  Pairs form(const std::string& action, int days = 5) {
    return {{"csrf", browser.form_token(edit + "?organisation=")},
            {"applies", "dated"},
            {"id.0", "new"},
            {"count.0", std::to_string(days)},
            {"unit.0", "work_before"},
            {"anchor.0", "start"},
            {"at.0", "09:15"},
            {"reason.0", "upcoming"},
            {"tells.0", "responsible"},
            {"quiet_from", "21:00"},
            {"quiet_to", "07:00"},
            {"country", "BY"},
            {"do", action}};
  }
  std::vector<ReminderRules> sets() {
    return service::list_rule_sets(site.context, service::Actor("test", service::Role::editor))
        .wait()
        .value();
  }
};

}  // namespace

TEST_CASE("an organiser sees the rules that are followed and who gets what by them") {
  Desk desk;
  CHECK_THAT(desk.browser.get("/manage/rules?lang=en").body,
             Contains("Rules of reminders") && Contains("all follow those that come with the program"));
  const auto page = desk.browser.get(edit + "?organisation=&applies=deadline&lang=en");
  CHECK(page.status == 200);
  CHECK(page.header("cache-control") == "no-store");
  CHECK_THAT(page.body, Contains("value=\"30\"") && Contains("Who gets what and when") &&
                            Contains("There are no rules of its own yet"));
}

TEST_CASE("rules that are only looked at are shown with what they lead to and not stored") {
  Desk desk;
  const auto shown = desk.browser.post(edit + "?lang=en", desk.form("show", 7));
  CHECK(shown.status == 200);
  CHECK_THAT(shown.body, Contains("value=\"7\"") && Contains("value=\"09:15\""));
  const auto more = desk.browser.post(edit + "?lang=en", desk.form("add", 7));
  CHECK_THAT(more.body, Contains("name=\"id.1\"") && !Contains("name=\"id.2\""));
  CHECK_THAT(desk.browser.post(edit, desk.form("remove.0")).body, !Contains("name=\"id.0\""));
  CHECK(desk.sets().empty());
}

TEST_CASE("rules are saved with the others of their set as they were and removed again") {
  Desk desk;
  const auto saved = desk.browser.post(edit, desk.form("save"));
  REQUIRE(saved.status == 303);
  CHECK_THAT(desk.browser.get(std::string(saved.header("location")) + "&lang=en").body,
             Contains("The rules are saved"));
  auto sets = desk.sets();
  REQUIRE(sets.size() == 1);
  CHECK(sets[0].country == "BY");
  int dated = 0, others = 0;
  for (const auto& rule : sets[0].rules) {
    ++(rule.applies_to == Applies::dated ? dated : others);
    if (rule.applies_to != Applies::dated) continue;
    CHECK(rule.offset == -5);
    CHECK(rule.working_days);
    CHECK(rule.id.starts_with("own."));
    CHECK(rule.at == std::chrono::hours{9} + std::chrono::minutes{15});
  }
  CHECK(dated == 1);
  CHECK(others > 20);
  CHECK(desk.browser.post(edit, desk.form("delete")).status == 303);
  CHECK(desk.sets().empty());
}

TEST_CASE("rules that cannot be followed are shown again with what is wrong") {
  Desk desk;
  for (auto [field, value] : {std::pair{"count.0", "400"}, {"count.0", "many"}, {"country", "by"}}) {
    CAPTURE(field, value);
    auto form = desk.form("save");
    for (auto& [name, text] : form)
      if (name == field) text = value;
    const auto page = desk.browser.post(edit + "?lang=en", form);
    CHECK(page.status == 422);
    CHECK_THAT(page.body, Contains("This cannot be used"));
  }
  auto form = desk.form("save");
  for (auto& [name, text] : form)
    if (name == "count.0") text = "400";
  for (const auto& [lang, words] : {std::pair{"uk", "щонайбільше на 366 днів"},
                                    {"be", "не больш чым на 366 дзён"},
                                    {"ru", "не более чем на 366 дней"},
                                    {"en", "at most 366 days away"}}) {
    const auto page = desk.browser.post(edit + "?lang=" + lang, form);
    CHECK_THAT(page.body, Contains(words));
    CHECK_THAT(page.body, !Contains("days either way at most"));
  }
  CHECK(desk.sets().empty());
  CHECK(desk.browser.get(edit + "?event=99").status == 404);
  CHECK(desk.browser.get(edit + "?plan=x").status == 404);
}
