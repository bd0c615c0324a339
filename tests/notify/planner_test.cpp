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

TEST_CASE("an event with a date is announced 14 and 3 and 1 days before and asked about when it is over") {
  // A Thursday: three days after is a Sunday, and the Friday's second mail stands for the first.
  CHECK(local_dues(dated_event()) == Dues{{"exact.14d", "2024-10-31 08:30"},
                                          {"exact.3d", "2024-11-11 08:30"},
                                          {"exact.1d", "2024-11-13 08:30"},
                                          {"exact.overdue.3d", "2024-11-15 08:30"},
                                          {"exact.overdue.3d.head", "2024-11-15 08:30"},
                                          {"exact.overdue.7d", "2024-11-21 08:30"},
                                          {"exact.overdue.7d.chair", "2024-11-21 08:30"}});
}

TEST_CASE("an event of several days is announced before its first day") {
  const Event event = event_with(span(Precision::date_range, make_date(2024, 5, 22), make_date(2024, 5, 24)));
  CHECK(local_dues(event).at("exact.1d") == "2024-05-21 08:30");
  CHECK(local_dues(event).at("exact.overdue.7d") == "2024-05-31 08:30");
  for (const auto& reminder : plan(event)) CHECK(reminder.key.occurrence == "2024-05-22/2024-05-24");
}

TEST_CASE("work that is due has a ladder from thirty days before to a week after") {
  // 16 January 2025 is a Thursday; the Sunday three days after it gives way to the Friday.
  CHECK(local_dues(deadline_event(make_date(2025, 1, 16))) ==
        Dues{{"deadline.30d", "2024-12-17 08:30"},
             {"deadline.14d", "2025-01-02 08:30"},
             {"deadline.7d", "2025-01-09 08:30"},
             {"deadline.3d", "2025-01-13 08:30"},
             {"deadline.1d", "2025-01-15 08:30"},
             {"deadline.0d", "2025-01-16 08:30"},
             {"deadline.overdue.3d", "2025-01-17 08:30"},
             {"deadline.overdue.3d.head", "2025-01-17 08:30"},
             {"deadline.overdue.7d", "2025-01-23 08:30"},
             {"deadline.overdue.7d.chair", "2025-01-23 08:30"}});
}

TEST_CASE("the head of the section hears of overdue work and then the chair") {
  std::map<std::string, std::vector<std::string>> told;
  for (const auto& reminder : plan(deadline_event(make_date(2025, 1, 16)))) {
    CHECK((reminder.reason == ReminderReason::overdue) ==
          (reminder.key.rule.find("overdue") != std::string::npos));
    told[reminder.key.recipient].push_back(reminder.key.rule);
  }
  CHECK(told["duty:section_head"] == std::vector<std::string>{"deadline.overdue.3d.head"});
  CHECK(told["duty:chair"] == std::vector<std::string>{"deadline.overdue.7d.chair"});
  CHECK(told["person:12"].size() == 8);
}

TEST_CASE("a deadline counts back from its last day") {
  Event event = event_with(span(Precision::date_range, make_date(2024, 5, 1), make_date(2024, 5, 15)));
  event.period.deadline = true;
  CHECK(local_dues(event).at("deadline.1d") == "2024-05-14 08:30");
  for (const auto& reminder : plan(event)) {
    if (reminder.reason == ReminderReason::overdue) {
      CHECK(reminder.expires == reminder.due + std::chrono::days{14});
      continue;
    }
    CHECK(reminder.reason == ReminderReason::deadline);
    CHECK(reminder.expires == to_instant(make_date(2024, 5, 16), TimeOfDay{0}, "Europe/Kyiv"));
  }
}

