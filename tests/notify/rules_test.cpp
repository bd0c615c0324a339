#include "notify/rules.hpp"

#include "notify/send_time.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

constexpr OrganisationId ours{1}, theirs{2};

ReminderRules set_of(int id, RuleScope scope) {
  ReminderRules set;
  set.id = RuleSetId{id};
  set.scope = scope;
  return set;
}

// Each nearer than the one before it.
std::vector<ReminderRules> all_scopes() {
  return {set_of(1, {}),
          set_of(2, {ours, {}, {}, {}}),
          set_of(3, {ours, PlanId{5}, {}, {}}),
          set_of(4, {{}, {}, EventKind::seminar, {}}),
          set_of(5, {ours, {}, EventKind::seminar, {}}),
          set_of(6, {ours, {}, {}, EventId{7}})};
}

Event seminar_of_ours() {
  Event event = dated_event();
  event.organisation = ours;
  event.plan = PlanId{5};
  event.kind = EventKind::seminar;
  return event;
}

}  // namespace

TEST_CASE("the nearest set wins whole whatever order the sets stand in") {
  const Event event = seminar_of_ours();
  auto sets = all_scopes();
  while (!sets.empty()) {
    const auto nearest = sets.back().id;
    auto turned = sets;
    std::reverse(turned.begin(), turned.end());
    CHECK(rules_for(event, sets).id == nearest);
    CHECK(rules_for(event, turned).id == nearest);
    sets.pop_back();
  }
  CHECK(&rules_for(event, {}) == &default_rules());
}

TEST_CASE("the sets of others do not govern an event") {
  Event event = seminar_of_ours();
  event.id = EventId{8};
  CHECK(rules_for(event, all_scopes()).id == RuleSetId{5});
  event.kind = EventKind::meeting;
  CHECK(rules_for(event, all_scopes()).id == RuleSetId{3});
  event.plan = PlanId{6};
  CHECK(rules_for(event, all_scopes()).id == RuleSetId{2});
  event.organisation = theirs;
  CHECK(rules_for(event, all_scopes()).id == RuleSetId{1});
  CHECK(rules_for(event, {set_of(2, {ours, {}, {}, {}})}).id == default_rules().id);
}

TEST_CASE("a set without a rule asks for nothing and the wider sets are not asked") {
  ReminderRules silent = set_of(9, {{}, {}, {}, EventId{7}});
  CHECK(rules_for(dated_event(), {few_rules(), silent}).rules.empty());
}

TEST_CASE("the rules that the program ships with have names of their own") {
  std::set<std::string> ids;
  for (const auto& rule : default_rules().rules) {
    CHECK(ids.insert(rule.id).second);
    CHECK(is_ladder_step(rule.reason));
    CHECK((rule.reason == ReminderReason::overdue) == (rule.offset > 0));
  }
  CHECK(ids.size() == default_rules().rules.size());
}

TEST_CASE("work with a day is due and what else has a day takes place") {
  struct Row {
    EventKind kind;
    Precision precision;
    bool deadline;
    std::optional<Applies> expected;
  };
  using enum Precision;
  const std::vector<Row> rows = {
      {EventKind::seminar, exact_date, false, Applies::dated},
      {EventKind::seminar, exact_date, true, Applies::deadline},
      {EventKind::seminar, date_range, false, Applies::dated},
      {EventKind::report, exact_date, false, Applies::deadline},
      {EventKind::task, date_range, false, Applies::deadline},
      {EventKind::report, month, false, Applies::vague},
      {EventKind::report, quarter, true, Applies::deadline},
      {EventKind::meeting, season, false, Applies::vague},
      {EventKind::task, ongoing, false, Applies::ongoing},
      {EventKind::task, ongoing, true, Applies::ongoing},
      {EventKind::event, academic_year, false, Applies::ongoing},
      {EventKind::report, calendar_year, true, Applies::deadline},
      {EventKind::goal, month, false, std::nullopt},
  };
  for (const auto& row : rows) {
    CAPTURE(name_of(row.kind), name_of(row.precision), row.deadline);
    Event event = event_with(span(row.precision, make_date(2024, 4, 1), make_date(2024, 6, 30)));
    event.kind = row.kind;
    event.period.deadline = row.deadline;
    CHECK(applies_to(event) == row.expected);
  }
}

TEST_CASE("each frequency of a series has its rules") {
  const std::vector<std::pair<Frequency, std::optional<Applies>>> rows = {
      {Frequency::daily, std::nullopt},
      {Frequency::weekly, std::nullopt},
      {Frequency::biweekly, std::nullopt},
      {Frequency::monthly, Applies::recurring_monthly},
      {Frequency::list, Applies::recurring_monthly},
      {Frequency::quarterly, Applies::recurring_rare},
      {Frequency::semiannual, Applies::recurring_rare},
      {Frequency::yearly, Applies::recurring_rare},
      {Frequency::three_per_year, Applies::recurring_rare}};
  for (const auto& [frequency, expected] : rows) {
    CAPTURE(name_of(frequency));
    CHECK(applies_to(recurring_event(frequency)) == expected);
  }
}

