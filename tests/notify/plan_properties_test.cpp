// Random rules, events, edits and clocks against a second, slower way of counting: whatever is due is planned
// exactly once, nothing for the past, nothing that is done or cancelled. Each check is shown a planted fault
// first.
#include "calendar/holidays.hpp"
#include "notify/planner.hpp"
#include "notify/queue.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;
using std::chrono::days;

namespace {

constexpr const char* zones[] = {"Europe/Kyiv",   "Europe/Minsk", "Europe/Moscow",
                                 "Europe/Berlin", "Asia/Anadyr",  "America/Sao_Paulo"};
// Days around which clocks and calendars are odd: both edges of daylight time, a leap day, a New Year.
const Date odd_days[] = {make_date(2025, 3, 30), make_date(2025, 10, 26), make_date(2024, 2, 29),
                         make_date(2026, 1, 1),  make_date(2026, 3, 29),  make_date(2026, 5, 9)};

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  bool one_in(int n) { return number(1, n) == 1; }
  template<class List>
  auto one_of(const List& list) {
    return list[static_cast<std::size_t>(number(0, static_cast<int>(std::size(list)) - 1))];
  }
  Date day() {
    if (one_in(2)) return add_days(one_of(odd_days), number(-8, 8));
    return add_days(make_date(2024, 1, 1), number(0, 1000));
  }
  Instant instant() { return Instant{to_days(day())} + std::chrono::seconds{number(0, 86'399)}; }

  Period period() {
    const Date first = day();
    switch (number(0, 4)) {
      case 0:
        return make_dated(first, TimeOfDay{number(0, 1439)});
      case 1:
        return make_dated(first);
      case 2:
        return span(Precision::date_range, first, add_days(first, number(1, 20)));
      case 3:
        return span(Precision::month, first_of_month(first), last_of_month(first));
      default: {
        Period period = span(Precision::recurring, first, add_days(first, number(40, 200)));
        period.recurrence = Recurrence{};
        period.recurrence->frequency = Frequency::monthly;
        return period;
      }
    }
  }

  Event event() {
    Event event = event_with(period());
    event.zone = one_of(zones);
    event.kind = one_in(2) ? EventKind::report : EventKind::seminar;
    event.period.deadline = one_in(3);
    return event;
  }

  ReminderRules rules() {
    ReminderRules set;
    const int count = number(1, 8);
    for (int i = 0; i < count; ++i) {
      ReminderRule rule;
      rule.id = "r" + std::to_string(i);
      rule.applies_to = static_cast<Applies>(number(0, 3));
      rule.anchor = one_in(2) ? Anchor::start : Anchor::end;
      rule.offset = number(-20, 10);
      rule.working_days = one_in(4);
      rule.at = TimeOfDay{number(0, 1439)};
      rule.reason = rule.offset > 0 ? ReminderReason::overdue : ReminderReason::deadline;
      rule.tells = one_in(4) ? Tells::chair : Tells::responsible;
      set.rules.push_back(rule);
    }
    set.on_days_off = one_in(3);
    if (one_in(3)) set.quiet_from = set.quiet_to = TimeOfDay{0};
    return set;
  }

 private:
  std::mt19937 random_;
};

// The second way: day by day, with nothing of the planner's.
class Oracle {
 public:
  Oracle(const Event& event, const ReminderRules& set) : event_(event), set_(set) {}

  // (first day of the span, rule, recipient) -> the local day it must leave on.
  using Key = std::tuple<Date, std::string, std::string>;
  std::map<Key, Date> wanted() const {
    std::map<Key, Date> all;
    for (const auto& [first, last] : spans()) {
      std::vector<std::tuple<Tells, Date, Date, std::string>> leaving;  // whom, when, its own day, rule
      for (const auto& rule : set_.rules) {
        if (!speaks(rule)) continue;
        const auto [own, day] = day_of(rule, rule.anchor == Anchor::start ? first : last);
        leaving.emplace_back(rule.tells, day, own, rule.id);
      }
      for (const auto& [tells, day, own, rule] : leaving) {
        bool repeated = false;
        for (const auto& [other_tells, other_day, other_own, other] : leaving)
          repeated = repeated || (other_tells == tells && other_day == day && other_own > own);
        if (!repeated) all[{first, rule, tells == Tells::chair ? "duty:chair" : "person:12"}] = day;
      }
    }
    return all;
  }

  TimeOfDay time_of(const ReminderRule& rule) const { return is_quiet(rule.at) ? set_.quiet_to : rule.at; }
  bool is_quiet(TimeOfDay at) const {
    if (set_.quiet_from == set_.quiet_to) return false;
    return at >= set_.quiet_from || at < set_.quiet_to;  // over midnight, as the rules here have it
  }
  bool off(Date day) const {
    return calendar::built_in_days_off().is_day_off(day, calendar::country_of_zone(event_.zone));
  }

 private:
  bool speaks(const ReminderRule& rule) const {
    const auto& period = event_.period;
    if (period.recurrence) return rule.applies_to == Applies::recurring_monthly;
    if (period.deadline) return rule.applies_to == Applies::deadline;
    if (period.precision == Precision::month) return rule.applies_to == Applies::vague;
    return rule.applies_to == (event_.kind == EventKind::report ? Applies::deadline : Applies::dated);
  }

  std::vector<std::pair<Date, Date>> spans() const {
    const Date first = *event_.period.first, last = *event_.period.last;
    if (!event_.period.recurrence) return {{first, last}};
    std::vector<std::pair<Date, Date>> months;
    for (Date day = first; day <= last; day = add_days(last_of_month(day), 1))
      months.emplace_back(day, std::min(last, last_of_month(day)));
    return months;
  }

  std::pair<Date, Date> day_of(const ReminderRule& rule, Date anchor) const {
    Date own = anchor;
    for (int left = std::abs(rule.offset); left > 0;) {
      own = add_days(own, rule.offset < 0 ? -1 : 1);
      if (!rule.working_days || !off(own)) --left;
    }
    Date day = is_quiet(rule.at) && rule.at >= set_.quiet_from ? add_days(own, 1) : own;
    if (set_.on_days_off || !off(day)) return {own, day};
    Date before = day;
    while (off(before)) before = add_days(before, -1);
    if (rule.offset <= 0 || before > anchor) return {own, before};
    while (off(day)) day = add_days(day, 1);
    return {own, day};
  }

  const Event& event_;
  const ReminderRules& set_;
};

const ReminderRule& rule_named(const ReminderRules& set, const std::string& id) {
  return *std::find_if(set.rules.begin(), set.rules.end(), [&](const auto& rule) { return rule.id == id; });
}

Date first_day_of(const Event& event, const ReminderKey& key) {
  if (!event.period.recurrence) return *event.period.first;
  const Date last = *last_day_of(key);
  return std::max(*event.period.first, first_of_month(last));
}

// A local time that daylight saving skips shows as another.
bool exists(Date day, TimeOfDay at, const std::string& zone) {
  const auto civil = to_civil(to_instant(day, at, zone), zone);
  return civil.date == day && civil.time == at;
}

// What is wrong with `planned`, or "".
std::string fault_in(const std::vector<Reminder>& planned, const Event& event, const ReminderRules& set,
                     Instant now) {
  const Oracle oracle(event, set);
  auto wanted = oracle.wanted();
  std::set<ReminderKey> seen;
  for (const auto& one : planned) {
    if (!seen.insert(one.key).second) return "planned twice: " + one.key.rule;
    if (one.due < now && one.state != ReminderState::missed) return "planned for the past: " + one.key.rule;
    if (one.due >= now && one.state != ReminderState::planned) return "not planned: " + one.key.rule;
    if (one.expires <= one.due) return "stale when due: " + one.key.rule;
    const auto match = wanted.find({first_day_of(event, one.key), one.key.rule, one.key.recipient});
    if (match == wanted.end()) return "nobody asked for it: " + one.key.rule;
    const auto& rule = rule_named(set, one.key.rule);
    const auto civil = to_civil(one.due, event.zone);
    if (exists(match->second, oracle.time_of(rule), event.zone) &&
        (civil.date != match->second || civil.time != oracle.time_of(rule)))
      return "at another time: " + one.key.rule;
    if (!set.on_days_off && oracle.off(civil.date)) return "on a day off: " + one.key.rule;
    wanted.erase(match);
  }
  // What is left over must be what would be stale when due.
  const Date long_ago = add_days(civil_date(now, event.zone), -366);
  for (const auto& [key, day] : wanted) {
    const auto& rule = rule_named(set, std::get<1>(key));
    const Date last = event.period.recurrence ? std::min(*event.period.last, last_of_month(std::get<0>(key)))
                                              : *event.period.last;
    if (event.period.recurrence && last < long_ago) continue;  // settled, and not planned again
    if (rule.reason == ReminderReason::overdue) return "forgotten: " + rule.id;
    const Instant due = to_instant(day, oracle.time_of(rule), event.zone);
    const bool could_be_late = event.period.time || rule.anchor == Anchor::end ||
                               due >= to_instant(add_days(last, 1), TimeOfDay{0}, event.zone);
    if (!could_be_late) return "forgotten: " + rule.id;
    const Instant begins = event.period.time ? to_instant(*event.period.first, *event.period.time, event.zone)
                                             : to_instant(add_days(last, 1), TimeOfDay{0}, event.zone);
    if (due < begins) return "forgotten: " + rule.id;
  }
  return {};
}

std::vector<Reminder> planned_for(const Event& event, const ReminderRules& set, Instant now,
                                  const std::vector<std::string>& closed = {}) {
  return plan_reminders(event, {"person:12"}, set, now, {}, closed);
}

}  // namespace

TEST_CASE("random rules and events and clocks are planned exactly as a second way of counting says") {
  std::size_t rows = 0, missed = 0, empty = 0;
  for (unsigned seed = 1; seed <= 4000; ++seed) {
    Dice dice(seed);
    const Event event = dice.event();
    const ReminderRules set = dice.rules();
    const Instant now = dice.instant();
    const auto planned = planned_for(event, set, now);
    const auto fault = fault_in(planned, event, set, now);
    if (!fault.empty()) {
      CAPTURE(seed, event.zone, name_of(event.period.precision), format_iso(*event.period.first));
      REQUIRE(fault == "");
    }
    rows += planned.size();
    empty += planned.empty() ? 1 : 0;
    missed += static_cast<std::size_t>(std::count_if(
        planned.begin(), planned.end(), [](const auto& one) { return one.state == ReminderState::missed; }));
  }
  // The dice must have thrown something of everything.
  CHECK(rows > 4000);
  CHECK(missed > rows / 10);
  CHECK(missed < rows * 9 / 10);
  CHECK(empty < 3500);
}

TEST_CASE("nothing is planned for what is done or cancelled or held whatever the rules are") {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    Dice dice(seed);
    Event event = dice.event();
    const ReminderRules set = dice.rules();
    const Instant now = dice.instant();
    std::vector<std::string> occurrences = {""};
    for (const auto& one : planned_for(event, set, now)) occurrences.push_back(occurrence_of(one.key));
    CAPTURE(seed);
    REQUIRE(planned_for(event, set, now, occurrences).empty());
    event.status = dice.one_in(2) ? EventStatus::cancelled : EventStatus::held;
    REQUIRE(planned_for(event, set, now).empty());
  }
}

TEST_CASE("a fault planted in a plan is found") {
  int tried = 0;
  std::map<std::string, int> found;
  for (unsigned seed = 1; seed <= 600; ++seed) {
    Dice dice(seed);
    const Event event = dice.event();
    const ReminderRules set = dice.rules();
    const Instant now = dice.instant();
    const auto good = planned_for(event, set, now);
    if (good.empty()) continue;
    ++tried;
    const auto with = [&](const char* name, auto plant) {
      auto bad = good;
      plant(bad);
      CAPTURE(seed, name);
      CHECK(fault_in(bad, event, set, now) != "");
      ++found[name];
    };
    with("twice", [](auto& plan) { plan.push_back(plan.front()); });
    with("an hour off", [](auto& plan) {
      plan.back().due += std::chrono::hours{1};
      plan.back().expires += std::chrono::hours{1};
    });
    with("fired for the past or silenced for the future", [](auto& plan) {
      plan.front().state =
          plan.front().state == ReminderState::missed ? ReminderState::planned : ReminderState::missed;
    });
    with("stale", [](auto& plan) { plan.front().expires = plan.front().due; });
    with("for a stranger", [](auto& plan) { plan.front().key.recipient = "person:99"; });
    if (good.front().reason == ReminderReason::overdue)
      with("lost", [](auto& plan) { plan.erase(plan.begin()); });
  }
  CHECK(tried > 200);
  CHECK(found["lost"] > 20);
  CHECK(found["an hour off"] == tried);
}

namespace {

// An association's life: edits, answers, clocks that are set, mails that leave. The queue must agree with the
// plan after every step.
class Life {
  // First, for its type is deduced.
  template<class Work>
  auto write(Work work) {
    return store_->write(db::Author("test", now_), work).wait().value();
  }

