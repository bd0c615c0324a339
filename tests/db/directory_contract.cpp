// What stands behind offices and groups, leave, addresses in trouble, secrets, and a person's address and
// rhythm.
#include "tests/db/store_contract.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

PersonId enter(db::Store& store, const std::string& name, const std::string& email = "") {
  Person person;
  person.name = name;
  person.email = email;
  return write(store, [=](Unit& unit) { return unit.people().insert(person); });
}

Roster council(const std::vector<PersonId>& people) {
  Roster roster;
  roster.kind = RosterKind::group;
  roster.name = "Рада об'єднання";
  roster.duty = Duty::section_head;
  roster.section = "Методична робота";
  roster.tenures = {{people.at(0), make_date(2026, 1, 1), make_date(2026, 1, 1)},
                    {people.at(1), std::nullopt, make_date(2026, 5, 31)},
                    {people.at(0), make_date(2026, 6, 1), std::nullopt},
                    {people.at(1), std::nullopt, std::nullopt}};
  return roster;
}

std::vector<std::string> actions(db::Store& store, const std::string& entity, std::int64_t id) {
  const auto changes = read(store, [=](Unit& unit) { return unit.changes().of_entity(entity, id); });
  std::vector<std::string> all;
  for (const auto& change : changes) all.push_back(change.action);
  return all;
}

}  // namespace

TEST_CASE("an office comes back with every tenure in its order") {
  Fixture fixture;
  auto& store = fixture.store();
  const std::vector people{enter(store, "Калина О.П."), enter(store, "Явір С.М.")};
  auto roster = council(people);
  Organisation organisation;
  organisation.name = "Рада";
  roster.organisation = write(store, [=](Unit& unit) { return unit.organisations().insert(organisation); });
  roster.id = write(store, [=](Unit& unit) { return unit.rosters().save(roster); });
  Roster office;
  office.name = "Голова";
  office.duty = Duty::chair;
  office.id = write(store, [=](Unit& unit) { return unit.rosters().save(office); });
  CHECK(roster.id != office.id);
  CHECK(read(store, [=](Unit& unit) { return unit.rosters().find(roster.id); }) == roster);
  CHECK(read(store, [](Unit& unit) { return unit.rosters().list(); }) == std::vector{roster, office});
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.rosters().find(RosterId{99}); }));
}

TEST_CASE("a changed office is replaced whole and a removed one is gone with its tenures") {
  Fixture fixture;
  auto& store = fixture.store();
  const std::vector people{enter(store, "Калина О.П."), enter(store, "Явір С.М.")};
  auto roster = council(people);
  roster.id = write(store, [=](Unit& unit) { return unit.rosters().save(roster); });
  roster.name = "Правління";
  roster.kind = RosterKind::office;
  roster.tenures = {{people[1], make_date(2027, 1, 1), std::nullopt}};
  CHECK(write(store, [=](Unit& unit) { return unit.rosters().save(roster); }) == roster.id);
  CHECK(read(store, [](Unit& unit) { return unit.rosters().list(); }) == std::vector{roster});
  CHECK(write(store, [=](Unit& unit) { return unit.rosters().remove(roster.id); }));
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.rosters().remove(roster.id); }));
  CHECK(read(store, [](Unit& unit) { return unit.rosters().list(); }).empty());
  CHECK(actions(store, "roster", roster.id.value) == std::vector<std::string>{"insert", "update", "remove"});
}

TEST_CASE("leave is listed by its first day and changed and removed") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto one = enter(store, "Калина О.П."), two = enter(store, "Явір С.М.");
  Absence late{{}, one, make_date(2026, 7, 1), make_date(2026, 7, 1), {}},
      early{{}, two, make_date(2026, 6, 1), make_date(2026, 7, 14), one};
  late.id = write(store, [=](Unit& unit) { return unit.absences().insert(late); });
  early.id = write(store, [=](Unit& unit) { return unit.absences().insert(early); });
  CHECK(read(store, [](Unit& unit) { return unit.absences().list(); }) == std::vector{early, late});
  late.first = make_date(2026, 5, 1);
  late.deputy = two;
  write(store, [=](Unit& unit) { return unit.absences().update(late), 0; });
  CHECK(read(store, [](Unit& unit) { return unit.absences().list(); }) == std::vector{late, early});
  CHECK(write(store, [=](Unit& unit) { return unit.absences().remove(late.id); }));
  CHECK_FALSE(write(store, [=](Unit& unit) { return unit.absences().remove(late.id); }));
  CHECK(read(store, [](Unit& unit) { return unit.absences().list(); }) == std::vector{early});
  CHECK(actions(store, "absence", late.id.value) == std::vector<std::string>{"insert", "update", "remove"});
}

TEST_CASE("the newest trouble of an address stays and is found in any case until it is cleared") {
  Fixture fixture;
  auto& store = fixture.store();
  const AddressTrouble old{"olena@example.org", at(1), "4.2.2", "mailbox full"},
      now{"olena@example.org", at(9), "5.1.1", "no such user"},
      other{"a@example.org", at(3), "5.7.1", "refused"};
  write(store, [=](Unit& unit) {
    unit.address_troubles().mark(old);
    unit.address_troubles().mark(now);
    unit.address_troubles().mark(other);
    return 0;
  });
  CHECK(read(store, [](Unit& unit) { return unit.address_troubles().find("Olena@Example.ORG"); }) == now);
  CHECK(read(store, [](Unit& unit) { return unit.address_troubles().list(); }) == std::vector{other, now});
  CHECK(write(store, [](Unit& unit) { return unit.address_troubles().clear("OLENA@example.org"); }));
  CHECK_FALSE(write(store, [](Unit& unit) { return unit.address_troubles().clear("olena@example.org"); }));
  CHECK(read(store, [](Unit& unit) { return unit.address_troubles().list(); }) == std::vector{other});
}

TEST_CASE("a secret is kept as it was first stored") {
  Fixture fixture;
  auto& store = fixture.store();
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.secrets().find("links"); }));
  CHECK(write(store, [](Unit& unit) { return unit.secrets().keep("links", "first"); }) == "first");
  CHECK(write(store, [](Unit& unit) { return unit.secrets().keep("links", "second"); }) == "first");
  CHECK(read(store, [](Unit& unit) { return unit.secrets().find("links"); }) == "first");
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.secrets().find("other"); }));
}

TEST_CASE("people are found by their address in any case and nobody by an empty one") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto one = enter(store, "Калина О.П.", "Library@Example.org"), two = enter(store, "Явір С.М."),
             three = enter(store, "Верба Н.І.", "library@example.ORG");
  const auto found = [&](const std::string& email) {
    std::vector<PersonId> ids;
    for (const auto& person : read(store, [=](Unit& unit) { return unit.people().find_by_address(email); }))
      ids.push_back(person.id);
    return ids;
  };
  CHECK(found("library@example.org") == std::vector{one, three});
  CHECK(found("library@example.or").empty());
  CHECK(found("").empty());
  CHECK(two != one);
}

TEST_CASE("how mails are gathered for a person is stored with them") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto id = enter(store, "Калина О.П.");
  const auto stored = [&] { return *read(store, [=](Unit& unit) { return unit.people().find(id); }); };
  CHECK(stored().rhythm == MailRhythm::each);
  for (const auto rhythm : {MailRhythm::weekly, MailRhythm::daily, MailRhythm::each}) {
    auto person = stored();
    person.rhythm = rhythm;
    write(store, [=](Unit& unit) { return unit.people().update(person), 0; });
    CHECK(stored().rhythm == rhythm);
  }
}

}  // namespace convoke::tests
