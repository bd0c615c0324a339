// What stands in the way of an event.
#include "calendar/conflicts.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace convoke;
using namespace convoke::calendar;

namespace {

constexpr auto day = make_date(2026, 10, 14);

TimeOfDay at(int hour, int minute = 0) {
  return TimeOfDay{60 * hour + minute};
}

Event event_at(std::int64_t id, Period period) {
  Event event;
  event.id = EventId{id};
  event.title = "Подія " + std::to_string(id);
  event.zone = "Europe/Kyiv";
  event.status = EventStatus::dated;
  event.period = std::move(period);
  return event;
}

Event led_by(Event event, const std::string& name) {
  event.responsible.push_back({{}, name, "", ""});
  return event;
}
Event held_in(Event event, const std::string& place) {
  event.place = place;
  return event;
}
Event of_neighbour(Event event, std::int64_t source = 1) {
  event.source = SourceId{source};
  return event;
}

std::vector<Conflict> found(const Event& event, const std::vector<Event>& others) {
  std::vector<const Event*> pointers;
  for (const auto& other : others) pointers.push_back(&other);
  return conflicts(event, pointers);
}

bool clash(const Event& a, const Event& b) {
  const auto there = found(a, {b}), back = found(b, {a});
  CHECK(there.size() == back.size());
  return !there.empty();
}

Period range(Date first, Date last) {
  Period period;
  period.precision = Precision::date_range;
  period.first = first;
  period.last = last;
  return period;
}

}  // namespace

TEST_CASE("one person cannot be in two places at one time") {
  const auto mine = led_by(event_at(1, make_dated(day, at(10), at(12))), "Калина О. П.");
  const auto theirs = [&](Period period, const std::string& name) {
    return led_by(event_at(2, std::move(period)), name);
  };
  CHECK(clash(mine, theirs(make_dated(day, at(11), at(13)), "О.П.Калина")));
  CHECK(clash(mine, theirs(make_dated(day, at(11, 59)), "Калина О.П.")));
  CHECK(clash(mine, theirs(make_dated(day), "Калина О.П.")));
  CHECK(clash(mine, theirs(range(add_days(day, -2), day), "Калина О.П.")));
  CHECK_FALSE(clash(mine, theirs(make_dated(day, at(12), at(13)), "Калина О.П.")));
  CHECK_FALSE(clash(mine, theirs(make_dated(day, at(8)), "Калина О.П.")));
  CHECK(clash(mine, theirs(make_dated(day, at(8, 1)), "Калина О.П.")));
  CHECK_FALSE(clash(mine, theirs(make_dated(add_days(day, 1), at(11)), "Калина О.П.")));
  CHECK_FALSE(clash(mine, theirs(make_dated(day, at(11)), "Калина О.С.")));
  CHECK_FALSE(clash(mine, theirs(make_dated(day, at(11)), "")));
}

TEST_CASE("an evening that ends after midnight reaches into the next day") {
  const auto night = led_by(event_at(1, make_dated(day, at(22), at(2))), "Калина О.П.");
  CHECK(clash(night, led_by(event_at(2, make_dated(add_days(day, 1), at(1))), "Калина О.П.")) == false);
  const auto late = led_by(event_at(3, make_dated(day, at(23))), "Калина О.П.");
  CHECK(clash(night, late));
}

TEST_CASE("people of one number are one whatever their names say and of two numbers are two") {
  auto a = event_at(1, make_dated(day)), b = event_at(2, make_dated(day));
  a.responsible.push_back({PersonId{7}, "Калина О.П.", "", ""});
  b.responsible.push_back({PersonId{7}, "Калина-Явір О.П.", "", ""});
  CHECK(clash(a, b));
  b.responsible[0] = {PersonId{8}, "Калина О.П.", "", ""};
  CHECK_FALSE(clash(a, b));
}

TEST_CASE("one room holds one event at a time however it is written") {
  const auto mine = held_in(event_at(1, make_dated(day, at(10), at(12))), "Читальна зала №2");
  CHECK(clash(mine, held_in(event_at(2, make_dated(day, at(11))), "читальна  зала №2")));
  CHECK_FALSE(clash(mine, held_in(event_at(2, make_dated(day, at(12))), "Читальна зала №2")));
  CHECK_FALSE(clash(mine, held_in(event_at(2, make_dated(day, at(11))), "Читальна зала №1")));
  for (const auto* nowhere : {"", "Онлайн", "ZOOM", "дистанционно"})
    CHECK_FALSE(clash(held_in(event_at(1, make_dated(day)), nowhere),
                      held_in(event_at(2, make_dated(day)), nowhere)));
}

