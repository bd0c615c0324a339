// Next year's plan from this year's: years, days, editions.
#include "service/next_year.hpp"
#include "service/intake_check.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::service;
using Catch::Matchers::Contains;

namespace {

Date day(const char* iso) {
  return parse_iso_date(iso).value();
}

Plan school_plan() {
  Plan plan;
  plan.id = PlanId{7};
  plan.title = "План роботи на 2024/2025 навчальний рік";
  plan.language = "uk";
  plan.year = PlanContext::academic_year(2024);
  plan.approvals = {{"ЗАТВЕРДЖУЮ", "Директор", "Явір С.М.", day("2024-09-12"), "№ 5"}};
  plan.preamble = {{"Мета", "Розвиток бібліотек у 2024/25 році"}};
  return plan;
}

Event row(const std::string& title, Period period) {
  Event event;
  event.title = title;
  event.kind = EventKind::conference;
  event.zone = "Europe/Kyiv";
  event.period = std::move(period);
  return event;
}

Period month(const std::string& words, const char* first, const char* last) {
  Period period;
  period.precision = Precision::month;
  period.first = day(first);
  period.last = day(last);
  period.source_text = words;
  return period;
}

Event next_of(const Event& event) {
  return next_year_draft(school_plan(), {event}).rows.at(0).item.event;
}

}  // namespace

TEST_CASE("every year of a text moves on by one and other numbers stay") {
  for (const auto& [now, then] : std::vector<std::pair<std::string, std::string>>{
           {"на 2024/2025 навчальний рік", "на 2025/2026 навчальний рік"},
           {"2024/25", "2025/26"},
           {"1999/00", "2000/01"},
           {"14.11.2024, 10:00", "14.11.2025, 10:00"},
           {"листопад 2024 р.", "листопад 2025 р."},
           {"кабінет 2024а", "кабінет 2025а"},
           {"тел. 20242025, 12/24, форма 6-НК", "тел. 20242025, 12/24, форма 6-НК"},
           {"1812 рік", "1812 рік"},
           {"", ""}})
    CHECK(a_year_later(now) == then);
  CHECK(a_year_later(PlanContext::academic_year(2024)) == PlanContext::academic_year(2025));
  CHECK(a_year_later(PlanContext::calendar_year(2024)) == PlanContext::calendar_year(2025));
  CHECK(a_year_later(PlanContext::one_month(2027, 2)) == PlanContext::one_month(2028, 2));
}

TEST_CASE("a day keeps its weekday and the week of its month") {
  CHECK(same_weekday_next_year(day("2024-11-14")) == day("2025-11-13"));  // the second Thursday
  CHECK(same_weekday_next_year(day("2024-03-01")) == day("2025-03-07"));  // the first Friday
  CHECK(same_weekday_next_year(day("2024-10-31")) ==
        day("2025-10-30"));  // the fifth Thursday, then the fifth
  CHECK(same_weekday_next_year(day("2024-02-29")) ==
        day("2025-02-27"));  // the fifth Thursday becomes the last
  for (Date one = day("2023-01-01"); one < day("2029-01-01"); one = add_days(one, 1)) {
    const Date next = same_weekday_next_year(one);
    CHECK(weekday_of(next) == weekday_of(one));
    CHECK(next.month() == one.month());
    CHECK(static_cast<int>(next.year()) == static_cast<int>(one.year()) + 1);
  }
}

TEST_CASE("editions are counted on in four languages") {
  for (const auto& [now, then] : std::vector<std::pair<std::string, std::string>>{
           {"XIX краєзнавча конференція", "XX краєзнавча конференція"},
           {"ХІХ краеведческая конференция", "XX краеведческая конференция"},
           {"Участие в XII научных чтениях", "Участие в XIII научных чтениях"},
           {"I обласний конкурс", "II обласний конкурс"},
           {"12-та літня школа-практикум", "13-та літня школа-практикум"},
           {"2-га виставка", "3-тя виставка"},
           {"6-та виставка", "7-ма виставка"},
           {"10-й городской конкурс", "11-й городской конкурс"},
           {"Конкурс «V Різдвяні читання»", "Конкурс «VI Різдвяні читання»"},
           {"9-ая абласная канферэнцыя", "10-ая абласная канферэнцыя"},
           {"21st reading week", "22nd reading week"},
           {"3rd annual conference", "4th annual conference"},
           {"11th annual conference", "12th annual conference"}}) {
    CAPTURE(now);
    CHECK(next_edition(now) == then);
  }
}

