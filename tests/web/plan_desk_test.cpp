// The plan as a table over HTTP: rows opened, written, merged, taken back; nobody else's.
#include "web/pages/plan_desk.hpp"

#include <algorithm>
#include "service/plan_edits.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string desk_address = "/manage/plans/1";

struct Table {
  AccountsSite site;
  Browser browser{site};
  std::string csrf;

  Table() {
    site.add("organiser@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    csrf = browser.form_token(desk_address);
  }
  service::PlanTable table() { return service::plan_table(site.context, PlanId{1}, {}).wait().value(); }
  Event row(std::size_t index) { return table().rows.at(index); }
  std::string address(const Event& row) { return desk_address + "/rows/" + std::to_string(row.id.value); }
  // The form of an open row as the page sends it, with one cell typed over.
  Pairs form(const Event& row, const std::string& cell, const std::string& text) {
    const auto was = service::row_fields(row, "uk");
    Pairs pairs{
        {"csrf", csrf}, {"back", desk_address}, {"stamp", service::row_stamp(row)}, {"read", was.period}};
    const auto add = [&](const char* name, const std::string& value) {
      pairs.emplace_back(std::string("was_") + name, value);
      pairs.emplace_back(name, cell == name ? text : value);
    };
    add("number", was.number);
    add("title", was.title);
    add("period", was.period);
    add("responsible", was.responsible);
    add("section", was.section);
    add("place", was.place);
    add("note", was.note);
    add("kind", std::string(name_of(*was.kind)));
    return pairs;
  }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("an organiser sees the plans and a plan as a table with a form for one row") {
  Table desk;
  CHECK_THAT(desk.browser.get("/manage/plans?lang=en").body, Contains("href=\"/manage/plans/1\""));
  const auto page = desk.browser.get(desk_address + "?lang=en");
  CHECK(page.status == 200);
  CHECK(page.header("cache-control") == "no-store");
  CHECK_THAT(std::string(page.header("content-security-policy")), Contains("connect-src 'self'"));
  CHECK(count(page.body, "type=\"checkbox\" name=\"row\"") == desk.table().rows.size());
  const auto id = std::to_string(desk.row(0).id.value);
  const auto open = desk.browser.get(desk_address + "?lang=en&edit=" + id).body;
  CHECK_THAT(open, Contains("id=\"row-form\"") && Contains("name=\"was_title\"") && Contains("Save"));
  CHECK(count(open, "id=\"row-form\"") == 1);
  CHECK_THAT(desk.browser.get(desk_address + "?lang=en&add=end").body, Contains("A new row"));
  CHECK_THAT(desk.browser.get(desk_address + "?lang=en&remove=" + id).body, Contains("Remove the row"));
}

TEST_CASE("how a changed period is read is shown before it is saved") {
  Table desk;
  const auto row = desk.row(0);
  auto form = desk.form(row, "period", "22–24 мая");
  const auto asked = desk.browser.post(desk.address(row) + "?lang=en", form);
  CHECK(asked.status == 200);
  CHECK_THAT(asked.body, Contains("Read as:") && Contains("Save it so") && Contains("22–24 мая"));
  CHECK(desk.row(0).period == row.period);
  for (auto& [name, value] : form)
    if (name == "read") value = "22–24 мая";
  CHECK(desk.browser.post(desk.address(row), form).status == 303);
  CHECK(desk.row(0).period.source_text == "22–24 мая");
  CHECK(desk.row(0).period.precision == Precision::date_range);
  const auto open = desk.browser.get(desk_address + "?edit=" + std::to_string(row.id.value)).body;
  CHECK_THAT(open, Contains("data-reading=\"/manage/period?year="));
}

TEST_CASE("a row that cannot be saved is shown again as it was typed with what is wrong") {
  Table desk;
  const auto row = desk.row(0);
  const auto page = desk.browser.post(desk.address(row) + "?lang=en", desk.form(row, "title", " "));
  CHECK(page.status == 422);
  CHECK_THAT(page.body, Contains("A row needs a title"));
  const auto longer =
      desk.browser.post(desk.address(row) + "?lang=en", desk.form(row, "number", std::string(41, '7')));
  CHECK(longer.status == 422);
  CHECK_THAT(longer.body, Contains("Too long") && Contains(std::string(41, '7')));
}

TEST_CASE("who saves second chooses cell by cell and nothing typed is lost") {
  Table desk;
  const auto seen = desk.row(0);
  auto mine = desk.form(seen, "place", "Міська бібліотека");
  auto yours = desk.form(seen, "note", "Взяти <звіти>");
  REQUIRE(desk.browser.post(desk.address(seen), mine).status == 303);
  const auto merge = desk.browser.post(desk.address(seen) + "?lang=en", yours);
  CHECK(merge.status == 409);
  CHECK_THAT(merge.body, Contains("Somebody saved this row before you") && Contains("Міська бібліотека") &&
                             Contains("Взяти &lt;звіти&gt;") &&
                             Contains("name=\"pick_place\" value=\"theirs\" checked") &&
                             Contains("name=\"pick_note\" value=\"yours\" checked"));
  CHECK(desk.row(0).note == seen.note);
  // As the page sends it: both texts of every cell, and what was chosen.
  const auto theirs = service::row_fields(desk.row(0), "uk");
  Pairs chosen{{"csrf", desk.csrf}, {"back", desk_address},   {"stamp", service::row_stamp(desk.row(0))},
               {"merge", "1"},      {"pick_place", "theirs"}, {"pick_note", "yours"}};
  for (const auto& [name, value] : yours)
    if (name == "number" || name == "title" || name == "period" || name == "responsible" ||
        name == "section" || name == "place" || name == "note" || name == "kind")
      chosen.emplace_back("yours_" + name, value);
  chosen.emplace_back("theirs_number", theirs.number);
  chosen.emplace_back("theirs_title", theirs.title);
  chosen.emplace_back("theirs_period", theirs.period);
  chosen.emplace_back("theirs_responsible", theirs.responsible);
  chosen.emplace_back("theirs_section", theirs.section);
  chosen.emplace_back("theirs_place", theirs.place);
  chosen.emplace_back("theirs_note", theirs.note);
  chosen.emplace_back("theirs_kind", std::string(name_of(*theirs.kind)));
  CHECK(desk.browser.post(desk.address(seen), chosen).status == 303);
  CHECK(desk.row(0).place == "Міська бібліотека");
  CHECK(desk.row(0).note == "Взяти <звіти>");
  CHECK(desk.row(0).title == seen.title);
}

TEST_CASE("what was typed into a row that somebody removed can be added anew") {
  Table desk;
  const auto seen = desk.row(0);
  const auto form = desk.form(seen, "note", "довго писане");
  REQUIRE(desk.browser
              .post(desk.address(seen) + "/remove", {{"csrf", desk.csrf},
                                                     {"back", desk_address},
                                                     {"act", "remove"},
                                                     {"stamp", service::row_stamp(seen)}})
              .status == 303);
  const auto page = desk.browser.post(desk.address(seen) + "?lang=en", form);
  CHECK(page.status == 409);
  CHECK_THAT(page.body, Contains("Somebody removed this row meanwhile") && Contains("довго писане") &&
                            Contains("action=\"/manage/plans/1/rows\""));
}

TEST_CASE("rows are moved and removed and taken back by plain forms") {
  Table desk;
  const auto first = desk.row(0), second = desk.row(1);
  const Pairs form{{"csrf", desk.csrf}, {"back", desk_address + "?kind=meeting"}};
  const auto moved = desk.browser.post(desk.address(first) + "/move?where=down", form);
  CHECK(moved.status == 303);
  CHECK_THAT(std::string(moved.header("location")), Contains("kind=meeting") && Contains("#row-"));
  if (first.section == second.section) CHECK(desk.row(0).id == second.id);
  CHECK(desk.browser.post(desk.address(first) + "/move?where=sideways", form).status == 400);
  const auto edit = desk.table().last_edit;
  REQUIRE(edit);
  CHECK_THAT(desk.browser.get(desk_address + "?lang=en").body, Contains("row moved:") && Contains("Undo"));
  CHECK(desk.browser
            .post(desk_address + "/undo", {{"csrf", desk.csrf}, {"edit", std::to_string(edit->id.value)}})
            .status == 303);
  CHECK(desk.row(0).id == first.id);
  CHECK_THAT(desk.browser.get(desk_address + "/history?lang=en").body, Contains("taken back"));
  const auto again = desk.browser.post(desk_address + "/undo",
                                       {{"csrf", desk.csrf}, {"edit", std::to_string(edit->id.value)}});
  CHECK_THAT(std::string(again.header("location")), Contains("problem=1"));
}

TEST_CASE("the page of an event says in the reader's language what an edit made of it") {
  Table desk;
  const auto row = desk.row(0);
  auto form = desk.form(row, "place", "Мала зала");
  REQUIRE(desk.browser.post(desk.address(row), form).status == 303);
  const auto page = "/events/" + std::to_string(row.id.value);
  const auto was = row.place.empty() ? std::string("—") : row.place;
  for (const auto& [language, label] :
       {std::pair{"uk", "Місце"}, {"be", "Месца"}, {"ru", "Место"}, {"en", "Place"}}) {
    CAPTURE(language);
    CHECK_THAT(desk.browser.get(page + "?lang=" + language).body,
               Contains(std::string(label) + ": " + was + " → Мала зала"));
  }
  CHECK_THAT(Browser(desk.site).get(page + "?lang=en").body, !Contains("→ Мала зала"));
}

TEST_CASE("chosen rows are changed at once and filters stand in the address") {
  Table desk;
  Pairs form{
      {"csrf", desk.csrf}, {"back", desk_address}, {"act", "responsible"}, {"responsible", "Вербова Л.Я."}};
  for (std::size_t i = 0; i < 2; ++i) form.emplace_back("row", std::to_string(desk.row(i).id.value));
  CHECK(desk.browser.post(desk_address + "/bulk", form).status == 303);
  const auto page = desk.browser
                        .get(desk_address +
                             "?lang=en&responsible=%D0%92%D0%B5%D1%80%D0%B1%D0%BE%D0%B2%D0%B0+%D0%9B.%D0%AF.")
                        .body;
  CHECK(count(page, "type=\"checkbox\" name=\"row\"") == 2);
  // Removing many asks once more.
  form[2].second = "remove";
  desk.browser.post(desk_address + "/bulk", form);
  const auto before = desk.table().rows.size();
  form.emplace_back("sure", "1");
  CHECK(desk.browser.post(desk_address + "/bulk", form).status == 303);
  CHECK(desk.table().rows.size() + 2 == before);
  for (const std::string filter :
       {"show=undated", "show=overdue", "show=mine", "kind=meeting", "page=99", "show=x"})
    CHECK(desk.browser.get(desk_address + "?" + filter).status == 200);
}

TEST_CASE("a form never leads back to another site or another plan") {
  Table desk;
  const auto row = desk.row(0);
  for (const std::string back :
       {"//evil.example", "https://evil.example", "/manage/plans/12", "/account", ""}) {
    CAPTURE(back);
    const auto moved =
        desk.browser.post(desk.address(row) + "/move?where=down", {{"csrf", desk.csrf}, {"back", back}});
    CHECK(moved.status == 303);
    CHECK(std::string(moved.header("location")).starts_with("/manage/plans/1#"));
  }
}

TEST_CASE("an organiser of another association finds no plan and writes none") {
  Table desk;
  service::NewAccount account;
  REQUIRE(desk.site.store
              ->write(db::Author("test", desk.site.clock.now()),
                      [](db::Unit& unit) {
                        Organisation other;
                        other.name = "Інша асоціація";
                        other.zone = "Europe/Kyiv";
                        unit.organisations().insert(other);
                        return true;
                      })
              .wait());
  desk.site.add("other@example.org", AccountRole::organiser, "Інша асоціація");
  Browser other(desk.site);
  REQUIRE(other.sign_in("other@example.org").status == 303);
  CHECK(other.get(desk_address).status == 404);
  CHECK(other.get(desk_address + "/history").status == 404);
  CHECK_THAT(other.get("/manage/plans?lang=en").body, Contains("There is no plan yet"));
  const auto csrf = other.form_token("/manage/rules/edit?organisation=");
  REQUIRE_FALSE(csrf.empty());
  const auto row = desk.row(0);
  CHECK(other.post(desk.address(row) + "/move?where=down", {{"csrf", csrf}}).status == 404);
  CHECK(other.post(desk_address + "/bulk", {{"csrf", csrf}, {"act", "done"}, {"row", "1"}}).status == 404);
  CHECK(other.post(desk_address + "/undo", {{"csrf", csrf}, {"edit", "1"}}).status == 404);
  CHECK(desk.row(0).id == row.id);
}

TEST_CASE("a plan of many rows is shown by pages and all of a choice can be changed") {
  Table desk;
  REQUIRE(desk.site.store
              ->write(db::Author("test", desk.site.clock.now()),
                      [](db::Unit& unit) {
                        for (int i = 0; i < 400; ++i) {
                          Event event;
                          event.uid = random_uuid();
                          event.plan = PlanId{1};
                          event.position = 1000 + i;
                          event.title = "Виїзд " + std::to_string(i);
                          event.kind = EventKind::excursion;
                          event.zone = "Europe/Kyiv";
                          unit.events().insert(event);
                        }
                        return true;
                      })
              .wait());
  const auto all = desk.table().rows;
  const auto excursions = static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [](const Event& row) { return row.kind == EventKind::excursion; }));
  REQUIRE(excursions >= 400);
  const auto page = desk.browser.get(desk_address + "?lang=en&kind=excursion&page=3");
  CHECK(count(page.body, "type=\"checkbox\" name=\"row\"") == excursions - 300);
  const auto number = std::to_string(excursions);
  CHECK_THAT(page.body,
             Contains("rows 301–" + number + " of " + number) && Contains("All " + number + " rows"));
  CHECK(desk.browser
            .post(desk_address + "/bulk", {{"csrf", desk.csrf},
                                           {"back", desk_address + "?kind=excursion&page=3"},
                                           {"act", "kind"},
                                           {"kind", "training"},
                                           {"all", "1"}})
            .status == 303);
  const auto rows = desk.table().rows;
  CHECK(std::count_if(rows.begin(), rows.end(), [](const Event& row) {
          return row.kind == EventKind::training && row.position >= 1000;
        }) == 400);
}

