#include "calendar/period_format.hpp"

#include "calendar/period_grammar.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::calendar;

namespace {

const auto school_year = PlanContext::academic_year(2024);
const auto year = PlanContext::calendar_year(2024);

std::string in_all(const char* text, const PlanContext& plan) {
  std::string out;
  for (const auto language : all_languages)
    out += format_period(read_period(text, "", plan).period, language) + "\n";
  return out;
}

}  // namespace

TEST_CASE("dates are printed in the case their language wants") {
  const Date day = make_date(2024, 11, 14);
  CHECK(format_date(day, Language::uk) == "14 листопада 2024");
  CHECK(format_date(day, Language::be) == "14 лістапада 2024");
  CHECK(format_date(day, Language::ru) == "14 ноября 2024");
  CHECK(format_date(day, Language::en) == "14 November 2024");
  CHECK(format_date_short(day, Language::uk) == "14.11.2024");
  CHECK(format_date_short(day, Language::en) == "14 Nov 2024");
  CHECK(format_month(day, Language::uk) == "листопад 2024");
  CHECK(format_month(day, Language::be) == "лістапад 2024");
  CHECK(format_weekday(day, Language::uk) == "четвер");
  CHECK(format_weekday(day, Language::en) == "Thursday");
}

TEST_CASE("periods are printed in four languages") {
  CHECK(in_all("ноябрь 2024", year) ==
        "листопад 2024 року\nлістапад 2024 года\nноябрь 2024 года\nNovember 2024\n");
  CHECK(in_all("14.11.2024 10:00", year) ==
        "14 листопада 2024 року, 10:00\n14 лістапада 2024 года, 10:00\n14 ноября 2024 года, 10:00\n14 "
        "November 2024, 10:00\n");
  CHECK(in_all("22-24 мая 2025", school_year) ==
        "22–24 травня 2025 року\n22–24 мая 2025 года\n22–24 мая 2025 года\n22–24 May 2025\n");
  CHECK(in_all("I квартал", year) ==
        "I квартал 2024 року\nI квартал 2024 года\nI квартал 2024 года\nQ1 2024\n");
  CHECK(in_all("до 15 мая 2025", school_year) ==
        "до 15 травня 2025 року\nда 15 мая 2025 года\nдо 15 мая 2025 года\ndue by 15 May 2025\n");
  CHECK(in_all("ежеквартально", year) == "щоквартально\nштоквартальна\nежеквартально\nquarterly\n");
  CHECK(in_all("третий четверг месяца", year) ==
        "третій четвер кожного місяця\nтрэці чацвер кожнага месяца\nтретий четверг каждого месяца\nthird "
        "Thursday of each month\n");
  CHECK(in_all("по отдельному плану", year) ==
        "за планом іншої установи\nпа плане іншай установы\nпо плану другого учреждения\naccording to "
        "another organisation's plan\n");
  CHECK(in_all("по согласованию", year) ==
        "дату не визначено\nдата не вызначана\nдата не определена\ndate not set\n");
  CHECK(in_all("сентябрь-октябрь", school_year) ==
        "вересень–жовтень 2024 року\nверасень–кастрычнік 2024 года\n"
        "сентябрь–октябрь 2024 года\nSeptember–October 2024\n");
}

TEST_CASE("a printed period is read again as the same period") {
  const std::vector<std::pair<const char*, PlanContext>> samples = {{"14 ноября 2024", school_year},
                                                                    {"14.11.2024 10:00-12:00", school_year},
                                                                    {"22-24 мая", school_year},
                                                                    {"28 декабря - 10 января", school_year},
                                                                    {"28 октября - 3 ноября", school_year},
                                                                    {"ноябрь", school_year},
                                                                    {"сентябрь-октябрь", school_year},
                                                                    {"ноябрь-февраль", school_year},
                                                                    {"II квартал", year},
                                                                    {"I-II квартал", year},
                                                                    {"II четверть", school_year},
                                                                    {"I полугодие", year},
                                                                    {"II полугодие", school_year},
                                                                    {"осень", school_year},
                                                                    {"зима", school_year},
                                                                    {"учебный год", school_year},
                                                                    {"2024 год", year},
                                                                    {"ежедневно", year},
                                                                    {"еженедельно", year},
                                                                    {"раз в две недели", year},
                                                                    {"ежемесячно", year},
                                                                    {"ежеквартально", year},
                                                                    {"2 раза в год", year},
                                                                    {"ежегодно", year},
                                                                    {"3 раза в год", year},
                                                                    {"сентябрь, ноябрь, март", school_year},
                                                                    {"3, 10, 17 декабря", school_year},
                                                                    {"по вторникам и четвергам", school_year},
                                                                    {"последняя пятница месяца", year},
                                                                    {"вторая среда месяца", year},
                                                                    {"ежемесячно до 5 числа", year},
                                                                    {"15 числа каждого месяца", year},
                                                                    {"ежемесячно с октября по декабрь", year},
                                                                    {"по средам в 14:00", year},
                                                                    {"постоянно", year},
                                                                    {"по отдельному плану", year},
                                                                    {"по итогам года", year},
                                                                    {"в конце учебного года", school_year},
                                                                    {"по согласованию", year},
                                                                    {"до 15 мая", school_year}};
  for (const auto& [text, plan] : samples) {
    auto meant = read_period(text, "ru", plan).period;
    for (const auto language : all_languages) {
      const auto printed = format_period(meant, language);
      auto again = read_period(printed, tag_of(language), plan).period;
      again.source_text = meant.source_text;
      CAPTURE(text, printed, name_of(again.precision));
      CHECK(again == meant);
    }
  }
}