TEST_CASE("numbers that are no editions stay") {
  for (const char* title :
       {"Звіт за I квартал", "Література XX століття", "Книга XIX века", "II етап конкурсу",
        "II тур олимпиады", "Для учнів 5-х класів", "Урок для 7-го класса", "Заседание № 1",
        "С приглашением гостей", "Нарада 1 раз на місяць", "Перша нарада", "Конкурс «Мой край»",
        "5-й класс читает", "", "I"}) {
    CAPTURE(title);
    CHECK_FALSE(next_edition(title));
  }
}

TEST_CASE("a month of a plan becomes the same month of the next year and nothing is doubtful about it") {
  const auto draft = next_year_draft(
      school_plan(), {row("XIX конференція", month("листопад 2024 р.", "2024-11-01", "2024-11-30")),
                      row("Нарада", month("квітень", "2025-04-01", "2025-04-30"))});
  REQUIRE(draft.rows.size() == 2);
  const auto& first = draft.rows[0].item.event;
  CHECK(first.title == "XX конференція");
  CHECK(first.period.source_text == "листопад 2025 р.");
  CHECK(first.period.first == day("2025-11-01"));
  CHECK(certainty_of(draft.rows[0], RowField::period) == Certainty::certain);
  CHECK(certainty_of(draft.rows[0], RowField::title) == Certainty::guessed);
  CHECK(draft.rows[1].item.event.period.first == day("2026-04-01"));
  CHECK(certainty_of(draft.rows[1]) == Certainty::certain);
  CHECK(draft.made_from == PlanId{7});
}

TEST_CASE("the plan of the next year keeps its signatories and waits for their signatures") {
  const auto draft = next_year_draft(school_plan(), {});
  CHECK(draft.plan.title == "План роботи на 2025/2026 навчальний рік");
  CHECK(draft.plan.year == PlanContext::academic_year(2025));
  REQUIRE(draft.plan.approvals.size() == 1);
  CHECK(draft.plan.approvals[0].name == "Явір С.М.");
  CHECK_FALSE(draft.plan.approvals[0].date);
  CHECK(draft.plan.approvals[0].act.empty());
  CHECK(draft.plan.preamble[0].text == "Розвиток бібліотек у 2025/26 році");
}

TEST_CASE(
    "a day that the plan names is moved as a guess and one that was fixed since becomes its month again") {
  Period named = make_dated(day("2024-11-14"), TimeOfDay{600});
  named.source_text = "14.11.2024, 10:00";
  const auto moved = next_of(row("Нарада", named));
  CHECK(moved.period.first == day("2025-11-13"));
  CHECK(moved.period.time == TimeOfDay{600});
  Period fixed = make_dated(day("2024-11-14"), TimeOfDay{600});
  fixed.source_text = "листопад 2024 р.";
  const auto open = next_of(row("Нарада", fixed));
  CHECK(open.period.precision == Precision::month);
  CHECK(open.period.first == day("2025-11-01"));
  const auto draft = next_year_draft(school_plan(), {row("Нарада", named)});
  CHECK(certainty_of(draft.rows[0], RowField::period) == Certainty::guessed);
}

TEST_CASE("an event that was entered by hand keeps its weekday and several days keep their number") {
  const auto by_hand = next_of(row("Нарада", make_dated(day("2024-11-14"))));
  CHECK(by_hand.period.first == day("2025-11-13"));
  Period range;
  range.precision = Precision::date_range;
  range.first = day("2025-05-22");
  range.last = day("2025-05-24");
  range.source_text = "22–24 травня 2025 р.";
  const auto days = next_of(row("Школа", range));
  CHECK(days.period.precision == Precision::date_range);
  CHECK(days.period.first == day("2026-05-28"));
  CHECK(days.period.last == day("2026-05-30"));
}

TEST_CASE("a deadline keeps the day of its month") {
  Period deadline = make_dated(day("2025-05-15"));
  deadline.deadline = true;
  deadline.source_text = "до 15 травня 2025 р.";
  const auto moved = next_of(row("Звіт", deadline));
  CHECK(moved.period.last == day("2026-05-15"));
  CHECK(moved.period.deadline);
}

TEST_CASE("what was cancelled is left out and an anniversary is pointed at") {
  Event cancelled = row("Конкурс", month("травень", "2025-05-01", "2025-05-31"));
  cancelled.status = EventStatus::cancelled;
  const auto draft = next_year_draft(
      school_plan(), {cancelled, row("До 150-річчя поетеси", month("травень", "2025-05-01", "2025-05-31"))});
  CHECK(draft.rows[0].left_out);
  CHECK_FALSE(draft.rows[1].left_out);
  REQUIRE(draft.rows[1].item.warnings.size() == 1);
  CHECK_THAT(draft.rows[1].item.warnings[0], Contains("anniversary"));
}
