// Plans on their way in, and what people put right in them.
#include "tests/db/store_contract.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

AccountId enter_account(db::Store& store, const std::string& login) {
  Account account;
  account.login = login;
  account.name = login;
  return write(store, [=](Unit& unit) { return unit.accounts().insert(account); });
}

Intake draft_of(AccountId account, int seconds) {
  Intake intake;
  intake.account = account;
  intake.file_name = "план.docx";
  intake.bytes = std::string("PK\0\xff\x80 план", 10);
  intake.zone = "Europe/Kyiv";
  intake.draft = "{}";
  intake.created = at(seconds);
  intake.expires = at(seconds + 100);
  return intake;
}

Correction correction_of(OrganisationId organisation, CorrectedField field, const std::string& value) {
  Correction one;
  one.organisation = organisation;
  one.field = field;
  one.raw = "нарада";
  one.value = value;
  one.at = at(1);
  return one;
}

}  // namespace

TEST_CASE("a draft comes back with every byte of its document") {
  Fixture fixture;
  auto& store = fixture.store();
  auto intake = draft_of(enter_account(store, "a@example.org"), 0);
  intake.id = write(store, [=](Unit& unit) { return unit.intakes().insert(intake); });
  intake.draft = "{\"rows\":[]}";
  intake.zone = "Europe/Minsk";
  intake.committed = PlanId{3};
  write(store, [=](Unit& unit) { return unit.intakes().update(intake), true; });
  const auto found = read(store, [=](Unit& unit) { return unit.intakes().find(intake.id); });
  REQUIRE(found);
  CHECK(found->bytes == intake.bytes);
  CHECK(found->draft == intake.draft);
  CHECK(found->zone == "Europe/Minsk");
  CHECK(found->file_name == "план.docx");
  CHECK(found->committed == PlanId{3});
  CHECK_FALSE(found->organisation);
  CHECK(found->created == at(0));
  CHECK(found->expires == at(100));
}

TEST_CASE("drafts are listed by account without their bytes and go when their time is over") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto one = enter_account(store, "a@example.org"), other = enter_account(store, "b@example.org");
  std::vector<IntakeId> ids;
  for (const auto& intake : {draft_of(one, 0), draft_of(one, 50), draft_of(other, 0)})
    ids.push_back(write(store, [=](Unit& unit) { return unit.intakes().insert(intake); }));
  const auto listed = read(store, [=](Unit& unit) { return unit.intakes().of_account(one); });
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].id == ids[1]);
  CHECK(listed[0].bytes.empty());
  CHECK(write(store, [=](Unit& unit) { return unit.intakes().remove_expired(at(99)); }) == 0);
  CHECK(write(store, [=](Unit& unit) { return unit.intakes().remove_expired(at(100)); }) == 2);
  CHECK(write(store, [=](Unit& unit) { return unit.intakes().remove(ids[1]); }));
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.intakes().remove(ids[1]); }));
  CHECK_FALSE(read(store, [=](Unit& unit) { return unit.intakes().find(ids[1]); }));
}

TEST_CASE("a correction takes the place of the one before it and stays in its association") {
  Fixture fixture;
  auto& store = fixture.store();
  std::vector<OrganisationId> ids;
  for (const char* name : {"Рада", "Спілка"}) {
    Organisation organisation;
    organisation.name = name;
    ids.push_back(write(store, [=](Unit& unit) { return unit.organisations().insert(organisation); }));
  }
  for (const auto& one : {correction_of(ids[0], CorrectedField::kind, "meeting"),
                          correction_of(ids[0], CorrectedField::kind, "seminar"),
                          correction_of(ids[0], CorrectedField::period, "травень"),
                          correction_of(ids[1], CorrectedField::kind, "task")})
    write(store, [=](Unit& unit) { return unit.corrections().save(one), true; });
  const auto kept = read(store, [=](Unit& unit) { return unit.corrections().list(ids[0]); });
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].field == CorrectedField::kind);
  CHECK(kept[0].value == "seminar");
  CHECK(kept[1].value == "травень");
  CHECK(write(store,
              [=](Unit& unit) { return unit.corrections().remove(ids[0], CorrectedField::kind, "нарада"); }));
  CHECK(read(store, [=](Unit& unit) { return unit.corrections().list(ids[0]); }).size() == 1);
  CHECK(read(store, [=](Unit& unit) { return unit.corrections().list(ids[1]); }).size() == 1);
}

}  // namespace convoke::tests
