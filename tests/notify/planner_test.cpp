#include "notify/planner.hpp"

#include "calendar/occurrences.hpp"
#include "notify/recipients.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

#include <map>
#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

const Instant long_before = at("2020-01-01T00:00:00Z");

std::vector<Reminder> plan(const Event& event, Instant now = long_before) {
  return plan_reminders(event, {"person:12"}, default_rules(), now);
}

// rule -> local due time and day, "2024-10-31 08:30".
std::map<std::string, std::string> local_dues(const Event& event) {
  std::map<std::string, std::string> dues;
  for (const auto& reminder : plan(event)) {
    const auto civil = to_civil(reminder.due, event.zone);
    dues[reminder.key.rule] = format_iso(civil.date) + " " +
                              format_iso(std::chrono::duration_cast<std::chrono::minutes>(civil.time));
  }
  return dues;
}

using Dues = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("an event with a date is announced 14 and 3 and 1 days before in the morning") {
  CHECK(local_dues(dated_event()) == Dues{{"exact.14d", "2024-10-31 08:30"},
                                          {"exact.3d", "2024-11-11 08:30"},
                                          {"exact.1d", "2024-11-13 08:30"}});
}

TEST_CASE("an event of several days is announced before its first day") {
  const Event event = event_with(span(Precision::date_range, make_date(2024, 5, 22), make_date(2024, 5, 24)));
  CHECK(local_dues(event).at("exact.1d") == "2024-05-21 08:30");
  for (const auto& reminder : plan(event)) CHECK(reminder.key.occurrence == "2024-05-22/2024-05-24");
}

TEST_CASE("a deadline counts back from its last day") {
  Event event = event_with(span(Precision::date_range, make_date(2024, 5, 1), make_date(2024, 5, 15)));
  event.period.deadline = true;
  CHECK(local_dues(event).at("exact.3d") == "2024-05-12 08:30");
  for (const auto& reminder : plan(event)) {
    CHECK(reminder.reason == ReminderReason::deadline);
    CHECK(reminder.expires == to_instant(make_date(2024, 5, 16), TimeOfDay{0}, "Europe/Kyiv"));
  }
}

TEST_CASE("a month without a day asks for the day 30 days ahead and warns before it ends") {
  CHECK(local_dues(month_event()) == Dues{{"fix_date.30d", "2024-10-02 08:30"},
                                          {"vague.14d", "2024-11-16 08:30"},
                                          {"vague.3d", "2024-11-27 08:30"}});
  for (const auto& reminder : plan(month_event())) {
    CHECK(reminder.reason ==
          (reminder.key.rule == "fix_date.30d" ? ReminderReason::fix_date : ReminderReason::deadline));
    CHECK(reminder.expires == to_instant(make_date(2024, 12, 1), TimeOfDay{0}, "Europe/Kyiv"));
    CHECK(reminder.key.occurrence == "2024-11-01/2024-11-30");
  }
}

TEST_CASE("every kind of vague period gets the same three reminders") {
  const auto precision = GENERATE(Precision::month, Precision::month_range, Precision::quarter,
                                  Precision::half_year, Precision::season, Precision::year_end);
  CAPTURE(name_of(precision));
  CHECK(local_dues(event_with(span(precision, make_date(2024, 9, 1), make_date(2024, 11, 30)))).size() == 3);
}

TEST_CASE("all-year work and other plans and missing dates remind nobody") {
  const auto precision = GENERATE(Precision::ongoing, Precision::academic_year, Precision::calendar_year);
  CHECK(plan(event_with(span(precision, make_date(2024, 1, 1), make_date(2024, 12, 31)))).empty());
  Period undated;
  undated.precision = GENERATE(Precision::by_other_plan, Precision::none);
  CHECK(plan(event_with(undated)).empty());
}

TEST_CASE("a quarterly item reminds once a quarter before the quarter ends") {
  const auto reminders = plan(recurring_event(Frequency::quarterly));
  REQUIRE(reminders.size() == 4);
  std::set<std::string> occurrences;
  for (const auto& reminder : reminders) {
    occurrences.insert(reminder.key.occurrence);
    const auto last = last_day_of(reminder.key);
    REQUIRE(last);
    CHECK(civil_date(reminder.due, "Europe/Kyiv") == add_days(*last, -14));
  }
  CHECK(occurrences.size() == 4);
}

TEST_CASE("daily and weekly and fortnightly work is left to the calendar") {
  const auto frequency = GENERATE(Frequency::daily, Frequency::weekly, Frequency::biweekly);
  CHECK(plan(recurring_event(frequency)).empty());
}

TEST_CASE("a recurring item remembers at most so many occurrences") {
  Event event = recurring_event(Frequency::monthly);
  event.period.last = make_date(2150, 12, 31);
  CHECK(plan(event).size() <= calendar::max_occurrences);
  CHECK_FALSE(plan(event).empty());
}

TEST_CASE("held and cancelled events and goals remind nobody") {
  Event event = dated_event();
  event.status = GENERATE(EventStatus::held, EventStatus::cancelled);
  CHECK(plan(event).empty());
  Event goal = dated_event();
  goal.kind = EventKind::goal;
  CHECK(plan(goal).empty());
  Event moved = dated_event();
  moved.status = EventStatus::moved;
  CHECK(plan(moved).size() == 3);
}

