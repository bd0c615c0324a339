#include "calendar/vtimezone.hpp"

#include "base/text.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <optional>

using namespace convoke;
using namespace convoke::calendar;
using namespace convoke::calendar::testing;
using std::chrono::hours;

namespace {

const std::vector<std::string> zones_of_the_field = {"Europe/Kyiv",   "Europe/Minsk",   "Europe/Moscow",
                                                     "Europe/Samara", "Europe/Vilnius", "Europe/Warsaw",
                                                     "Europe/Berlin", "Asia/Almaty",    "UTC"};

// One observance as a client reads it from the text.
struct Observance {
  std::chrono::sys_seconds start{};  // local, seconds as if UTC
  unsigned month = 0;
  int nth = 0;
  unsigned weekday = 0;
  long from = 0, to = 0;
};

long offset_of(const std::string& text) {
  const long value = std::stol(text.substr(1, 2)) * 3600 + std::stol(text.substr(3, 2)) * 60 +
                     (text.size() > 5 ? std::stol(text.substr(5, 2)) : 0);
  return text[0] == '-' ? -value : value;
}

std::vector<Observance> observances_of(const std::string& text) {
  std::vector<Observance> out;
  for (const auto& line : unfolded(text)) {
    if (line == "BEGIN:STANDARD" || line == "BEGIN:DAYLIGHT") out.emplace_back();
    const auto value = line.substr(std::min(line.size(), line.find(':') + 1));
    if (line.starts_with("DTSTART:")) {
      const auto date = day(value.substr(0, 4) + "-" + value.substr(4, 2) + "-" + value.substr(6, 2));
      out.back().start = to_days(date) + hours{std::stoi(value.substr(9, 2))} +
                         std::chrono::minutes{std::stoi(value.substr(11, 2))} +
                         std::chrono::seconds{std::stoi(value.substr(13, 2))};
    }
    if (line.starts_with("TZOFFSETFROM:")) out.back().from = offset_of(value);
    if (line.starts_with("TZOFFSETTO:")) out.back().to = offset_of(value);
    if (line.starts_with("RRULE:")) {
      const auto by_month = line.find("BYMONTH=") + 8, by_day = line.find("BYDAY=") + 6;
      out.back().month = static_cast<unsigned>(std::stoi(line.substr(by_month)));
      std::size_t used = 0;
      out.back().nth = std::stoi(line.substr(by_day), &used);
      const std::string name = line.substr(by_day + used, 2);
      const std::vector<std::string> names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
      out.back().weekday = static_cast<unsigned>(std::find(names.begin(), names.end(), name) - names.begin());
    }
  }
  return out;
}

// RFC 5545 3.6.5: in force is the observance whose onset lies last before the instant.
long offset_at(const std::vector<Observance>& observances, Instant instant) {
  std::optional<Instant> best;
  long offset = observances.front().to;
  const auto consider = [&](Instant onset, long to) {
    if (onset <= instant && (!best || onset > *best)) {
      best = onset;
      offset = to;
    }
  };
  const auto year = Date{std::chrono::floor<std::chrono::days>(instant)}.year();
  for (const auto& one : observances) {
    if (one.month == 0) {
      consider(one.start - std::chrono::seconds{one.from}, one.to);
      continue;
    }
    const auto time = one.start - std::chrono::floor<std::chrono::days>(one.start);
    for (auto y = year - std::chrono::years{1}; y <= year; ++y) {
      const std::chrono::weekday weekday{one.weekday};
      const Date date = one.nth < 0 ? Date{y / std::chrono::month{one.month} / weekday[std::chrono::last]}
                                    : Date{y / std::chrono::month{one.month} / weekday[unsigned(one.nth)]};
      consider(to_days(date) + time - std::chrono::seconds{one.from}, one.to);
    }
  }
  return offset;
}

long true_offset(const std::vector<ZoneOffset>& offsets, Instant instant) {
  const auto after = std::upper_bound(offsets.begin(), offsets.end(), instant,
                                      [](Instant at_, const ZoneOffset& one) { return at_ < one.begins; });
  return (after - 1)->offset.count();
}

int wrong_hours(const std::string& zone, Instant from, Instant to) {
  const auto observances = observances_of(render_vtimezone(zone, from, to));
  const auto offsets = zone_offsets(zone, from, to);
  int wrong = 0;
  for (Instant instant = from; instant <= to; instant += hours{1})
    if (offset_at(observances, instant) != true_offset(offsets, instant)) ++wrong;
  return wrong;
}

}  // namespace

