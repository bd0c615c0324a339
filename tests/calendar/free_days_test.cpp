// Days off and days that are free.
#include "calendar/free_days.hpp"

#include "calendar/holidays.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::calendar;

namespace {

Event event_on(std::int64_t id, Period period, const std::string& who = "") {
  Event event;
  event.id = EventId{id};
  event.zone = "Europe/Minsk";
  event.status = EventStatus::dated;
  event.period = std::move(period);
  if (!who.empty()) event.responsible.push_back({{}, who, "", ""});
  return event;
}

Period span_of(Precision precision, Date first, Date last) {
  Period period;
  period.precision = precision;
  period.first = first;
  period.last = last;
  return period;
}

WorkingWeek week_of(std::string_view country) {
  return {built_in_days_off(), country};
}

std::vector<std::string> days_of(const std::vector<FreeDay>& days) {
  std::vector<std::string> texts;
  for (const auto& one : days) texts.push_back(format_iso(one.day));
  return texts;
}

std::vector<FreeDay> free_in_november(const Event& event, const std::vector<Event>& others,
                                      std::size_t most = most_free_days) {
  std::vector<ConflictIndex::Entry> entries;
  for (const auto& other : others) entries.push_back({&other, {}});
  const Date from = make_date(2026, 11, 1), to = make_date(2026, 11, 30);
  return free_days(ConflictIndex(entries, from, to), {&event, {}}, week_of("BY"), from, to, most);
}

Event in_november(const std::string& who = "Калина О.П.") {
  return event_on(1, span_of(Precision::month, make_date(2026, 11, 1), make_date(2026, 11, 30)), who);
}

bool offers(const std::vector<FreeDay>& days, Date day) {
  return std::any_of(days.begin(), days.end(), [&](const FreeDay& one) { return one.day == day; });
}

}  // namespace

TEST_CASE("a day is told to be a weekend or a holiday or an exchanged one as its country keeps it") {
  CHECK(standing_of(make_date(2025, 1, 8), week_of("BY")) == DayStanding::working);
  CHECK(standing_of(make_date(2025, 1, 12), week_of("BY")) == DayStanding::weekend);
  CHECK(standing_of(make_date(2025, 1, 7), week_of("BY")) == DayStanding::holiday);
  CHECK(standing_of(make_date(2025, 1, 6), week_of("BY")) == DayStanding::moved_off);
  CHECK(standing_of(make_date(2025, 1, 11), week_of("BY")) == DayStanding::moved_work);
  CHECK(standing_of(make_date(2025, 11, 3), week_of("RU")) == DayStanding::moved_off);
  CHECK(standing_of(make_date(2025, 11, 1), week_of("RU")) == DayStanding::moved_work);
  CHECK(standing_of(make_date(2026, 3, 8), week_of("UA")) == DayStanding::holiday);  // a Sunday, too
  CHECK(standing_of(make_date(2025, 1, 7), week_of("UA")) == DayStanding::working);
  CHECK(standing_of(make_date(2025, 1, 7), week_of("")) == DayStanding::working);
}

TEST_CASE("the days of an event that nobody works are named and a long stay goes over weekends") {
  const auto from = make_date(2025, 1, 1), to = make_date(2025, 12, 31);
  const auto named = [&](Period period) {
    return standing_days(event_on(1, std::move(period)), week_of("BY"), from, to);
  };
  const auto short_stay = named(span_of(Precision::date_range, make_date(2025, 1, 5), make_date(2025, 1, 8)));
  REQUIRE(short_stay.size() == 3);
  CHECK(short_stay[0].standing == DayStanding::weekend);
  CHECK(short_stay[1].standing == DayStanding::moved_off);
  CHECK(short_stay[1].name == "перанос на 11 студзеня");
  CHECK(short_stay[2].standing == DayStanding::holiday);
  const auto long_stay = named(span_of(Precision::date_range, make_date(2025, 1, 3), make_date(2025, 1, 8)));
  REQUIRE(long_stay.size() == 2);
  CHECK(long_stay[0].day == make_date(2025, 1, 6));
  CHECK(named(make_dated(make_date(2025, 1, 9))).empty());
  auto deadline = make_dated(make_date(2025, 1, 7));
  deadline.deadline = true;
  CHECK(named(deadline).empty());
}

TEST_CASE("of a weekly series the holidays it falls on are named and not its weekends") {
  auto period = span_of(Precision::recurring, make_date(2025, 1, 4), make_date(2025, 12, 31));
  period.recurrence.emplace();
  period.recurrence->frequency = Frequency::weekly;
  period.recurrence->weekdays = {{std::chrono::Tuesday, 0}, {std::chrono::Saturday, 0}};
  const auto days =
      standing_days(event_on(1, period), week_of("BY"), make_date(2025, 1, 1), make_date(2025, 1, 31));
  REQUIRE(days.size() == 2);
  CHECK(days[0].day == make_date(2025, 1, 7));
  CHECK(days[0].standing == DayStanding::holiday);
  CHECK(days[1].standing == DayStanding::moved_work);
}

TEST_CASE("free days of a month are working days on which nobody who is needed is taken") {
  const auto busy = event_on(2, make_dated(make_date(2026, 11, 11)), "О.П. Калина");
  const auto free = free_in_november(in_november(), {busy}, 40);
  CHECK_FALSE(offers(free, make_date(2026, 11, 11)));
  CHECK_FALSE(offers(free, make_date(2026, 11, 7)));  // a Saturday and a holiday
  CHECK_FALSE(offers(free, make_date(2026, 11, 8)));
  CHECK(offers(free, make_date(2026, 11, 12)));
  CHECK(free.size() == 20);
  CHECK(free_in_november(in_november("Явір С.М."), {busy}, 40).size() == 21);
}

