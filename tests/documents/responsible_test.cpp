// Who answers for a row, cell by cell.
#include "documents/responsible.hpp"
#include "tests/support/catch.hpp"

#include <vector>

using namespace convoke;

namespace {

struct Person {
  std::string name, post, organisation;
  bool operator==(const Person&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Person& person) {
  return out << "{" << person.name << " | " << person.post << " | " << person.organisation << "}";
}

std::vector<Person> read(std::string_view cell) {
  std::vector<Person> out;
  for (const auto& person : documents::read_responsible(cell).people)
    out.push_back({person.name, person.post, person.organisation});
  return out;
}

using People = std::vector<Person>;

}  // namespace

TEST_CASE("people are told apart in a cell with or without commas and posts on either side") {
  const std::vector<std::pair<std::string, People>> cells = {
      {"Лунина Е. Ю.", {{"Лунина Е.Ю.", "", ""}}},
      {"Е.Ю.Лунина", {{"Лунина Е.Ю.", "", ""}}},
      {"Лунина Е.Ю., Орлов П.Д.", {{"Лунина Е.Ю.", "", ""}, {"Орлов П.Д.", "", ""}}},
      {"Лунина Е.Ю.\nОрлов П.Д.", {{"Лунина Е.Ю.", "", ""}, {"Орлов П.Д.", "", ""}}},
      {"Лунина Е.Ю. Орлов П.Д.", {{"Лунина Е.Ю.", "", ""}, {"Орлов П.Д.", "", ""}}},
      {"Лунина Е.Ю. и Орлов П.Д.", {{"Лунина Е.Ю.", "", ""}, {"Орлов П.Д.", "", ""}}},
      {"директор Лунина Е.Ю., методист Орлов П.Д.",
       {{"Лунина Е.Ю.", "директор", ""}, {"Орлов П.Д.", "методист", ""}}},
      {"Лунина Е.Ю., директор МБУК «Заря», Орлов П.Д., методист",
       {{"Лунина Е.Ю.", "директор", "МБУК «Заря»"}, {"Орлов П.Д.", "методист", ""}}},
      {"Лунина Е.Ю. заведующая отделом", {{"Лунина Е.Ю.", "заведующая отделом", ""}}},
      {"Лунина Е.Ю., к.п.н., доцент кафедры", {{"Лунина Е.Ю.", "к.п.н., доцент кафедры", ""}}},
      {"Лунина Е.Ю. (методист)", {{"Лунина Е.Ю.", "методист", ""}}},
      {"Лунина Е.Ю. – методист", {{"Лунина Е.Ю.", "методист", ""}}},
      {"Лунина Е.Ю., библиотекари", {{"Лунина Е.Ю.", "", ""}, {"", "библиотекари", ""}}},
      {"библиотекари, Лунина Е.Ю.", {{"", "библиотекари", ""}, {"Лунина Е.Ю.", "", ""}}},
      {"Іваненко Марія Петрівна, методистка", {{"Іваненко Марія Петрівна", "методистка", ""}}},
      {"Марія Іваненко, голова ради", {{"Марія Іваненко", "голова ради", ""}}},
      {"Олена ГАЙДУК", {{"Олена ГАЙДУК", "", ""}}},
      {"Jane Doe, head of the branch; all members",
       {{"Jane Doe", "head of the branch", ""}, {"", "all members", ""}}},
      {"Лунина Е.Ю., зав. отделом. ФГБОУ «Академия»", {{"Лунина Е.Ю.", "зав. отделом", "ФГБОУ «Академия»"}}},
      {"методист НБ ФГБОУ «Академия им. П.Д. Орлова»",
       {{"", "методист НБ", "ФГБОУ «Академия им. П.Д. Орлова»"}}},
      {"заведующая библиотекой им. П.Д. Орлова", {{"", "заведующая библиотекой им. П.Д. Орлова", ""}}},
      {"Бібліотека імені О. Ольжича", {{"", "Бібліотека імені О. Ольжича", ""}}},
      {"Відповідальний: Бойчук Н.П.", {{"Бойчук Н.П.", "", ""}}},
      {"директор\nЛунина Е.Ю.", {{"Лунина Е.Ю.", "директор", ""}}},
      {"", {}},
      {" – ", {}},
  };
  for (const auto& [cell, people] : cells) {
    CAPTURE(cell);
    CHECK(read(cell) == people);
  }
}

TEST_CASE("a cell cut off after a conjunction and a missing comma are said") {
  const auto cut = documents::read_responsible("Председатель объединения по каталогам и");
  REQUIRE(cut.people.size() == 1);
  CHECK(cut.people[0].post == "Председатель объединения по каталогам");
  REQUIRE(cut.warnings.size() == 1);
  CHECK(cut.warnings[0].starts_with("person: the cell breaks off"));
  const auto missing =
      documents::read_responsible("Председатель объединения библиотек председатель объединения музеев");
  CHECK(missing.people.size() == 2);
  REQUIRE(missing.warnings.size() == 1);
  CHECK(missing.warnings[0].starts_with("person: a comma"));
}
