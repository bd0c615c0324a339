#include "service/control.hpp"

#include "service/event_history.hpp"
#include "service/events.hpp"
#include "tests/service/answers_fixture.hpp"

#include <chrono>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string meeting = "Установче засідання";
const std::string table = "Круглий стіл «Книга в дорозі»";
const std::string report = "Звіт про передплату";
const std::string quarterly = "Звіт про стан фонду";

Control control(AnswersFixture& site, OrganisationId within = {}, std::optional<PlanId> plan = {}) {
  auto found = control_of(site.context, within, plan).wait();
  if (!found) FAIL(found.error().message);
  return std::move(*found);
}

std::vector<std::string> titles(const std::vector<ControlRow>& rows) {
  std::vector<std::string> all;
  for (const auto& row : rows) all.push_back(row.event.title);
  return all;
}
using Titles = std::vector<std::string>;

long times(const std::vector<ControlRow>& rows, const std::string& title) {
  const auto all = titles(rows);
  return std::count(all.begin(), all.end(), title);
}

// As the dispatcher does: what is due has left.
void send_what_is_due(AnswersFixture& site) {
  site.context.store
      .write(db::Author("system", site.clock.now()),
             [now = site.clock.now()](db::Unit& unit) {
               for (auto row : unit.reminders().claim_due(now, now + std::chrono::hours{1}, "test", 1000)) {
                 row.state = ReminderState::sent;
                 row.settled = now;
                 unit.reminders().settle(row);
               }
               return 0;
             })
      .wait()
      .value();
}

}  // namespace

TEST_CASE("what is due within two weeks is listed and nothing after them") {
  AnswersFixture site;
  for (const auto& [day, listed] : {std::pair{"2026-09-09T06:00:00Z", false},
                                    {"2026-09-10T06:00:00Z", true},
                                    {"2026-09-24T06:00:00Z", true},
                                    {"2026-09-25T06:00:00Z", false}}) {
    site.clock.set(parse_iso_instant(day).value());
    CAPTURE(day);
    const auto rows = titles(control(site).coming);
    CHECK((std::find(rows.begin(), rows.end(), meeting) != rows.end()) == listed);
  }
}

TEST_CASE("what nobody has called done is overdue from the next day and counts against discipline") {
  AnswersFixture site;
  site.clock.set(parse_iso_instant("2026-10-20T18:00:00Z").value());
  const auto count_of = [&] {
    const auto rows = titles(control(site).overdue);
    return std::count(rows.begin(), rows.end(), report);
  };
  CHECK(count_of() == 0);
  site.later(std::chrono::hours{24});
  CHECK(count_of() == 1);
  CHECK(titles(control(site).overdue).front() == meeting);  // the longest first
  const auto before = control(site).discipline;
  CHECK(before.done == 0);
  CHECK(before.percent() == 0);
  site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  site.press(site.token(LinkPurpose::done, meeting, "Калина О.П."));
  const auto after = control(site);
  CHECK(times(after.overdue, report) == 0);
  CHECK(after.discipline.due == before.due);
  CHECK(after.discipline.done == 2);
  // The meeting took place when it did; the report was said to be done a day late.
  CHECK(after.discipline.in_time == 1);
  CHECK(after.pending.size() == 2);
}

TEST_CASE("work that is done by its last day is in time and what is sent back is late again") {
  AnswersFixture site;
  site.clock.set(parse_iso_instant("2026-10-20T18:00:00Z").value());
  site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  site.later(std::chrono::hours{24});
  CHECK(control(site).discipline.in_time == 1);
  REQUIRE(decide_answer(site.context, editor, site.answers(report).front().id, false, "").wait());
  CHECK(control(site).discipline.in_time == 0);
  CHECK(titles(control(site).overdue).back() == report);
}

TEST_CASE("each quarter of a series is due by itself and all-year work never") {
  AnswersFixture site;
  site.clock.set(parse_iso_instant("2027-02-01T06:00:00Z").value());
  auto rows = control(site).overdue;
  std::vector<std::string> quarters;
  for (const auto& row : rows)
    if (row.event.title == quarterly) quarters.push_back(row.occurrence);
  REQUIRE(quarters.size() == 2);
  site.press(site.token(LinkPurpose::done, quarterly, "Явір С.М.", quarters.front()));
  rows = control(site).overdue;
  quarters.erase(quarters.begin());
  std::vector<std::string> left;
  for (const auto& row : rows) {
    CHECK(row.event.title != "Інформування бібліотек");
    if (row.event.title == quarterly) left.push_back(row.occurrence);
  }
  CHECK(left == quarters);
}

TEST_CASE("a period that begins soon and has no day is listed until somebody names it") {
  AnswersFixture site;
  site.clock.set(parse_iso_instant("2026-10-01T06:00:00Z").value());
  CHECK(titles(control(site).undated).empty());
  site.clock.set(parse_iso_instant("2026-10-02T06:00:00Z").value());
  CHECK(titles(control(site).undated) == Titles{table});
  AnswerForm form;
  form.date = "2026-11-18";
  site.press(site.token(LinkPurpose::name_day, table, "Явір С.М."), form);
  CHECK(titles(control(site).undated).empty());
}

