// A plan begun empty on the web, its title and preamble written, its sections put in order; and all of it
// taken back.
#include "service/plan_edits.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

struct Office {
  AccountsSite site;
  Browser browser{site};
  service::Editor editor{service::Actor("test", service::Role::editor), "Явір С.М.", {}};

  explicit Office(const std::string& organisation = "") {
    site.add("organiser@example.org", AccountRole::organiser, organisation);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    browser.cookies["lang"] = "en";
  }
  service::PlanTable table(PlanId plan = PlanId{1}) {
    return service::plan_table(site.context, plan, {}).wait().value();
  }
  std::vector<std::string> titles() {
    std::vector<std::string> all;
    for (const auto& row : table().rows) all.push_back(row.title);
    return all;
  }
  RawReply send(const std::string& target, Pairs fields) {
    fields.emplace_back("csrf", browser.form_token("/manage/plans/1"));
    return browser.post(target, fields);
  }
  std::string stamp() {
    const auto plan = table().plan;
    return service::heading_stamp({plan.title, plan.preamble});
  }
  void undo() {
    const auto last = table().last_edit;
    REQUIRE(last.has_value());
    REQUIRE(service::undo_edit(site.context, editor, PlanId{1}, last->id).wait().has_value());
  }
  // The first row of each section.
  std::vector<Event> heads() {
    std::vector<Event> found;
    for (const auto& row : table().rows)
      if (found.empty() || found.back().section != row.section) found.push_back(row);
    return found;
  }
};

const Pairs new_plan = {
    {"title", "План роботи на новий рік"}, {"year", "acad:2025"}, {"organisation", "1"}, {"language", "uk"}};

}  // namespace

TEST_CASE("an empty plan is begun on the web and its first row is written at once") {
  Office office;
  CHECK_THAT(office.browser.get("/manage/plans").body,
             Contains("Begin an empty plan") && Contains("name=\"organisation\""));
  const auto made = office.send("/manage/plans", new_plan);
  REQUIRE(made.status == 303);
  const std::string there(made.header("location"));
  CHECK_THAT(there, Contains("/manage/plans/") && Contains("add=end"));
  const auto page = office.browser.get(there.substr(0, there.find('#'))).body;
  CHECK_THAT(page, Contains("The plan is begun") && Contains("id=\"row-form\"") &&
                       Contains("План роботи на новий рік"));
  const auto number = std::stoll(there.substr(std::string("/manage/plans/").size()));
  const auto table = office.table(PlanId{number});
  CHECK(table.rows.empty());
  CHECK(table.plan.year == PlanContext::academic_year(2025));
  CHECK(table.plan.organisation == OrganisationId{1});
  // Sent twice it is one plan.
  const auto again = office.send("/manage/plans", new_plan);
  CHECK(again.status == 422);
  CHECK_THAT(again.body, Contains("There is a plan of this title"));
}

TEST_CASE("a plan that is not said enough of is not begun and what was typed stays") {
  Office office;
  auto fields = new_plan;
  fields[0].second = "  ";
  fields[3].second = "be";
  const auto page = office.send("/manage/plans", fields);
  CHECK(page.status == 422);
  CHECK_THAT(page.body, Contains("role=\"alert\"") && Contains("value=\"be\" lang=\"be\" selected"));
  fields = new_plan;
  fields[1].second = "sometime";
  CHECK(office.send("/manage/plans", fields).status == 400);
  fields = new_plan;
  fields[2].second = "77";
  CHECK(office.send("/manage/plans", fields).status == 404);
}

TEST_CASE("whoever begins a plan chooses the time zone of its rows") {
  Office office;
  // The only association has one, and that is what the form begins with.
  CHECK_THAT(office.browser.get("/manage/plans").body,
             Contains("name=\"zone\" maxlength=\"64\" value=\"Europe/Minsk\""));
  const auto begun = [&](const std::string& title, const std::string& zone) {
    auto fields = new_plan;
    fields[0].second = title;
    fields.emplace_back("zone", zone);
    const auto made = office.send("/manage/plans", fields);
    if (made.status != 303) return std::string(made.body);
    const std::string there(made.header("location"));
    const PlanId plan{std::stoll(there.substr(std::string("/manage/plans/").size()))};
    service::RowFields row;
    row.title = "Перше";
    row.period = "14.11.2025 10:00";
    REQUIRE(service::add_row(office.site.context, office.editor, plan, row, {}).wait().has_value());
    row.title = "Друге";
    REQUIRE(service::add_row(office.site.context, office.editor, plan, row, {}).wait().has_value());
    const auto table = office.table(plan);
    CHECK(table.plan.zone == table.rows.at(0).zone);
    CHECK(table.rows.at(1).zone == table.rows.at(0).zone);
    return table.plan.zone;
  };
  CHECK(begun("План один", " Europe/Samara ") == "Europe/Samara");
  CHECK(begun("План два", "") == "Europe/Minsk");
  const auto refused = begun("План три", "Europe/Nowhere");
  CHECK_THAT(refused, Contains("Europe/Nowhere") && Contains("План три") && Contains("role=\"alert\""));
}

