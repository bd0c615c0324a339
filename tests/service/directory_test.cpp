// Keeping the directory, and the list of those whom no mail reaches.
#include "service/directory.hpp"

#include "service/people.hpp"
#include "service/unreachable.hpp"
#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const Keeper keeper{editor, {}};

Keeper keeper_of_one(OrganisationId organisation) {
  return {Actor("account:7", Role::editor), organisation};
}

template<class T>
T good(Deferred<T> deferred) {
  auto result = std::move(deferred).wait();
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

template<class T>
Errc refusal(Deferred<T> deferred) {
  const auto result = std::move(deferred).wait();
  REQUIRE_FALSE(result);
  return result.error().code;
}

Person enter(Fixture& fixture, const std::string& name, const std::string& email = "",
             OrganisationId organisation = {}) {
  PersonChange person;
  person.name = name;
  person.email = email;
  person.organisation = organisation;
  return good(save_person(fixture.context, editor, person));
}

OrganisationId enter_organisation(Fixture& fixture, const std::string& name) {
  return fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [=](db::Unit& unit) {
               Organisation organisation;
               organisation.name = name;
               return unit.organisations().insert(organisation);
             })
      .wait()
      .value();
}

Roster office(Fixture& fixture, const std::string& name, const Keeper& by = keeper) {
  Roster roster;
  roster.name = name;
  return good(save_roster(fixture.context, by, roster));
}

NewTenure tenure(const std::string& who, std::optional<Date> first = {}, std::optional<Date> last = {}) {
  NewTenure one;
  one.person.who = who;
  one.first = first;
  one.last = last;
  return one;
}

Date day(unsigned number) {
  return make_date(2026, 9, number);
}

std::vector<UnreachableRow> unreachable(Fixture& fixture, const Keeper& by = keeper) {
  return good(list_unreachable(fixture.context, by));
}

std::vector<std::string> keys(const std::vector<UnreachableRow>& rows) {
  std::vector<std::string> all;
  for (const auto& row : rows) all.push_back(row.key);
  std::sort(all.begin(), all.end());
  return all;
}

UnreachableRow row_of(const std::vector<UnreachableRow>& rows, const std::string& key) {
  for (const auto& row : rows)
    if (row.key == key) return row;
  FAIL("no row " + key);
  return {};
}

}  // namespace

TEST_CASE("a successor takes an office over and the days meet") {
  Fixture fixture;
  enter(fixture, "Калина О.П.");
  enter(fixture, "Явір С.М.");
  const auto made = office(fixture, "  голова   ради ");
  CHECK(made.name == "голова ради");
  good(add_tenure(fixture.context, keeper, made.id, tenure("Калина О.П.")));
  auto next = tenure("С.М. Явір", day(10));
  next.succeeds = true;
  const auto after = good(add_tenure(fixture.context, keeper, made.id, next));
  REQUIRE(after.tenures.size() == 2);
  CHECK(after.tenures[0].last == day(9));
  CHECK(after.tenures[1].first == day(10));
  CHECK_FALSE(after.tenures[1].last);
  // Somebody else begins on that very day instead: who was to begin then never did.
  enter(fixture, "Верба Н.І.");
  auto instead = tenure("Верба Н.І.", day(10));
  instead.succeeds = true;
  const auto last = good(add_tenure(fixture.context, keeper, made.id, instead));
  REQUIRE(last.tenures.size() == 2);
  CHECK(last.tenures[0].last == day(9));
  CHECK(fixture.wakes > 0);
}

