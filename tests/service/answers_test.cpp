#include "service/events.hpp"
#include "tests/service/answers_fixture.hpp"

#include <future>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string meeting = "Установче засідання";
const std::string table = "Круглий стіл «Книга в дорозі»";
const std::string report = "Звіт про передплату";
const std::string quarterly = "Звіт про стан фонду";
using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("opening a link shows what it is about and stores nothing") {
  AnswersFixture site;
  const auto before = site.context.store.last_change();
  const auto view = site.view(site.token(LinkPurpose::postpone, report, "Явір С.М."));
  CHECK(view.state == StepState::open);
  CHECK(view.purpose == LinkPurpose::postpone);
  CHECK(view.event.title == report);
  CHECK(view.name == "Явір С.М.");
  CHECK(view.responsible == "Явір С.М.");
  CHECK(site.context.store.last_change() == before);
  CHECK(site.answers(report).empty());
}

TEST_CASE("who has read it is noted once for each link and each change of the event") {
  AnswersFixture site;
  const auto token = site.token(LinkPurpose::acknowledge, report, "Явір С.М.");
  const int before = site.waiting(report);
  CHECK(site.press(token).stored);
  CHECK_FALSE(site.press(token).stored);
  CHECK(site.view(token).state == StepState::taken);
  REQUIRE(site.answers(report).size() == 1);
  const auto answer = site.answers(report).front();
  CHECK(answer.kind == AnswerKind::acknowledged);
  CHECK(answer.who == site.key_of("Явір С.М."));
  CHECK(answer.name == "Явір С.М.");
  CHECK(answer.channel == AnswerChannel::link);
  CHECK(answer.decision == Decision::none);
  CHECK(site.waiting(report) == before);  // the ladder goes on
  CHECK(site.owed(report).empty());
  // Another mail about the same day asks the same; after a change it asks anew.
  site.later(std::chrono::hours{1});
  CHECK(site.view(site.token(LinkPurpose::acknowledge, report, "Явір С.М.")).state == StepState::taken);
  EventChange change;
  change.note = "з додатком";
  REQUIRE(change_event(site.context, editor, site.event(report).id, change).wait());
  CHECK(site.view(site.token(LinkPurpose::acknowledge, report, "Явір С.М.")).state == StepState::open);
}

TEST_CASE("done stops the ladder at once and the chair is asked to confirm") {
  AnswersFixture site;
  REQUIRE(site.waiting(report) > 0);
  const int sequence = site.event(report).sequence;
  const int wakes = site.wakes;
  const auto outcome =
      site.press(site.token(LinkPurpose::done, report, "Явір С.М."), reason("надіслано 12 назв"));
  CHECK(outcome.stored);
  CHECK(outcome.waits);
  CHECK(site.waiting(report) == 0);
  CHECK(site.owed(report) == Keys{"answer.decide duty:chair"});
  CHECK(site.event(report).sequence == sequence);  // nothing that readers see has changed yet
  CHECK(site.answers(report).front().note == "надіслано 12 назв");
  CHECK(site.wakes > wakes);
}

TEST_CASE("the chair confirms by the link in the mail and the item is held") {
  AnswersFixture site;
  site.make_chair("Калина О.П.");
  site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  const auto answer = site.answers(report).front();
  const auto token = site.decide_token(answer, site.key_of("Калина О.П."));
  CHECK(site.view(token).state == StepState::open);
  AnswerForm yes;
  yes.approve = true;
  const auto outcome = site.press(token, yes);
  CHECK(outcome.stored);
  CHECK(outcome.view.answer->decision == Decision::approved);
  CHECK(outcome.view.answer->decided_by == site.key_of("Калина О.П."));
  CHECK(site.event(report).status == EventStatus::held);
  CHECK(site.event(report).sequence == 1);
  CHECK(site.owed(report) == Keys{"answer.decided " + site.key_of("Явір С.М.")});
  CHECK_FALSE(site.press(token, yes).stored);
  CHECK(site.view(token).state == StepState::taken);
}

