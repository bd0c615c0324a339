// Writing a plan as a table: rows, their order, what two people do at once, and taking it back.
#include "service/plan_edits.hpp"
#include "db/store.hpp"
#include "service/event_history.hpp"
#include "service/events.hpp"
#include "service/plan_diff.hpp"
#include "service/snapshot.hpp"
#include "tests/service/fixture.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

struct Desk : Fixture {
  PlanId plan;

  Desk() { plan = import(small_plan).plan; }
  PlanTable table() {
    auto table = plan_table(context, plan, {}).wait();
    if (!table) FAIL(table.error().message);
    return std::move(*table);
  }
  std::vector<std::string> titles() {
    std::vector<std::string> all;
    for (const auto& row : table().rows) all.push_back(row.title);
    return all;
  }
  Event row(const std::string& title) {
    for (auto& one : table().rows)
      if (one.title == title) return one;
    FAIL("no row " + title);
    return {};
  }
  Editor who(const std::string& name = "Калина О.П.") { return {editor, name, {}}; }
  Result<EditDone> save(const Event& row, const RowFields& fields) {
    return change_row(context, who(), plan, row.id, fields, row_stamp(row)).wait();
  }
  Result<EditDone> add(const std::string& title, EventId behind = {}, const std::string& section = "") {
    RowFields fields;
    fields.title = title;
    fields.section = section;
    return add_row(context, who(), plan, fields, behind).wait();
  }
  Result<EditDone> move(const Event& row, RowMove where, EventId target = {}) {
    return move_row(context, who(), plan, row.id, where, target).wait();
  }
  Result<EditDone> undo_last() {
    const auto last = table().last_edit;
    REQUIRE(last);
    return undo_edit(context, who(), plan, last->id).wait();
  }
};

const std::string first = "Установче засідання", second = "Круглий стіл «Книга в дорозі»",
                  third = "Звіт про стан фонду", fourth = "Інформування бібліотек";

}  // namespace

TEST_CASE("a cell of the plan is written and the period is understood as it is typed") {
  struct Typed {
    const char* text;
    const char* type;
    const char* start;
    const char* end;
  };
  const Typed cases[] = {{"22–24 травня", "date_range", "2027-05-22", "2027-05-24"},
                         {"лістапад", "month", "2026-11-01", "2026-11-30"},
                         {"ежеквартально", "recurring", "2026-09-01", "2027-05-31"},
                         {"14.11.2026 10:00", "exact_date", "2026-11-14", "2026-11-14"},
                         {"за окремим графіком", "by_other_plan", "", ""}};
  Desk desk;
  for (const auto& typed : cases) {
    CAPTURE(typed.text);
    const auto before = desk.row(second);
    auto fields = row_fields(before, "uk");
    fields.period = typed.text;
    const auto saved = desk.save(before, fields);
    REQUIRE(saved);
    const auto after = desk.row(second);
    CHECK(after.period.source_text == typed.text);
    CHECK(type_name(after.period.precision) == typed.type);
    CHECK((after.period.first ? format_iso(*after.period.first) : "") == typed.start);
    CHECK((after.period.last ? format_iso(*after.period.last) : "") == typed.end);
    CHECK(after.uid == before.uid);
    CHECK(after.sequence == before.sequence + 1);
  }
}

TEST_CASE("words that are no date stay in the plan and the row waits for a day") {
  Desk desk;
  auto fields = row_fields(desk.row(first), "uk");
  fields.period = "як домовимося";
  REQUIRE(desk.save(desk.row(first), fields));
  CHECK(desk.row(first).period.precision == Precision::none);
  CHECK(desk.row(first).period.source_text == "як домовимося");
}

TEST_CASE("a row whose other cells are written keeps the day that was named since and who stands behind it") {
  Desk desk;
  EventChange named;
  named.date = make_date(2026, 11, 14);
  REQUIRE(change_event(desk.context, editor, desk.row(second).id, named).wait());
  const auto before = desk.row(second);
  auto fields = row_fields(before, "uk");
  CHECK(fields.period == "листопад 2026 року");
  fields.place = "Читальна зала";
  REQUIRE(desk.save(before, fields));
  const auto after = desk.row(second);
  CHECK(after.period == before.period);
  CHECK(after.responsible == before.responsible);
  CHECK(after.responsible.front().person);
  CHECK(after.place == "Читальна зала");
}