TEST_CASE("who was asked and has not answered is listed until they do") {
  AnswersFixture site;
  site.clock.set(parse_iso_instant("2026-10-18T06:00:00Z").value());
  CHECK(titles(control(site).unanswered).empty());
  send_what_is_due(site);
  const auto rows = control(site).unanswered;
  const auto row =
      std::find_if(rows.begin(), rows.end(), [](const ControlRow& one) { return one.event.title == report; });
  REQUIRE(row != rows.end());
  CHECK(row->asked == site.clock.now());
  site.later(std::chrono::minutes{5});
  site.press(site.token(LinkPurpose::acknowledge, report, "Явір С.М."));
  const auto after = control(site);
  CHECK(times(after.unanswered, report) == 0);
  const auto soon = std::find_if(after.coming.begin(), after.coming.end(),
                                 [](const ControlRow& one) { return one.event.title == report; });
  REQUIRE(soon != after.coming.end());
  REQUIRE(soon->answers.size() == 1);
  CHECK(soon->answers.front().kind == AnswerKind::acknowledged);
}

TEST_CASE("an organiser of one association controls the work of no other") {
  AnswersFixture site;
  site.clock.set(parse_iso_instant("2026-12-01T06:00:00Z").value());
  site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  const auto own = site.event(report).organisation;
  REQUIRE(own);
  CHECK(control(site, own).pending.size() == 1);
  const OrganisationId other{own.value + 1};
  const auto nothing = control(site, other);
  CHECK(nothing.pending.empty());
  CHECK(nothing.overdue.empty());
  CHECK(nothing.plans.empty());
  const auto id = site.answers(report).front().id;
  CHECK(decide_answer(site.context, editor, id, true, "", other).wait().error().code == Errc::not_found);
  NewAnswer answer;
  answer.event = site.event(meeting).id;
  CHECK(give_answer(site.context, editor, answer, other).wait().error().code == Errc::not_found);
  CHECK(decide_answer(site.context, editor, id, true, "", own).wait());
}

TEST_CASE("the lists of one plan leave the counts of the others as they are") {
  AnswersFixture site;
  site.import(
      "План роботи ради бібліотек Дальньої громади на 2026 рік\n\n№\tЗахід\tТермін\tВідповідальний\n"
      "1.\tНарада в Дальній\t25.09.2026\tЯвір С.М.\n",
      "other.txt");
  site.clock.set(parse_iso_instant("2026-12-01T06:00:00Z").value());
  const auto plan = site.event("Нарада в Дальній").plan;
  const auto all = control(site);
  const auto one = control(site, {}, plan);
  CHECK(titles(one.overdue) == Titles{"Нарада в Дальній"});
  CHECK(all.overdue.size() > 1);
  REQUIRE(one.plans.size() == all.plans.size());
  for (std::size_t i = 0; i < all.plans.size(); ++i) {
    CHECK(one.plans[i].title == all.plans[i].title);
    CHECK(one.plans[i].overdue == all.plans[i].overdue);
    CHECK(one.plans[i].discipline.due == all.plans[i].discipline.due);
  }
}

TEST_CASE("the history of an event tells each step once and by whom") {
  AnswersFixture site;
  const auto account = site.add("chair@example.org", AccountRole::organiser);
  const Actor chair("account:" + std::to_string(account.value), Role::editor);
  site.later(std::chrono::hours{1});
  site.press(site.token(LinkPurpose::acknowledge, report, "Явір С.М."));
  site.later(std::chrono::hours{1});
  site.press(site.token(LinkPurpose::postpone, report, "Явір С.М."), another_day("2026-11-05"));
  site.later(std::chrono::hours{1});
  REQUIRE(decide_answer(site.context, chair, site.answers(report).back().id, true, "добре").wait());
  site.later(std::chrono::hours{1});
  EventChange change;
  change.place = "Мала зала";
  REQUIRE(change_event(site.context, chair, site.event(report).id, change).wait());
  const auto steps = history_of(site.context, site.event(report).id).wait().value();
  using What = HistoryStep::What;
  std::vector<What> what;
  std::vector<std::string> who;
  for (const auto& step : steps) {
    what.push_back(step.what);
    who.push_back(step.who);
  }
  REQUIRE(what.size() >= 5);
  CHECK(std::vector(what.begin(), what.begin() + 4) ==
        std::vector{What::changed, What::decided, What::answered, What::answered});
  CHECK(what.back() == What::entered);
  CHECK(who[0] == "Hanna");
  CHECK(who[1] == "Hanna");
  CHECK(who[2] == "Явір С.М.");
  CHECK(who.back() == editor.name);
  for (std::size_t i = 1; i < steps.size(); ++i) CHECK(steps[i - 1].at >= steps[i].at);
  CHECK(history_of(site.context, EventId{999}).wait().error().code == Errc::not_found);
}

TEST_CASE("a plan of a thousand rows is looked through in a moment") {
  AnswersFixture site;
  std::string plan = "План роботи великого об’єднання на 2026 рік\n\n№\tЗахід\tТермін\tВідповідальний\n";
  for (int i = 1; i <= 1000; ++i)
    plan += std::to_string(i) + ".\tЗахід номер " + std::to_string(i) + "\t" + (i % 28 < 9 ? "0" : "") +
            std::to_string(i % 28 + 1) + "." + (i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1) +
            ".2026\tЯвір С.М.\n";
  site.import(plan, "large.txt");
  site.clock.set(parse_iso_instant("2026-12-01T06:00:00Z").value());
  const auto begin = std::chrono::steady_clock::now();
  const auto found = control(site);
  const auto spent =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  CHECK(found.overdue.size() > 800);
  WARN("control of 1,000 rows took " << spent.count() << " ms in this build");
}