TEST_CASE("what is sent back is on the ladder again and can be done again from a later mail") {
  AnswersFixture site;
  site.make_chair("Калина О.П.");
  const int before = site.waiting(report);
  const auto first = site.token(LinkPurpose::done, report, "Явір С.М.");
  site.press(first);
  const auto token = site.decide_token(site.answers(report).front(), site.key_of("Калина О.П."));
  CHECK(site.press(token, reason("бракує двох бібліотек")).stored);
  CHECK(site.answers(report).front().decision == Decision::declined);
  CHECK(site.answers(report).front().decision_note == "бракує двох бібліотек");
  CHECK(site.waiting(report) == before);
  CHECK(site.event(report).status != EventStatus::held);
  CHECK(site.view(first).state == StepState::taken);
  site.later(std::chrono::hours{24});
  CHECK(site.press(site.token(LinkPurpose::done, report, "Явір С.М.")).stored);
  CHECK(site.waiting(report) == 0);
}

TEST_CASE("another date waits for the chair and then moves the event and its ladder") {
  AnswersFixture site;
  site.make_chair("Калина О.П.");
  const auto outcome = site.press(site.token(LinkPurpose::postpone, report, "Явір С.М."),
                                  another_day("2026-11-05", "чекаємо на рахунки"));
  CHECK(outcome.stored);
  CHECK(outcome.waits);
  CHECK(site.event(report).period.last == make_date(2026, 10, 20));
  CHECK(site.event(report).sequence == 0);
  CHECK(site.waiting(report) > 0);  // until it is approved, the old day counts
  CHECK(site.owed(report) == Keys{"answer.decide duty:chair"});
  const auto answer = site.answers(report).front();
  CHECK(answer.decision == Decision::pending);
  CHECK(answer.new_date == make_date(2026, 11, 5));

  AnswerForm yes;
  yes.approve = true;
  CHECK(site.press(site.decide_token(answer, site.key_of("Калина О.П.")), yes).stored);
  const auto event = site.event(report);
  CHECK(event.period.last == make_date(2026, 11, 5));
  CHECK(event.period.deadline);  // work is due by the new day as it was by the old one
  CHECK(event.sequence == 1);
  int old_day = 0, new_day = 0;
  for (const auto& row : site.rows(report)) {
    if (!is_ladder_step(row.reason) || row.state != ReminderState::planned) continue;
    ++(row.key.occurrence.starts_with("2026-11-05") ? new_day : old_day);
  }
  CHECK(old_day == 0);
  CHECK(new_day > 0);
  CHECK(site.owed(report) == Keys{"answer.decided " + site.key_of("Явір С.М.")});
}

TEST_CASE("a date that is refused stays as it was and may be asked for again") {
  AnswersFixture site;
  site.make_chair("Калина О.П.");
  site.press(site.token(LinkPurpose::postpone, report, "Явір С.М."), another_day("2026-11-05"));
  const auto waiting = site.waiting(report);
  CHECK(site.view(site.token(LinkPurpose::postpone, report, "Явір С.М.")).state == StepState::taken);
  site.press(site.decide_token(site.answers(report).front(), site.key_of("Калина О.П.")), reason("ні"));
  CHECK(site.event(report).period.last == make_date(2026, 10, 20));
  CHECK(site.waiting(report) == waiting);
  site.later(std::chrono::hours{24});
  CHECK(site.view(site.token(LinkPurpose::postpone, report, "Явір С.М.")).state == StepState::open);
}

TEST_CASE("a meeting that is moved keeps its time of day") {
  AnswersFixture site;
  EventChange change;
  change.date = make_date(2026, 9, 24);
  change.time = std::chrono::hours{10};
  change.end_time = std::chrono::hours{12};
  REQUIRE(change_event(site.context, editor, site.event(meeting).id, change).wait());
  site.press(site.token(LinkPurpose::postpone, meeting, "Калина О.П."), another_day("2026-10-01"));
  const auto id = site.answers(meeting).front().id;
  REQUIRE(decide_answer(site.context, editor, id, true, "").wait());
  const auto event = site.event(meeting);
  CHECK(event.period.first == make_date(2026, 10, 1));
  CHECK(event.period.time == std::chrono::hours{10});
  CHECK(event.period.end_time == std::chrono::hours{12});
}

TEST_CASE("a period in words is asked for like a day") {
  AnswersFixture site;
  AnswerForm form = reason("ремонт зали");
  form.period = "грудень 2026 року";
  CHECK(site.press(site.token(LinkPurpose::postpone, table, "Явір С.М."), form).stored);
  const auto answer = site.answers(table).front();
  CHECK(answer.new_period == "грудень 2026 року");
  CHECK_FALSE(answer.new_date);
  REQUIRE(decide_answer(site.context, editor, answer.id, true, "").wait());
  CHECK(site.event(table).period.precision == Precision::month);
  CHECK(site.event(table).period.first == make_date(2026, 12, 1));
}