TEST_CASE("a row needs a title and refuses what is too long") {
  Desk desk;
  auto fields = row_fields(desk.row(first), "uk");
  fields.title = "  ";
  CHECK(desk.save(desk.row(first), fields).error().code == Errc::invalid_input);
  CHECK(check_row(fields)->field == "title");
  fields.title = "Збори";
  fields.number = std::string(longest_number, '1');
  CHECK_FALSE(check_row(fields));
  fields.number += "1";
  CHECK(check_row(fields)->fault == RowFault::too_long);
  fields.number = "1";
  fields.note = "\xff";
  CHECK(check_row(fields)->fault == RowFault::not_text);
}

TEST_CASE("rows are added behind a row or at the end of a section and find a place every time") {
  Desk desk;
  REQUIRE(desk.add("Майстер-клас із реставрації", desk.row(first).id, "Засідання"));
  CHECK(desk.titles() ==
        std::vector<std::string>{first, "Майстер-клас із реставрації", second, third, fourth});
  CHECK(desk.row("Майстер-клас із реставрації").kind == EventKind::training);
  REQUIRE(desk.add("Підсумкове засідання", {}, "Засідання"));
  CHECK(desk.titles()[3] == "Підсумкове засідання");
  // Between the same two rows there is room for any number.
  std::vector<std::string> expected;
  for (int i = 0; i < 40; ++i) {
    const auto title = "Крок " + std::to_string(i);
    REQUIRE(desk.add(title, desk.row(first).id, "Засідання"));
    expected.insert(expected.begin(), title);
  }
  const auto titles = desk.titles();
  CHECK(std::vector<std::string>(titles.begin() + 1, titles.begin() + 41) == expected);
  CHECK(titles.back() == fourth);
}

TEST_CASE("a row moves up and down and over the captions of sections") {
  Desk desk;
  REQUIRE(desk.move(desk.row(second), RowMove::up));
  CHECK(desk.titles() == std::vector<std::string>{second, first, third, fourth});
  CHECK(desk.move(desk.row(second), RowMove::up)->rows == 0);
  REQUIRE(desk.move(desk.row(first), RowMove::down));
  CHECK(desk.row(first).section == "Постійна робота");
  CHECK(desk.titles() == std::vector<std::string>{second, first, third, fourth});
  REQUIRE(desk.move(desk.row(fourth), RowMove::behind, desk.row(second).id));
  CHECK(desk.row(fourth).section == "Засідання");
  CHECK(desk.titles() == std::vector<std::string>{second, fourth, first, third});
  REQUIRE(desk.move(desk.row(third), RowMove::first));
  CHECK(desk.titles().front() == third);
  REQUIRE(desk.undo_last());
  CHECK(desk.titles() == std::vector<std::string>{second, fourth, first, third});
}

TEST_CASE("another section in the form moves the row to its end and a new caption makes a section") {
  Desk desk;
  auto fields = row_fields(desk.row(first), "uk");
  fields.section = "Постійна робота";
  REQUIRE(desk.save(desk.row(first), fields));
  CHECK(desk.titles() == std::vector<std::string>{second, third, fourth, first});
  REQUIRE(rename_section(desk.context, desk.who(), desk.plan, desk.row(third).id, "Постійна робота",
                         "Упродовж року")
              .wait());
  CHECK(desk.row(first).section == "Упродовж року");
  CHECK(desk.row(second).section == "Засідання");
  CHECK(rename_section(desk.context, desk.who(), desk.plan, desk.row(third).id, "Постійна робота", "Інше")
            .wait()
            .error()
            .code == Errc::conflict);
  REQUIRE(desk.undo_last());
  CHECK(desk.row(third).section == "Постійна робота");
}