TEST_CASE("title and preamble are written on the web and taken back") {
  Office office;
  const auto before = office.table().plan;
  const auto page = office.browser.get("/manage/plans/1/heading");
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("name=\"title\"") && Contains("name=\"caption-0\""));
  const auto saved = office.send("/manage/plans/1/heading", {{"stamp", office.stamp()},
                                                             {"title", "Новая <назва>"},
                                                             {"caption-0", "Мэта"},
                                                             {"text-0", "Першае\r\nі другое"},
                                                             {"caption-1", " "},
                                                             {"text-2", "Без загалоўка"}});
  CHECK(saved.status == 303);
  const auto after = office.table().plan;
  CHECK(after.title == "Новая <назва>");
  CHECK(after.preamble == std::vector<PreambleItem>{{"Мэта", "Першае\nі другое"}, {"", "Без загалоўка"}});
  CHECK(after.approvals == before.approvals);
  CHECK_THAT(office.browser.get("/manage/plans/1/history").body, Contains("title or preamble changed"));
  CHECK_THAT(Browser(office.site).get("/plans/1").body, Contains("Новая &lt;назва&gt;"));
  office.undo();
  CHECK(office.table().plan.title == before.title);
  CHECK(office.table().plan.preamble == before.preamble);
}

TEST_CASE("who saves a title second sees what the other saved and keeps what was typed") {
  Office office;
  const auto stamp = office.stamp();
  REQUIRE(office.send("/manage/plans/1/heading", {{"stamp", stamp}, {"title", "Перша назва"}}).status == 303);
  const auto second = office.send("/manage/plans/1/heading", {{"stamp", stamp}, {"title", "Друга назва"}});
  CHECK(second.status == 409);
  CHECK_THAT(second.body, Contains("Перша назва") && Contains("Друга назва") && Contains(office.stamp()));
  CHECK(office.table().plan.title == "Перша назва");
  const auto empty = office.send("/manage/plans/1/heading", {{"stamp", office.stamp()}, {"title", " "}});
  CHECK(empty.status == 422);
  const auto longer =
      office.send("/manage/plans/1/heading", {{"stamp", office.stamp()}, {"title", std::string(1'001, 'x')}});
  CHECK(longer.status == 422);
  CHECK(office.table().plan.title == "Перша назва");
}

TEST_CASE("a section moves over its neighbour with all its rows and back") {
  Office office;
  service::RowFields fields;
  fields.section = "Облік";
  for (const char* title : {"Звірка списків", "Інвентаризація"}) {
    fields.title = title;
    REQUIRE(service::add_row(office.site.context, office.editor, PlanId{1}, fields, EventId{})
                .wait()
                .has_value());
  }
  const auto before = office.titles();
  const auto heads = office.heads();
  REQUIRE(heads.size() >= 3);
  const auto move = [&](const Event& head, const std::string& where) {
    return office.send("/manage/plans/1/sections/" + std::to_string(head.id.value) + "/move?where=" + where,
                       {{"expected", head.section}});
  };
  REQUIRE(move(heads[1], "down").status == 303);
  auto now = office.heads();
  CHECK(now[0].id == heads[0].id);
  CHECK(now[1].id == heads[2].id);
  CHECK(now[2].id == heads[1].id);
  CHECK(office.titles().size() == before.size());
  REQUIRE(move(now[2], "up").status == 303);
  CHECK(office.titles() == before);
  REQUIRE(move(heads[1], "up").status == 303);
  CHECK(office.heads()[0].id == heads[1].id);
  office.undo();
  CHECK(office.titles() == before);
  // The first goes no higher, and a caption that was renamed meanwhile is not moved.
  REQUIRE(move(heads[0], "up").status == 303);
  CHECK(office.titles() == before);
  Event renamed = heads[1];
  renamed.section += "!";
  CHECK_THAT(std::string(move(renamed, "down").header("location")), Contains("problem"));
  CHECK(office.titles() == before);
  CHECK(move(heads[1], "sideways").status == 400);
}
