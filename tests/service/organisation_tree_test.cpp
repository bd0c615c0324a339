// Organisations as a tree, and whose things an organiser sees by it.
#include "service/organisation_tree.hpp"

#include "service/account_desk.hpp"
#include "service/control.hpp"
#include "service/directory.hpp"
#include "service/events.hpp"
#include "service/tokens.hpp"
#include "tests/service/account_fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Tree : AccountFixture {
  OrganisationId region, district, library, other;

  Tree() {
    region = entered("Область", {}, Tier::region);
    district = entered("Луговий район", region, Tier::district);
    library = entered("Бібліотека села Вільхове", district, Tier::library);
    other = entered("Гірський район", {}, Tier::association);
  }
  OrganisationId entered(const std::string& name, OrganisationId parent, Tier tier) {
    OrganisationPatch entry;
    entry.name = name;
    entry.parent = parent;
    entry.tier = tier;
    const auto stored = add_organisation(context, editor, entry).wait();
    if (!stored) FAIL(stored.error().message);
    return stored->id;
  }
  Result<Organisation> moves(OrganisationId id, OrganisationId under) {
    OrganisationPatch patch;
    patch.parent = under;
    return change_organisation(context, editor, id, patch).wait();
  }
  SignedIn organiser(OrganisationId of, const std::string& login) {
    NewAccount wanted;
    wanted.login = login;
    wanted.name = "Hanna";
    wanted.password = good_password;
    wanted.role = AccountRole::organiser;
    if (of) wanted.organisation = std::to_string(of.value);
    add(wanted);
    return signs_in(login).who;
  }
  EventId event_of(OrganisationId organisation) {
    NewEvent wanted;
    wanted.title = "Семінар";
    wanted.organisation = organisation;
    const auto stored = create_event(context, editor, wanted).wait();
    if (!stored) FAIL(stored.error().message);
    return stored->id;
  }
  Result<Event> renames(const Actor& actor, EventId event) {
    EventChange change;
    change.title = "Інша назва";
    return change_event(context, actor, event, change).wait();
  }
};

