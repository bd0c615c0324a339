#include "model/period.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

TEST_CASE("the context of a plan is read in its three forms") {
  CHECK(parse_context("cal:2024") == PlanContext::calendar_year(2024));
  CHECK(parse_context("acad:2024/2025") == PlanContext::academic_year(2024));
  CHECK(parse_context("month:2025-12") == PlanContext::one_month(2025, 12));
  for (const auto* bad : {"", "cal", "cal:24", "acad:2024/2026", "acad:2024", "month:2025-13", "year:2024", "cal:2024x"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_context(bad));
  }
}

TEST_CASE("an academic year runs from the first of September to the end of May") {
  const auto year = PlanContext::academic_year(2024);
  CHECK(year.first == make_date(2024, 9, 1));
  CHECK(year.last == make_date(2025, 5, 31));
}

TEST_CASE("names of precisions and frequencies go both ways") {
  for (int i = 0; i <= static_cast<int>(Precision::none); ++i) {
    const auto precision = static_cast<Precision>(i);
    CHECK(precision_of(name_of(precision)) == precision);
  }
  for (int i = 0; i <= static_cast<int>(Frequency::list); ++i) {
    const auto frequency = static_cast<Frequency>(i);
    CHECK(frequency_of(name_of(frequency)) == frequency);
  }
  CHECK(type_name(Precision::exact_time) == "exact_date");
}

TEST_CASE("a month asks for its day and a day does not") {
  Period month;
  month.precision = Precision::month;
  month.first = make_date(2024, 11, 1);
  month.last = make_date(2024, 11, 30);
  CHECK(month.is_vague());
  CHECK_FALSE(make_dated(make_date(2024, 11, 14)).is_vague());
  CHECK(make_dated(make_date(2024, 11, 14), TimeOfDay{600}).precision == Precision::exact_time);
}
