// What edits did to the rows of plans, and the versions that were approved: kept whole.
#include "tests/db/store_contract.hpp"

#include <algorithm>

namespace convoke::tests {
namespace {

using db::Unit;

PlanId enter_plan(db::Store& store, const std::string& title) {
  Organisation organisation;
  organisation.name = "Рада бібліотек " + title;
  const auto whose = write(store, [=](Unit& unit) { return unit.organisations().insert(organisation); });
  Plan plan;
  plan.title = title;
  plan.organisation = whose;
  return write(store, [=](Unit& unit) { return unit.plans().insert(plan); });
}

Event row_of(PlanId plan, std::int64_t id) {
  auto event = full_event();
  event.id = EventId{id};
  event.plan = plan;
  return event;
}

PlanEdit edit_of(PlanId plan, PlanAct act, int seconds) {
  PlanEdit edit;
  edit.plan = plan;
  edit.act = act;
  edit.at = at(seconds);
  edit.author = "account:1";
  edit.name = "Калина О.П.";
  edit.subject = "Семінар «Книга»";
  return edit;
}

PlanVersion version_of(PlanId plan, int seconds) {
  PlanVersion version;
  version.plan = plan;
  version.at = at(seconds);
  version.author = "account:1";
  version.name = "Калина О.П.";
  version.reason = "УТВЕРЖДАЮ, Калина О.П.";
  version.heading.title = "План на 2026 рік";
  version.heading.organisation_name = "Рада бібліотек";
  version.heading.language = "uk";
  version.heading.approvals = {{"УТВЕРЖДАЮ", "Голова", "Калина О.П.", make_date(2026, 1, 12), "№ 4"},
                               {"СОГЛАСОВАНО", "", "Ярмак А.П.", {}, ""}};
  version.heading.preamble = {{"Мета", "Читання \"разом\"\nі наодинці"}, {"", "Без назви"}};
  version.rows = {row_of(plan, 5), row_of(plan, 9)};
  return version;
}

}  // namespace

TEST_CASE("an edit of a plan comes back with every field of its rows before and after") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto plan = enter_plan(store, "План");
  auto edit = edit_of(plan, PlanAct::bulk, 5);
  RowStep added, changed, removed;
  added.after = row_of(plan, 3);
  changed.before = changed.after = row_of(plan, 4);
  changed.after->title = "Тепер інша";
  changed.after->attended.reset();
  changed.behind = EventId{3};
  changed.moved = true;
  removed.before = plain_event();
  removed.before->id = EventId{8};
  edit.rows = {added, changed, removed};
  edit.id = write(store, [=](Unit& unit) { return unit.plan_edits().insert(edit); });
  const auto found = read(store, [=](Unit& unit) { return unit.plan_edits().find(edit.id); });
  REQUIRE(found);
  CHECK(found->act == PlanAct::bulk);
  CHECK(found->at == at(5));
  CHECK(found->author == "account:1");
  CHECK(found->name == edit.name);
  CHECK(found->subject == edit.subject);
  CHECK(found->count == 3);
  CHECK_FALSE(found->undone);
  REQUIRE(found->rows.size() == 3);
  CHECK_FALSE(found->rows[0].before);
  check_same(found->rows[0].after.value(), *added.after);
  check_same(found->rows[1].before.value(), *changed.before);
  check_same(found->rows[1].after.value(), *changed.after);
  CHECK(found->rows[1].behind == EventId{3});
  CHECK(found->rows[1].moved);
  check_same(found->rows[2].before.value(), *removed.before);
  CHECK_FALSE(found->rows[2].after);
  CHECK_FALSE(found->rows[2].moved);
}

TEST_CASE("an edit of the heading of a plan comes back with what stood there before and after") {
  Fixture fixture;
  auto& store = fixture.store();
  auto edit = edit_of(enter_plan(store, "План"), PlanAct::heading, 5);
  edit.heading_before.emplace();
  edit.heading_before->title = "План";
  edit.heading_after.emplace();
  edit.heading_after->title = "План на 2026 рік";
  edit.heading_after->preamble = {{"Мета", "Читання \"разом\""}, {"", "Без назви"}};
  edit.id = write(store, [=](Unit& unit) { return unit.plan_edits().insert(edit); });
  const auto found = read(store, [=](Unit& unit) { return unit.plan_edits().find(edit.id); });
  REQUIRE(found);
  CHECK(found->act == PlanAct::heading);
  CHECK((found->heading_before == edit.heading_before));
  CHECK((found->heading_after == edit.heading_after));
  CHECK(found->rows.empty());
}