TEST_CASE("what is wrong with an office or its holders is refused by name") {
  Fixture fixture;
  enter(fixture, "Калина О.П.");
  const auto made = office(fixture, "Голова");
  Roster again;
  again.name = "голова";
  CHECK(refusal(save_roster(fixture.context, keeper, again)) == Errc::conflict);
  again.name = " ";
  CHECK(refusal(save_roster(fixture.context, keeper, again)) == Errc::invalid_input);
  again.name = std::string(201, 'a');
  CHECK(refusal(save_roster(fixture.context, keeper, again)) == Errc::limit_exceeded);
  again.name = std::string(200, 'a');
  CHECK(good(save_roster(fixture.context, keeper, again)).name.size() == 200);
  again.id = RosterId{99};
  CHECK(refusal(save_roster(fixture.context, keeper, again)) == Errc::not_found);
  const auto add = [&](NewTenure one) {
    return add_tenure(fixture.context, keeper, made.id, std::move(one));
  };
  CHECK(refusal(add(tenure("Ніхто Н.Н."))) == Errc::not_found);
  CHECK(refusal(add(tenure("Калина О.П.", day(2), day(1)))) == Errc::invalid_input);
  auto successor = tenure("Калина О.П.");
  successor.succeeds = true;
  CHECK(refusal(add(successor)) == Errc::invalid_input);
  CHECK(good(add(tenure("Калина О.П.", day(2), day(2)))).tenures.size() == 1);
  CHECK(refusal(end_tenure(fixture.context, keeper, made.id, 0, PersonId{77}, day(3))) == Errc::conflict);
  const auto person = all_people(fixture).front().id;
  CHECK(refusal(end_tenure(fixture.context, keeper, made.id, 1, person, day(3))) == Errc::conflict);
  CHECK(refusal(end_tenure(fixture.context, keeper, made.id, 0, person, day(1))) == Errc::invalid_input);
  CHECK(good(end_tenure(fixture.context, keeper, made.id, 0, person, day(5))).tenures[0].last == day(5));
  CHECK(good(end_tenure(fixture.context, keeper, made.id, 0, person, {})).tenures.empty());
  CHECK(good(remove_roster(fixture.context, keeper, made.id)));
  CHECK(refusal(remove_roster(fixture.context, keeper, made.id)) == Errc::not_found);
}

TEST_CASE("an office has so many holders and no more") {
  Fixture fixture;
  const auto person = enter(fixture, "Калина О.П.");
  Roster roster;
  roster.name = "Журі";
  roster.tenures.assign(most_tenures, Tenure{person.id, {}, {}});
  const auto made = good(save_roster(fixture.context, keeper, roster));
  CHECK(refusal(add_tenure(fixture.context, keeper, made.id, tenure("Калина О.П."))) == Errc::limit_exceeded);
}

TEST_CASE("a namesake is chosen by the number behind the name") {
  Fixture fixture;
  const auto one = enter_organisation(fixture, "Одна громада"),
             two = enter_organisation(fixture, "Інша громада");
  enter(fixture, "Мороз Т.В.", "", one);
  const auto second = enter(fixture, "Мороз Т.В.", "", two);
  const auto made = office(fixture, "Голова");
  CHECK(refusal(add_tenure(fixture.context, keeper, made.id, tenure("Мороз Т.В."))) == Errc::conflict);
  const auto chosen = "Мороз Т.В. #" + std::to_string(second.id.value);
  CHECK(good(add_tenure(fixture.context, keeper, made.id, tenure(chosen))).tenures[0].person == second.id);
  CHECK(refusal(add_tenure(fixture.context, keeper, made.id, tenure("Мороз Т.В. #99"))) == Errc::not_found);
}