 public:
  explicit Life(unsigned seed) : dice_(seed), now_(dice_.instant()) {
    event_ = dice_.event();
    event_.period = make_dated(dice_.day());
    event_.period.deadline = true;
    rules_ = dice_.rules();
    for (auto& rule : rules_.rules) rule.applies_to = Applies::deadline;
    write([&](db::Unit& unit) {
      Person person;
      person.name = "Ярмак О.П.";
      person.email = "somebody@example.org";
      event_.responsible = {somebody(person.name, unit.people().insert(person))};
      event_.id = unit.events().insert(event_);
      return unit.rule_sets().save(rules_);
    });
  }

  void step() {
    switch (dice_.number(0, 7)) {
      case 0:
        event_.period = make_dated(add_days(civil_date(now_, "UTC"), dice_.number(-30, 60)));
        event_.period.deadline = true;
        break;
      case 1:
        event_.zone = dice_.one_of(zones);
        break;
      case 2:
        rules_ = dice_.rules();
        for (auto& rule : rules_.rules) rule.applies_to = Applies::deadline;
        break;
      case 3:
        event_.status = dice_.one_in(3) ? EventStatus::cancelled : EventStatus::dated;
        break;
      case 4:
        now_ += std::chrono::hours{dice_.number(-30, 24 * 20)};  // set back as well
        break;
      case 5:
        done_ = !done_;
        answer();
        break;
      default:
        send();
        break;
    }
    replan();
  }

