#include "service/calendar_entries.hpp"

#include "calendar/days_off.hpp"
#include "calendar/period_grammar.hpp"
#include "service/event_dating.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;

namespace {

struct Desk {
  Snapshot snapshot;
  std::vector<std::shared_ptr<Event>> events;

  Event& add(const std::string& title, const std::string& period) {
    auto event = std::make_shared<Event>();
    event->id = EventId{static_cast<std::int64_t>(events.size() + 1)};
    event->uid = "u-" + std::to_string(event->id.value);
    event->plan = PlanId{1};
    event->organisation = OrganisationId{1};
    event->position = static_cast<int>(events.size());
    event->title = title;
    event->zone = "Europe/Minsk";
    event->period = calendar::read_period(period, "ru", PlanContext::academic_year(2025)).period;
    events.push_back(event);
    return *event;
  }
  const Snapshot& take() {
    std::vector<SharedEvent> all(events.begin(), events.end());
    snapshot.events = EventTable(std::move(all));
    return snapshot;
  }
};

std::vector<std::string> titles(const std::vector<UndatedEntry>& entries) {
  std::vector<std::string> all;
  for (const auto& one : entries) all.push_back(one.event->title);
  return all;
}

const Window november{make_date(2025, 11, 1), make_date(2025, 11, 30)};

}  // namespace

TEST_CASE("a stretch of days holds its entries whole with their first and last day") {
  Desk desk;
  desk.add("Заседание", "12 ноября 2025 года, 10:00");
  desk.add("Лагерь", "29 ноября - 2 декабря 2025 года");
  desk.add("Когда-нибудь", "ноябрь 2025 года");
  desk.add("Долгая работа", "1 ноября - 30 ноября 2025 года");
  desk.add("Декабрь", "5 декабря 2025 года");
  desk.add("Отчёт", "ежемесячно");
  const auto& snapshot = desk.take();
  const auto entries = entries_between(snapshot, {}, november);
  std::vector<std::string> found;
  for (const auto& one : entries) {
    found.push_back(one.title);
    CHECK(one.first <= november.to);
    CHECK(one.last >= november.from);
  }
  CHECK(std::count(found.begin(), found.end(), "Заседание") == 1);
  CHECK(std::count(found.begin(), found.end(), "Лагерь") == 1);
  CHECK(std::count(found.begin(), found.end(), "Когда-нибудь") == 0);
  CHECK(std::count(found.begin(), found.end(), "Долгая работа") == 0);
  CHECK(std::count(found.begin(), found.end(), "Декабрь") == 0);
  for (const auto& one : entries)
    if (one.title == "Лагерь") {
      CHECK(one.last == make_date(2025, 12, 2));
      CHECK_FALSE(one.of_series);
    }
}

TEST_CASE("a stretch of days that ends before it begins or is too long is refused") {
  const Date from = make_date(2025, 11, 1);
  CHECK(make_window(from, from).has_value());
  CHECK(make_window(from, add_days(from, longest_window - 1)).has_value());
  CHECK(make_window(from, add_days(from, longest_window)).error().code == Errc::invalid_input);
  CHECK(make_window(from, add_days(from, -1)).error().code == Errc::invalid_input);
}

TEST_CASE("holidays are those of the country whose time the events keep") {
  Desk desk;
  desk.add("Заседание", "12 ноября 2025 года");
  Settings settings;
  const auto belarus = named_days(settings, desk.take(), {}, november);
  REQUIRE_FALSE(belarus.empty());
  CHECK(belarus.front().day == make_date(2025, 11, 7));
  CHECK(belarus.front().off);
  desk.events.front()->zone = "Asia/Tokyo";
  settings.default_zone = "Asia/Tokyo";
  CHECK(named_days(settings, desk.take(), {}, november).empty());
}

TEST_CASE("a Saturday that is worked is named as such") {
  calendar::DaysOff table;
  table.put({"BY", make_date(2025, 11, 15), false, "вместо 14 ноября"});
  table.put({"BY", make_date(2025, 11, 14), true, "перенос"});
  Desk desk;
  desk.add("Заседание", "12 ноября 2025 года");
  Settings settings;
  settings.days_off = std::make_shared<const calendar::DaysOff>(table);
  const auto days = named_days(settings, desk.take(), {}, november);
  REQUIRE(days.size() == 2);
  CHECK(days[0].off);
  CHECK_FALSE(days[1].off);
  CHECK(days[1].name == "вместо 14 ноября");
}

TEST_CASE("what waits for a day in a month are the rows of plans whose period meets it") {
  Desk desk;
  desk.add("Квартал", "IV квартал 2025 года");
  desk.add("Ноябрь", "ноябрь 2025 года");
  desk.add("День", "12 ноября 2025 года");
  desk.add("Март", "март 2026 года");
  desk.add("Всегда", "постоянно");
  desk.add("Каждый квартал", "ежеквартально");
  desk.add("Каждую неделю", "еженедельно");
  auto& foreign = desk.add("Чужое", "ноябрь 2025 года");
  foreign.organisation = OrganisationId{2};
  auto& off = desk.add("Отменено", "ноябрь 2025 года");
  off.status = EventStatus::cancelled;
  const auto& snapshot = desk.take();
  const Date day = make_date(2025, 11, 20);
  CHECK(titles(undated_in(snapshot, {}, day, {OrganisationId{1}})) ==
        std::vector<std::string>{"Ноябрь", "Квартал", "Каждый квартал"});
  CHECK(titles(undated_in(snapshot, {}, day, {})).size() == 4);
}

TEST_CASE("the quarter of what is held quarterly waits until its day is named or it is cancelled") {
  Desk desk;
  auto& quarterly = desk.add("Каждый квартал", "ежеквартально");
  desk.add("Каждый месяц", "ежемесячно");
  const Date day = make_date(2025, 11, 20);
  const auto waiting = undated_in(desk.take(), {}, day, {});
  REQUIRE(waiting.size() == 2);
  CHECK(waiting[0].event->title == "Каждый месяц");
  CHECK(waiting[0].period.first == make_date(2025, 11, 1));
  CHECK(waiting[1].of == make_date(2025, 12, 31));
  CHECK(waiting[1].period.first == make_date(2025, 10, 1));
  Override named;
  named.day = make_date(2025, 12, 31);
  named.date = make_date(2025, 12, 4);
  quarterly.overrides = {named};
  CHECK(titles(undated_in(desk.take(), {}, day, {})) == std::vector<std::string>{"Каждый месяц"});
  named.date.reset();
  named.cancelled = true;
  quarterly.overrides = {named};
  CHECK(titles(undated_in(desk.take(), {}, day, {})) == std::vector<std::string>{"Каждый месяц"});
}

TEST_CASE("a day for several days keeps how many they are and one for a deadline keeps that it is one") {
  Desk desk;
  const auto& days = desk.add("Конкурс", "24-26 марта 2026 года");
  const auto change = dating(days, {make_date(2026, 3, 30), {}});
  REQUIRE(change.has_value());
  CHECK(change->date == make_date(2026, 3, 30));
  CHECK(change->last_date == make_date(2026, 4, 1));
  const auto& report = desk.add("Отчёт", "до 15 января 2026 года");
  const auto later = dating(report, {make_date(2026, 1, 20), {}});
  REQUIRE(later.has_value());
  CHECK(later->deadline == std::optional(report.period.deadline));
  auto& held = desk.add("Было", "12 ноября 2025 года");
  held.status = EventStatus::held;
  CHECK(dating(held, {make_date(2026, 1, 20), {}}).error().code == Errc::invalid_input);
}