TEST_CASE("nobody responsible means nobody is reminded") {
  CHECK(plan_reminders(dated_event(), {}, default_rules(), long_before).empty());
}

TEST_CASE("what is due before now is missed and what is due now is planned") {
  const Instant due = to_instant(make_date(2024, 11, 11), Rule::default_time, "Europe/Kyiv");
  const auto states = [&](Instant now) {
    std::vector<ReminderState> found;
    for (const auto& reminder : plan(dated_event(), now)) {
      found.push_back(reminder.state);
      CHECK(reminder.settled.has_value() == (reminder.state == ReminderState::missed));
    }
    return found;
  };
  using enum ReminderState;
  CHECK(states(due) == std::vector{missed, planned, planned});
  CHECK(states(due + std::chrono::seconds{1}) == std::vector{missed, missed, planned});
  CHECK(states(at("2026-01-01T00:00:00Z")) == std::vector{missed, missed, missed});
}

TEST_CASE("a reminder expires when the event begins") {
  for (const auto& reminder : plan(dated_event()))
    CHECK(reminder.expires == to_instant(make_date(2024, 11, 14), std::chrono::hours{10}, "Europe/Kyiv"));
  for (const auto& reminder : plan(dated_event(make_date(2024, 11, 14), std::nullopt)))
    CHECK(reminder.expires == to_instant(make_date(2024, 11, 15), TimeOfDay{0}, "Europe/Kyiv"));
}

TEST_CASE("reminders keep their local time over both edges of daylight saving") {
  struct Row {
    const char* zone;
    Date event;       // the day after an edge, or the edge itself
    const char* due;  // of exact.1d in UTC
  };
  // 2027: spring on 28 March, autumn on 31 October, 01:00 UTC.
  const std::vector<Row> rows = {
      {"Europe/Kyiv", make_date(2027, 3, 28), "2027-03-27T06:30:00Z"},
      {"Europe/Kyiv", make_date(2027, 3, 29), "2027-03-28T05:30:00Z"},
      {"Europe/Kyiv", make_date(2027, 10, 31), "2027-10-30T05:30:00Z"},
      {"Europe/Kyiv", make_date(2027, 11, 1), "2027-10-31T06:30:00Z"},
      {"Europe/Berlin", make_date(2027, 3, 28), "2027-03-27T07:30:00Z"},
      {"Europe/Berlin", make_date(2027, 3, 29), "2027-03-28T06:30:00Z"},
      {"Europe/Berlin", make_date(2027, 10, 31), "2027-10-30T06:30:00Z"},
      {"Europe/Berlin", make_date(2027, 11, 1), "2027-10-31T07:30:00Z"},
      {"Europe/Minsk", make_date(2027, 3, 29), "2027-03-28T05:30:00Z"},
      {"Europe/Moscow", make_date(2027, 11, 1), "2027-10-31T05:30:00Z"},
      {"UTC", make_date(2027, 3, 29), "2027-03-28T08:30:00Z"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.zone, row.event);
    Event event = dated_event(row.event);
    event.zone = row.zone;
    const auto reminders = plan(event);
    REQUIRE(reminders.size() == 3);
    CHECK(format_iso(reminders.back().due) == row.due);
  }
}

TEST_CASE("a rule in the hour that daylight saving skips or repeats fires exactly once") {
  RuleSet rules;
  rules.rules = {{"exact.0d", Applies::dated, Anchor::start, std::chrono::days{0},
                  std::chrono::hours{3} + std::chrono::minutes{30}, false}};
  const auto due = [&](Date day) {
    const auto reminders = plan_reminders(dated_event(day), {"person:12"}, rules, long_before);
    REQUIRE(reminders.size() == 1);
    return format_iso(reminders.front().due);
  };
  CHECK(due(make_date(2027, 3, 28)) == "2027-03-28T01:30:00Z");
  CHECK(due(make_date(2027, 10, 31)) == "2027-10-31T00:30:00Z");
}

TEST_CASE("an unknown zone counts as UTC and does not stop a plan") {
  Event event = dated_event();
  event.zone = GENERATE("", "Mars/Olympus", "../../etc/passwd");
  CHECK(format_iso(plan(event).back().due) == "2024-11-13T08:30:00Z");
}

TEST_CASE("the message id is the same for the same reminder and differs for any other") {
  const auto first = plan(dated_event());
  const auto again = plan(dated_event(), at("2024-11-12T00:00:00Z"));
  REQUIRE(first.size() == again.size());
  std::set<std::string> ids;
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i].message_id == again[i].message_id);
    ids.insert(first[i].message_id);
  }
  for (const auto& reminder : plan(dated_event(make_date(2024, 11, 15)))) ids.insert(reminder.message_id);
  for (const auto& reminder : plan_reminders(dated_event(), {"person:13"}, default_rules(), long_before))
    ids.insert(reminder.message_id);
  Event other = dated_event();
  other.uid = "another";
  for (const auto& reminder : plan(other)) ids.insert(reminder.message_id);
  CHECK(ids.size() == 12);
  CHECK(first.front().message_id.size() == 32 + std::string("<@convoke.invalid>").size());
}

TEST_CASE("the row number of an event plays no part in its message ids") {
  Event event = dated_event();
  event.id = EventId{99};
  CHECK(plan(event).front().message_id == plan(dated_event()).front().message_id);
}
