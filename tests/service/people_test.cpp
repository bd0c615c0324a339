// The directory: languages that nobody gave, and names that two associations share.
#include "service/people.hpp"

#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

PeopleSummary import_csv(Fixture& fixture, const std::string& csv) {
  const auto summary = import_people(fixture.context, editor, csv).wait();
  if (!summary) FAIL(summary.error().message);
  return *summary;
}

OrganisationId enter(Fixture& fixture, const std::string& name, Language language = Language::uk) {
  return fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [=](db::Unit& unit) {
               Organisation organisation;
               organisation.name = name;
               organisation.language = language;
               return unit.organisations().insert(organisation);
             })
      .wait()
      .value();
}

Person enter(Fixture& fixture, const std::string& name, OrganisationId organisation,
             const std::string& email) {
  Person person;
  person.name = name;
  person.organisation = organisation;
  person.email = email;
  person.language = Language::be;
  const auto saved = save_person(fixture.context, editor, person).wait();
  if (!saved) FAIL(saved.error().message);
  return *saved;
}

std::string other_plan() {
  return with(small_plan, "Вишневої громади", "Зоряної громади");
}

}  // namespace

TEST_CASE("a table without languages leaves everybody's language as it was") {
  Fixture fixture;
  enter(fixture, "Рада", Language::ru);
  enter(fixture, "Калина О.П.", {}, "");
  import_csv(fixture, "name;email\nКалина О.П.;kalyna@example.org\nЯвір С.М.;yavir@example.org\n");
  const auto people = all_people(fixture);
  REQUIRE(people.size() == 2);
  CHECK(people[0].email == "kalyna@example.org");
  CHECK(people[0].language == Language::be);
  CHECK(people[1].language == Language::ru);  // the only association's
}

TEST_CASE("an empty or unknown language in a table changes nobody's language") {
  Fixture fixture;
  enter(fixture, "Калина О.П.", {}, "");
  const auto summary =
      import_csv(fixture, "name;language\nКалина О.П.;\nКалина О.П.;jp\nЯвір С.М.;en\nВерба Т.І.;\n");
  const auto people = all_people(fixture);
  REQUIRE(people.size() == 3);
  CHECK(people[0].language == Language::be);
  CHECK(people[1].language == Language::en);
  CHECK(people[2].language == Language::uk);
  CHECK(has_warning(summary.warnings, "line 3: the language 'jp'"));
}

TEST_CASE("a person saved without a language keeps the one that is known") {
  Fixture fixture;
  enter(fixture, "Калина О.П.", {}, "");
  PersonChange change;
  change.name = "Калина О. П.";
  change.post = "голова";
  const auto saved = save_person(fixture.context, editor, change).wait();
  REQUIRE(saved);
  CHECK(saved->language == Language::be);
  CHECK(saved->post == "голова");
}

TEST_CASE("a plan is never linked to a namesake in another association") {
  Fixture fixture;
  const auto stranger = enter(fixture, "Явір С.М.", enter(fixture, "Інша рада"), "stranger@example.org");
  const auto summary = fixture.import(small_plan);
  const auto event = event_called(fixture, "Круглий стіл «Книга в дорозі»");
  REQUIRE(event.responsible.size() == 1);
  CHECK(event.responsible[0].person);
  CHECK(event.responsible[0].person != stranger.id);
  CHECK(has_warning(summary.warnings, "Явір С.М. of another organisation is known"));
}

TEST_CASE("a person of no association stands behind the name in any") {
  Fixture fixture;
  const auto person = enter(fixture, "Явір С.М.", {}, "yavir@example.org");
  fixture.import(small_plan);
  CHECK(event_called(fixture, "Круглий стіл «Книга в дорозі»").responsible.at(0).person == person.id);
}

TEST_CASE("an address for a namesake elsewhere is not linked to events that wait for one") {
  Fixture fixture;
  fixture.import(small_plan);
  const auto unlinked = event_called(fixture, "Круглий стіл «Книга в дорозі»");
  fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [=](db::Unit& unit) {
               auto event = unlinked;
               event.responsible[0] = {{}, "Сосна Я.Р.", "", ""};
               unit.events().update(event);
               return 0;
             })
      .wait()
      .value();
  enter(fixture, "Сосна Я.Р.", enter(fixture, "Інша рада"), "stranger@example.org");
  CHECK_FALSE(event_called(fixture, unlinked.title).responsible[0].person);
  const auto own = enter(fixture, "Сосна Я.Р.", unlinked.organisation, "own@example.org");
  CHECK(event_called(fixture, unlinked.title).responsible[0].person == own.id);
}

TEST_CASE("a name that two associations share is told apart by the column of associations") {
  Fixture fixture;
  fixture.import(small_plan);
  fixture.import(other_plan());
  const auto organisations = all_organisations(fixture);
  REQUIRE(organisations.size() == 2);
  REQUIRE(all_people(fixture).size() == 4);

  const auto vague = import_csv(fixture, "ПІБ;Пошта\nКалина О.П.;first@example.org\n");
  CHECK(vague.updated == 0);
  CHECK(has_warning(vague.warnings, organisations[0].name));
  CHECK(has_warning(vague.warnings, organisations[1].name));

  for (const auto* heading : {"organisation", "Установа", "заклад", "Організація", "установа", "арганізацыя",
                              "учреждение", "Организация"}) {
    CAPTURE(heading);
    const auto summary =
        import_csv(fixture, "ПІБ;Пошта;" + std::string(heading) + "\nКалина О.П.;second@example.org;" +
                                organisations[1].name + "\n");
    CHECK(summary.updated == 1);
  }
  for (const auto& person : all_people(fixture))
    if (person.name == "Калина О.П.")
      CHECK(person.email == (person.organisation == organisations[1].id ? "second@example.org" : ""));
}

TEST_CASE("an association that nobody entered is named and its row is left out") {
  Fixture fixture;
  const auto summary = import_csv(fixture, "name;organisation\nКалина О.П.;Невідома рада\n");
  CHECK(summary.added == 0);
  CHECK(has_warning(summary.warnings, "line 2: there is no organisation called 'Невідома рада'"));
}
