#include "calendar/occurrences.hpp"

#include "calendar/period_grammar.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::calendar;

namespace {

std::vector<Occurrence> all_of(const char* text, const char* language, const PlanContext& plan) {
  return occurrences(read_period(text, language, plan).period, make_date(1990, 1, 1), make_date(2100, 1, 1));
}

const auto school_year = PlanContext::academic_year(2024);
const auto year = PlanContext::calendar_year(2024);

}  // namespace

TEST_CASE("what happens once has one occurrence without a key") {
  const auto found = all_of("листопад 2024", "uk", school_year);
  REQUIRE(found.size() == 1);
  CHECK(found[0] == Occurrence{"", make_date(2024, 11, 1), make_date(2024, 11, 30)});
  CHECK(all_of("по согласованию", "ru", year).empty());
  const auto period = read_period("листопад 2024", "uk", school_year).period;
  CHECK(occurrences(period, make_date(2024, 12, 1), make_date(2024, 12, 31)).empty());
}

TEST_CASE("a quarterly task of a school year is due in every calendar quarter that meets it") {
  const auto found = all_of("щоквартально", "uk", school_year);
  REQUIRE(found.size() == 4);
  CHECK(found[0] == Occurrence{"2024-Q3", make_date(2024, 9, 1), make_date(2024, 9, 30)});
  CHECK(found[1] == Occurrence{"2024-Q4", make_date(2024, 10, 1), make_date(2024, 12, 31)});
  CHECK(found[3] == Occurrence{"2025-Q2", make_date(2025, 4, 1), make_date(2025, 5, 31)});
}

TEST_CASE("a monthly deadline is due on its day of each month") {
  const auto found = all_of("до 5 числа каждого месяца", "ru", year);
  REQUIRE(found.size() == 12);
  CHECK(found[0] == Occurrence{"2024-01", make_date(2024, 1, 1), make_date(2024, 1, 5)});
  CHECK(found[11].last == make_date(2024, 12, 5));
  const auto short_month = all_of("31 числа каждого месяца", "ru", year);
  REQUIRE(short_month.size() == 12);
  CHECK(short_month[1] == Occurrence{"2024-02", make_date(2024, 2, 29), make_date(2024, 2, 29)});
}

TEST_CASE("a quarterly deadline by a day is due in the month after the quarter") {
  const auto found = all_of("ежеквартально, до 10 числа", "ru", year);
  REQUIRE(found.size() == 4);
  CHECK(found[0] == Occurrence{"2024-Q1", make_date(2024, 1, 1), make_date(2024, 4, 10)});
  CHECK(found[3].last == make_date(2025, 1, 10));
}

TEST_CASE("named weekdays give their days and unnamed weeks give ISO weeks") {
  const auto tuesdays = all_of("по вторникам в октябре", "ru", year);
  REQUIRE(tuesdays.size() == 5);
  CHECK(tuesdays[0] == Occurrence{"2024-10-01", make_date(2024, 10, 1), make_date(2024, 10, 1)});
  const auto weeks = all_of("щотижня", "uk", PlanContext::one_month(2024, 11));
  REQUIRE(weeks.size() == 5);
  CHECK(weeks[0] == Occurrence{"2024-W44", make_date(2024, 11, 1), make_date(2024, 11, 3)});
  CHECK(weeks[1].key == "2024-W45");
  CHECK(weeks[4].last == make_date(2024, 11, 30));
  const auto fortnights = all_of("every other Friday", "en", PlanContext::one_month(2024, 11));
  REQUIRE(fortnights.size() == 3);
  CHECK(fortnights[1].key == "2024-11-15");
}

TEST_CASE("the third Thursday of each month is that day and nothing else") {
  const auto found = all_of("third Thursday of each month", "en", school_year);
  REQUIRE(found.size() == 9);
  CHECK(found[0].key == "2024-09-19");
  CHECK(found[2].key == "2024-11-21");
}

TEST_CASE("halves and thirds of the year end with a month") {
  const auto halves = all_of("twice a year", "en", year);
  REQUIRE(halves.size() == 2);
  CHECK(halves[0].last == make_date(2024, 6, 30));
  CHECK(halves[1].last == make_date(2024, 12, 31));
  CHECK(halves[0].key != halves[1].key);
  const auto thirds = all_of("3 раза в год", "ru", school_year);
  REQUIRE(thirds.size() == 3);
  CHECK(thirds[0].last == make_date(2024, 11, 30));
  CHECK(thirds[2].last == make_date(2025, 5, 31));
}

TEST_CASE("a list has an occurrence for each of its months or days") {
  const auto months = all_of("октябрь, декабрь, март", "ru", school_year);
  REQUIRE(months.size() == 3);
  CHECK(months[2] == Occurrence{"2025-03", make_date(2025, 3, 1), make_date(2025, 3, 31)});
  const auto days = all_of("3, 10, 17 декабря", "ru", school_year);
  REQUIRE(days.size() == 3);
  CHECK(days[1] == Occurrence{"2024-12-10", make_date(2024, 12, 10), make_date(2024, 12, 10)});
}

TEST_CASE("a series never gives more occurrences than the limit") {
  Period daily = read_period("ежедневно", "ru", year).period;
  daily.last = add_days(*daily.first, static_cast<int>(max_occurrences) - 1);
  CHECK(occurrences(daily, make_date(2000, 1, 1), make_date(2100, 1, 1)).size() == max_occurrences);
  daily.last = make_date(2150, 1, 1);
  CHECK(occurrences(daily, make_date(2000, 1, 1), make_date(2190, 1, 1)).size() == max_occurrences);
  CHECK(occurrences(daily, make_date(2100, 1, 1), make_date(2100, 1, 7)).size() == 7);
}
