#include "service/rule_sets.hpp"

#include "db/store.hpp"
#include "notify/rules.hpp"
#include "service/rules_json.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/catch.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <limits>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const Actor organiser("account:1", Role::editor);

ReminderRule rule_of(std::string id, int offset) {
  ReminderRule rule;
  rule.id = std::move(id);
  rule.applies_to = Applies::dated;
  rule.offset = offset;
  return rule;
}

class Planned {
 public:
  Planned() {
    fixture.import(
        "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n\n"
        "№\tЗахід\tТермін\tВідповідальний\n"
        "1.\tСемінар про фонди\t15.10.2026\tКалина О.П.\n"
        "2.\tНарада ради\t20.10.2026\tКалина О.П.\n");
    events = fixture.context.store.read([](db::Unit& unit) { return unit.events().all(); }).wait().value();
  }

  std::vector<std::string> waiting(const Event& event) {
    return fixture.context.store
        .read([id = event.id](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.event = id;
          selection.state = ReminderState::planned;
          std::vector<std::string> ids;
          for (const auto& row : unit.reminders().list(selection))
            if (is_ladder_step(row.reason)) ids.push_back(row.key.rule);
          return ids;
        })
        .wait()
        .value();
  }

  Fixture fixture;
  std::vector<Event> events;
};

}  // namespace

TEST_CASE("saving the rules of an event replans it at once and no other") {
  Planned planned;
  const auto before = planned.waiting(planned.events[0]), other = planned.waiting(planned.events[1]);
  ReminderRules set;
  set.scope.event = planned.events[0].id;
  set.rules = {rule_of("own.5d", -5)};
  const auto saved = save_rules(planned.fixture.context, organiser, set).wait();
  REQUIRE(saved);
  CHECK(saved->events == 1);
  CHECK(saved->set.scope.organisation == planned.events[0].organisation);
  CHECK(planned.waiting(planned.events[0]) == std::vector<std::string>{"own.5d"});
  CHECK(planned.waiting(planned.events[1]) == other);
  REQUIRE(remove_rules(planned.fixture.context, organiser, saved->set.id).wait());
  CHECK(planned.waiting(planned.events[0]) == before);
  CHECK(remove_rules(planned.fixture.context, organiser, saved->set.id).wait().error().code ==
        Errc::not_found);
}

TEST_CASE("the rules of a plan govern its events until one of them has its own") {
  Planned planned;
  ReminderRules set;
  set.scope.plan = planned.events[0].plan;
  set.rules = {rule_of("plan.9d", -9)};
  CHECK(save_rules(planned.fixture.context, organiser, set).wait().value().events == 2);
  ReminderRules own;
  own.scope.event = planned.events[1].id;
  REQUIRE(save_rules(planned.fixture.context, organiser, own).wait());
  CHECK(planned.waiting(planned.events[0]) == std::vector<std::string>{"plan.9d"});
  CHECK(planned.waiting(planned.events[1]).empty());
  // Once more for the same scope: replaced, not added.
  CHECK(save_rules(planned.fixture.context, organiser, set).wait());
  CHECK(list_rule_sets(planned.fixture.context, organiser).wait().value().size() == 2);
}

TEST_CASE("a preview shows who would get what and stores nothing") {
  Planned planned;
  planned.fixture.clock.set(parse_iso_instant("2026-10-01T06:00:00Z").value());
  ReminderRules set;
  set.scope.organisation = planned.events[0].organisation;
  set.rules = {rule_of("all.2d", -2)};
  const auto before = planned.waiting(planned.events[0]);
  const auto desk = preview_rules(planned.fixture.context, organiser, set).wait();
  REQUIRE(desk);
  CHECK(desk->events == 2);
  CHECK_FALSE(desk->stored);
  REQUIRE(desk->mails.size() == 2);
  CHECK(desk->mails[0].event_title == "Семінар про фонди");
  CHECK(desk->mails[0].reminder.key.rule == "all.2d");
  CHECK(format_iso(desk->mails[0].reminder.due) == "2026-10-13T05:30:00Z");
  CHECK(planned.waiting(planned.events[0]) == before);
  CHECK(list_rule_sets(planned.fixture.context, organiser).wait().value().empty());
}

TEST_CASE("a scope without rules shows those that it follows now") {
  Planned planned;
  RuleScope scope;
  scope.event = planned.events[0].id;
  const auto desk = open_rules(planned.fixture.context, organiser, scope).wait();
  REQUIRE(desk);
  CHECK_FALSE(desk->stored);
  CHECK(desk->set.rules == notify::default_rules().rules);
  CHECK(desk->scope_name == "Семінар про фонди");
  scope.event = EventId{999};
  CHECK(open_rules(planned.fixture.context, organiser, scope).wait().error().code == Errc::not_found);
}