TEST_CASE("feed rule 34: the offsets of a VTIMEZONE are those of the zone in every hour from 2020 to 2037") {
  for (const auto& zone : zones_of_the_field) {
    CAPTURE(zone);
    CHECK(wrong_hours(zone, at("2020-01-01"), at("2037-12-31")) == 0);
  }
}

TEST_CASE("a VTIMEZONE over years in which a country changed its rules is right in every hour") {
  for (const auto& zone : {"Europe/Moscow", "Europe/Minsk", "Europe/Samara", "Asia/Almaty", "Europe/Kyiv",
                           "Europe/Istanbul", "Africa/Cairo", "America/New_York", "Africa/Casablanca",
                           "Australia/Lord_Howe", "Europe/Dublin", "America/Sao_Paulo"}) {
    CAPTURE(zone);
    CHECK(wrong_hours(zone, at("2005-01-01"), at("2030-12-31")) == 0);
  }
}

TEST_CASE(
    "feed rule 34: clocks that change by the rule of today are two observances of one yearly rule each") {
  for (const auto& zone : {"Europe/Kyiv", "Europe/Vilnius", "Europe/Warsaw", "Europe/Berlin"}) {
    CAPTURE(zone);
    const auto text = render_vtimezone(zone, at("2026-01-01"), at("2027-12-31"));
    CHECK(values(text, "TZOFFSETTO").size() == 2);
    CHECK(values(text, "TZOFFSETFROM").size() == 2);
    CHECK(has_line(text, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"));
    CHECK(has_line(text, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"));
    CHECK(text.find("RDATE") == std::string::npos);
    CHECK(text.find("UNTIL") == std::string::npos);
    for (const auto& start : values(text, "DTSTART")) CHECK(start.substr(0, 4) == "1970");
  }
}

TEST_CASE("feed rule 34: a zone whose clocks stand still is one STANDARD") {
  for (const auto& zone : {"Europe/Minsk", "Europe/Moscow", "Europe/Samara", "UTC"}) {
    CAPTURE(zone);
    const auto text = render_vtimezone(zone, at("2026-01-01"), at("2027-12-31"));
    CHECK(values(text, "TZOFFSETTO").size() == 1);
    CHECK(has_line(text, "BEGIN:STANDARD"));
    CHECK_FALSE(has_line(text, "BEGIN:DAYLIGHT"));
    CHECK(text.find("RRULE") == std::string::npos);
  }
}

TEST_CASE(
    "feed rule 33: a VTIMEZONE has the bare name of its zone and libical reads it without a complaint") {
  for (const auto& zone : zones_of_the_field) {
    CAPTURE(zone);
    const auto text = render_vtimezone(zone, at("2026-01-01"), at("2027-12-31"));
    CHECK(has_line(text, "TZID:" + zone));
    const auto parsed = parse(text);
    REQUIRE(parsed);
    CHECK(icalcomponent_isa(parsed.get()) == ICAL_VTIMEZONE_COMPONENT);
    CHECK(icalcomponent_count_errors(parsed.get()) == 0);
  }
}

TEST_CASE("a calendar that reaches back before a change of rules lists the changes one by one") {
  const auto text = render_vtimezone("Europe/Moscow", at("2013-06-01"), at("2016-06-01"));
  CHECK(values(text, "TZOFFSETTO") == std::vector<std::string>{"+0400", "+0300"});
  CHECK(has_line(text, "DTSTART:20141026T020000"));
}

TEST_CASE("a zone that is none is a fault of the caller") {
  CHECK_THROWS(render_vtimezone("Europe/Atlantis", at("2026-01-01"), at("2027-12-31")));
}