TEST_CASE("who saves second is told and nothing of the first is overwritten") {
  Desk desk;
  const auto seen = desk.row(second);
  auto mine = row_fields(seen, "uk"), yours = mine;
  mine.place = "Міська бібліотека";
  yours.title = "Круглий стіл «Книга у дорозі»";
  REQUIRE(desk.save(seen, mine));
  const auto late =
      change_row(desk.context, desk.who("Явір С.М."), desk.plan, seen.id, yours, row_stamp(seen)).wait();
  CHECK(late.error().code == Errc::conflict);
  CHECK(desk.row(second).place == "Міська бібліотека");
  CHECK(remove_row(desk.context, desk.who(), desk.plan, seen.id, row_stamp(seen)).wait().error().code ==
        Errc::conflict);
}

TEST_CASE("five people write the same plan at once and no update is lost") {
  Desk desk;
  constexpr int people = 5, rounds = 8;
  std::atomic<int> conflicts = 0, lost = 0;
  std::vector<std::jthread> threads;
  for (int person = 0; person < people; ++person)
    threads.emplace_back([&, person] {
      for (int round = 0; round < rounds; ++round) {
        // Each adds a word to the note of one row, over whatever the others have written by then.
        const auto word = "[" + std::to_string(person) + "." + std::to_string(round) + "]";
        for (int tries = 0; tries < 400; ++tries) {
          auto table = plan_table(desk.context, desk.plan, {}).wait();
          if (!table) return void(++lost);
          const Event row = table->rows[1];
          auto fields = row_fields(row, "uk");
          fields.note += word;
          const auto saved =
              change_row(desk.context, desk.who(), desk.plan, row.id, fields, row_stamp(row)).wait();
          if (saved) break;
          if (saved.error().code != Errc::conflict) return void(++lost);
          ++conflicts;
        }
        RowFields fields;
        fields.title = "Рядок " + word;
        if (!add_row(desk.context, desk.who(), desk.plan, fields, EventId{}).wait()) ++lost;
      }
    });
  threads.clear();
  CHECK(lost == 0);
  const auto note = desk.row(second).note;
  const auto titles = desk.titles();
  for (int person = 0; person < people; ++person)
    for (int round = 0; round < rounds; ++round) {
      const auto word = "[" + std::to_string(person) + "." + std::to_string(round) + "]";
      CAPTURE(word, conflicts.load());
      CHECK(note.find(word) != std::string::npos);
      CHECK(std::count(titles.begin(), titles.end(), "Рядок " + word) == 1);
    }
  CHECK(titles.size() == 4 + people * rounds);
}

TEST_CASE("what was removed comes back with its address and its calendar entry") {
  Desk desk;
  const auto before = desk.row(second);
  REQUIRE(remove_row(desk.context, desk.who(), desk.plan, before.id, row_stamp(before)).wait());
  CHECK(desk.titles() == std::vector<std::string>{first, third, fourth});
  REQUIRE(desk.undo_last());
  const auto after = desk.row(second);
  CHECK(desk.titles() == std::vector<std::string>{first, second, third, fourth});
  CHECK(after.id == before.id);
  CHECK(after.uid == before.uid);
  CHECK(after.sequence > before.sequence);
  CHECK(row_fields(after, "uk") == row_fields(before, "uk"));
  CHECK(after.responsible == before.responsible);
  CHECK(after.as_read == before.as_read);
}

TEST_CASE("readers see a row that was removed and put back") {
  Desk desk;
  Snapshots snapshots(desk.context);
  REQUIRE(snapshots.current().wait());
  const auto before = desk.row(second);
  REQUIRE(remove_row(desk.context, desk.who(), desk.plan, before.id, row_stamp(before)).wait());
  REQUIRE(desk.undo_last());
  CHECK((*snapshots.current().wait())->find_event(before.id) != nullptr);
}