TEST_CASE("the best free days are far from holidays and alone and at most ten") {
  const auto ours = event_on(2, make_dated(make_date(2026, 11, 10)), "Явір С.М.");
  auto neighbour = event_on(3, make_dated(make_date(2026, 11, 17)));
  neighbour.source = SourceId{1};
  const auto best = free_in_november(in_november(), {ours, neighbour});
  CHECK(days_of(best) == std::vector<std::string>{"2026-11-03", "2026-11-04", "2026-11-05", "2026-11-11",
                                                  "2026-11-12", "2026-11-18", "2026-11-19", "2026-11-24",
                                                  "2026-11-25", "2026-11-26"});
  const auto all = free_in_november(in_november(), {ours, neighbour}, 40);
  const auto at = [&](Date day) {
    return *std::find_if(all.begin(), all.end(), [&](const FreeDay& one) { return one.day == day; });
  };
  CHECK(at(make_date(2026, 11, 10)).others == 1);
  CHECK(at(make_date(2026, 11, 17)).neighbours == 1);
  CHECK(at(make_date(2026, 11, 6)).beside_day_off);
  CHECK(all.back().day == make_date(2026, 11, 6));
}

TEST_CASE("an event that has its hours is free beside what is held at other hours") {
  auto wanted = in_november();
  wanted.period.time = TimeOfDay{14 * 60};
  wanted.period.end_time = TimeOfDay{16 * 60};
  const auto morning =
      event_on(2, make_dated(make_date(2026, 11, 11), TimeOfDay{10 * 60}, TimeOfDay{12 * 60}), "Калина О.П.");
  CHECK(offers(free_in_november(wanted, {morning}, 40), make_date(2026, 11, 11)));
  CHECK_FALSE(offers(free_in_november(in_november(), {morning}, 40), make_date(2026, 11, 11)));
}

TEST_CASE("no more than the longest search is looked at for free days") {
  const auto event = in_november();
  const Date from = make_date(2026, 1, 1), to = make_date(2030, 1, 1);
  const auto days = free_days(ConflictIndex({}, from, to), {&event, {}}, week_of(""), from, to, 2'000);
  REQUIRE_FALSE(days.empty());
  for (const auto& one : days) REQUIRE(one.day <= add_days(from, longest_search));
}

TEST_CASE("an event of several days is offered days in a row that are worked and on which nobody is taken") {
  const auto seminar = event_on(
      1, span_of(Precision::date_range, make_date(2026, 11, 24), make_date(2026, 11, 26)), "Калина О.П.");
  const auto busy = event_on(2, make_dated(make_date(2026, 11, 18)), "О.П. Калина");
  const auto ours = event_on(3, make_dated(make_date(2026, 11, 12)), "Явір С.М.");
  const auto free = free_in_november(seminar, {busy, ours}, 40);
  for (const auto& one : free) {
    CAPTURE(format_iso(one.day));
    CHECK(one.last == add_days(one.day, 2));
    CHECK(weekday_of(one.day) != std::chrono::Thursday);  // over a weekend
    CHECK(weekday_of(one.day) != std::chrono::Friday);
  }
  CHECK(offers(free, make_date(2026, 11, 24)));  // its own days
  CHECK(offers(free, make_date(2026, 11, 23)));
  CHECK(offers(free, make_date(2026, 11, 10)));
  CHECK_FALSE(offers(free, make_date(2026, 11, 16)));  // its last day is taken
  CHECK_FALSE(offers(free, make_date(2026, 11, 17)));
  CHECK_FALSE(offers(free, make_date(2026, 11, 18)));
  CHECK_FALSE(offers(free, make_date(2026, 11, 30)));  // would end in December
  CHECK(offers(free, make_date(2026, 11, 4)));  // beside the holiday of the 7th, but before its weekend
  const auto beside = std::find_if(free.begin(), free.end(),
                                   [](const FreeDay& one) { return one.day == make_date(2026, 11, 4); });
  CHECK(beside->beside_day_off);
  const auto shared = std::find_if(free.begin(), free.end(),
                                   [](const FreeDay& one) { return one.day == make_date(2026, 11, 10); });
  CHECK(shared->others == 1);
  CHECK(free.back().others + (free.back().beside_day_off ? 1 : 0) > 0);
}

TEST_CASE("a stay of five days keeps within a week and a longer one goes over its weekend") {
  const auto offered = [](int days) {
    const auto stay =
        event_on(1, span_of(Precision::date_range, make_date(2026, 11, 16), make_date(2026, 11, 15 + days)));
    return free_in_november(stay, {}, 40);
  };
  const auto week = offered(longest_short_stay);
  CHECK(days_of(week) == std::vector<std::string>{"2026-11-09", "2026-11-16", "2026-11-23", "2026-11-02"});
  const auto longer = offered(longest_short_stay + 1);
  CHECK(offers(longer, make_date(2026, 11, 11)));       // Wednesday to Monday
  CHECK_FALSE(offers(longer, make_date(2026, 11, 9)));  // would end on a Saturday
  // So many days say when something may happen: one of them is meant.
  const auto vague = offered(15);
  REQUIRE_FALSE(vague.empty());
  for (const auto& one : vague) CHECK(one.day == one.last);
  CHECK(offered(14).front().last == add_days(offered(14).front().day, 13));
}