  void replan() {
    write([&](db::Unit& unit) {
      unit.events().update(event_);
      unit.rule_sets().save(rules_);
      return notify::replan(unit, event_, now_).planned;
    });
  }

  // What the queue has wrong, or "".
  std::string fault() {
    const auto wanted =
        planned_for(event_, rules_, now_, done_ ? std::vector<std::string>{""} : std::vector<std::string>{});
    std::map<ReminderKey, const Reminder*> by_key;
    for (const auto& one : wanted) by_key[key_here(one.key)] = &one;
    std::set<ReminderKey> rows;
    for (const auto& row : this->rows()) {
      if (!rows.insert(row.key).second) return "two rows of one key";
      const bool waits = row.state == ReminderState::planned;
      const auto match = by_key.find(row.key);
      if (waits && match == by_key.end()) return "waits and nobody asks for it: " + row.key.rule;
      if (waits && match->second->due != row.due) return "waits for another time: " + row.key.rule;
      if (match == by_key.end()) continue;
      if (row.state == ReminderState::superseded && match->second->due > now_) return "lost: " + row.key.rule;
      by_key.erase(match);
    }
    for (const auto& [key, one] : by_key) return "not in the queue: " + key.rule;
    for (const auto& [id, times] : sent_)
      if (times > 1) return "sent twice: " + id;
    return {};
  }

