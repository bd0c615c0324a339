#include "calendar/days_off.hpp"

#include "calendar/holidays.hpp"
#include "calendar/working_days.hpp"
#include "tests/support/catch.hpp"

#include <map>
#include <string>

using namespace convoke;
using namespace convoke::calendar;

namespace {

Date day(std::string_view text) {
  return parse_iso_date(text).value();
}

int working_days_in(int year, std::string_view country) {
  int found = 0;
  for (Date one = make_date(year, 1, 1); one <= make_date(year, 12, 31); one = add_days(one, 1))
    found += built_in_days_off().is_day_off(one, country) ? 0 : 1;
  return found;
}

}  // namespace

TEST_CASE("the working days of a year are as many as the production calendars of Russia and Belarus count") {
  // Russia's production calendars print these sums. In Belarus each day that is moved is worked on another: a
  // year has its 262 or 261 weekdays less the nine holidays that fall on one.
  CHECK(working_days_in(2024, "RU") == 248);
  CHECK(working_days_in(2025, "RU") == 247);
  CHECK(working_days_in(2026, "RU") == 247);
  CHECK(working_days_in(2024, "BY") == 262 - 9);
  CHECK(working_days_in(2025, "BY") == 261 - 9);
}

TEST_CASE("moved working days are known as the governments moved them") {
  struct Row {
    const char* country;
    const char* day;
    bool off;
  };
  const std::vector<Row> rows = {
      {"RU", "2024-04-27", false}, {"RU", "2024-04-29", true},  {"RU", "2024-12-28", false},
      {"RU", "2024-12-30", true},  {"RU", "2025-05-02", true},  {"RU", "2025-05-08", true},
      {"RU", "2025-06-13", true},  {"RU", "2025-11-01", false}, {"RU", "2025-11-03", true},
      {"RU", "2026-01-09", true},  {"RU", "2026-03-09", true},  {"RU", "2026-05-11", true},
      {"BY", "2024-05-13", true},  {"BY", "2024-05-14", true},  {"BY", "2024-05-18", false},
      {"BY", "2025-01-11", false}, {"BY", "2025-07-04", true},  {"BY", "2025-12-20", false},
      {"BY", "2026-04-20", true},  {"BY", "2026-04-25", false}, {"UA", "2025-10-01", true},
      {"UA", "2026-07-15", true},  {"UA", "2026-01-07", false}, {"UA", "2025-05-09", false},
      {"UA", "2025-05-08", true},  {"", "2025-05-08", false},   {"", "2025-05-10", true},
      {"DE", "2025-01-01", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.country, row.day);
    CHECK(built_in_days_off().is_day_off(day(row.day), row.country) == row.off);
  }
}

TEST_CASE("the holidays of four years are known for three countries") {
  for (const int year : {2024, 2025, 2026, 2027})
    for (const auto* country : {"UA", "BY", "RU"}) {
      CAPTURE(year, country);
      CHECK(built_in_days_off().covers(country, year));
      CHECK(built_in_days_off().is_day_off(make_date(year, 1, 1), country));
    }
  CHECK_FALSE(built_in_days_off().covers("UA", 2023));
  CHECK_FALSE(built_in_days_off().covers("PL", 2025));
  CHECK(built_in_days_off().name_of(day("2025-08-24"), "UA") == "День Незалежності України");
  CHECK(built_in_days_off().name_of(day("2025-08-25"), "UA").empty());
}

TEST_CASE("Belarus works a Saturday for each Monday or Friday that was moved") {
  for (const int year : {2024, 2025, 2026, 2027}) {
    int moved = 0, worked = 0;
    for (Date one = make_date(year, 1, 1); one <= make_date(year, 12, 31); one = add_days(one, 1)) {
      const bool off = built_in_days_off().is_day_off(one, "BY");
      if (!off && is_weekend(one)) ++worked;
      if (off && built_in_days_off().name_of(one, "BY").starts_with("перанос")) ++moved;
    }
    CHECK(moved == worked);
  }
}