TEST_CASE("the newest edit of a plan that can be taken back is the last that is no undoing and not undone") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto plan = enter_plan(store, "План"), other = enter_plan(store, "Інший");
  std::vector<PlanEditId> ids;
  for (const auto& edit : {edit_of(plan, PlanAct::add, 1), edit_of(plan, PlanAct::change, 2),
                           edit_of(plan, PlanAct::undo, 3), edit_of(other, PlanAct::move, 4)})
    ids.push_back(write(store, [=](Unit& unit) { return unit.plan_edits().insert(edit); }));
  const auto last = [&](PlanId of) {
    const auto found = read(store, [=](Unit& unit) { return unit.plan_edits().last_of_plan(of); });
    return found ? found->id : PlanEditId{};
  };
  CHECK(last(plan) == ids[1]);
  CHECK(last(other) == ids[3]);
  CHECK(write(store, [=](Unit& unit) { return unit.plan_edits().mark_undone(ids[1], at(9)); }));
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.plan_edits().mark_undone(ids[1], at(10)); }));
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.plan_edits().mark_undone(PlanEditId{99}, at(9)); }));
  CHECK(last(plan) == ids[0]);
  const auto listed = read(store, [=](Unit& unit) { return unit.plan_edits().of_plan(plan, 2); });
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].id == ids[2]);
  CHECK(listed[1].id == ids[1]);
  CHECK(listed[1].undone == at(9));
  CHECK(listed[1].rows.empty());
}

TEST_CASE("each edit of a plan and each version of it stand in the change log in the unit that made them") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto plan = enter_plan(store, "План");
  const auto edit = write(store, [=](Unit& unit) {
    const auto event = unit.events().insert(plain_event());
    auto one = edit_of(plan, PlanAct::add, 1);
    one.rows = {RowStep{{}, row_of(plan, event.value), {}, false}};
    unit.plan_versions().insert(version_of(plan, 2));
    return unit.plan_edits().insert(one);
  });
  read(store, [=](Unit& unit) {
    const auto edits = unit.changes().of_entity("plan_edit", edit.value);
    const auto versions = unit.changes().of_entity("plan_version", plan.value);
    REQUIRE(edits.size() == 1);
    REQUIRE(versions.size() == 1);
    CHECK(edits.front().unit == versions.front().unit);
    return true;
  });
}

TEST_CASE("versions of a plan are numbered from one and come back whole with heading and rows") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto plan = enter_plan(store, "План"), other = enter_plan(store, "Інший");
  const auto version = version_of(plan, 7);
  CHECK(write(store, [=](Unit& unit) { return unit.plan_versions().insert(version); }) == 1);
  CHECK(write(store, [=](Unit& unit) { return unit.plan_versions().insert(version_of(other, 8)); }) == 1);
  CHECK(write(store, [=](Unit& unit) { return unit.plan_versions().insert(version_of(plan, 9)); }) == 2);
  const auto found = read(store, [=](Unit& unit) { return unit.plan_versions().find(plan, 1); });
  REQUIRE(found);
  CHECK(found->at == at(7));
  CHECK(found->reason == version.reason);
  CHECK(found->heading.title == version.heading.title);
  CHECK(found->heading.organisation_name == version.heading.organisation_name);
  CHECK(found->heading.language == "uk");
  REQUIRE(found->heading.approvals.size() == 2);
  CHECK(found->heading.approvals[0].act == "№ 4");
  CHECK(found->heading.approvals[0].date == make_date(2026, 1, 12));
  CHECK_FALSE(found->heading.approvals[1].date);
  REQUIRE(found->heading.preamble.size() == 2);
  CHECK(found->heading.preamble[0].text == version.heading.preamble[0].text);
  REQUIRE(found->rows.size() == 2);
  check_same(found->rows[1], version.rows[1]);
  CHECK(read(store, [=](Unit& unit) { return unit.plan_versions().last_of_plan(plan); })->number == 2);
  CHECK_FALSE(read(store, [=](Unit& unit) { return unit.plan_versions().find(plan, 3); }));
  const auto listed = read(store, [=](Unit& unit) { return unit.plan_versions().of_plan(plan); });
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].number == 2);
  CHECK(listed[0].rows.empty());
  CHECK(listed[0].heading.title.empty());
}

}  // namespace convoke::tests
