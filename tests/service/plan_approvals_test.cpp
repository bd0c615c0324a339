// Stamps of a plan, the versions they keep, and the director's button.
#include "service/plan_approvals.hpp"
#include "db/store.hpp"
#include "documents/plan_reader.hpp"
#include "service/plan_export.hpp"
#include "service/snapshot.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Office : Fixture {
  PlanId plan;

  Office() { plan = import(small_plan).plan; }
  PlanTable table() { return plan_table(context, plan, {}).wait().value(); }
  Editor who(bool approves = false) {
    Editor made(editor, "Калина О.П.", {});
    made.approves = approves;
    return made;
  }
  Result<bool> stamp(ApprovalStage stage, std::optional<Date> date) {
    Approval approval;
    approval.verb = std::string(verb_of(stage, "uk"));
    approval.name = "Явір С.М.";
    approval.act = "№ 5";
    approval.date = date;
    return save_approval(context, who(), plan, approval).wait();
  }
  Result<bool> approve(const std::string& seen) {
    return approve_plan(context, who(true), plan, "Директор", seen).wait();
  }
  std::string seen() {
    const auto now = table();
    return plan_stamp(now.plan, now.rows);
  }
};

const Date day = make_date(2026, 9, 12);

}  // namespace

TEST_CASE("stamps say how far a plan has come in whatever order people sign") {
  Office office;
  CHECK_FALSE(state_of(office.table().plan.approvals));
  REQUIRE(office.stamp(ApprovalStage::approved, std::nullopt));
  CHECK_FALSE(state_of(office.table().plan.approvals));
  CHECK_FALSE(office.table().version);
  REQUIRE(office.stamp(ApprovalStage::agreed, day));
  CHECK(state_of(office.table().plan.approvals) == ApprovalStage::agreed);
  REQUIRE(office.stamp(ApprovalStage::adopted, day));
  CHECK(state_of(office.table().plan.approvals) == ApprovalStage::agreed);
  CHECK(office.table().version->number == 2);
  REQUIRE(office.stamp(ApprovalStage::approved, day));
  CHECK(state_of(office.table().plan.approvals) == ApprovalStage::approved);
}

TEST_CASE("the words of stamps are known in four languages") {
  for (const std::string language : {"uk", "be", "ru", "en"})
    for (const auto stage : {ApprovalStage::adopted, ApprovalStage::agreed, ApprovalStage::approved}) {
      CAPTURE(language, name_of(stage));
      CHECK(stage_of_verb(verb_of(stage, language)) == stage);
    }
  CHECK(stage_of_verb("Принят на заседании") == ApprovalStage::adopted);
  CHECK(stage_of_verb("Згодна") == std::nullopt);
}

TEST_CASE("a director signs the stamp that waits and only the plan they have seen") {
  Office office;
  REQUIRE(office.stamp(ApprovalStage::approved, std::nullopt));
  const auto seen = office.seen();
  CHECK(approve_plan(office.context, office.who(), office.plan, "", seen).wait().error().code ==
        Errc::forbidden);
  auto fields = row_fields(office.table().rows.front(), "uk");
  fields.place = "Читальна зала";
  const auto row = office.table().rows.front();
  REQUIRE(change_row(office.context, office.who(), office.plan, row.id, fields, row_stamp(row)).wait());
  CHECK(office.approve(seen).error().code == Errc::conflict);
  REQUIRE(office.approve(office.seen()));
  const auto approvals = office.table().plan.approvals;
  // The stamp waits for somebody of another name, so theirs is a new one.
  REQUIRE(approvals.size() == 2);
  CHECK(approvals[1].name == "Калина О.П.");
  CHECK(approvals[1].post == "Директор");
  CHECK(approvals[1].date == make_date(2026, 9, 1));
  CHECK(office.approve(office.seen()).error().code == Errc::conflict);
  CHECK(office.table().version->reason == "ЗАТВЕРДЖУЮ, Калина О.П.");
}