TEST_CASE(
    "a month without a day asks for the day three weeks ahead and at its start and warns before it ends") {
  // 1 November 2024 is a Friday; 16 and 30 are Saturdays, 1 December is a Sunday.
  CHECK(local_dues(month_event()) == Dues{{"fix_date.21d", "2024-10-11 08:30"},
                                          {"fix_date.0d", "2024-11-01 08:30"},
                                          {"vague.14d", "2024-11-15 08:30"},
                                          {"vague.3d", "2024-11-27 08:30"},
                                          {"vague.overdue.1d", "2024-12-02 08:30"},
                                          {"vague.overdue.3d", "2024-12-03 08:30"},
                                          {"vague.overdue.3d.head", "2024-12-03 08:30"},
                                          {"vague.overdue.7d", "2024-12-06 08:30"},
                                          {"vague.overdue.7d.chair", "2024-12-06 08:30"}});
  for (const auto& reminder : plan(month_event())) {
    CHECK(reminder.key.occurrence == "2024-11-01/2024-11-30");
    if (reminder.reason == ReminderReason::overdue) continue;
    CHECK(reminder.reason ==
          (reminder.key.rule.starts_with("fix_date") ? ReminderReason::fix_date : ReminderReason::deadline));
    CHECK(reminder.expires == to_instant(make_date(2024, 12, 1), TimeOfDay{0}, "Europe/Kyiv"));
  }
}

TEST_CASE("every kind of vague period gets the same reminders") {
  const auto precision = GENERATE(Precision::month, Precision::month_range, Precision::quarter,
                                  Precision::half_year, Precision::season, Precision::year_end);
  CAPTURE(name_of(precision));
  CHECK(local_dues(event_with(span(precision, make_date(2024, 9, 1), make_date(2024, 11, 30)))).size() == 9);
}

TEST_CASE("all-year work is asked about once in its middle and has no deadline") {
  const auto precision = GENERATE(Precision::ongoing, Precision::academic_year, Precision::calendar_year);
  const auto year = plan(event_with(span(precision, make_date(2024, 1, 1), make_date(2024, 12, 31))));
  REQUIRE(year.size() == 1);
  CHECK(year.front().reason == ReminderReason::check_in);
  CHECK(format_iso(civil_date(year.front().due, "Europe/Kyiv")) == "2024-07-01");
  const auto school = plan(event_with(span(precision, make_date(2024, 9, 1), make_date(2025, 5, 31))));
  REQUIRE(school.size() == 1);
  CHECK(format_iso(civil_date(school.front().due, "Europe/Kyiv")) == "2025-01-15");
}

TEST_CASE("other plans and missing dates and a neighbour's events remind nobody") {
  Period undated;
  undated.precision = GENERATE(Precision::by_other_plan, Precision::none);
  CHECK(plan(event_with(undated)).empty());
  Event neighbours = dated_event();
  neighbours.source = SourceId{3};
  CHECK(plan(neighbours).empty());
}

TEST_CASE("a quarterly item has a ladder for each quarter") {
  std::map<std::string, int> rows;
  for (const auto& reminder : plan(recurring_event(Frequency::quarterly))) {
    const auto last = last_day_of(reminder.key);
    REQUIRE(last);
    ++rows[occurrence_of(reminder.key)];
    if (reminder.key.rule != "recurring.14d") continue;
    const Date sent = civil_date(reminder.due, "Europe/Kyiv");
    CHECK(sent <= add_days(*last, -14));
    CHECK(sent >= add_days(*last, -16));
  }
  CHECK(rows.size() == 4);
  for (const auto* quarter : {"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"}) CHECK(rows[quarter] >= 7);
}

TEST_CASE("an occurrence that is done asks for nothing and the others go on") {
  const Event event = recurring_event(Frequency::quarterly);
  const auto left = plan_reminders(event, {"person:12"}, default_rules(), long_before, {}, {"2024-Q2"});
  CHECK(left.size() < plan(event).size());
  for (const auto& reminder : left) CHECK(occurrence_of(reminder.key) != "2024-Q2");
  CHECK(plan_reminders(dated_event(), {"person:12"}, default_rules(), long_before, {}, {""}).empty());
  // What is said of another occurrence does not stop it.
  CHECK(plan_reminders(dated_event(), {"person:12"}, default_rules(), long_before, {}, {"2024-Q2"}).size() ==
        7);
}

