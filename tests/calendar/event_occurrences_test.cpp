// A series as it really takes place, and what it costs to look into it.
#include "calendar/event_occurrences.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::calendar;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

Date day(std::string_view text) {
  return parse_iso_date(text).value();
}

Event series(Frequency frequency, std::vector<WeekdayRule> weekdays, std::string_view first,
             std::string_view last) {
  Event event;
  event.title = "Курс «Цифрова бібліотека»";
  event.zone = "Europe/Kyiv";
  event.status = EventStatus::dated;
  event.period.precision = Precision::recurring;
  event.period.first = day(first);
  event.period.last = day(last);
  event.period.recurrence = Recurrence{};
  event.period.recurrence->frequency = frequency;
  event.period.recurrence->weekdays = std::move(weekdays);
  return event;
}

Event course() {
  Event event = series(Frequency::weekly, {{std::chrono::Thursday, 0}}, "2026-09-03", "2026-11-26");
  event.period.time = hours{17};
  event.period.end_time = hours{18} + minutes{30};
  return event;
}

Override on(std::string_view which) {
  Override one;
  one.day = day(which);
  return one;
}

std::vector<std::string> days_of(const std::vector<EventOccurrence>& found) {
  std::vector<std::string> out;
  for (const auto& one : found) out.push_back(format_iso(one.first) + (one.cancelled ? " cancelled" : ""));
  return out;
}

using Days = std::vector<std::string>;

}  // namespace

TEST_CASE("a course of a season has a lesson every week with its hours") {
  const auto lessons = event_occurrences(course(), day("2026-01-01"), day("2026-12-31"));
  REQUIRE(lessons.size() == 13);
  CHECK(lessons.front().day == day("2026-09-03"));
  CHECK(lessons.front().time == hours{17});
  CHECK(lessons.front().end_time == hours{18} + minutes{30});
  CHECK(lessons.back().key == "2026-11-26");
  CHECK_FALSE(lessons.back().moved);
}

TEST_CASE("a day that is taken out of a series is in no window") {
  Event event = course();
  event.period.recurrence->without = {day("2026-09-10"), day("2026-09-24")};
  CHECK(days_of(event_occurrences(event, day("2026-09-01"), day("2026-09-30"))) ==
        Days{"2026-09-03", "2026-09-17"});
  CHECK_FALSE(occurrence_on(event, day("2026-09-10")));
}

TEST_CASE("a cancelled day stays in the list and says so") {
  Event event = course();
  event.overrides = {on("2026-09-10")};
  event.overrides[0].cancelled = true;
  CHECK(days_of(event_occurrences(event, day("2026-09-01"), day("2026-09-20"))) ==
        Days{"2026-09-03", "2026-09-10 cancelled", "2026-09-17"});
  event.status = EventStatus::cancelled;
  for (const auto& one : event_occurrences(event, day("2026-09-01"), day("2026-09-20"))) CHECK(one.cancelled);
}

TEST_CASE("a moved day is found where it takes place now and not where it was") {
  Event event = course();
  event.overrides = {on("2026-09-10"), on("2026-11-26")};
  event.overrides[0].date = day("2026-12-05");
  event.overrides[0].time = hours{10};
  event.overrides[1].date = day("2026-08-31");
  CHECK(days_of(event_occurrences(event, day("2026-09-07"), day("2026-09-18"))) == Days{"2026-09-17"});
  const auto moved = event_occurrences(event, day("2026-12-01"), day("2026-12-31"));
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].day == day("2026-09-10"));
  CHECK(moved[0].first == day("2026-12-05"));
  CHECK(moved[0].time == hours{10});
  CHECK(moved[0].end_time == hours{11} + minutes{30});  // as long as every lesson
  CHECK(moved[0].moved);
  CHECK(days_of(event_occurrences(event, day("2026-08-01"), day("2026-08-31"))) == Days{"2026-08-31"});
}

TEST_CASE("a day of a series may have its own title and place and note") {
  Event event = course();
  event.overrides = {on("2026-09-10")};
  event.overrides[0].title = "Гостя курсу";
  event.overrides[0].place = "Мала зала";
  event.overrides[0].note = event.note;  // says what the series says
  const auto one = occurrence_on(event, day("2026-09-10"));
  REQUIRE(one);
  CHECK(one->title == "Гостя курсу");
  CHECK_FALSE(one->note);
  CHECK_FALSE(one->moved);
  const Event lesson = as_on(event, *one);
  CHECK(lesson.title == "Гостя курсу");
  CHECK(lesson.place == "Мала зала");
  CHECK(lesson.period.precision == Precision::exact_time);
  CHECK_FALSE(lesson.period.recurrence);
  CHECK(lesson.overrides.empty());
}

TEST_CASE("a change of a day that the series does not name changes nothing") {
  Event event = course();
  event.overrides = {on("2026-09-09")};
  event.overrides[0].date = day("2026-09-11");
  CHECK(days_of(event_occurrences(event, day("2026-09-07"), day("2026-09-13"))) == Days{"2026-09-10"});
  Event once = course();
  once.period = make_dated(day("2026-09-10"), hours{17});
  once.overrides = {on("2026-09-10")};
  once.overrides[0].cancelled = true;
  CHECK(days_of(event_occurrences(once, day("2026-09-01"), day("2026-09-30"))) == Days{"2026-09-10"});
}