TEST_CASE("whatever a neighbour holds on the same day is said") {
  const auto mine = event_at(1, make_dated(day, at(10), at(12)));
  const auto evening = of_neighbour(event_at(2, make_dated(day, at(18))));
  const auto result = found(mine, {evening});
  REQUIRE(result.size() == 1);
  CHECK(result[0].neighbour);
  CHECK_FALSE(result[0].responsible);
  CHECK_FALSE(result[0].place);
  CHECK(result[0].day == day);
  CHECK(clash(mine, of_neighbour(event_at(2, range(add_days(day, -1), add_days(day, 1))))));
  CHECK_FALSE(clash(mine, of_neighbour(event_at(2, make_dated(add_days(day, 1))))));
  CHECK(clash(of_neighbour(event_at(1, make_dated(day)), 1), of_neighbour(event_at(2, make_dated(day)), 2)));
  CHECK_FALSE(clash(of_neighbour(event_at(1, make_dated(day))), of_neighbour(event_at(2, make_dated(day)))));
  // A room of the same name at a neighbour's is another one.
  const auto rooms = found(held_in(mine, "Актова зала"),
                           {of_neighbour(held_in(event_at(2, make_dated(day)), "Актова зала"))});
  REQUIRE(rooms.size() == 1);
  CHECK_FALSE(rooms[0].place);
}

TEST_CASE("our own events of one day that share nobody and no room are no conflict") {
  CHECK_FALSE(clash(event_at(1, make_dated(day)), event_at(2, make_dated(day))));
}

TEST_CASE("what has no day or will not take place stands in nobody's way") {
  const auto mine = event_at(1, make_dated(day));
  auto cancelled = of_neighbour(event_at(2, make_dated(day)));
  cancelled.status = EventStatus::cancelled;
  auto goal = of_neighbour(event_at(2, make_dated(day)));
  goal.kind = EventKind::goal;
  auto deadline = of_neighbour(event_at(2, make_dated(day)));
  deadline.period.deadline = true;
  auto month = of_neighbour(event_at(2, range(make_date(2026, 10, 1), make_date(2026, 10, 31))));
  auto vague = month;
  vague.period.precision = Precision::month;
  for (const auto& other : {cancelled, goal, deadline, month, vague}) CHECK_FALSE(clash(mine, other));
  const auto two_weeks = of_neighbour(event_at(2, range(add_days(day, -13), day)));
  CHECK(clash(mine, two_weeks));
  CHECK_FALSE(clash(mine, of_neighbour(event_at(2, range(add_days(day, -14), day)))));
  CHECK(found(mine, {mine}).empty());
}

TEST_CASE(
    "of a neighbour's weekly course the day that falls on ours is said unless it was moved or cancelled") {
  auto course = of_neighbour(event_at(2, Period{}));
  course.period.precision = Precision::recurring;
  course.period.first = make_date(2026, 9, 2);
  course.period.last = make_date(2026, 12, 30);
  course.period.time = at(16);
  course.period.recurrence.emplace();
  course.period.recurrence->frequency = Frequency::weekly;
  course.period.recurrence->weekdays = {{std::chrono::Wednesday, 0}};
  const auto on = [&](Date date) { return found(event_at(1, make_dated(date)), {course}).size() == 1; };
  CHECK(on(day));  // a Wednesday
  CHECK_FALSE(on(add_days(day, 1)));
  Override moved;
  moved.day = day;
  moved.date = add_days(day, 1);
  course.overrides = {moved};
  CHECK_FALSE(on(day));
  CHECK(on(add_days(day, 1)));
  moved.date.reset();
  moved.cancelled = true;
  course.overrides = {moved};
  CHECK_FALSE(on(day));
  CHECK(on(add_days(day, 7)));
}

TEST_CASE("times of different zones are compared as they are") {
  auto mine = led_by(event_at(1, make_dated(day, at(10), at(11))), "Калина О.П.");
  auto theirs = led_by(event_at(2, make_dated(day, at(9), at(10))), "Калина О.П.");
  CHECK_FALSE(clash(mine, theirs));
  theirs.zone = "Europe/Warsaw";  // an hour behind Kyiv
  CHECK(clash(mine, theirs));
}

TEST_CASE("conflicts come by day and by number and are no more than the limit") {
  std::vector<Event> others;
  for (std::int64_t id = 100; id > 2; --id)
    others.push_back(of_neighbour(event_at(id, make_dated(add_days(day, id % 2 == 0 ? 0 : 1)))));
  const auto result = found(event_at(1, range(day, add_days(day, 1))), others);
  REQUIRE(result.size() == most_conflicts);
  CHECK(result[0].other->id == EventId{4});
  CHECK(result[48].day == day);
  CHECK(result[49].day == add_days(day, 1));
  CHECK(result[49].other->id == EventId{3});
}