namespace {

calendar::DaysOff with_holidays(std::initializer_list<Date> days) {
  calendar::DaysOff table;
  for (const Date day : days) table.put({"UA", day, true, "свято"});
  return table;
}

std::string sent(ReminderRule rule, Date anchor, const ReminderRules& set, const calendar::DaysOff& table) {
  const auto when = send_time(rule, anchor, set, {table, "UA"});
  return format_iso(when.day) + " " + format_iso(when.at);
}

ReminderRule rule_of(int offset, TimeOfDay at = ReminderRule::default_time, bool working_days = false) {
  ReminderRule rule;
  rule.offset = offset;
  rule.at = at;
  rule.working_days = working_days;
  return rule;
}

}  // namespace

TEST_CASE("a mail that falls on a day off leaves on the working day before") {
  // 2025-05-12 is a Monday; the holiday is the Friday before.
  const auto table = with_holidays({make_date(2025, 5, 9)});
  struct Row {
    Date anchor;
    int offset;
    const char* expected;
  };
  const std::vector<Row> rows = {
      {make_date(2025, 5, 12), 0, "2025-05-12 08:30"},   // a Monday
      {make_date(2025, 5, 12), -1, "2025-05-08 08:30"},  // Sunday: over the weekend and the holiday
      {make_date(2025, 5, 12), -3, "2025-05-08 08:30"},  // the holiday
      {make_date(2025, 5, 9), 0, "2025-05-08 08:30"},
      {make_date(2025, 5, 20), -3, "2025-05-16 08:30"},  // Saturday
      {make_date(2025, 5, 14), 3, "2025-05-16 08:30"},   // Saturday behind a Wednesday: still after it
      {make_date(2025, 5, 16), 1, "2025-05-19 08:30"},   // never back to the day that it was due
      {make_date(2025, 5, 16), 2, "2025-05-19 08:30"},
      {make_date(2025, 5, 8), 1, "2025-05-12 08:30"},  // over the holiday and the weekend
  };
  for (const auto& row : rows) {
    CAPTURE(format_iso(row.anchor), row.offset);
    CHECK(sent(rule_of(row.offset), row.anchor, ReminderRules{}, table) == row.expected);
  }
  ReminderRules any_day;
  any_day.on_days_off = true;
  CHECK(sent(rule_of(-1), make_date(2025, 5, 12), any_day, table) == "2025-05-11 08:30");
}

TEST_CASE("an offset in working days steps over days off") {
  const auto table = with_holidays({make_date(2025, 5, 9)});
  const auto in_working_days = [&](int offset, Date anchor) {
    return sent(rule_of(offset, ReminderRule::default_time, true), anchor, ReminderRules{}, table);
  };
  CHECK(in_working_days(-1, make_date(2025, 5, 12)) == "2025-05-08 08:30");
  CHECK(in_working_days(-3, make_date(2025, 5, 12)) == "2025-05-06 08:30");
  CHECK(in_working_days(1, make_date(2025, 5, 8)) == "2025-05-12 08:30");
  CHECK(in_working_days(0, make_date(2025, 5, 11)) == "2025-05-08 08:30");
}

TEST_CASE("nothing leaves in quiet hours") {
  struct Row {
    int at, from, to;  // hours
    const char* expected;
  };
  const std::vector<Row> rows = {
      {8, 21, 7, "2025-05-14 08:00"},   {6, 21, 7, "2025-05-14 07:00"},   {7, 21, 7, "2025-05-14 07:00"},
      {20, 21, 7, "2025-05-14 20:00"},  {21, 21, 7, "2025-05-15 07:00"},  {23, 21, 7, "2025-05-15 07:00"},
      {0, 21, 7, "2025-05-14 07:00"},   {12, 12, 14, "2025-05-14 14:00"}, {13, 12, 14, "2025-05-14 14:00"},
      {14, 12, 14, "2025-05-14 14:00"}, {11, 12, 14, "2025-05-14 11:00"}, {3, 9, 9, "2025-05-14 03:00"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.at, row.from, row.to);
    ReminderRules set;
    set.quiet_from = std::chrono::hours{row.from};
    set.quiet_to = std::chrono::hours{row.to};
    CHECK(sent(rule_of(0, std::chrono::hours{row.at}), make_date(2025, 5, 14), set, {}) == row.expected);
  }
  // Friday night would be Saturday morning, which is a day off.
  CHECK(sent(rule_of(0, std::chrono::hours{22}), make_date(2025, 5, 16), ReminderRules{}, {}) ==
        "2025-05-16 07:00");
}