  // Something that is certainly still to come.
  void look_forward() {
    if (done_) {
      done_ = false;
      answer();
    }
    event_.status = EventStatus::dated;
    event_.period = make_dated(add_days(civil_date(now_, "UTC"), 70));
    event_.period.deadline = true;
    rules_.rules.resize(1);
    rules_.rules[0].applies_to = Applies::deadline;
    rules_.rules[0].reason = ReminderReason::deadline;
    rules_.rules[0].offset = -5;
    replan();
  }

  // Takes a reminder back that nothing takes back; false when there is none.
  bool damage() {
    return write([&](db::Unit& unit) {
      for (const auto& row : rows_in(unit))
        if (row.state == ReminderState::planned && row.due > now_) {
          unit.reminders().supersede(row.id, now_);
          return true;
        }
      return false;
    });
  }

 private:
  ReminderKey key_here(ReminderKey key) const {
    if (key.recipient == "person:12") key.recipient = person_key(event_.responsible.front().person);
    return key;
  }

  void send() {
    write([&](db::Unit& unit) {
      for (auto& row : unit.reminders().claim_due(now_, now_ + std::chrono::minutes{5}, "boot", 100)) {
        row.state = ReminderState::sent;
        row.settled = now_;
        unit.reminders().settle(row);
        ++sent_[row.message_id];
      }
      return true;
    });
  }

  void answer() {
    write([&](db::Unit& unit) {
      if (!done_) return unit.answers().decide(answer_, Decision::declined, "account:1", now_, "");
      Answer one;
      one.event = event_.id;
      one.kind = AnswerKind::done;
      one.decision = Decision::pending;
      one.at = now_;
      answer_ = unit.answers().insert(one);
      return true;
    });
  }

  std::vector<Reminder> rows_in(db::Unit& unit) {
    db::ReminderSelection selection;
    selection.limit = std::numeric_limits<int>::max();
    return unit.reminders().list(selection);
  }
  std::vector<Reminder> rows() {
    return store_->read([this](db::Unit& unit) { return rows_in(unit); }).wait().value();
  }

  tests::TemporaryStore store_;
  Dice dice_;
  Instant now_;
  Event event_;
  ReminderRules rules_;
  AnswerId answer_;
  bool done_ = false;
  std::map<std::string, int> sent_;  // by Message-ID
};

}  // namespace

TEST_CASE("whatever is edited and answered and however the clock is set the queue holds each reminder once") {
  int damaged = 0;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    Life life(seed);
    life.replan();
    for (int step = 0; step < 40; ++step) {
      CAPTURE(seed, step);
      REQUIRE(life.fault() == "");
      life.step();
    }
    life.look_forward();
    REQUIRE(life.fault() == "");
    damaged += life.damage() && life.fault() != "" ? 1 : 0;  // the check itself must notice
  }
  CHECK(damaged == 30);
}
