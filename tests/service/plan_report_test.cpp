#include "service/plan_report.hpp"

#include "calendar/event_occurrences.hpp"
#include "calendar/period_grammar.hpp"
#include "service/answers.hpp"
#include "service/events.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

constexpr Date today = make_date(2027, 1, 20);

struct Year {
  Plan plan;
  std::vector<Event> events;
  std::vector<Answer> answers;

  Year() {
    plan.year = PlanContext::academic_year(2026);
    plan.language = "uk";
  }
  Event& row(const std::string& period, EventKind kind = EventKind::meeting,
             const std::string& who = "Явір С.М.") {
    Event event;
    event.id = EventId{static_cast<std::int64_t>(events.size() + 1)};
    event.title = period;
    event.kind = kind;
    event.zone = "Europe/Kyiv";
    event.section = kind == EventKind::report ? "Звіти" : "Засідання";
    event.responsible = {{PersonId{}, who, "", ""}};
    event.period = calendar::read_period(period, "uk", plan.year).period;
    event.period.source_text = period;
    return events.emplace_back(std::move(event));
  }
  // Said on that day, at noon in Kyiv.
  void done(const Event& event, const std::string& day, const std::string& occurrence = {}) {
    Answer answer;
    answer.event = event.id;
    answer.occurrence = occurrence;
    answer.kind = AnswerKind::done;
    answer.at = parse_iso_instant(day + "T10:00:00Z").value();
    answer.note = "здано " + day;
    answers.push_back(answer);
  }
  PlanReport report() const { return make_report(plan, events, answers, today); }
};

void hold(Event& event, Date day) {
  event.status = EventStatus::held;
  const auto words = event.period.source_text;
  event.period = make_dated(day);
  event.period.source_text = words;
}

int fate(const FateCounts& counts, Fate one) {
  return counts[one];
}

}  // namespace

TEST_CASE("each row of a plan has one fate and the sums agree") {
  Year year;
  hold(year.row("листопад 2026 року"), make_date(2026, 11, 12));
  hold(year.row("листопад 2026 року"), make_date(2026, 12, 3));  // a month too late
  year.row("грудень 2026 року").status = EventStatus::cancelled;
  year.row("жовтень 2026 року");
  year.row("травень 2027 року");
  year.row("протягом року", EventKind::ongoing_task);
  year.row("мета", EventKind::goal);
  const auto report = year.report();
  REQUIRE(report.rows.size() == 6);
  const std::vector<Fate> expected = {Fate::done,    Fate::late, Fate::cancelled,
                                      Fate::overdue, Fate::open, Fate::ongoing};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(fate(report.rows[i].counts, expected[i]) == 1);
    CHECK(report.rows[i].counts.all() == 1);
    CHECK(fate(report.counts, expected[i]) == 1);
  }
  CHECK(report.counts.moved == 1);
  CHECK(report.rows[1].counts.moved == 1);
  CHECK(report.rows[0].counts.moved == 0);
  CHECK(report.counts.percent() == 66);  // two of three that were due
}

TEST_CASE("work is late when somebody said so after its last day and not on it") {
  Year year;
  auto& in_time = year.row("до 15 січня 2027 року", EventKind::report);
  year.done(in_time, "2027-01-15");
  auto& late = year.row("до 15 січня 2027 року", EventKind::report);
  year.done(late, "2027-01-16");
  const auto report = year.report();
  CHECK(fate(report.rows[0].counts, Fate::done) == 1);
  CHECK(fate(report.rows[1].counts, Fate::late) == 1);
  CHECK(report.rows[1].done == make_date(2027, 1, 16));
  CHECK(report.rows[1].note == "здано 2027-01-16");
}

TEST_CASE("what was sent back is not done") {
  Year year;
  auto& work = year.row("до 15 січня 2027 року", EventKind::report);
  year.done(work, "2027-01-10");
  year.answers.back().decision = Decision::declined;
  CHECK(fate(year.report().counts, Fate::overdue) == 1);
}

TEST_CASE("each quarter of quarterly work counts by itself") {
  Year year;
  auto& work = year.row("щоквартально", EventKind::report);
  const auto before = year.report();
  REQUIRE(before.counts.all() >= 3);
  const int overdue = fate(before.counts, Fate::overdue);
  REQUIRE(overdue >= 1);
  const auto first = calendar::event_occurrences(work, *work.period.first, *work.period.last).front();
  year.done(work, format_iso(first.last), first.key);
  const auto after = year.report();
  CHECK(after.counts.all() == before.counts.all());
  CHECK(fate(after.counts, Fate::done) == 1);
  CHECK(fate(after.counts, Fate::overdue) == overdue - 1);
}

TEST_CASE("months hold what was planned and what was done without gaps") {
  Year year;
  hold(year.row("листопад 2026 року"), make_date(2026, 12, 3));
  const auto months = year.report().months;
  REQUIRE(months.size() == 9);  // September to May
  CHECK(months.front().month == std::chrono::year{2026} / 9);
  CHECK(months[2].planned == 1);
  CHECK(months[2].done == 0);
  CHECK(months[3].planned == 0);
  CHECK(months[3].done == 1);
}

TEST_CASE("a row counts for everybody it names and once for each") {
  Year year;
  auto& event = year.row("листопад 2026 року");
  event.responsible = {{PersonId{}, "Явір С.М.", "", "ЦБС"},
                       {PersonId{}, "", "бібліотекарі", "ЦБС"},
                       {PersonId{}, "Явір С.М.", "", ""}};
  event.attended = 20;
  year.row("грудень 2026 року").responsible.clear();
  const auto report = year.report();
  REQUIRE(report.responsible.size() == 3);
  CHECK(report.responsible[0].name == "бібліотекарі");
  CHECK(report.responsible[1].name == "Явір С.М.");
  CHECK(report.responsible[2].name.empty());
  for (const auto& line : report.responsible) CHECK(line.counts.all() == 1);
  REQUIRE(report.institutions.size() == 2);
  CHECK(report.institutions[0].name == "ЦБС");
  CHECK(report.counts.attended == 20);
  CHECK(report.counts.counted == 1);
}

TEST_CASE("what came of an event is stored and shown to readers without a new sequence") {
  Fixture fixture;
  const auto summary = fixture.import(small_plan);
  EventChange result;
  result.attended.emplace(25);
  result.outcome = "Ухвалено план.";
  result.minutes_url = "https://example.org/minutes.pdf";
  const auto changed = change_event(fixture.context, editor, summary.ids.at(0), result).wait();
  REQUIRE(changed);
  CHECK(changed->sequence == 0);
  const auto report = report_of(fixture.context, {}, summary.plan).wait();
  REQUIRE(report);
  CHECK(report->counts.attended == 25);
  CHECK(report->rows.at(0).note == "Ухвалено план.");
  EventChange wrong;
  for (const int number : {-1, most_attended + 1}) {
    wrong.attended.emplace(number);
    CHECK_FALSE(change_event(fixture.context, editor, summary.ids.at(0), wrong).wait());
  }
  wrong.attended.emplace(most_attended);
  CHECK(change_event(fixture.context, editor, summary.ids.at(0), wrong).wait());
  EventChange bad;
  bad.minutes_url = "javascript:alert(1)";
  CHECK_FALSE(change_event(fixture.context, editor, summary.ids.at(0), bad).wait());
  CHECK_FALSE(report_of(fixture.context, OrganisationId{77}, summary.plan).wait());
}