TEST_CASE("stamps are recorded by a form and versions are compared on a page") {
  Table desk;
  const auto address = desk_address + "/approvals";
  CHECK_THAT(desk.browser.get(address + "?lang=en").body, Contains("A further stamp"));
  const auto before = desk.table().plan.approvals.size();
  Pairs form{{"csrf", desk.csrf},    {"do", "save"}, {"index", "0"},     {"expected", ""},
             {"stage", "agreed"},    {"verb", ""},   {"post", "Голова"}, {"name", "Явір С.М."},
             {"date", "2024-09-12"}, {"act", "№ 3"}};
  CHECK(desk.browser.post(address, form).status == 303);
  REQUIRE(desk.table().plan.approvals.size() == before + 1);
  CHECK(desk.table().plan.approvals.back().act == "№ 3");
  REQUIRE(desk.table().version);
  const auto row = desk.row(0);
  CHECK(desk.browser.post(desk.address(row), desk.form(row, "place", "Зала <2>")).status == 303);
  CHECK_THAT(desk.browser.get(desk_address + "?lang=en&show=changed").body,
             Contains("changed since the approval"));
  const auto difference = desk.browser.get(desk_address + "/versions/1?lang=en");
  CHECK(difference.status == 200);
  CHECK_THAT(difference.body, Contains("Version 1") && Contains("Зала &lt;2&gt;") && Contains("1 changed"));
  CHECK(desk.browser.get(desk_address + "/versions/1?to=7").status == 404);
  CHECK(desk.browser.get(desk_address + "/versions/99999999999").status == 404);
  form[8].second = "2024-02-31";
  CHECK(desk.browser.post(address + "?lang=en", form).status == 422);
}