TEST_CASE("leave has its days in order and a deputy who is somebody else") {
  Fixture fixture;
  const auto person = enter(fixture, "Калина О.П."), deputy = enter(fixture, "Явір С.М.");
  NewAbsence leave;
  leave.person.id = person.id;
  leave.first = day(1);
  leave.last = day(14);
  leave.deputy.who = "Явір С. М.";
  const auto added = good(add_absence(fixture.context, keeper, leave));
  CHECK(added.deputy == deputy.id);
  leave.deputy = PersonChoice{person.id, ""};
  CHECK(refusal(add_absence(fixture.context, keeper, leave)) == Errc::invalid_input);
  leave.deputy = {};
  leave.last = add_days(leave.first, -1);
  CHECK(refusal(add_absence(fixture.context, keeper, leave)) == Errc::invalid_input);
  leave.last = add_days(leave.first, longest_absence);
  CHECK(refusal(add_absence(fixture.context, keeper, leave)) == Errc::invalid_input);
  leave.last = add_days(leave.first, longest_absence - 1);
  CHECK(good(change_absence(fixture.context, keeper, added.id, leave)).deputy == PersonId{});
  const auto view = good(view_directory(fixture.context, keeper));
  REQUIRE(view.absences.size() == 1);
  CHECK(view.absences[0].last == leave.last);
  CHECK(view.find(person.id)->away);
  CHECK_FALSE(view.find(deputy.id)->away);
  CHECK(refusal(change_absence(fixture.context, keeper, AbsenceId{9}, leave)) == Errc::not_found);
  CHECK(good(remove_absence(fixture.context, keeper, added.id)));
  CHECK(refusal(remove_absence(fixture.context, keeper, added.id)) == Errc::not_found);
}

TEST_CASE("another association's people and offices and leave are unknown to an organiser") {
  Fixture fixture;
  const auto ours = enter_organisation(fixture, "Наша громада"),
             theirs = enter_organisation(fixture, "Інша громада");
  const auto us = keeper_of_one(ours);
  const auto mine = enter(fixture, "Калина О.П.", "", ours), shared = enter(fixture, "Верба Н.І."),
             foreign = enter(fixture, "Явір С.М.", "yavir@example.org", theirs);
  const auto their_office = office(fixture, "Голова", keeper_of_one(theirs));
  CHECK(their_office.organisation == theirs);
  NewAbsence leave;
  leave.person.id = foreign.id;
  leave.first = leave.last = day(1);
  const auto their_leave = good(add_absence(fixture.context, keeper, leave));

  const auto view = good(view_directory(fixture.context, us));
  CHECK(view.people.size() == 2);
  CHECK(view.rosters.empty());
  CHECK(view.absences.empty());
  CHECK(refusal(change_person(fixture.context, us, foreign.id, {})) == Errc::not_found);
  CHECK(good(change_person(fixture.context, us, shared.id, {})).name == "Верба Н.І.");
  CHECK(refusal(add_absence(fixture.context, us, leave)) == Errc::not_found);
  CHECK(refusal(remove_absence(fixture.context, us, their_leave.id)) == Errc::not_found);
  leave.person.id = mine.id;
  leave.deputy.who = "Явір С.М.";
  CHECK(refusal(add_absence(fixture.context, us, leave)) == Errc::not_found);
  CHECK(refusal(add_tenure(fixture.context, us, their_office.id, tenure("Калина О.П."))) == Errc::not_found);
  CHECK(refusal(remove_roster(fixture.context, us, their_office.id)) == Errc::not_found);
  Roster roster;
  roster.name = "Голова";
  roster.organisation = theirs;
  CHECK(good(save_roster(fixture.context, us, roster)).organisation == ours);  // one's own name is free
}

TEST_CASE("looking takes a reader and changing an editor") {
  Fixture fixture;
  const Keeper reader{Actor("token:1", Role::reader), {}}, stranger{Actor(), {}};
  CHECK(good(view_directory(fixture.context, reader)).people.empty());
  CHECK(refusal(view_directory(fixture.context, stranger)) == Errc::forbidden);
  CHECK(refusal(list_unreachable(fixture.context, stranger)) == Errc::forbidden);
  CHECK(refusal(save_roster(fixture.context, reader, Roster())) == Errc::forbidden);
  CHECK(refusal(change_person(fixture.context, reader, PersonId{1}, {})) == Errc::forbidden);
  CHECK(refusal(mend_unreachable(fixture.context, reader, Remedy())) == Errc::forbidden);
}