TEST_CASE("a quarterly deadline can be cancelled for one quarter") {
  Event event = series(Frequency::quarterly, {}, "2026-01-01", "2026-12-31");
  event.overrides = {on("2026-09-30")};
  event.overrides[0].cancelled = true;
  const auto found = event_occurrences(event, day("2026-07-15"), day("2026-12-31"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].cancelled);
  CHECK(found[0].key == "2026-Q3");
  CHECK_FALSE(found[1].cancelled);
}

TEST_CASE("every second week counts from the first day that is named") {
  // The series begins on a Thursday and its Tuesdays in the week after.
  const Event event = series(Frequency::biweekly, {{std::chrono::Tuesday, 0}}, "2026-09-03", "2026-10-31");
  CHECK(days_of(event_occurrences(event, day("2026-09-01"), day("2026-10-31"))) ==
        Days{"2026-09-08", "2026-09-22", "2026-10-06", "2026-10-20"});
  for (const auto* within : {"2026-09-22", "2026-10-20"}) CHECK(occurrence_on(event, day(within)));
  for (const auto* without : {"2026-09-15", "2026-09-29"}) CHECK_FALSE(occurrence_on(event, day(without)));
}

TEST_CASE("threat rule G3: the cost of a week follows the week and not the rule") {
  struct Row {
    const char* name;
    Event event;
    std::size_t found;
  };
  std::vector<Row> rows;
  rows.push_back({"daily since 1900", series(Frequency::daily, {}, "1900-01-01", "2199-12-31"), 7});
  rows.push_back({"every Thursday since 1900",
                  series(Frequency::weekly, {{std::chrono::Thursday, 0}}, "1900-01-01", "2199-12-31"), 1});
  rows.push_back({"weeks since 1900", series(Frequency::weekly, {}, "1900-01-01", "2199-12-31"), 1});
  rows.push_back({"third Thursday since 1900",
                  series(Frequency::monthly, {{std::chrono::Thursday, 3}}, "1900-01-01", "2199-12-31"), 1});
  rows.push_back({"months since 1900", series(Frequency::monthly, {}, "1900-01-01", "2199-12-31"), 1});
  rows.push_back({"quarters since 1900", series(Frequency::quarterly, {}, "1900-01-01", "2199-12-31"), 1});
  rows.push_back({"years since 1900", series(Frequency::yearly, {}, "1900-01-01", "2199-12-31"), 1});
  Event due = series(Frequency::quarterly, {}, "1900-01-01", "2199-12-31");
  due.period.recurrence->day_of_month = 20;
  due.period.deadline = true;
  rows.push_back({"by the 20th after every quarter since 1900", due, 1});
  Event list = series(Frequency::list, {}, "2000-01-01", "2199-12-31");
  for (int i = 0; i < 10'000; ++i)
    list.period.recurrence->dates.push_back(add_days(day("2000-01-01"), 7 * i));
  rows.push_back({"a list of 10 000 days", list, 1});
  Event thinned = series(Frequency::daily, {}, "1900-01-01", "2199-12-31");
  for (int i = 0; i < 10'000; ++i)
    thinned.period.recurrence->without.push_back(add_days(day("2026-11-16"), i - 9'997));
  rows.push_back({"daily with 10 000 days taken out", thinned, 4});
  for (const auto& row : rows) {
    CAPTURE(row.name);
    std::size_t steps = 0;
    CHECK(event_occurrences(row.event, day("2026-11-16"), day("2026-11-22"), &steps).size() == row.found);
    CHECK(steps <= 12);
    // The same week a century earlier or later costs the same.
    std::size_t later = 0;
    event_occurrences(row.event, day("2126-11-18"), day("2126-11-24"), &later);
    CHECK(later <= 12);
  }
}

TEST_CASE("threat rule G3: a window of three centuries ends with the limit of a series") {
  std::size_t steps = 0;
  const Event daily = series(Frequency::daily, {}, "1900-01-01", "2199-12-31");
  CHECK(event_occurrences(daily, day("1900-01-01"), day("2199-12-31"), &steps).size() == max_occurrences);
  CHECK(steps <= max_occurrences + 2);
  const Event fifth = series(Frequency::monthly, {{std::chrono::Thursday, 5}}, "1900-01-01", "2199-12-31");
  CHECK(event_occurrences(fifth, day("1900-01-01"), day("2199-12-31"), &steps).size() == max_occurrences);
  CHECK(steps <= 3'601);  // the months of the window
}

TEST_CASE("overrides beyond the limit are not looked at") {
  Event event = series(Frequency::daily, {}, "2026-01-01", "2199-12-31");
  for (int i = 0; i < static_cast<int>(max_overrides) + 1; ++i) {
    Override one;
    one.day = add_days(day("2026-01-01"), i);
    one.date = day("2190-01-01");
    event.overrides.push_back(one);
  }
  std::size_t steps = 0;
  const auto found = event_occurrences(event, day("2190-01-01"), day("2190-01-01"), &steps);
  CHECK(found.size() == max_overrides + 1);  // those moved there and the day's own
  CHECK(steps <= max_overrides + 4);
}
