// Bringing people in from a table, with a look at what would become of each row first.
#include "service/directory_import.hpp"

#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Import : Fixture {
  OrganisationId district, other;
  PersonId known;

  Import() {
    const auto work = [this](db::Unit& unit) {
      Organisation one;
      one.name = "Луговий район";
      one.language = Language::be;
      district = unit.organisations().insert(one);
      one.name = "Гірський район";
      other = unit.organisations().insert(one);
      known = unit.people().insert(person("Гайко В.И.", "haiko@example.org", district));
      unit.people().insert(person("Ярмак О.П.", "one@example.org", district));
      unit.people().insert(person("Ярмак О.П.", "two@example.org", other));
      return true;
    };
    context.store.write(db::Author("test", clock.now()), work).wait().value();
  }
  static Person person(const std::string& name, const std::string& email, OrganisationId organisation) {
    Person one;
    one.name = name;
    one.email = email;
    one.organisation = organisation;
    one.post = "бібліотекар";
    return one;
  }
  Keeper all() const { return Keeper(editor, {}); }
  Keeper of_district() const { return Keeper(editor, district, {district}); }
  DirectoryPreview looks(const std::string& csv, const Keeper& keeper) {
    auto preview = preview_people(context, keeper, csv, "people.csv").wait();
    if (!preview) FAIL(preview.error().message);
    return *preview;
  }
  PeopleSummary commits(const DirectoryPreview& preview, const Keeper& keeper,
                        std::map<int, RowDecision> decisions = {}) {
    auto summary = commit_people(context, keeper, preview.table, std::move(decisions)).wait();
    if (!summary) FAIL(summary.error().message);
    return *summary;
  }
  Person one_called(const std::string& name) {
    for (const auto& person : all_people(*this))
      if (person.name == name) return person;
    FAIL("nobody is called " + name);
    return {};
  }
};

const std::string table =
    "Список бібліотекарів\n"
    "ПІБ;Електронна пошта;Посада;Мова;Установа\n"
    "Явір С.М.;yavir@example.org;методист;uk;Луговий район\n"
    "Гайко В. И.;new@example.org;;;Луговий район\n"
    "Калина О.П.;no address;;;\n"
    "Верба І.І.;verba@example.org;;kk;\n"
    "Липа М.М.;;;;Небачений район\n"
    "Явір С.М.;again@example.org;;;Луговий район\n";

}  // namespace

TEST_CASE("before anything is stored each row says what would become of it and why") {
  Import import;
  const auto preview = import.looks(table, import.all());
  REQUIRE(preview.rows.size() == 6);
  CHECK(preview.rows[0].fate == RowFate::added);
  CHECK(preview.rows[1].fate == RowFate::changed);
  CHECK(preview.rows[1].known == import.known);
  CHECK(preview.rows[1].news == std::vector<std::string>{"haiko@example.org → new@example.org"});
  const std::pair<std::size_t, RowTrouble> wrong[] = {{2, RowTrouble::address},
                                                      {3, RowTrouble::language},
                                                      {4, RowTrouble::organisation},
                                                      {5, RowTrouble::twice}};
  for (const auto& [row, trouble] : wrong) {
    CAPTURE(row);
    CHECK(preview.rows[row].fate == RowFate::wrong);
    CHECK(preview.rows[row].trouble == trouble);
  }
  CHECK(preview.added == 1);
  CHECK(preview.changed == 1);
  CHECK(preview.wrong == 4);
  CHECK(all_people(import).size() == 3);

  const auto summary = import.commits(preview, import.all());
  CHECK(summary.added == 1);
  CHECK(summary.updated == 1);
  CHECK(summary.warnings.size() == 4);
  CHECK(import.one_called("Явір С.М.").post == "методист");
  const auto haiko = import.one_called("Гайко В.И.");
  CHECK(haiko.email == "new@example.org");
  CHECK(haiko.post == "бібліотекар");  // what the row leaves out stays
  // Once more nothing is new.
  const auto again = import.looks(table, import.all());
  CHECK(again.same == 2);
  CHECK(again.added + again.changed == 0);
}