TEST_CASE("an edit is taken back once and only while its row says what it left") {
  Desk desk;
  auto fields = row_fields(desk.row(first), "uk");
  fields.title = "Перше засідання";
  REQUIRE(desk.save(desk.row(first), fields));
  const auto edit = desk.table().last_edit->id;
  auto again = row_fields(desk.row("Перше засідання"), "uk");
  again.note = "з гостями";
  REQUIRE(desk.save(desk.row("Перше засідання"), again));
  const auto refused = undo_edit(desk.context, desk.who(), desk.plan, edit).wait();
  CHECK(refused.error().code == Errc::conflict);
  CHECK(refused.error().message.find("Перше засідання") != std::string::npos);
  REQUIRE(desk.undo_last());
  REQUIRE(undo_edit(desk.context, desk.who(), desk.plan, edit).wait());
  CHECK(desk.titles().front() == first);
  CHECK(undo_edit(desk.context, desk.who(), desk.plan, edit).wait().error().code == Errc::conflict);
  const auto history = plan_history(desk.context, desk.plan, {}).wait();
  REQUIRE(history);
  CHECK(history->size() == 4);
  CHECK(history->front().act == PlanAct::undo);
  CHECK_FALSE(desk.table().last_edit);
}

TEST_CASE(
    "chosen rows get one responsible or one kind or a month later in one edit that is taken back whole") {
  Desk desk;
  std::vector<EventId> all;
  for (const auto& row : desk.table().rows) all.push_back(row.id);
  RowsChange change;
  change.what = RowsChange::What::responsible;
  change.responsible = "Вербова Л.Я., методист";
  CHECK(change_rows(desk.context, desk.who(), desk.plan, all, change).wait()->rows == 4);
  CHECK(desk.row(third).responsible.front().name == "Вербова Л.Я.");
  change.what = RowsChange::What::shift;
  const auto shifted = change_rows(desk.context, desk.who(), desk.plan, all, change).wait();
  REQUIRE(shifted);
  CHECK(shifted->rows == 2);
  CHECK(shifted->left_out == 2);  // quarterly and all-year work have no month of their own
  CHECK(desk.row(first).period.first == make_date(2026, 10, 24));
  CHECK(desk.row(second).period.first == make_date(2026, 12, 1));
  CHECK(desk.row(second).period.last == make_date(2026, 12, 31));
  CHECK(desk.row(second).period.source_text == "грудень 2026 року");
  REQUIRE(desk.undo_last());
  CHECK(desk.row(second).period.source_text == "листопад 2026 року");
  REQUIRE(desk.undo_last());
  CHECK(desk.row(third).responsible.front().name == "Калина О.П.");
  change.what = RowsChange::What::done;
  CHECK(change_rows(desk.context, desk.who(), desk.plan, all, change).wait()->left_out == 1);
  CHECK(desk.row(first).status == EventStatus::held);
  change.what = RowsChange::What::not_done;
  CHECK(change_rows(desk.context, desk.who(), desk.plan, {desk.row(first).id}, change).wait()->rows == 1);
  CHECK(desk.row(first).status == EventStatus::dated);
  change.what = RowsChange::What::remove;
  CHECK(change_rows(desk.context, desk.who(), desk.plan, all, change).wait()->rows == 4);
  CHECK(desk.titles().empty());
  REQUIRE(desk.undo_last());
  CHECK(desk.titles() == std::vector<std::string>{first, second, third, fourth});
}

TEST_CASE("a plan of another association is not there and who may not write is refused") {
  Desk desk;
  const Reach other{OrganisationId{99}};
  CHECK(plan_table(desk.context, desk.plan, other).wait().error().code == Errc::not_found);
  CHECK(add_row(desk.context, Editor(editor, "X", other), desk.plan, row_fields(desk.row(first), "uk"), {})
            .wait()
            .error()
            .code == Errc::not_found);
  CHECK(add_row(desk.context, Editor(Actor("reader", Role::reader), "X", {}), desk.plan,
                row_fields(desk.row(first), "uk"), {})
            .wait()
            .error()
            .code == Errc::forbidden);
}

