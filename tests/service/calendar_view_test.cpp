#include "service/calendar_view.hpp"

#include "calendar/period_grammar.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::service;

namespace {

struct Wall {
  Snapshot snapshot;
  std::vector<std::shared_ptr<Event>> events;

  Event& add(const std::string& title, const std::string& period, const std::string& who = "Явір С.М.") {
    auto event = std::make_shared<Event>();
    event->id = EventId{static_cast<std::int64_t>(events.size() + 1)};
    event->uid = "u-" + std::to_string(event->id.value);
    event->title = title;
    event->zone = "Europe/Kyiv";
    event->period = calendar::read_period(period, "uk", PlanContext::academic_year(2026)).period;
    event->responsible = {{PersonId{}, who, "", ""}};
    events.push_back(event);
    return *event;
  }
  std::vector<CalendarMonth> months(int count, const calendar::FeedQuery& query = {}) {
    std::vector<SharedEvent> all(events.begin(), events.end());
    snapshot.events = EventTable(std::move(all));
    return months_of(snapshot, query, std::chrono::year{2026} / 11, count);
  }
};

std::vector<std::string> on(const CalendarMonth& month, unsigned day) {
  std::vector<std::string> titles;
  const auto found = month.days.find(Date(month.month / std::chrono::day{day}));
  if (found == month.days.end()) return titles;
  for (const auto& one : found->second) titles.push_back(one.title);
  return titles;
}

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("an event stands on its day and one of several days on each of them") {
  Wall wall;
  wall.add("Нарада", "12 листопада 2026 року, 10:00");
  wall.add("Табір", "28 листопада - 2 грудня 2026 року");
  wall.add("Давно", "12 жовтня 2026 року");
  const auto months = wall.months(2);
  REQUIRE(months.size() == 2);
  CHECK(on(months[0], 12) == Titles{"Нарада"});
  CHECK(on(months[0], 11).empty());
  for (const unsigned day : {28, 29, 30}) CHECK(on(months[0], day) == Titles{"Табір"});
  CHECK(on(months[1], 2) == Titles{"Табір"});
  CHECK(on(months[1], 3).empty());
  CHECK_FALSE(months[0].days.at(make_date(2026, 11, 28)).front().goes_on);
  CHECK(months[1].days.at(make_date(2026, 12, 1)).front().goes_on);
}

TEST_CASE("a vague period stands under each month it meets and on no day") {
  Wall wall;
  wall.add("Круглий стіл", "листопад - грудень 2026 року");
  wall.add("Постійно", "протягом року");
  wall.add("Колись", "за планом бібліотеки");
  const auto months = wall.months(3);
  CHECK(months[0].days.empty());
  REQUIRE(months[0].vague.size() == 1);
  CHECK(months[0].vague[0]->title == "Круглий стіл");
  CHECK(months[1].vague.size() == 1);
  CHECK(months[2].vague.empty());
}

TEST_CASE("a stretch of more days than are shown one by one stands under the month") {
  Wall wall;
  auto& event = wall.add("Огляд", "1 - 14 листопада 2026 року");
  REQUIRE(event.period.precision == Precision::date_range);
  CHECK(wall.months(1)[0].days.size() == 14);
  event.period.last = make_date(2026, 11, 15);
  const auto months = wall.months(1);
  CHECK(months[0].days.empty());
  CHECK(months[0].vague.size() == 1);
}

TEST_CASE("earlier hours come first and what goes on before them") {
  Wall wall;
  wall.add("Пізно", "12 листопада 2026 року, 15:00");
  wall.add("Рано", "12 листопада 2026 року, 09:00");
  wall.add("Тиждень", "9 - 13 листопада 2026 року");
  CHECK(on(wall.months(1)[0], 12) == Titles{"Тиждень", "Рано", "Пізно"});
}

TEST_CASE("the filters of the list hold for calendars too") {
  Wall wall;
  wall.add("Нарада", "12 листопада 2026 року").kind = EventKind::meeting;
  wall.add("Семінар", "12 листопада 2026 року").kind = EventKind::seminar;
  calendar::FeedQuery query;
  query.kinds = {EventKind::seminar};
  CHECK(on(wall.months(1, query)[0], 12) == Titles{"Семінар"});
}

TEST_CASE("the load of a person counts each event of a month once in every spelling of the name") {
  Wall wall;
  wall.add("Тиждень", "9 - 13 листопада 2026 року", "Явір С.М.");
  wall.add("Круглий стіл", "листопад 2026 року", "Явір С. М.");
  wall.add("Нарада", "2 грудня 2026 року", "Верба Л.Т.");
  const auto load = load_of(wall.months(2), Language::uk);
  REQUIRE(load.size() == 2);
  CHECK(load[0].name == "Верба Л.Т.");
  CHECK(load[0].of[1] == 1);
  CHECK(load[1].of[0] == 2);
  CHECK(load[1].of[1] == 0);
}

TEST_CASE("a year begins with the plan that is in force or else with January") {
  Wall wall;
  CHECK(year_beginning(wall.snapshot, make_date(2026, 11, 5)) == std::chrono::year{2026} / 1);
  auto plan = std::make_shared<Plan>();
  plan->year = PlanContext::academic_year(2026);
  wall.snapshot.plans.push_back(plan);
  CHECK(year_beginning(wall.snapshot, make_date(2026, 11, 5)) == std::chrono::year{2026} / 9);
  CHECK(year_beginning(wall.snapshot, make_date(2027, 7, 5)) == std::chrono::year{2027} / 1);
}