TEST_CASE("namesakes are asked about and never guessed") {
  Import import;
  const auto preview = import.looks("name,email\nЯрмак О.П.,third@example.org\n", import.all());
  REQUIRE(preview.asks == 1);
  const auto& row = preview.rows[0];
  REQUIRE(row.candidates.size() == 2);
  // Undecided: left out.
  CHECK(import.commits(preview, import.all()).warnings.size() == 1);
  CHECK(all_people(import).size() == 3);
  RowDecision same;
  same.same_as = row.candidates[1].id;
  CHECK(import.commits(preview, import.all(), {{row.line, same}}).updated == 1);
  const auto people = all_people(import);
  CHECK(std::count_if(people.begin(), people.end(),
                      [](const Person& one) { return one.email == "third@example.org"; }) == 1);
  RowDecision fresh;
  fresh.as_new = true;
  CHECK(import.commits(preview, import.all(), {{row.line, fresh}}).added == 1);
  CHECK(all_people(import).size() == 4);
  RowDecision stranger;
  stranger.same_as = import.known;
  const auto refused =
      commit_people(import.context, import.all(), preview.table, {{row.line, stranger}}).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::not_found);
}

TEST_CASE("a whole name and initials of one person are asked about and so is an address that is known") {
  CHECK(may_be_same("Гайко В.И.", "Гайко Вера Ивановна"));
  CHECK(may_be_same("Гайко В.", "Гайко В.И."));
  CHECK(may_be_same("В.И.Гайко", "гайко вера"));
  CHECK(may_be_same("Гайко", "Гайко В.И."));
  CHECK_FALSE(may_be_same("Гайко В.И.", "Гайко О.И."));
  CHECK_FALSE(may_be_same("Гайко В.И.", "Гайко В.П."));
  CHECK_FALSE(may_be_same("Гайко В.И.", "Явор В.И."));
  CHECK_FALSE(may_be_same("", ""));
  Import import;
  const auto preview = import.looks(
      "name,email\nГайко Вера Ивановна,other@example.org\nНова Людина,HAIKO@example.org\n", import.all());
  CHECK(preview.asks == 2);
  for (const auto& row : preview.rows) {
    REQUIRE(row.candidates.size() == 1);
    CHECK(row.candidates[0].id == import.known);
  }
}

TEST_CASE("an organiser brings people into her own association and sees none of another") {
  Import import;
  const auto preview = import.looks(
      "name,email,organisation\nЯрмак О.П.,new@example.org,\nНова Л.Л.,n@example.org,\nЧужа "
      "Ч.Ч.,c@example.org,Гірський район\n",
      import.of_district());
  CHECK(preview.rows[0].fate == RowFate::changed);  // the namesake elsewhere is unknown to her
  CHECK(preview.rows[2].trouble == RowTrouble::organisation);
  import.commits(preview, import.of_district());
  const auto fresh = import.one_called("Нова Л.Л.");
  CHECK(fresh.organisation == import.district);
  CHECK(fresh.language == Language::be);
  const auto people = all_people(import);
  CHECK(std::any_of(people.begin(), people.end(),
                    [](const Person& one) { return one.email == "two@example.org"; }));
  const auto refused =
      preview_people(import.context, Keeper(Actor("x", Role::reader), {}), table, "people.csv").wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::forbidden);
}

TEST_CASE("two thousand people come in at once and one more is refused") {
  Import import;
  std::string csv = "name,email\n";
  const auto line = [](std::size_t i) {
    return "Особа " + std::to_string(i) + "," + std::to_string(i) + "@example.org\n";
  };
  for (std::size_t i = 0; i < most_imported_people; ++i) csv += line(i);
  const auto refused =
      preview_people(import.context, import.all(), csv + line(most_imported_people), "people.csv").wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  const auto preview = import.looks(csv, import.all());
  CHECK(preview.added + preview.asks == static_cast<int>(most_imported_people));
}

TEST_CASE("what is no table of people is refused by name") {
  Import import;
  for (const auto* bytes : {"", "just some words", "a,b\n1,2\n"}) {
    const auto preview = preview_people(import.context, import.all(), bytes, "people.csv").wait();
    REQUIRE_FALSE(preview);
    CHECK((preview.error().code == Errc::invalid_input || preview.error().code == Errc::unsupported_format));
  }
}