TEST_CASE("a person's address and rhythm are changed and a bad address is not") {
  Fixture fixture;
  const auto person = enter(fixture, "Калина О.П.", "old@example.org");
  fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [](db::Unit& unit) {
               AddressTrouble trouble;
               trouble.address = "new@example.org";
               unit.address_troubles().mark(trouble);
               return 0;
             })
      .wait()
      .value();
  PersonPatch patch;
  patch.email = "no address";
  CHECK(refusal(change_person(fixture.context, keeper, person.id, patch)) == Errc::invalid_input);
  patch.email = " New@example.org ";
  patch.rhythm = MailRhythm::weekly;
  const auto changed = good(change_person(fixture.context, keeper, person.id, patch));
  CHECK(changed.email == "New@example.org");
  CHECK(changed.rhythm == MailRhythm::weekly);
  CHECK(changed.name == "Калина О.П.");
  auto view = good(view_directory(fixture.context, keeper));
  CHECK(view.find(person.id)->trouble == Unreached::none);  // entered again, it counts as good
  patch = {};
  patch.email = "";
  CHECK(good(change_person(fixture.context, keeper, person.id, patch)).email.empty());
  view = good(view_directory(fixture.context, keeper));
  CHECK(view.find(person.id)->trouble == Unreached::no_address);
  patch.email.reset();
  patch.name = "  ";
  CHECK(refusal(change_person(fixture.context, keeper, person.id, patch)) == Errc::invalid_input);
}

TEST_CASE("whoever no mail reaches is listed with the reason and the events") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto kalyna = all_people(fixture).at(0), yavir = all_people(fixture).at(1);
  auto rows = unreachable(fixture);
  CHECK(keys(rows) == std::vector<std::string>{"duty:chair", "person:" + std::to_string(kalyna.id.value),
                                               "person:" + std::to_string(yavir.id.value),
                                               "post:бібліотекарі"});
  CHECK(rows.front().key == "person:" + std::to_string(kalyna.id.value));  // the next one due
  const auto first = row_of(rows, rows.front().key);
  CHECK(first.why == Unreached::no_address);
  CHECK(first.name == "Калина О.П.");
  REQUIRE(first.events.size() == 2);
  CHECK(first.events[0].title == "Установче засідання");
  CHECK(row_of(rows, "post:бібліотекарі").why == Unreached::unknown_office);
  CHECK(row_of(rows, "duty:chair").why == Unreached::no_controller);

  // What is over asks nobody.
  fixture.clock.set(parse_iso_instant("2027-01-10T06:00:00Z").value());
  rows = unreachable(fixture);
  CHECK(row_of(rows, "person:" + std::to_string(kalyna.id.value)).events.size() == 1);
  CHECK(keys(rows).size() == 3);  // the round table was in November
}

TEST_CASE("a vacant chair is listed with what nobody hears of and is filled by entering somebody") {
  Fixture fixture;
  fixture.import(small_plan);
  CHECK(row_of(unreachable(fixture), "duty:chair").events.empty());
  fixture.clock.set(parse_iso_instant("2026-09-25T06:00:00Z").value());  // the day after the first meeting
  auto rows = unreachable(fixture);
  CHECK(rows.front().key == "duty:chair");
  REQUIRE(rows.front().events.size() == 1);
  CHECK(rows.front().events.front().title == "Установче засідання");
  fixture.clock.set(parse_iso_instant("2026-10-25T06:00:00Z").value());
  CHECK(row_of(unreachable(fixture), "duty:chair").events.size() == 1);
  fixture.clock.set(parse_iso_instant("2026-10-26T06:00:00Z").value());  // nobody is told of it any more
  CHECK(row_of(unreachable(fixture), "duty:chair").events.empty());

  // A chair without an address is a person to be mended.
  Roster chair;
  chair.name = "голова";
  chair.duty = Duty::chair;
  chair.organisation = all_organisations(fixture).front().id;
  chair.tenures = {{all_people(fixture).at(1).id, {}, {}}};
  good(save_roster(fixture.context, keeper, chair));
  rows = unreachable(fixture);
  CHECK(std::none_of(rows.begin(), rows.end(), [](const auto& row) { return row.key == "duty:chair"; }));
  const std::string key = "person:" + std::to_string(all_people(fixture).at(1).id.value);
  CHECK(row_of(rows, key).why == Unreached::no_address);
  Remedy remedy;
  remedy.key = key;
  remedy.organisation = chair.organisation;
  remedy.email = "chair@example.org";
  good(mend_unreachable(fixture.context, keeper, remedy));
  rows = unreachable(fixture);
  CHECK(std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.key == key; }));
}