TEST_CASE("only who approves plans has the button and what they saw is signed") {
  Table desk;
  CHECK_THAT(desk.browser.get("/plans/1?lang=en").body, !Contains("I approve this plan"));
  CHECK(desk.browser.post("/plans/1/approve", {{"csrf", desk.csrf}, {"seen", "x"}}).status == 403);
  desk.site.add("director@example.org");
  service::AccountChange change;
  change.may_approve = true;
  REQUIRE(service::change_account(desk.site.context, service::Actor("cli", service::Role::editor),
                                  "director@example.org", change)
              .wait());
  Browser director(desk.site);
  REQUIRE(director.sign_in("director@example.org").status == 303);
  const auto page = director.get("/plans/1?lang=en").body;
  CHECK_THAT(page, Contains("I approve this plan"));
  const std::string mark = "name=\"seen\" value=\"";
  const auto at = page.find(mark);
  REQUIRE(at != std::string::npos);
  const auto seen = page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
  const auto csrf = director.form_token("/plans/1");
  const auto wrong = director.post("/plans/1/approve", {{"csrf", csrf}, {"seen", "0123456789abcdef"}});
  CHECK(std::string(wrong.header("location")) == "/plans/1?approved=changed");
  const auto signed_now =
      director.post("/plans/1/approve", {{"csrf", csrf}, {"seen", seen}, {"post", "Директор"}});
  CHECK(std::string(signed_now.header("location")) == "/plans/1?approved=1");
  REQUIRE(desk.table().version);
  CHECK(desk.table().version->name == "Калина О.П.");
  CHECK(state_of(desk.table().plan.approvals) == ApprovalStage::approved);
}

TEST_CASE("a plan is downloaded in four formats as a file that no browser opens as a page") {
  Table desk;
  Browser nobody(desk.site);
  for (const std::string format : {"docx", "xlsx", "csv", "pdf"}) {
    CAPTURE(format);
    const auto file = nobody.get("/plans/1/export/" + format);
    CHECK(file.status == 200);
    CHECK_THAT(std::string(file.header("content-disposition")),
               Contains("attachment; filename=\"plan-") && Contains("." + format));
    CHECK(file.header("x-content-type-options") == "nosniff");
    CHECK(file.body.size() > 500);
  }
  CHECK(nobody.get("/plans/1/export/exe").status == 404);
  CHECK(nobody.get("/plans/77/export/csv").status == 404);
}
