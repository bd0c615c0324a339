// What a reading says beside type and dates: deadlines, times, places, warnings, details of what repeats.
#include "calendar/period_grammar.hpp"

#include "calendar/period_batch.hpp"
#include "calendar/period_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::calendar;

namespace {

const auto school_year = PlanContext::academic_year(2024);
const auto year = PlanContext::calendar_year(2024);

PeriodReading read(const char* text, const char* language = "ru", const PlanContext& plan = school_year) {
  return read_period(text, language, plan);
}

bool warns(const PeriodReading& reading, std::string_view words) {
  return std::any_of(reading.warnings.begin(), reading.warnings.end(),
                     [&](const std::string& w) { return w.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("a deadline is told from a meeting") {
  for (const auto* text :
       {"до 15 мая", "не позднее 15 мая", "к 15 мая", "по 15 мая включительно", "до 15.05.2025"}) {
    CAPTURE(text);
    const auto period = read(text).period;
    CHECK(period.deadline);
    CHECK(period.last == make_date(2025, 5, 15));
  }
  CHECK(read("да 15 мая", "be").period.deadline);
  CHECK(read("by 15 May", "en").period.deadline);
  CHECK_FALSE(read("15 мая").period.deadline);
  CHECK_FALSE(read("с 1 по 15 мая").period.deadline);
}

TEST_CASE("an anniversary or a holiday is no deadline") {
  for (const auto* text : {"к 100-летию", "ко Дню библиотек", "до 200-річчя", "да 100-годдзя"}) {
    CAPTURE(text);
    const auto reading = read(text);
    CHECK(reading.period.precision == Precision::none);
    CHECK_FALSE(reading.period.has_dates());
    CHECK(reading.period.source_text == text);
    CHECK_FALSE(reading.warnings.empty());
  }
}

TEST_CASE("a time of day makes the period exact and may have an end") {
  const auto meeting = read("14 ноября 2024 года, 10.00-12.30").period;
  CHECK(meeting.precision == Precision::exact_time);
  CHECK(meeting.time == TimeOfDay{600});
  CHECK(meeting.end_time == TimeOfDay{750});
  CHECK(read("27 мая в 11:00").period.time == TimeOfDay{660});
  CHECK(read("22 жовтня о 10 годині", "uk").period.time == TimeOfDay{600});
  CHECK(read("14 ноября\n11.00").period.time == TimeOfDay{660});
  CHECK(read("21 November, 2:30 pm", "en").period.time == TimeOfDay{870});
  CHECK(read("по четвергам в 15.00").period.time == TimeOfDay{900});
  CHECK(read("15.10").period.precision == Precision::exact_date);
}

TEST_CASE("place and mode in the period cell are split off") {
  CHECK(read("январь, 2024 г. онлайн", "ru", year).place == "онлайн");
  CHECK(read("январь, 2024 г. онлайн", "ru", year).warnings.empty());
  CHECK(read("15 октября, актовый зал ЦРБ").place == "актовый зал ЦРБ");
  CHECK(read("октябрь (дистанционно)").place == "дистанционно");
  CHECK(read("март (дата уточняется)").place.empty());
  const auto address = read("15 октября, ул. 1 Мая, 5");
  CHECK(address.period.first == make_date(2024, 10, 15));
  CHECK(address.period.last == make_date(2024, 10, 15));
  CHECK(address.place == "ул. 1 Мая, 5");
}

TEST_CASE("unknown words beside a date are kept and warned about") {
  const auto reading = read("15 октября, Заречье");
  CHECK(reading.period.precision == Precision::exact_date);
  CHECK(reading.place == "Заречье");
  CHECK(warns(reading, "Заречье"));
}

TEST_CASE("a second line with a deadline of its own is a further deadline") {
  const auto reading = read("15 мая\nприём заявок – до 1 апреля");
  CHECK(reading.period.first == make_date(2025, 5, 15));
  CHECK_FALSE(reading.period.deadline);
  REQUIRE(reading.more_deadlines.size() == 1);
  CHECK(reading.more_deadlines[0].last == make_date(2025, 4, 1));
  CHECK(reading.more_deadlines[0].deadline);
  CHECK(reading.more_deadlines[0].source_text == "приём заявок – до 1 апреля");
  CHECK(reading.place.empty());
}

TEST_CASE("a year outside the plan is kept with a warning") {
  const auto reading = read("ноябрь 2026");
  CHECK(reading.period.first == make_date(2026, 11, 1));
  CHECK(warns(reading, "outside the plan"));
  CHECK(read("август 2024 года").warnings.empty());
}

TEST_CASE("what repeats says on which days") {
  const auto weekly = read("по понедельникам и средам").period;
  REQUIRE(weekly.recurrence);
  CHECK(weekly.recurrence->weekdays ==
        std::vector<WeekdayRule>{{std::chrono::Monday, 0}, {std::chrono::Wednesday, 0}});
  const auto last = read("последняя пятница каждого месяца").period;
  CHECK(last.recurrence->weekdays == std::vector<WeekdayRule>{{std::chrono::Friday, -1}});
  const auto two = read("1-я и 3-я среда месяца").period;
  CHECK(two.recurrence->weekdays ==
        std::vector<WeekdayRule>{{std::chrono::Wednesday, 1}, {std::chrono::Wednesday, 3}});
  const auto monthly = read("ежемесячно до 5 числа").period;
  CHECK(monthly.recurrence->day_of_month == 5U);
  CHECK(monthly.deadline);
  const auto english = read("by the 5th of each month", "en").period;
  CHECK(english.recurrence->day_of_month == 5U);
  CHECK(english.deadline);
  const auto list = read("вересень-жовтень 2024, квітень 2025", "uk").period;
  CHECK(list.recurrence->list_of_months);
  CHECK(list.recurrence->dates ==
        std::vector<Date>{make_date(2024, 9, 1), make_date(2024, 10, 1), make_date(2025, 4, 1)});
}

TEST_CASE("a frequency that does not exist is read as the nearest with a warning") {
  const auto reading = read("раз в два месяца");
  CHECK(reading.period.precision == Precision::recurring);
  CHECK(warns(reading, "nearest"));
}

TEST_CASE("days that do not exist are not read as others") {
  for (const auto* text : {"31 июня", "30 февраля 2025", "32 мая", "29.02.2025", "15.13.2024"}) {
    CAPTURE(text);
    CHECK(read(text).period.precision == Precision::none);
    CHECK_FALSE(read(text).warnings.empty());
  }
}

TEST_CASE("a weekday that does not fit its date is warned about") {
  CHECK(warns(read("понедельник, 15 октября 2024"), "weekday"));
  CHECK(read("вторник, 15 октября 2024").warnings.empty());
}

TEST_CASE("a misspelt month is read with a warning") {
  const auto reading = read("сентебрь");
  CHECK(reading.period.precision == Precision::month);
  CHECK(warns(reading, "misspelt"));
}

TEST_CASE("the same words mean another time in another plan") {
  CHECK(read("I полугодие").period.last == make_date(2024, 12, 31));
  CHECK(read("I полугодие", "ru", year).period.last == make_date(2024, 6, 30));
  CHECK(read("в течение года").period.precision == Precision::academic_year);
  CHECK(read("в течение года", "ru", year).period.precision == Precision::calendar_year);
  CHECK(read("10", "ru", PlanContext::one_month(2025, 12)).period.first == make_date(2025, 12, 10));
  CHECK(read("10").period.precision == Precision::none);
}

TEST_CASE("holidays and terms are taken from the settings") {
  PeriodSettings settings;
  settings.holidays[2] = {{10, 20}, {10, 27}};
  settings.terms[0] = {{9, 1}, {10, 19}};
  CHECK(read_period("осенние каникулы", "ru", school_year, settings).period.first == make_date(2024, 10, 20));
  CHECK(read_period("I четверть", "ru", school_year, settings).period.last == make_date(2024, 10, 19));
}

TEST_CASE("a cell longer than the limit is kept as text") {
  const std::string fits(max_period_bytes, ' ');
  CHECK(read_period(fits, "ru", year).warnings.empty());
  const std::string date = "15 октября";
  const auto below = read_period(date + std::string(max_period_bytes - date.size(), ' '), "ru", year);
  CHECK(below.period.precision == Precision::exact_date);
  const auto above = read_period(date + std::string(max_period_bytes - date.size() + 1, ' '), "ru", year);
  CHECK(above.period.precision == Precision::none);
  CHECK(above.period.source_text == date);
  CHECK(warns(above, "too long"));
}

TEST_CASE("a line of a batch that is no line is refused with a reason") {
  CHECK(period_batch_line("май\tru\tcal:2024").value() == "month\t2024-05-01\t2024-05-31");
  CHECK(period_batch_line("—\tru\tcal:2024").value() == "none\t\t");
  CHECK(period_batch_line("октябрь\\nноябрь\tru\tcal:2024").value() == "month_range\t2024-10-01\t2024-11-30");
  for (const auto* bad : {"", "май", "май\tru", "май\tru\tcal:24", "май\tru\t"}) {
    CAPTURE(bad);
    REQUIRE(period_batch_line(bad).has_error());
    CHECK(period_batch_line(bad).error().code == Errc::invalid_input);
  }
}

TEST_CASE("the names of stages beside their months are told and are no place") {
  for (const auto* text : {"Заочный этап – октябрь\nОчный этап – ноябрь", "I тур: октябрь; II тур: ноябрь"}) {
    CAPTURE(text);
    const auto reading = read(text);
    CHECK(reading.period.precision == Precision::month_range);
    CHECK(reading.period.first == make_date(2024, 10, 1));
    CHECK(reading.period.last == make_date(2024, 11, 30));
    CHECK(reading.place.empty());
    CHECK(warns(reading, "stage"));
  }
  CHECK(read("октябрь, Минск").place == "Минск");
}

TEST_CASE("a day of the month after the reported quarter repeats every quarter") {
  const auto period = read("до 5 числа месяца, следующего за отчётным кварталом", "ru", year).period;
  REQUIRE(period.recurrence);
  CHECK(period.recurrence->frequency == Frequency::quarterly);
  CHECK(period.recurrence->day_of_month == 5U);
  CHECK(period.deadline);
}

TEST_CASE("the middle of a year is the last month of its first half") {
  CHECK(read("середина года", "ru", year).period.first == make_date(2024, 6, 1));
  CHECK(read("середина учебного года").period.first == make_date(2025, 1, 1));
  CHECK(read("середина II квартала", "ru", year).period.first == make_date(2024, 5, 1));
}

TEST_CASE("working days of a month are counted without Saturdays and Sundays") {
  CHECK(read("последний рабочий день марта", "ru", year).period.last == make_date(2024, 3, 29));
  CHECK(read("перший робочий день червня", "uk", year).period.first == make_date(2024, 6, 3));
}

TEST_CASE("a cell of very many words and figures is kept as text with a warning") {
  std::string text;
  for (std::size_t i = 0; i < max_period_tokens; ++i) text += "1 ";
  CHECK_FALSE(warns(read(text.c_str()), "too many words"));
  text += "1";
  const auto reading = read(text.c_str());
  CHECK(reading.period.precision == Precision::none);
  CHECK(warns(reading, "too many words"));
}
