#include "base/date.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

TEST_CASE("a date is read only in its one spelling and only when the day exists") {
  CHECK(parse_iso_date("2024-02-29").value() == make_date(2024, 2, 29));
  for (const auto* bad : {"", "2023-02-29", "2024-2-29", "2024-02-2x", "2024/02/29", "1899-12-31", "2200-01-01", "2024-02-291"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_iso_date(bad));
  }
}

TEST_CASE("the first and the last year are accepted") {
  CHECK(parse_iso_date("1900-01-01"));
  CHECK(parse_iso_date("2199-12-31"));
}

TEST_CASE("a time of day is read from 00:00 to 23:59") {
  CHECK(parse_iso_time("00:00").value() == TimeOfDay{0});
  CHECK(parse_iso_time("23:59").value() == TimeOfDay{23 * 60 + 59});
  for (const auto* bad : {"24:00", "10:60", "9:00", "10.00", ""}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_iso_time(bad));
  }
}

TEST_CASE("an instant is read and printed in UTC") {
  const auto at = parse_iso_instant("2024-11-14T08:05:09Z");
  REQUIRE(at);
  CHECK(format_iso(*at) == "2024-11-14T08:05:09Z");
  CHECK(format_iso(parse_iso_instant("2024-11-14").value()) == "2024-11-14T00:00:00Z");
  for (const auto* bad : {"2024-11-14T08:05:09", "2024-11-14 08:05:09Z", "2024-11-14T08:05:60Z", "2024-11-14T"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_iso_instant(bad));
  }
}

TEST_CASE("the last day of February follows the leap year") {
  CHECK(last_of_month(make_date(2024, 2, 1)) == make_date(2024, 2, 29));
  CHECK(last_of_month(make_date(2025, 2, 10)) == make_date(2025, 2, 28));
}