TEST_CASE("a zone names the country whose holidays are kept there") {
  const std::vector<std::pair<std::string_view, std::string_view>> rows = {
      {"Europe/Kyiv", "UA"},   {"Europe/Kiev", "UA"},     {"Europe/Minsk", "BY"},
      {"Europe/Moscow", "RU"}, {"Asia/Kamchatka", "RU"},  {"Asia/Yekaterinburg", "RU"},
      {"Europe/Warsaw", ""},   {"Europe/Simferopol", ""}, {"", ""}};
  for (const auto& [zone, country] : rows) CHECK(country_of_zone(zone) == country);
}

TEST_CASE("working days are counted over holidays and worked Saturdays") {
  const WorkingWeek week{built_in_days_off(), "BY"};
  CHECK(working_day_not_after(day("2025-04-29"), week) == day("2025-04-26"));  // a worked Saturday
  CHECK(working_day_not_after(day("2025-01-07"), week) == day("2025-01-03"));
  CHECK(working_day_not_after(day("2025-01-08"), week) == day("2025-01-08"));
  CHECK(working_day_after(day("2025-07-02"), week) == day("2025-07-07"));
  CHECK(add_working_days(day("2025-04-30"), -1, week) == day("2025-04-26"));
  CHECK(add_working_days(day("2025-04-25"), 2, week) == day("2025-04-30"));
  CHECK(add_working_days(day("2025-04-27"), 0, week) == day("2025-04-27"));
}

TEST_CASE("a country without a working day does not end in a long search") {
  DaysOff table;
  for (Date one = make_date(2025, 1, 1); one <= make_date(2027, 12, 31); one = add_days(one, 1))
    table.put({"XX", one, true, "x"});
  const WorkingWeek week{table, "XX"};
  CHECK(working_day_not_after(day("2026-05-05"), week) == day("2026-05-05"));
  CHECK(working_day_after(day("2026-05-05"), week) == day("2026-05-06"));
}

TEST_CASE("a file of holidays says which line is wrong") {
  const auto error = [](std::string_view text) {
    const auto days = read_special_days(text);
    return days ? std::string("none") : days.error().message;
  };
  CHECK(error("# a\n\nUA\t2028-01-01\toff\tНовий рік\r\nUA\t2028-01-08\tworking\tзамість 2 січня") == "none");
  CHECK(error("\xEF\xBB\xBFUA\t2028-01-01\toff\tA\n") == "none");
  CHECK(error("") == "none");
  CHECK(error("UA\t2028-01-01\toff\tA\nUA\t2028-02-30\toff\tB\n").starts_with("line 2: a day reads"));
  CHECK(error("ua\t2028-01-01\toff\tA").starts_with("line 1: a country"));
  CHECK(error("UA\t2028-01-01\tfree\tA").starts_with("line 1: a day is"));
  CHECK(error("UA\t2028-01-01\toff\t ").starts_with("line 1: a day has"));
  CHECK(error("UA\t2028-01-01\toff").starts_with("line 1: country"));
  CHECK(error("UA\t2028-01-01\toff\tA\tB").starts_with("line 1: country"));
  CHECK(error("UA 2028-01-01 off A").starts_with("line 1: country"));
  CHECK(error("UA\t2028-01-01\toff\t\xFF").find("UTF-8") != std::string::npos);
}

TEST_CASE("a file of holidays is bounded") {
  std::string text;
  for (std::size_t i = 0; i < max_special_days; ++i) text += "UA\t2028-01-01\toff\tA\n";
  CHECK(read_special_days(text).value().size() == max_special_days);
  CHECK_FALSE(read_special_days(text + "UA\t2028-01-01\toff\tA\n"));
  std::string comment(max_holiday_file, '#');
  CHECK(read_special_days(comment));
  CHECK_FALSE(read_special_days(comment + "#"));
}

TEST_CASE("a later file changes what an earlier one said") {
  DaysOff table;
  table.put({"UA", day("2028-01-03"), true, "a"});
  table.put({"UA", day("2028-01-03"), false, "b"});
  CHECK_FALSE(table.is_day_off(day("2028-01-03"), "UA"));
  CHECK(table.name_of(day("2028-01-03"), "UA") == "b");
}