TEST_CASE("a version tells which rows came and went and which cells say something else") {
  Desk desk;
  const auto was = desk.table();
  auto fields = row_fields(desk.row(first), "uk");
  fields.period = "1 жовтня 2026 року";
  REQUIRE(desk.save(desk.row(first), fields));
  const auto gone = desk.row(second);
  REQUIRE(remove_row(desk.context, desk.who(), desk.plan, gone.id, row_stamp(gone)).wait());
  REQUIRE(desk.add("Підсумкове засідання", {}, "Засідання"));
  REQUIRE(desk.move(desk.row(fourth), RowMove::up));
  const auto now = desk.table();
  const auto difference = plan_difference(was.plan, was.rows, now.plan, now.rows);
  REQUIRE(difference.rows.size() == 4);
  CHECK(difference.rows[0].row.title == first);
  REQUIRE(difference.rows[0].cells.size() == 1);
  CHECK(difference.rows[0].cells[0].field == "period");
  CHECK(difference.rows[0].cells[0].was == "24 вересня 2026 року");
  CHECK(difference.rows[1].what == RowDifference::What::added);
  CHECK(std::count_if(difference.rows.begin(), difference.rows.end(), [](const RowDifference& row) {
          return row.what == RowDifference::What::removed && row.row.title == second;
        }) == 1);
  CHECK(std::count_if(difference.rows.begin(), difference.rows.end(),
                      [](const RowDifference& row) { return row.moved; }) == 1);
  CHECK(plan_difference(now.plan, now.rows, now.plan, now.rows).none());
}

TEST_CASE("the history of an event says what each edit of its plan made of it") {
  Desk desk;
  const auto before = desk.row(second);
  auto fields = row_fields(before, "uk");
  fields.period = "14.11.2026 10:00";
  fields.place = "Мала зала";
  REQUIRE(desk.save(before, fields));
  desk.clock.set(desk.clock.now() + std::chrono::hours{1});
  const auto dated = desk.row(second);
  auto again = row_fields(dated, "uk");
  again.responsible = "Ярмак О.П.";
  REQUIRE(desk.save(dated, again));
  const auto steps = history_of(desk.context, before.id).wait().value();
  REQUIRE(steps.size() == 3);
  REQUIRE(steps[1].before);
  REQUIRE(steps[1].after);
  CHECK(steps[1].before->period == before.period);
  CHECK(steps[1].before->place.empty());
  CHECK(steps[1].after->period == dated.period);
  CHECK(steps[1].after->place == "Мала зала");
  REQUIRE(steps[0].before);
  CHECK(steps[0].before->responsible_text == dated.responsible_text);
  CHECK(steps[0].after->responsible_text == "Ярмак О.П.");
  CHECK(steps[2].what == HistoryStep::What::entered);
  CHECK_FALSE(steps[2].before);
}

TEST_CASE("a change that left no trace of what was before is told by its neighbours or not at all") {
  Desk desk;
  const auto row = desk.row(second);
  const auto fix = [&](const std::string& place) {
    desk.clock.set(desk.clock.now() + std::chrono::hours{1});
    EventChange change;
    change.place = place;
    REQUIRE(change_event(desk.context, editor, row.id, change).wait());
  };
  fix("Перша");
  fix("Друга");
  auto steps = history_of(desk.context, row.id).wait().value();
  REQUIRE(steps.size() == 3);
  CHECK_FALSE(steps[0].before);  // what stood between the two nobody kept
  CHECK_FALSE(steps[1].before);
  const auto now = desk.row(second);
  auto fields = row_fields(now, "uk");
  fields.note = "взяти звіт";
  desk.clock.set(desk.clock.now() + std::chrono::hours{1});
  REQUIRE(desk.save(now, fields));
  fix("Третя");
  steps = history_of(desk.context, row.id).wait().value();
  REQUIRE(steps.size() == 5);
  REQUIRE(steps[0].before);  // between an edit and today
  CHECK(steps[0].before->place == "Друга");
  CHECK(steps[0].after->place == "Третя");
  REQUIRE(steps[1].before);
  CHECK(steps[1].after->note == "взяти звіт");
}
