// Rules of reminders as every backend keeps them.
#include "tests/db/store_contract.hpp"

using namespace convoke;
using namespace convoke::tests;
using db::Unit;

namespace {

ReminderRules full_set(OrganisationId organisation) {
  ReminderRules set;
  set.scope.organisation = organisation;
  set.scope.kind = EventKind::seminar;
  set.rules = {{"own.9d", Applies::recurring_rare, Anchor::middle, -9, true, std::chrono::hours{17},
                ReminderReason::deadline, Tells::section_head},
               {"own.late", Applies::deadline, Anchor::end, 5, false, TimeOfDay{1}, ReminderReason::overdue,
                Tells::chair}};
  set.quiet_from = std::chrono::hours{20};
  set.quiet_to = TimeOfDay{0};
  set.on_days_off = true;
  set.country = "BY";
  return set;
}

OrganisationId organisation(Fixture& fixture) {
  return write(fixture.store(), [](Unit& unit) {
    Organisation one;
    one.name = "Об'єднання";
    return unit.organisations().insert(one);
  });
}

std::vector<ReminderRules> all(Fixture& fixture) {
  return read(fixture.store(), [](Unit& unit) { return unit.rule_sets().list(); });
}

}  // namespace

TEST_CASE("a set of rules comes back as it was stored") {
  Fixture fixture;
  auto set = full_set(organisation(fixture));
  set.id = write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().save(set); });
  CHECK(all(fixture) == std::vector<ReminderRules>{set});
  CHECK(read(fixture.store(), [=](Unit& unit) { return unit.rule_sets().find(set.id); }) == set);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.rule_sets().find(RuleSetId{99}); }));
}

TEST_CASE("there is one set of rules for a scope and another for each other scope") {
  Fixture fixture;
  const auto ours = organisation(fixture);
  auto set = full_set(ours);
  const auto first = write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().save(set); });
  set.rules.clear();
  set.country.clear();
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().save(set); }) == first);
  set.id = first;
  CHECK(all(fixture) == std::vector<ReminderRules>{set});
  for (auto change : {+[](RuleScope& scope) { scope.kind.reset(); },
                      +[](RuleScope& scope) { scope.kind = EventKind::meeting; },
                      +[](RuleScope& scope) { scope.organisation = {}; }}) {
    auto other = set;
    change(other.scope);
    CHECK(write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().save(other); }) != first);
  }
  CHECK(all(fixture).size() == 4);
}

TEST_CASE("a set of rules that is removed is gone and both stand in the change log") {
  Fixture fixture;
  const auto set = full_set(organisation(fixture));
  const auto id = write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().save(set); });
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().remove(id); }));
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.rule_sets().remove(id); }));
  CHECK(all(fixture).empty());
  const auto log =
      read(fixture.store(), [=](Unit& unit) { return unit.changes().of_entity("rule_set", id.value); });
  REQUIRE(log.size() == 2);
  CHECK(log[0].action == "update");
  CHECK(log[1].action == "remove");
}