TEST_CASE("an address entered beside the reason mends it") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto organisation = all_organisations(fixture).front().id;
  Remedy remedy;
  remedy.key = "person:" + std::to_string(all_people(fixture).at(0).id.value);
  remedy.organisation = organisation;
  remedy.email = "kalyna";
  CHECK(refusal(mend_unreachable(fixture.context, keeper, remedy)) == Errc::invalid_input);
  remedy.email = "kalyna@example.org";
  good(mend_unreachable(fixture.context, keeper, remedy));
  CHECK(keys(unreachable(fixture)).size() == 3);

  remedy.key = "post:бібліотекарі";
  remedy.office = "бібліотекарі";
  remedy.email = "verba@example.org";
  CHECK(refusal(mend_unreachable(fixture.context, keeper, remedy)) == Errc::invalid_input);  // who is it?
  remedy.name = "Верба Н.І.";
  const auto verba = good(mend_unreachable(fixture.context, keeper, remedy));
  auto view = good(view_directory(fixture.context, keeper));
  REQUIRE(view.rosters.size() == 1);
  CHECK(view.rosters[0].name == "бібліотекарі");
  CHECK(view.rosters[0].tenures == std::vector<Tenure>{{verba.id, {}, {}}});
  CHECK(keys(unreachable(fixture)).size() == 2);

  // The office falls vacant: the next holder holds it from today.
  good(end_tenure(fixture.context, keeper, view.rosters[0].id, 0, verba.id, make_date(2026, 8, 31)));
  CHECK(row_of(unreachable(fixture), "post:бібліотекарі").why == Unreached::vacant);
  remedy.name = "Липа К.К.";
  remedy.email = "lypa@example.org";
  good(mend_unreachable(fixture.context, keeper, remedy));
  view = good(view_directory(fixture.context, keeper));
  REQUIRE(view.rosters.at(0).tenures.size() == 2);
  CHECK(view.rosters[0].tenures[1].first == make_date(2026, 9, 1));
  CHECK(keys(unreachable(fixture)).size() == 2);

  remedy.key = "duty:chair";
  CHECK(refusal(mend_unreachable(fixture.context, keeper, remedy)) == Errc::not_found);
}

TEST_CASE("a post of a house that nobody has entered is mended at home") {
  Fixture fixture;
  fixture.import(with(small_plan, "бібліотекарі\n", "директор, Центр культури «Ріка»\n"));
  const auto rows = unreachable(fixture);
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [](const auto& row) { return row.key.starts_with("post:директор"); });
  REQUIRE(found != rows.end());
  CAPTURE(found->key, found->name);
  Remedy remedy;
  remedy.key = found->key;
  remedy.organisation = found->organisation;
  remedy.office = found->name;
  remedy.name = "Річний Р.Р.";
  remedy.email = "richnyi@example.org";
  good(mend_unreachable(fixture.context, keeper, remedy));
  CHECK(unreachable(fixture).size() == rows.size() - 1);
}

TEST_CASE("a member of a group whom no mail reaches is listed though others are reached") {
  Fixture fixture;
  fixture.import(small_plan);
  Roster group;
  group.name = "бібліотекарі";
  group.kind = RosterKind::group;
  const auto verba = enter(fixture, "Верба Н.І."), lypa = enter(fixture, "Липа К.К.", "lypa@example.org");
  group.tenures = {{verba.id, {}, {}}, {lypa.id, {}, {}}};
  good(save_roster(fixture.context, keeper, group));
  const auto row = row_of(unreachable(fixture), "person:" + std::to_string(verba.id.value));
  CHECK(row.others_reached);
  CHECK(row.events.size() == 1);
}