TEST_CASE("a reminder's key tells which occurrence an answer to it speaks of") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"2024-11-14", ""},
      {"2024-11-01/2024-11-30", ""},
      {"2024-Q4/2024-12-31", "2024-Q4"},
      {"2024-11/2024-11-30", "2024-11"},
      {"2024/2024-12-31", "2024"},
      {"2024-W45/2024-11-10", "2024-W45"},
      {"2024-09-01/1/2024-12-31", "2024-09-01/1"},
      {"2024-11-14/2024-11-14", "2024-11-14"},
      {"2024-11-14//2024-11-20", "2024-11-14"},
      {"", ""},
  };
  for (const auto& [name, occurrence] : rows) {
    CAPTURE(name);
    CHECK(occurrence_of({EventId{1}, name, "exact.1d", "person:1"}) == occurrence);
  }
}

TEST_CASE("daily and weekly and fortnightly work is left to the calendar") {
  const auto frequency = GENERATE(Frequency::daily, Frequency::weekly, Frequency::biweekly);
  CHECK(plan(recurring_event(frequency)).empty());
}

TEST_CASE("a recurring item remembers at most so many occurrences") {
  Event event = recurring_event(Frequency::monthly);
  event.period.last = make_date(2150, 12, 31);
  std::set<std::string> occurrences;
  for (const auto& reminder : plan(event)) occurrences.insert(reminder.key.occurrence);
  CHECK(occurrences.size() == calendar::max_occurrences);
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
  CHECK(plan(moved).size() == 7);
}

TEST_CASE("what nobody is responsible for is told the head and the chair when it is behind") {
  const auto left = plan_reminders(dated_event(), {}, default_rules(), long_before);
  REQUIRE(left.size() == 2);
  CHECK(left[0].key.recipient == "duty:section_head");
  CHECK(left[1].key.recipient == "duty:chair");
}

TEST_CASE("what is due before now is missed and what is due now is planned") {
  const Instant due = to_instant(make_date(2024, 11, 11), ReminderRule::default_time, "Europe/Kyiv");
  const auto states = [&](Instant now) {
    std::vector<ReminderState> found;
    for (const auto& reminder : plan_reminders(dated_event(), {"person:12"}, few_rules(), now)) {
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
  const auto few = [](const Event& event) {
    return plan_reminders(event, {"person:12"}, few_rules(), long_before);
  };
  for (const auto& reminder : few(dated_event()))
    CHECK(reminder.expires == to_instant(make_date(2024, 11, 14), std::chrono::hours{10}, "Europe/Kyiv"));
  for (const auto& reminder : few(dated_event(make_date(2024, 11, 14), std::nullopt)))
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
    const auto reminders = plan_reminders(event, {"person:12"}, few_rules(), long_before);
    REQUIRE(reminders.size() == 3);
    CHECK(format_iso(reminders.back().due) == row.due);
  }
}

TEST_CASE("a rule in the hour that daylight saving skips or repeats fires exactly once") {
  ReminderRules rules;
  rules.rules = {{"exact.0d", Applies::dated, Anchor::start, 0, false,
                  std::chrono::hours{3} + std::chrono::minutes{30}, ReminderReason::upcoming,
                  Tells::responsible}};
  rules.quiet_from = rules.quiet_to = TimeOfDay{0};
  rules.on_days_off = true;
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
  CHECK(format_iso(plan(event).back().due) == "2024-11-21T08:30:00Z");
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
  CHECK(ids.size() == 4 * first.size() - 2);  // the head and the chair are told the same whoever else is
  CHECK(first.front().message_id.size() == 32 + std::string("<@convoke.invalid>").size());
}

TEST_CASE("the row number of an event plays no part in its message ids") {
  Event event = dated_event();
  event.id = EventId{99};
  CHECK(plan(event).front().message_id == plan(dated_event()).front().message_id);
}