TEST_CASE("each thing that is wrong with a form is told and nothing is stored") {
  AnswersFixture site;
  struct Row {
    LinkPurpose purpose;
    AnswerForm form;
    AnswerProblem problem;
  };
  const auto form = [](auto fill) {
    AnswerForm one;
    fill(one);
    return one;
  };
  const std::vector<Row> rows = {
      {LinkPurpose::postpone, another_day("2026-11-05", ""), AnswerProblem::note_missing},
      {LinkPurpose::postpone, another_day("2026-11-05", "  \n "), AnswerProblem::note_missing},
      {LinkPurpose::postpone, another_day(""), AnswerProblem::day_missing},
      {LinkPurpose::postpone, another_day("2026-02-30"), AnswerProblem::day_unclear},
      {LinkPurpose::postpone, another_day("5 листопада"), AnswerProblem::day_unclear},
      {LinkPurpose::postpone, another_day("2026-08-31"), AnswerProblem::day_past},
      {LinkPurpose::postpone, form([](auto& f) { f.period = "колись потім", f.note = "так"; }),
       AnswerProblem::period_unclear},
      {LinkPurpose::postpone, form([](auto& f) { f.period = "серпень 2026", f.note = "так"; }),
       AnswerProblem::day_past},
      {LinkPurpose::postpone, form([](auto& f) { f.date = "2026-11-05", f.time = "25:00", f.note = "так"; }),
       AnswerProblem::time_unclear},
      {LinkPurpose::done, reason(std::string(2'001, 'a')), AnswerProblem::note_long},
      {LinkPurpose::done, reason("\xFF\xFE"), AnswerProblem::note_unclear},
      {LinkPurpose::hand_over, AnswerForm(), AnswerProblem::person_missing},
      {LinkPurpose::hand_over, form([](auto& f) { f.name = "Нова Н.Н."; }), AnswerProblem::person_unknown},
      {LinkPurpose::hand_over, form([](auto& f) { f.name = "Нова Н.Н.", f.email = "nova"; }),
       AnswerProblem::address_unclear},
      {LinkPurpose::hand_over, form([](auto& f) { f.name = "Нова Н.Н.", f.email = "a@b\r\nBcc: c@d"; }),
       AnswerProblem::address_unclear},
      {LinkPurpose::hand_over, form([](auto& f) { f.name = "С.М. Явір"; }), AnswerProblem::to_oneself},
  };
  const auto before = site.context.store.last_change();
  for (const auto& row : rows) {
    CAPTURE(notify::name_of(row.purpose), row.form.date, row.form.name, row.form.note.size());
    const auto outcome = site.press(site.token(row.purpose, report, "Явір С.М."), row.form);
    CHECK_FALSE(outcome.stored);
    CHECK(outcome.problem == row.problem);
    CHECK(outcome.view.state == StepState::open);
    CHECK_FALSE(describe(row.problem).empty());
  }
  CHECK(site.context.store.last_change() == before);
  CHECK(
      site.press(site.token(LinkPurpose::done, report, "Явір С.М."), reason(std::string(2'000, 'a'))).stored);
}

TEST_CASE("the day of a month is named at once and every calendar follows") {
  AnswersFixture site;
  AnswerForm form;
  form.date = "2026-11-18";
  form.time = "11:30";
  form.place = "Читальна зала";
  const auto token = site.token(LinkPurpose::name_day, table, "Явір С.М.");
  CHECK(site.press(token, form).stored);
  const auto event = site.event(table);
  CHECK(event.period.precision == Precision::exact_time);
  CHECK(event.period.first == make_date(2026, 11, 18));
  CHECK(event.period.time == std::chrono::minutes{11 * 60 + 30});
  CHECK(event.place == "Читальна зала");
  CHECK(event.status == EventStatus::dated);
  CHECK(event.sequence == 1);
  CHECK(site.owed(table) == Keys{"answer.told duty:chair"});
  CHECK(site.view(token).state == StepState::taken);
  CHECK(site.view(site.token(LinkPurpose::name_day, table, "Калина О.П.")).state == StepState::closed);
}

TEST_CASE("a day outside of the plan's period is no day that may simply be named") {
  AnswersFixture site;
  const auto token = site.token(LinkPurpose::name_day, table, "Явір С.М.");
  for (const auto* day : {"2026-10-31", "2026-12-01"}) {
    AnswerForm form;
    form.date = day;
    CHECK(site.press(token, form).problem == AnswerProblem::day_outside);
  }
  for (const auto* day : {"2026-11-01", "2026-11-30"}) {
    AnswersFixture other;
    AnswerForm form;
    form.date = day;
    CHECK(other.press(other.token(LinkPurpose::name_day, table, "Явір С.М."), form).stored);
  }
}

TEST_CASE("work that is handed over has another responsible at once and the old link acts no more") {
  AnswersFixture site;
  AnswerForm form = reason("я у відпустці");
  form.name = "Калина О. П.";
  const auto done = site.token(LinkPurpose::done, report, "Явір С.М.");
  const auto token = site.token(LinkPurpose::hand_over, report, "Явір С.М.");
  CHECK(site.view(token).colleagues == Keys{"Калина О.П."});
  const auto outcome = site.press(token, form);
  CHECK(outcome.stored);
  CHECK(outcome.view.responsible == "Калина О.П.");
  const auto event = site.event(report);
  REQUIRE(event.responsible.size() == 1);
  CHECK(event.responsible.front().person == site.person_called("Калина О.П.").id);
  CHECK(event.sequence == 1);
  for (const auto& row : site.rows(report))
    if (is_ladder_step(row.reason) && row.state == ReminderState::planned)
      CHECK(row.key.recipient != site.key_of("Явір С.М."));
  CHECK(site.owed(report) == Keys{"answer.taken " + site.key_of("Калина О.П."), "answer.told duty:chair"});
  CHECK(site.view(done).state == StepState::not_yours);
  CHECK_FALSE(site.press(done).stored);
  CHECK(site.view(token).state == StepState::taken);  // friendly: this is what you did
  CHECK(site.answers(report).size() == 1);
}

TEST_CASE("somebody new is entered with the address that is given") {
  AnswersFixture site;
  AnswerForm form;
  form.name = "Нова Н.Н.";
  form.email = "nova@example.org";
  CHECK(site.press(site.token(LinkPurpose::hand_over, table, "Явір С.М."), form).stored);
  const auto person = site.person_called("Нова Н.Н.");
  CHECK(person.email == "nova@example.org");
  CHECK(person.organisation == site.event(table).organisation);
  const auto event = site.event(table);
  REQUIRE(event.responsible.size() == 2);
  CHECK(event.responsible.front().person == person.id);  // who led has gone, who helps is still there
  CHECK(event.responsible.back().name == "Калина О.П.");
}

TEST_CASE("the address of somebody known is not changed by whoever hands work over") {
  AnswersFixture site;
  AnswerForm form;
  form.name = "Калина О.П.";
  form.email = "stranger@example.net";
  CHECK(site.press(site.token(LinkPurpose::hand_over, report, "Явір С.М."), form).stored);
  CHECK(site.person_called("Калина О.П.").email == "kalyna@example.org");
}

TEST_CASE("one quarter that is done leaves the other quarters on the ladder") {
  AnswersFixture site;
  const auto occurrence = site.rows(quarterly).front().key.occurrence;
  const auto first = occurrence.substr(0, occurrence.rfind('/'));
  const int all = site.waiting(quarterly);
  const int of_first = site.waiting(quarterly, first);
  REQUIRE(of_first > 0);
  CHECK(site.press(site.token(LinkPurpose::done, quarterly, "Явір С.М.", first)).stored);
  CHECK(site.waiting(quarterly, first) == 0);
  CHECK(site.waiting(quarterly) == all - of_first);
  REQUIRE(decide_answer(site.context, editor, site.answers(quarterly).front().id, true, "").wait());
  CHECK(site.event(quarterly).status != EventStatus::held);
  CHECK(site.view(site.token(LinkPurpose::postpone, quarterly, "Явір С.М.", first)).state ==
        StepState::closed);
  CHECK(site.view(site.token(LinkPurpose::done, quarterly, "Явір С.М.", "2030-Q1")).state ==
        StepState::superseded);
}

TEST_CASE("one quarter is moved without the others") {
  AnswersFixture site;
  const auto occurrence = site.rows(quarterly).front().key.occurrence;
  const auto first = occurrence.substr(0, occurrence.rfind('/'));
  CHECK(
      site.press(site.token(LinkPurpose::postpone, quarterly, "Явір С.М.", first), another_day("2026-10-09"))
          .stored);
  REQUIRE(decide_answer(site.context, editor, site.answers(quarterly).front().id, true, "").wait());
  const auto event = site.event(quarterly);
  REQUIRE(event.overrides.size() == 1);
  CHECK(event.overrides.front().date == make_date(2026, 10, 9));
  CHECK(event.sequence == 1);
  CHECK(event.period.precision == Precision::recurring);
}

TEST_CASE("what somebody who helps has done closes the item or only a part of it as it is configured") {
  for (const bool lead_closes : {false, true}) {
    AnswersFixture site;
    site.context.settings.lead_closes = lead_closes;
    CAPTURE(lead_closes);
    CHECK(site.press(site.token(LinkPurpose::done, table, "Калина О.П.")).stored);
    CHECK((site.waiting(table) == 0) == !lead_closes);
    CHECK(site.answers(table).front().kind == (lead_closes ? AnswerKind::acknowledged : AnswerKind::done));
    if (!lead_closes) continue;
    CHECK(site.press(site.token(LinkPurpose::done, table, "Явір С.М.")).stored);
    CHECK(site.waiting(table) == 0);
  }
}

TEST_CASE("a reply to an invitation may be changed and the same one is taken once") {
  AnswersFixture site;
  const auto yes = site.token(LinkPurpose::accept, meeting, "Калина О.П.");
  const auto no = site.token(LinkPurpose::decline, meeting, "Калина О.П.");
  CHECK(site.press(yes).stored);
  CHECK_FALSE(site.press(yes).stored);
  CHECK(site.press(no, reason("відрядження")).stored);
  CHECK(site.owed(meeting) == Keys{"answer.told duty:chair"});
  CHECK(site.view(yes).state == StepState::open);
  CHECK(site.press(yes).stored);
  CHECK(site.answers(meeting).size() == 3);
  CHECK(site.waiting(meeting) > 0);
}

TEST_CASE("a link says so when its event is cancelled or over or gone") {
  AnswersFixture site;
  const auto token = site.token(LinkPurpose::done, report, "Явір С.М.");
  const auto set = [&](EventStatus status) {
    EventChange change;
    change.status = status;
    REQUIRE(change_event(site.context, editor, site.event(report).id, change).wait());
  };
  set(EventStatus::cancelled);
  CHECK(site.view(token).state == StepState::superseded);
  CHECK_FALSE(site.press(token).stored);
  set(EventStatus::held);
  CHECK(site.view(token).state == StepState::closed);
  CHECK_FALSE(site.press(token).stored);
  REQUIRE(remove_event(site.context, editor, site.event(report).id).wait());
  CHECK(view_link(site.context, token).wait().error().code == Errc::not_found);
  CHECK(answer_link(site.context, token, {}).wait().error().code == Errc::not_found);
}

TEST_CASE("a link that has expired or was tampered with does nothing") {
  AnswersFixture site;
  const auto token = site.token(LinkPurpose::done, report, "Явір С.М.");
  const auto before = site.context.store.last_change();
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto wrong = token;
    wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
    const auto answered = answer_link(site.context, wrong, {}).wait();
    CAPTURE(i);
    REQUIRE_FALSE(answered);
    CHECK(answered.error().code == Errc::not_found);
  }
  for (const auto* text : {"", ".", "a.b", "x"})
    CHECK(answer_link(site.context, text, {}).wait().error().code == Errc::not_found);
  site.later(notify::link_lifetime + std::chrono::seconds{1});
  CHECK(answer_link(site.context, token, {}).wait().error().code == Errc::gone);
  CHECK(view_link(site.context, token).wait().error().code == Errc::gone);
  CHECK(site.context.store.last_change() == before);
}

TEST_CASE("of many who press the same button at once one is heard") {
  AnswersFixture site;
  const auto token = site.token(LinkPurpose::postpone, report, "Явір С.М.");
  std::vector<std::promise<Result<StepOutcome>>> promises(40);
  for (auto& promise : promises)
    answer_link(site.context, token, another_day("2026-11-05"))
        .start([&promise](Result<StepOutcome> outcome) { promise.set_value(std::move(outcome)); });
  int stored = 0;
  for (auto& promise : promises) stored += promise.get_future().get().value().stored ? 1 : 0;
  CHECK(stored == 1);
  CHECK(site.answers(report).size() == 1);
}

TEST_CASE("nobody decides by a link but who controls the work") {
  AnswersFixture site;
  site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  const auto answer = site.answers(report).front();
  const auto token = site.decide_token(answer, site.key_of("Калина О.П."));
  CHECK(site.view(token).state == StepState::not_yours);
  AnswerForm yes;
  yes.approve = true;
  CHECK_FALSE(site.press(token, yes).stored);
  site.make_chair("Калина О.П.");
  CHECK(site.view(token).state == StepState::open);

  const auto account = site.add("chair@example.org", AccountRole::organiser);
  const auto member = site.add("member@example.org");
  CHECK(site.view(site.decide_token(answer, "account:" + std::to_string(account.value))).state ==
        StepState::open);
  CHECK(site.view(site.decide_token(answer, "account:" + std::to_string(member.value))).state ==
        StepState::not_yours);
}

TEST_CASE("what the chair says of the chair's own work waits for nobody") {
  AnswersFixture site;
  site.make_chair("Явір С.М.");
  const auto outcome = site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  CHECK(outcome.stored);
  CHECK_FALSE(outcome.waits);
  CHECK(site.event(report).status == EventStatus::held);
  CHECK(site.owed(report).empty());
}

TEST_CASE("the deputy of somebody on leave answers for them") {
  AnswersFixture site;
  const auto token = site.token(LinkPurpose::done, report, "Калина О.П.");
  CHECK(site.view(token).state == StepState::not_yours);
  Absence leave;
  leave.person = site.person_called("Явір С.М.").id;
  leave.deputy = site.person_called("Калина О.П.").id;
  leave.first = make_date(2026, 9, 1);
  leave.last = make_date(2026, 9, 14);
  site.context.store
      .write(db::Author("test", site.clock.now()),
             [leave](db::Unit& unit) { return unit.absences().insert(leave).value; })
      .wait()
      .value();
  CHECK(site.view(token).state == StepState::open);
  site.clock.set(parse_iso_instant("2026-09-15T06:00:00Z").value());
  CHECK(site.view(token).state == StepState::not_yours);
}

TEST_CASE("an organiser answers for somebody and it stands at once") {
  AnswersFixture site;
  NewAnswer answer;
  answer.event = site.event(report).id;
  answer.kind = AnswerKind::postpone;
  answer.form = another_day("2026-11-05");
  answer.who = site.key_of("Явір С.М.");
  const auto given = give_answer(site.context, editor, answer).wait();
  REQUIRE(given);
  CHECK(given->decision == Decision::approved);
  CHECK(given->decided_by == editor.name);
  CHECK(given->name == "Явір С.М.");
  CHECK(site.event(report).period.last == make_date(2026, 11, 5));
  CHECK(site.owed(report) == Keys{"answer.decided " + site.key_of("Явір С.М.")});
  answer.form = another_day("2026-11-06", "");
  CHECK(give_answer(site.context, editor, answer).wait().error().code == Errc::invalid_input);
  CHECK(give_answer(site.context, Actor("reader", Role::reader), answer).wait().error().code ==
        Errc::forbidden);
  CHECK(answers_of(site.context, Actor(), answer.event).wait().error().code == Errc::unauthenticated);
}

TEST_CASE("a decision is made once and by editors alone") {
  AnswersFixture site;
  site.press(site.token(LinkPurpose::done, report, "Явір С.М."));
  const auto id = site.answers(report).front().id;
  CHECK(decide_answer(site.context, Actor("r", Role::reader), id, true, "").wait().error().code ==
        Errc::forbidden);
  CHECK(decide_answer(site.context, editor, AnswerId{999}, true, "").wait().error().code == Errc::not_found);
  REQUIRE(decide_answer(site.context, editor, id, true, "добре").wait());
  CHECK(decide_answer(site.context, editor, id, false, "").wait().error().code == Errc::conflict);
  CHECK(site.event(report).status == EventStatus::held);
}

TEST_CASE("a change of the event leaves mails about answers in the queue") {
  AnswersFixture site;
  site.press(site.token(LinkPurpose::postpone, report, "Явір С.М."), another_day("2026-11-05"));
  EventChange change;
  change.place = "Мала зала";
  REQUIRE(change_event(site.context, editor, site.event(report).id, change).wait());
  CHECK(site.owed(report) == Keys{"answer.decide duty:chair"});
}