TEST_CASE("two events for the same people at one time divide them") {
  auto mine = event_at(1, make_dated(day, at(10), at(12)));
  mine.audience = {"Молоді бібліотекарі", "методисти"};
  auto theirs = event_at(2, make_dated(day, at(11)));
  theirs.audience = {"молоді  бібліотекарі"};
  const auto result = found(mine, {theirs});
  REQUIRE(result.size() == 1);
  CHECK(result[0].audience);
  CHECK_FALSE(result[0].responsible);
  theirs.period = make_dated(day, at(12));
  CHECK_FALSE(clash(mine, theirs));
  theirs.period = make_dated(day);
  theirs.audience = {"школярі", " "};
  mine.audience = {" "};
  CHECK_FALSE(clash(mine, theirs));
}

TEST_CASE("who speaks at one event cannot lead or address another at that time") {
  const auto mine = led_by(event_at(1, make_dated(day, at(10), at(12))), "Калина О.П.");
  const auto theirs = led_by(event_at(2, make_dated(day, at(11))), "Явір С.М.");
  const auto index = [](std::vector<ConflictIndex::Entry> entries) {
    return ConflictIndex(entries, day, day);
  };
  const auto speaks = index({{&theirs, {"О. П. Калина"}}}).of({&mine, {}});
  REQUIRE(speaks.size() == 1);
  CHECK(speaks[0].speaker);
  CHECK_FALSE(speaks[0].responsible);
  CHECK(index({{&theirs, {}}}).of({&mine, {"Явір С.М."}}).size() == 1);
  CHECK(index({{&theirs, {"Верба Н.І."}}}).of({&mine, {"Верба Н. І."}}).size() == 1);
  CHECK(index({{&theirs, {"Верба Н.І."}}}).of({&mine, {"Липа Г.В."}}).empty());
  CHECK(index({{&theirs, {}}}).of({&mine, {}}).empty());
}

TEST_CASE("a talk does not clash with the conference it is a part of but with a talk at the same hour") {
  auto whole = held_in(led_by(event_at(1, range(day, add_days(day, 1))), "Калина О.П."), "Актова зала");
  auto talk = held_in(led_by(event_at(2, make_dated(day, at(10), at(11))), "Калина О.П."), "Актова зала");
  auto later = held_in(led_by(event_at(3, make_dated(day, at(11), at(12))), "Калина О.П."), "Актова зала");
  talk.parent = later.parent = whole.id;
  CHECK_FALSE(clash(whole, talk));
  CHECK_FALSE(clash(talk, later));
  later.period = make_dated(day, at(10, 30));
  CHECK(clash(talk, later));
  later.period = make_dated(day);
  CHECK_FALSE(clash(talk, later));
}

TEST_CASE("a series of ours is compared day by day") {
  auto course = led_by(event_at(2, Period{}), "Калина О.П.");
  course.period.precision = Precision::recurring;
  course.period.first = make_date(2026, 9, 2);
  course.period.last = make_date(2026, 12, 30);
  course.period.recurrence.emplace();
  course.period.recurrence->frequency = Frequency::weekly;
  course.period.recurrence->weekdays = {{std::chrono::Wednesday, 0}};
  const auto first = led_by(event_at(3, make_dated(add_days(day, 7))), "Калина О.П.");
  const auto second = led_by(event_at(4, make_dated(add_days(day, 8))), "Калина О.П.");
  const ConflictIndex index({{&first, {}}, {&second, {}}, {&course, {}}}, day, add_days(day, 30));
  const auto result = index.of({&course, {}});
  REQUIRE(result.size() == 1);
  CHECK(result[0].other->id == first.id);
  CHECK(result[0].day == add_days(day, 7));
}

TEST_CASE("the clashes of a plan of two thousand rows on few days are found at once") {
  std::vector<Event> rows;
  std::vector<ConflictIndex::Entry> entries;
  for (std::int64_t id = 1; id <= 2'000; ++id)
    rows.push_back(held_in(led_by(event_at(id, make_dated(add_days(day, static_cast<int>(id % 200)))),
                                  "Особа " + std::string(id % 3 == 0 ? "А" : "Б") + ".В."),
                           "Зала " + std::to_string(id % 7)));
  for (const auto& row : rows) entries.push_back({&row, {}});
  const auto begin = std::chrono::steady_clock::now();
  const ConflictIndex index(entries, day, add_days(day, 366));
  std::size_t all = 0;
  for (const auto& entry : entries) all += index.of(entry).size();
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  CHECK(all > 2'000);
  WARN("2,000 rows compared in " << took.count() << " ms: " << all << " clashes");
  CHECK(index.others_on(day, rows[0]) == 10);
}