TEST_CASE("only organisers write rules") {
  Planned planned;
  const Actor reader("account:2", Role::reader);
  CHECK(list_rule_sets(planned.fixture.context, reader).wait().error().code == Errc::forbidden);
  CHECK(save_rules(planned.fixture.context, reader, {}).wait().error().code == Errc::forbidden);
  CHECK(remove_rules(planned.fixture.context, reader, RuleSetId{1}).wait().error().code == Errc::forbidden);
  CHECK(open_rules(planned.fixture.context, reader, {}).wait().error().code == Errc::forbidden);
  CHECK(preview_rules(planned.fixture.context, reader, {}).wait().error().code == Errc::forbidden);
}

TEST_CASE("rules that cannot be followed are refused by name on both sides of each limit") {
  const auto code = [](auto change) {
    ReminderRules set;
    set.rules = {rule_of("a", -1)};
    change(set);
    const auto fine = check_rules(set);
    return fine ? std::string("fine") : std::string(name_of(fine.error().code));
  };
  using Set = ReminderRules;
  CHECK(code([](Set&) {}) == "fine");
  CHECK(code([](Set& s) { s.rules[0].offset = -farthest_offset; }) == "fine");
  CHECK(code([](Set& s) { s.rules[0].offset = -farthest_offset - 1; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].offset = std::numeric_limits<int>::min(); }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].offset = 1; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].id = std::string(longest_rule_id, 'a'); }) == "fine");
  CHECK(code([](Set& s) { s.rules[0].id = std::string(longest_rule_id + 1, 'a'); }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].id = ""; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].id = "a b"; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules.push_back(s.rules[0]); }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].at = std::chrono::hours{24}; }) == "invalid_input");
  CHECK(code([](Set& s) { s.quiet_from = TimeOfDay{-1}; }) == "invalid_input");
  CHECK(code([](Set& s) { s.country = "UA"; }) == "fine");
  CHECK(code([](Set& s) { s.country = "ua"; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].reason = ReminderReason::hook; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].reason = ReminderReason::fix_date; }) == "invalid_input");
  CHECK(code([](Set& s) { s.rules[0].reason = ReminderReason::overdue; }) == "invalid_input");
  CHECK(code([](Set& s) {
          s.scope.plan = PlanId{1};
          s.scope.event = EventId{1};
        }) == "invalid_input");
  const auto many = [](std::size_t count) {
    return [count](Set& set) {
      set.rules.clear();
      for (std::size_t i = 0; i < count; ++i) set.rules.push_back(rule_of("r" + std::to_string(i), -1));
    };
  };
  CHECK(code(many(most_rules)) == "fine");
  CHECK(code(many(most_rules + 1)) == "limit_exceeded");
  CHECK(check_rules(notify::default_rules()));
}

TEST_CASE("a set of rules is read as it is written and a typing mistake is named") {
  ReminderRules set = notify::default_rules();
  set.scope.kind = EventKind::seminar;
  set.scope.organisation = OrganisationId{4};
  set.country = "BY";
  set.on_days_off = true;
  auto written = rules_json(set);
  written.as_object().erase("id");
  CHECK(read_rules(boost::json::serialize(written)).value() == set);
  const auto message = [](std::string_view body) {
    const auto read = read_rules(body);
    return read ? std::string("none") : read.error().message;
  };
  CHECK(message("{\"rules\":[]}") == "none");
  CHECK(message("{}").find("'rules'") != std::string::npos);
  CHECK(message("[]").find("object") != std::string::npos);
  CHECK(message("{\"rulez\":[]}").find("'rulez'") != std::string::npos);
  CHECK(message("{\"rules\":[{\"id\":\"a\"}]}").find("'applies_to'") != std::string::npos);
  CHECK(message("{\"rules\":[{\"applies_to\":\"dated\",\"offset\":1.5}]}").find("'offset'") !=
        std::string::npos);
  CHECK(message("{\"rules\":[],\"quiet_to\":\"25:00\"}").find("'quiet_to'") != std::string::npos);
  CHECK(message("{\"rules\":[],\"scope\":{\"plan\":-1}}").find("'plan'") != std::string::npos);
}

TEST_CASE("planning everything anew changes nothing where the rules did not") {
  Planned planned;
  const auto before = planned.waiting(planned.events[0]);
  CHECK(replan_all(planned.fixture.context).value() == 2);
  CHECK(planned.waiting(planned.events[0]) == before);
}