Errc code_of(const auto& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("organisations stand below each other and those of one parent by name") {
  Tree tree;
  const auto rows = organisation_tree(tree.context, editor).wait().value();
  std::vector<std::pair<std::string, int>> seen;
  for (const auto& row : rows) seen.emplace_back(row.organisation.name, row.depth);
  CHECK(seen ==
        std::vector<std::pair<std::string, int>>{
            {"Гірський район", 0}, {"Область", 0}, {"Луговий район", 1}, {"Бібліотека села Вільхове", 2}});
  CHECK(rows[3].organisation.tier == Tier::library);
  CHECK(code_of(organisation_tree(tree.context, Actor("token:1", Role::reader)).wait()) == Errc::forbidden);
}

TEST_CASE("an organisation is moved but never below itself") {
  Tree tree;
  CHECK(code_of(tree.moves(tree.region, tree.library)) == Errc::conflict);
  CHECK(code_of(tree.moves(tree.region, tree.region)) == Errc::conflict);
  CHECK(code_of(tree.moves(tree.region, OrganisationId{99})) == Errc::not_found);
  CHECK(code_of(tree.moves(OrganisationId{99}, {})) == Errc::not_found);
  CHECK(tree.moves(tree.library, tree.other));
  CHECK(tree.moves(tree.library, {})->parent == OrganisationId{});
  CHECK(tree.moves(tree.region, tree.library));
}

TEST_CASE("a tree is at most eight organisations deep also when a part of it is moved") {
  Tree tree;
  OrganisationId last;
  for (int i = 0; i < deepest_tree; ++i)
    last = tree.entered("Рівень " + std::to_string(i), last, Tier::association);
  OrganisationPatch one_more;
  one_more.name = "Ще один";
  one_more.parent = last;
  CHECK(code_of(add_organisation(tree.context, editor, one_more).wait()) == Errc::limit_exceeded);
  const auto second =
      tree.context.store
          .read([](db::Unit& unit) { return unit.organisations().find_by_name("Рівень 1")->id; })
          .wait()
          .value();
  CHECK(tree.moves(second, tree.other));                                      // 1 + 7
  CHECK(code_of(tree.moves(second, tree.district)) == Errc::limit_exceeded);  // 2 + 7
}

TEST_CASE("what is wrong with an organisation is said") {
  Tree tree;
  OrganisationPatch patch;
  patch.name = " \t";
  CHECK(code_of(add_organisation(tree.context, editor, patch).wait()) == Errc::invalid_input);
  patch.name = "ГІРСЬКИЙ  район";
  CHECK(code_of(add_organisation(tree.context, editor, patch).wait()) == Errc::conflict);
  patch.name = std::string(201, 'x');
  CHECK(code_of(add_organisation(tree.context, editor, patch).wait()) == Errc::limit_exceeded);
  patch.name = "Нова";
  patch.zone = "Mars/Olympus";
  CHECK(code_of(add_organisation(tree.context, editor, patch).wait()) == Errc::invalid_input);
  patch.zone = "Europe/Minsk";
  CHECK(add_organisation(tree.context, editor, patch).wait());
  CHECK(code_of(add_organisation(tree.context, Actor("x", Role::reader), patch).wait()) == Errc::forbidden);
}

TEST_CASE("an organiser of a region sees what lies below it and nobody beside") {
  Tree tree;
  const auto above = tree.organiser(tree.region, "r@example.org");
  const auto below = tree.organiser(tree.library, "l@example.org");
  const auto beside = tree.organiser(tree.other, "b@example.org");
  CHECK(above.reach == std::vector<OrganisationId>{tree.region, tree.district, tree.library});
  CHECK(below.reach == std::vector<OrganisationId>{tree.library});
  CHECK(reaches(above, tree.library));
  CHECK(reaches(above, {}));
  CHECK_FALSE(reaches(below, tree.district));
  CHECK_FALSE(reaches(beside, tree.library));
  const auto event = tree.event_of(tree.library);
  CHECK(code_of(tree.renames(actor_of(beside), event)) == Errc::not_found);
  CHECK(tree.renames(actor_of(above), event));
  CHECK(tree.renames(actor_of(below), event));
  CHECK(code_of(remove_event(tree.context, actor_of(beside), event, {}).wait()) == Errc::not_found);
  // Moved away, it is no longer hers; sessions follow at once.
  REQUIRE(tree.moves(tree.district, tree.other));
  const auto session = tree.signs_in("r@example.org");
  CHECK(session_of(tree.context, session.cookie).wait()->reach == std::vector<OrganisationId>{tree.region});
}

TEST_CASE("control shows an organiser the plans of what lies below her association") {
  Tree tree;
  tree.import(small_plan);
  const auto own = all_organisations(tree).back();
  const auto plans_of = [&tree](OrganisationId within) {
    return control_of(tree.context, within, {}).wait().value().plans.size();
  };
  CHECK(plans_of({}) == 1);
  CHECK(plans_of(own.id) == 1);
  CHECK(plans_of(tree.region) == 0);
  REQUIRE(tree.moves(own.id, tree.district));
  CHECK(plans_of(tree.region) == 1);
  CHECK(plans_of(tree.district) == 1);
  CHECK(plans_of(tree.library) == 0);
  CHECK(plans_of(tree.other) == 0);
}

TEST_CASE("a key of a person does what its owner may and ends with the role") {
  Tree tree;
  const auto who = tree.organiser(tree.district, "d@example.org");
  const auto issued = add_own_token(tree.context, who, "Таблиця", "write").wait();
  REQUIRE(issued);
  const auto reading = add_own_token(tree.context, who, "Читання", "read").wait();
  const auto actor = authenticate(tree.context, issued->token).wait();
  REQUIRE(actor);
  CHECK(actor->role == Role::editor);
  CHECK(actor->organisation == tree.district);
  CHECK(authenticate(tree.context, reading->token).wait()->role == Role::reader);
  const auto own = tree.event_of(tree.library), foreign = tree.event_of(tree.other);
  CHECK(tree.renames(*actor, own));
  CHECK(code_of(tree.renames(*actor, foreign)) == Errc::not_found);
  NewEvent fresh;
  fresh.title = "Нова подія";
  CHECK(create_event(tree.context, *actor, fresh).wait()->organisation == tree.district);
  fresh.organisation = tree.other;
  CHECK(code_of(create_event(tree.context, *actor, fresh).wait()) == Errc::not_found);
  // When it was used last is known to the minute.
  tree.let_writes_end();
  CHECK(tokens_of(tree.context, who.account).wait()->back().last_used == tree.clock.now());
  // Another person's key is not hers to revoke.
  const auto stranger = tree.organiser(tree.other, "o@example.org");
  CHECK(code_of(revoke_own_token(tree.context, stranger, issued->id).wait()) == Errc::not_found);
  CHECK(revoke_own_token(tree.context, who, reading->id).wait());
  CHECK(code_of(authenticate(tree.context, reading->token).wait()) == Errc::unauthenticated);
  CHECK(code_of(revoke_own_token(tree.context, who, reading->id).wait()) == Errc::not_found);

  AccountChange change;
  change.role = AccountRole::member;
  REQUIRE(change_account(tree.context, editor, "d@example.org", change).wait());
  CHECK(code_of(authenticate(tree.context, issued->token).wait()) == Errc::unauthenticated);
  change.role = AccountRole::organiser;
  REQUIRE(change_account(tree.context, editor, "d@example.org", change).wait());
  CHECK(code_of(authenticate(tree.context, issued->token).wait()) == Errc::unauthenticated);  // for good
}

TEST_CASE("a person has at most twenty keys in force and members have none") {
  Tree tree;
  const auto who = tree.organiser({}, "d@example.org");
  CHECK(code_of(add_own_token(tree.context, who, "", "read").wait()) == Errc::invalid_input);
  CHECK(code_of(add_own_token(tree.context, who, std::string(101, 'x'), "read").wait()) ==
        Errc::invalid_input);
  CHECK(code_of(add_own_token(tree.context, who, "x", "all").wait()) == Errc::invalid_input);
  std::int64_t last = 0;
  for (std::size_t i = 0; i < most_own_tokens; ++i)
    last = add_own_token(tree.context, who, "x", "read").wait().value().id;
  CHECK(code_of(add_own_token(tree.context, who, "x", "read").wait()) == Errc::limit_exceeded);
  REQUIRE(revoke_own_token(tree.context, who, last).wait());
  CHECK(add_own_token(tree.context, who, "x", "read").wait());
  tree.add("m@example.org");
  CHECK(code_of(add_own_token(tree.context, tree.signs_in("m@example.org").who, "x", "read").wait()) ==
        Errc::forbidden);
}
