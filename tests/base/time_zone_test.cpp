#include "base/time_zone.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

namespace {

std::string utc(const char* date, const char* time, const char* zone) {
  return format_iso(to_instant(parse_iso_date(date).value(), parse_iso_time(time).value(), zone));
}

}  // namespace

TEST_CASE("a time that daylight saving skips counts with the offset before the gap") {
  CHECK(utc("2027-03-28", "03:30", "Europe/Kyiv") == "2027-03-28T01:30:00Z");
  CHECK(utc("2026-03-29", "02:30", "Europe/Berlin") == "2026-03-29T01:30:00Z");
}

TEST_CASE("of a time that happens twice the first is meant") {
  CHECK(utc("2027-10-31", "03:30", "Europe/Kyiv") == "2027-10-31T00:30:00Z");
  CHECK(utc("2026-10-25", "02:30", "Europe/Berlin") == "2026-10-25T00:30:00Z");
}

TEST_CASE("ordinary times are right in the zones of the field") {
  CHECK(utc("2024-11-14", "10:00", "Europe/Kyiv") == "2024-11-14T08:00:00Z");
  CHECK(utc("2024-07-14", "10:00", "Europe/Kyiv") == "2024-07-14T07:00:00Z");
  CHECK(utc("2024-11-14", "10:00", "Europe/Minsk") == "2024-11-14T07:00:00Z");
  CHECK(utc("2024-11-14", "10:00", "Europe/Samara") == "2024-11-14T06:00:00Z");
}

TEST_CASE("an instant shows as the civil time of its zone and comes back") {
  const auto civil = to_civil(parse_iso_instant("2027-03-28T01:00:00Z").value(), "Europe/Kyiv");
  CHECK(civil == CivilTime{make_date(2027, 3, 28), std::chrono::hours{4}});
  CHECK(format_iso(to_instant(civil, "Europe/Kyiv")) == "2027-03-28T01:00:00Z");
}

TEST_CASE("an unknown zone is refused and says what to write") {
  CHECK(check_zone("Europe/Kyiv"));
  for (const auto* bad : {"", "Kyiv", "../../etc/passwd", "Europe/Atlantis"}) {
    CAPTURE(bad);
    const auto zone = check_zone(bad);
    REQUIRE_FALSE(zone);
    CHECK(zone.error().message.find("Europe/Kyiv") != std::string::npos);
  }
}

TEST_CASE("the offsets of a year are two where clocks change and one where they do not") {
  const auto from = parse_iso_instant("2026-01-01").value();
  const auto to = parse_iso_instant("2026-12-31").value();
  CHECK(zone_offsets("Europe/Kyiv", from, to).size() == 3);
  CHECK(zone_offsets("Europe/Minsk", from, to).size() == 1);
}
