// What follows from the order of a programme: hours, bands of parallel sections, what stands in the way.
#include "model/programme.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;

namespace {

ProgrammeRow talk(std::string title, std::vector<std::string> speakers, int minutes = 20) {
  ProgrammeRow row;
  row.title = std::move(title);
  row.speakers = std::move(speakers);
  row.minutes = minutes;
  return row;
}

ProgrammeSection section(int number, std::string room, int begin, std::vector<ProgrammeRow> rows,
                         int day = 1) {
  ProgrammeSection one;
  one.number = number;
  one.title = "Секція " + std::to_string(number);
  one.room = std::move(room);
  one.day = day;
  one.begin = TimeOfDay{begin};
  one.rows = std::move(rows);
  return one;
}

Programme of(std::vector<ProgrammeSection> sections) {
  Programme programme;
  programme.sections = std::move(sections);
  return programme;
}

int count_of(const std::vector<ProgrammeClash>& clashes, ProgrammeFault fault) {
  return static_cast<int>(std::ranges::count(clashes, fault, &ProgrammeClash::fault));
}

}  // namespace

TEST_CASE("talks of a section follow one another unless one stands at its own time") {
  auto one = section(1, "", 600, {talk("А", {}, 20), talk("Б", {}, 15), talk("В", {}, 30)});
  one.rows[2].at = TimeOfDay{660};
  const auto times = times_of(one);
  REQUIRE(times.size() == 3);
  CHECK(times[0] == Stretch{std::chrono::minutes{600}, std::chrono::minutes{620}});
  CHECK(times[1] == Stretch{std::chrono::minutes{620}, std::chrono::minutes{635}});
  CHECK(times[2] == Stretch{std::chrono::minutes{660}, std::chrono::minutes{690}});
  CHECK(span_of(one) == Stretch{std::chrono::minutes{600}, std::chrono::minutes{690}});
  CHECK(span_of(section(2, "", 540, {})) == Stretch{std::chrono::minutes{540}, std::chrono::minutes{540}});
}

TEST_CASE("a speaker in two parallel sections is told at both talks however the name is spelt") {
  const auto programme =
      of({section(1, "Зала 1", 600, {talk("А", {"Ковальчук О. П., Рівненська бібліотека"})}),
          section(2, "Зала 2", 610, {talk("Б", {"О.П. Ковальчук (Рівне)"})})});
  const auto clashes = clashes_of(programme, 1);
  REQUIRE(clashes.size() == 2);
  CHECK(clashes[0].fault == ProgrammeFault::speaker);
  CHECK(clashes[0].name == "Ковальчук О. П.");
  CHECK(clashes[0].section == 0);
  CHECK(clashes[0].other_section == 1);
  CHECK(clashes[1].section == 1);
}

TEST_CASE("talks that touch or stand on other days are in nobody's way") {
  const auto before = section(1, "Зала", 600, {talk("А", {"Ковальчук О.П."}, 20)});
  CHECK(clashes_of(of({before, section(2, "Зала", 620, {talk("Б", {"Ковальчук О.П."})})}), 2).empty());
  CHECK(clashes_of(of({before, section(2, "Зала", 600, {talk("Б", {"Ковальчук О.П."})}, 2)}), 2).empty());
  CHECK(clashes_of(of({before, section(2, "Зала", 619, {talk("Б", {"Ковальчук О.П."})})}), 2).size() == 4);
  auto cancelled = section(2, "Зала", 600, {talk("Б", {"Ковальчук О.П."})});
  cancelled.rows[0].cancelled = true;
  CHECK(clashes_of(of({before, cancelled}), 1).empty());
}

TEST_CASE("a room that two sections want at one time is told and rooms without a name are nobody's") {
  const auto first = section(1, "Читальна зала", 600, {talk("А", {})});
  CHECK(count_of(clashes_of(of({first, section(2, "читальна  зала", 600, {talk("Б", {})})}), 1),
                 ProgrammeFault::room) == 2);
  CHECK(clashes_of(of({first, section(2, "", 600, {talk("Б", {})})}), 1).empty());
  CHECK(clashes_of(of({section(1, "", 600, {talk("А", {})}), section(2, "", 600, {talk("Б", {})})}), 1)
            .empty());
}

TEST_CASE("who is in the chair of one section cannot speak in another at that time") {
  auto chaired = section(1, "", 600, {talk("А", {"Явір С.М."})});
  chaired.chair = "Калина О.П., директор";
  const auto clashes = clashes_of(of({chaired, section(2, "", 600, {talk("Б", {"Калина О. П."})})}), 1);
  CHECK(count_of(clashes, ProgrammeFault::speaker) == 2);
  // One's own section is where one is.
  chaired.rows[0].speakers = {"Калина О.П."};
  CHECK(clashes_of(of({chaired}), 1).empty());
}

TEST_CASE("a row before the end of the one above and a day that the event does not have are told") {
  auto one = section(1, "", 600, {talk("А", {}, 40), talk("Б", {})}, 3);
  one.rows[1].at = TimeOfDay{630};
  const auto clashes = clashes_of(of({one}), 2);
  CHECK(count_of(clashes, ProgrammeFault::overlap) == 1);
  CHECK(count_of(clashes, ProgrammeFault::outside) == 2);
  CHECK(count_of(clashes_of(of({one}), 3), ProgrammeFault::outside) == 0);
  // Nobody can say so while the days are not fixed.
  CHECK(count_of(clashes_of(of({one}), 0), ProgrammeFault::outside) == 0);
}

TEST_CASE("sections that run at one time stand in one band") {
  const auto programme =
      of({section(1, "", 600, {talk("А", {}, 60)}), section(2, "", 690, {talk("Б", {}, 30)}),
          section(3, "", 660, {talk("В", {}, 60)}), section(4, "", 600, {talk("Г", {})}, 2)});
  const auto bands = bands_of(programme);
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].sections == std::vector<std::size_t>{0});
  CHECK(bands[1].sections == std::vector<std::size_t>{1, 2});
  CHECK(bands[2].day == 2);
}

TEST_CASE("a part without a plan and without somebody who answers for it is a talk") {
  Event part;
  CHECK_FALSE(is_talk(part));
  part.parent = EventId{3};
  CHECK(is_talk(part));
  Event of_plan = part;
  of_plan.plan = PlanId{1};
  CHECK_FALSE(is_talk(of_plan));
  Event answered = part;
  answered.responsible.emplace_back();
  CHECK_FALSE(is_talk(answered));
  Event of_neighbour = part;
  of_neighbour.source = SourceId{2};
  CHECK_FALSE(is_talk(of_neighbour));
}

TEST_CASE("the days of an event are counted when they are fixed") {
  Event event;
  CHECK(days_of(event) == 0);
  event.period = make_dated(make_date(2026, 11, 12));
  CHECK(days_of(event) == 1);
  event.period.precision = Precision::date_range;
  event.period.last = make_date(2026, 11, 14);
  CHECK(days_of(event) == 3);
  event.period.precision = Precision::month;
  CHECK(days_of(event) == 0);
}