TEST_CASE("what changed since the approval is marked and compared with the version") {
  Office office;
  REQUIRE(office.approve(office.seen()));
  CHECK(changed_rows(office.table()).empty());
  const auto row = office.table().rows[1];
  auto fields = row_fields(row, "uk");
  fields.period = "грудень 2026 року";
  REQUIRE(change_row(office.context, office.who(), office.plan, row.id, fields, row_stamp(row)).wait());
  RowFields added;
  added.title = "Підсумкове засідання";
  REQUIRE(add_row(office.context, office.who(), office.plan, added, {}).wait());
  CHECK(changed_rows(office.table()).size() == 2);
  CHECK(changed_rows(office.table()).at(row.id) == RowMark::changed);
  const auto comparison = compare_versions(office.context, office.plan, {}, 1, 0).wait();
  REQUIRE(comparison);
  CHECK(comparison->difference.rows.size() == 2);
  REQUIRE(office.approve(office.seen()));
  CHECK(changed_rows(office.table()).empty());
  CHECK(compare_versions(office.context, office.plan, {}, 2, 0).wait()->difference.none());
  CHECK(compare_versions(office.context, office.plan, {}, 1, 2).wait()->difference.rows.size() == 2);
  CHECK(compare_versions(office.context, office.plan, {}, 3, 0).wait().error().code == Errc::not_found);
  CHECK(plan_versions(office.context, office.plan, {OrganisationId{99}}).wait().error().code ==
        Errc::not_found);
}

TEST_CASE("a stamp is mended or removed only as it was seen and their number is limited") {
  Office office;
  REQUIRE(office.stamp(ApprovalStage::agreed, std::nullopt));
  auto approval = office.table().plan.approvals.front();
  const StampKey key{0, approval_stamp(approval)};
  approval.date = day;
  REQUIRE(save_approval(office.context, office.who(), office.plan, approval, key).wait());
  CHECK(office.table().version->number == 1);
  CHECK(save_approval(office.context, office.who(), office.plan, approval, key).wait().error().code ==
        Errc::conflict);
  CHECK(remove_approval(office.context, office.who(), office.plan, key).wait().error().code ==
        Errc::conflict);
  REQUIRE(remove_approval(office.context, office.who(), office.plan, {0, approval_stamp(approval)}).wait());
  CHECK(office.table().plan.approvals.empty());
  approval.verb = " ";
  CHECK(save_approval(office.context, office.who(), office.plan, approval).wait().error().code ==
        Errc::invalid_input);
  for (std::size_t i = 0; i < most_approvals; ++i) REQUIRE(office.stamp(ApprovalStage::agreed, std::nullopt));
  CHECK(office.stamp(ApprovalStage::agreed, std::nullopt).error().code == Errc::limit_exceeded);
}

TEST_CASE("an exported plan that is brought in again changes nothing") {
  Office office;
  REQUIRE(office.stamp(ApprovalStage::approved, day));
  const auto before = office.table();
  Snapshots snapshots(office.context);
  for (const auto format : {PlanFormat::docx, PlanFormat::xlsx, PlanFormat::csv}) {
    CAPTURE(name_of(format));
    const auto file = export_plan(office.context, *snapshots.current().wait(), office.plan, format).wait();
    REQUIRE(file);
    const auto summary = office.import(file->bytes, file->name);
    CHECK(summary.plan == office.plan);
    CHECK(summary.events == 0);
    CHECK(summary.updated == 0);
    CHECK(summary.unchanged == 4);
    CHECK(office.table().plan.approvals == before.plan.approvals);
  }
  CHECK(export_plan(office.context, *snapshots.current().wait(), office.plan, PlanFormat::pdf)
            .wait()
            ->bytes.starts_with("%PDF"));
  CHECK(export_plan(office.context, *snapshots.current().wait(), PlanId{99}, PlanFormat::pdf)
            .wait()
            .error()
            .code == Errc::not_found);
}
