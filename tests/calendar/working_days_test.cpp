#include "calendar/working_days.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::calendar;

TEST_CASE("Monday to Friday are working days unless they are named holidays") {
  CHECK(is_working_day(make_date(2024, 11, 15)));
  CHECK_FALSE(is_working_day(make_date(2024, 11, 16)));
  CHECK_FALSE(is_working_day(make_date(2024, 11, 17)));
  CHECK_FALSE(is_working_day(make_date(2024, 12, 25), {make_date(2024, 12, 25)}));
}

TEST_CASE("the last working day of a month is not a Sunday") {
  CHECK(last_working_day(make_date(2024, 11, 1), make_date(2024, 11, 30)) == make_date(2024, 11, 29));
  CHECK(last_working_day(make_date(2024, 10, 1), make_date(2024, 10, 31)) == make_date(2024, 10, 31));
  CHECK(last_working_day(make_date(2024, 10, 1), make_date(2024, 10, 31), {make_date(2024, 10, 31)}) ==
        make_date(2024, 10, 30));
}

TEST_CASE("a span without a working day ends on its last day") {
  CHECK(last_working_day(make_date(2024, 11, 16), make_date(2024, 11, 17)) == make_date(2024, 11, 17));
  CHECK(last_working_day(make_date(2024, 11, 17), make_date(2024, 11, 17)) == make_date(2024, 11, 17));
}

TEST_CASE("working days are counted back over weekends and holidays") {
  const Date monday = make_date(2024, 11, 18);
  CHECK(minus_working_days(monday, 0) == monday);
  CHECK(minus_working_days(monday, 1) == make_date(2024, 11, 15));
  CHECK(minus_working_days(monday, 5) == make_date(2024, 11, 11));
  CHECK(minus_working_days(make_date(2024, 11, 17), 1) == make_date(2024, 11, 15));
  CHECK(minus_working_days(monday, 1, {make_date(2024, 11, 15)}) == make_date(2024, 11, 14));
}
