// The days on which people are marked as present.
#include "model/attendance_days.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

namespace {

Event lasting(Date first, Date last) {
  Event event;
  event.period = make_dated(first);
  if (last == first) return event;
  event.period.precision = Precision::date_range;
  event.period.last = last;
  return event;
}

}  // namespace

TEST_CASE("people are marked on each day of an event of several days") {
  CHECK(attendance_days(lasting(make_date(2024, 2, 28), make_date(2024, 3, 1))) ==
        std::vector{make_date(2024, 2, 28), make_date(2024, 2, 29), make_date(2024, 3, 1)});
  CHECK(attendance_days(lasting(make_date(2024, 9, 24), make_date(2024, 9, 24))) ==
        std::vector{make_date(2024, 9, 24)});
  CHECK(attendance_days(Event()).empty());
  // A month of which no day is known is no row of days.
  Event vague = lasting(make_date(2024, 11, 1), make_date(2024, 11, 30));
  vague.period.precision = Precision::month;
  CHECK(attendance_days(vague).size() == 1);
}

TEST_CASE("an event of more days than a sheet has columns has one mark") {
  const auto first = make_date(2024, 7, 1);
  CHECK(attendance_days(lasting(first, add_days(first, most_attendance_days - 1))).size() == 31);
  CHECK(attendance_days(lasting(first, add_days(first, most_attendance_days))).size() == 1);
}

TEST_CASE("a mark of a day that the event left behind counts for the nearest") {
  const auto days = attendance_days(lasting(make_date(2024, 9, 24), make_date(2024, 9, 26)));
  CHECK(day_among(days, make_date(2024, 9, 25)) == make_date(2024, 9, 25));
  CHECK(day_among(days, make_date(2024, 9, 1)) == make_date(2024, 9, 24));
  CHECK(day_among(days, make_date(2025, 1, 1)) == make_date(2024, 9, 26));
  CHECK(day_among({}, make_date(2025, 1, 1)) == make_date(2025, 1, 1));
}
