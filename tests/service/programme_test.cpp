// The programme of a conference: lists that are pasted, steps of an organiser, and talks that follow.
#include "service/programme.hpp"

#include "db/programmes.hpp"
#include "service/calendar_view.hpp"
#include "service/events.hpp"
#include "service/plan_edits.hpp"
#include "service/plan_table.hpp"
#include "service/programme_store.hpp"
#include "service/talk_list.hpp"
#include "tests/service/stored.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using Catch::Matchers::Contains;
using What = ProgrammeEdit::What;

namespace {

struct Conference : Fixture {
  Event event;
  int version = 0;

  Conference() {
    NewEvent wanted;
    wanted.title = "Читання у Вишневому";
    wanted.kind = EventKind::conference;
    wanted.zone = "Europe/Kyiv";
    wanted.details.date = make_date(2026, 11, 12);
    wanted.details.last_date = make_date(2026, 11, 13);
    wanted.details.place = "Бібліотека";
    event = create_event(context, editor, wanted).wait().value();
  }
  Programme edit(const ProgrammeEdit& wanted) {
    const auto done = edit_programme(context, editor, event.id, version, wanted).wait();
    if (!done) FAIL(done.error().message);
    version = done->version;
    return *done;
  }
  Programme add_section(const std::string& title, const std::string& room, int begin, int day = 1) {
    ProgrammeEdit edit_;
    edit_.what = What::add_section;
    edit_.head.title = title;
    edit_.head.room = room;
    edit_.head.begin = TimeOfDay{begin};
    edit_.head.day = day;
    return edit(edit_);
  }
  Programme add_row(int section, const std::string& title, std::vector<std::string> speakers,
                    int minutes = 20) {
    ProgrammeEdit edit_;
    edit_.what = What::add_row;
    edit_.section = section;
    edit_.entry.title = title;
    edit_.entry.speakers = std::move(speakers);
    edit_.entry.minutes = minutes;
    return edit(edit_);
  }
  Programme step(What what, int section, std::size_t row = 0, int to = 0) {
    ProgrammeEdit edit_;
    edit_.what = what;
    edit_.section = section;
    edit_.row = row;
    edit_.to = to;
    return edit(edit_);
  }
  Event change(const EventChange& wanted) {
    event = change_event(context, editor, event.id, wanted).wait().value();
    return event;
  }
  ProgrammeDesk desk() {
    Snapshots snapshots(context);
    return programme_desk(context, snapshots.current().wait().value(), editor, event.id).wait().value();
  }
};

ProgrammeRow read_one(const std::string& line) {
  const auto list = read_talk_list(line);
  REQUIRE(list);
  REQUIRE(list->rows.size() == 1);
  return list->rows.front();
}

}  // namespace

TEST_CASE("a pasted list gives times and titles and speakers and breaks") {
  const auto list = read_talk_list(
      "9:30 Реєстрація учасників\n"
      "10:00 Відкриття конференції — Калина О. П., директорка бібліотеки\n"
      "\n"
      "10:20–10:45 Мобільна бібліотека: три роки в дорозі – Явір С. М., Верба Н. І.\n"
      "10.45 Кава-брейк\n"
      "11:15 Архів у кишені (Ковальчук О.П.)\n");
  REQUIRE(list);
  CHECK(list->first == TimeOfDay{570});
  REQUIRE(list->rows.size() == 5);
  CHECK(list->rows[0].is_break);
  CHECK(list->rows[0].minutes == 30);
  CHECK(list->rows[1].title == "Відкриття конференції");
  CHECK(list->rows[1].speakers == std::vector<std::string>{"Калина О. П., директорка бібліотеки"});
  CHECK(list->rows[1].minutes == 20);
  CHECK(list->rows[2].title == "Мобільна бібліотека: три роки в дорозі");
  CHECK(list->rows[2].speakers == std::vector<std::string>{"Явір С. М.", "Верба Н. І."});
  CHECK(list->rows[2].minutes == 25);
  CHECK(list->rows[3].is_break);
  CHECK(list->rows[3].title == "Кава-брейк");
  CHECK(list->rows[3].minutes == 30);
  CHECK(list->rows[4].title == "Архів у кишені");
  CHECK(list->rows[4].speakers == std::vector<std::string>{"Ковальчук О.П."});
  CHECK(list->rows[4].minutes == usual_row);
  for (const auto& row : list->rows) CHECK_FALSE(row.at);
}

TEST_CASE("a line of a list is understood in the orders in which people write it") {
  CHECK(read_one("1. Сидоренко А.А. «Книга в дорозі» 15 хв").speakers ==
        std::vector<std::string>{"Сидоренко А.А."});
  CHECK(read_one("1. Сидоренко А.А. «Книга в дорозі» 15 хв").title == "«Книга в дорозі»");
  CHECK(read_one("1. Сидоренко А.А. «Книга в дорозі» 15 хв").minutes == 15);
  CHECK(read_one("Явір С.М. — Тиша в залі").title == "Тиша в залі");
  CHECK(read_one("Явір С.М. — Тиша в залі").speakers == std::vector<std::string>{"Явір С.М."});
  CHECK(read_one("Бібліотека — дім для всіх").title == "Бібліотека — дім для всіх");
  CHECK(read_one("10:00\tВідкриття\tголова об’єднання").speakers ==
        std::vector<std::string>{"голова об’єднання"});
  CHECK(read_one("Чайники і чашки").is_break == false);
  CHECK(read_one("Перерва (20 хв)").minutes == 20);
  CHECK(read_one("12.11.2026 підсумки").title == "12.11.2026 підсумки");
  CHECK_FALSE(read_talk_list(" \n\t\n"));
  CHECK_FALSE(read_talk_list(std::string(longest_talk_list + 1, 'a')));
  CHECK(read_talk_list(std::string(longest_talk_list, 'a')));
  std::string many;
  for (std::size_t i = 0; i < most_rows; ++i) many += "Виступ\n";
  CHECK(read_talk_list(many));
  CHECK_FALSE(read_talk_list(many + "Виступ\n"));
}

TEST_CASE("a list with a gap keeps its times") {
  const auto list = read_talk_list("10:00-10:20 Перший — Явір С.М.\n14:00 Другий — Явір С.М.\n");
  REQUIRE(list);
  CHECK_FALSE(list->rows[0].at);
  CHECK(list->rows[1].at == TimeOfDay{840});
}

TEST_CASE("talks of a section become events of the conference with their hours and room") {
  Conference site;
  site.add_section("Пленарне засідання", "Зала 1", 600);
  site.add_row(1, "Відкриття", {"Калина О. П., директорка"}, 15);
  const auto programme = site.add_row(1, "Книга в дорозі", {"Явір С. М."}, 25);
  const auto second = event_called(site, "Книга в дорозі");
  CHECK(second.parent == site.event.id);
  CHECK(second.period == make_dated(make_date(2026, 11, 12), TimeOfDay{615}, TimeOfDay{640}));
  CHECK(second.place == "Зала 1, Бібліотека");
  CHECK(second.section == "Пленарне засідання");
  CHECK(second.zone == "Europe/Kyiv");
  CHECK(second.agenda == std::vector<std::string>{"Явір С. М."});
  CHECK(second.status == EventStatus::dated);
  CHECK(is_talk(second));
  CHECK(programme.sections.at(0).rows.at(1).talk == second.id);
  // The one above takes longer: what follows begins later, and only that changes.
  const auto opening = event_called(site, "Відкриття");
  ProgrammeEdit longer;
  longer.what = What::save_row;
  longer.section = 1;
  longer.entry = programme.sections[0].rows[0];
  longer.entry.minutes = 30;
  site.edit(longer);
  CHECK(event_called(site, "Книга в дорозі").period.time == TimeOfDay{630});
  CHECK(event_called(site, "Книга в дорозі").sequence == second.sequence + 1);
  CHECK(event_called(site, "Відкриття").period.end_time == TimeOfDay{630});
  CHECK(event_called(site, "Відкриття").uid == opening.uid);
}

TEST_CASE("the talks move with the day of their conference and are cancelled and restored with it") {
  Conference site;
  site.add_section("Перший день", "", 600);
  site.add_section("Другий день", "", 540, 2);
  site.add_row(1, "Відкриття", {});
  site.add_row(2, "Підсумки", {});
  site.add_row(2, "Знятий", {});
  site.step(What::cancel, 2, 1);
  REQUIRE(event_called(site, "Знятий").status == EventStatus::cancelled);
  EventChange move;
  move.date = make_date(2026, 11, 19);
  move.last_date = make_date(2026, 11, 20);
  site.change(move);
  CHECK(event_called(site, "Відкриття").period.first == make_date(2026, 11, 19));
  CHECK(event_called(site, "Підсумки").period.first == make_date(2026, 11, 20));
  CHECK(event_called(site, "Підсумки").period.time == TimeOfDay{540});
  const auto before = event_called(site, "Підсумки");
  EventChange cancel;
  cancel.status = EventStatus::cancelled;
  site.change(cancel);
  CHECK(event_called(site, "Відкриття").status == EventStatus::cancelled);
  CHECK(event_called(site, "Підсумки").status == EventStatus::cancelled);
  CHECK(event_called(site, "Підсумки").sequence == before.sequence + 1);
  EventChange again;
  again.status = EventStatus::dated;
  site.change(again);
  CHECK(is_open(event_called(site, "Підсумки").status));
  CHECK(is_open(event_called(site, "Відкриття").status));
  CHECK(event_called(site, "Знятий").status == EventStatus::cancelled);
}

TEST_CASE("while the day of a conference is open its talks have none and get it with the day") {
  Conference site;
  EventChange vague;
  vague.period = "листопад 2026";
  site.change(vague);
  site.add_section("Пленарне", "", 600);
  site.add_row(1, "Відкриття", {});
  CHECK_FALSE(event_called(site, "Відкриття").period.has_dates());
  EventChange fixed;
  fixed.date = make_date(2026, 11, 26);
  site.change(fixed);
  CHECK(event_called(site, "Відкриття").period ==
        make_dated(make_date(2026, 11, 26), TimeOfDay{600}, TimeOfDay{620}));
}

TEST_CASE("an accepted talk waits until a section takes it and is no event before") {
  Conference site;
  NewTalk talk;
  talk.title = "Архів у кишені";
  talk.speakers = {"Ковальчук О. П., Рівне"};
  talk.abstract = "Про оцифрування.";
  const auto add = [&](NewTalk wanted) {
    const auto id = site.event.id;
    const auto now = site.clock.now();
    auto rules = rules_of(site.context.settings);
    return site.context.store
        .write(db::Author("test", now),
               [=](db::Unit& unit) -> Result<EventId> {
                 return service::add_talk({unit, rules, now}, id, wanted);
               })
        .wait();
  };
  const auto waiting = add(talk);
  REQUIRE(waiting);
  CHECK_FALSE(*waiting);
  auto all = all_events(site);
  CHECK(all.size() == 1);
  site.version = site.desk().programme.version;
  REQUIRE(site.desk().programme.unplaced.size() == 1);
  site.add_section("Секція", "", 600);
  site.step(What::place, 0, 0, 1);
  const auto placed = event_called(site, "Архів у кишені");
  CHECK(placed.description == "Про оцифрування.");
  CHECK(placed.period.time == TimeOfDay{600});
  talk.title = "Другий";
  talk.section = 1;
  const auto second = add(talk);
  REQUIRE(second);
  CHECK(event_called(site, "Другий").id == *second);
  CHECK(event_called(site, "Другий").period.time == TimeOfDay{620});
  // A section that has no room for it leaves it waiting.
  talk.title = "Завеликий";
  talk.minutes = longest_row;
  talk.section = 7;
  REQUIRE(add(talk));
  CHECK(site.desk().programme.unplaced.size() == 1);
  talk.title = "";
  CHECK_FALSE(add(talk));
}

TEST_CASE("what stands in a programme's way is told at the desk") {
  Conference site;
  site.add_section("Перша", "Зала 1", 600);
  site.add_section("Друга", "Зала 1", 600);
  site.add_row(1, "А", {"Ковальчук О. П."});
  site.add_row(2, "Б", {"Ковальчук О.П., Рівне"});
  CHECK(site.desk().clashes.size() == 4);
  // Somebody of the programme is needed at another event of ours.
  NewEvent other;
  other.title = "Нарада";
  other.zone = "Europe/Kyiv";
  other.details.date = make_date(2026, 11, 12);
  other.details.time = TimeOfDay{600};
  auto meeting = create_event(site.context, editor, other).wait().value();
  site.context.store
      .write(db::Author("test", site.clock.now()),
             [meeting](db::Unit& unit) -> Result<bool> {
               Event event = meeting;
               event.agenda = {"Звіт — Ковальчук О.П."};
               unit.events().update(event);
               return true;
             })
      .wait()
      .value();
  const auto desk = site.desk();
  REQUIRE(desk.outside.size() == 2);
  CHECK(desk.outside[0].conflict.speaker);
  CHECK(desk.outside[0].conflict.other->title == "Нарада");
}

TEST_CASE("two organisers do not undo each other's programme and wrong steps are refused") {
  Conference site;
  site.add_section("Секція", "", 600);
  ProgrammeEdit late;
  late.what = What::add_row;
  late.section = 1;
  late.entry.title = "Пізно";
  CHECK(edit_programme(site.context, editor, site.event.id, 0, late).wait().error().code == Errc::conflict);
  late.section = 9;
  CHECK(edit_programme(site.context, editor, site.event.id, 1, late).wait().error().code == Errc::not_found);
  late.section = 1;
  late.entry.minutes = 0;
  CHECK_THAT(edit_programme(site.context, editor, site.event.id, 1, late).wait().error().message,
             Contains("'minutes'"));
  late.entry.minutes = longest_row + 1;
  CHECK_FALSE(edit_programme(site.context, editor, site.event.id, 1, late).wait());
  late.entry.minutes = 20;
  late.entry.at = TimeOfDay{23 * 60 + 50};
  CHECK_THAT(edit_programme(site.context, editor, site.event.id, 1, late).wait().error().message,
             Contains("midnight"));
  late.entry.at = TimeOfDay{23 * 60 + 40};
  CHECK(edit_programme(site.context, editor, site.event.id, 1, late).wait());
  CHECK(edit_programme(site.context, Actor(), site.event.id, 2, late).wait().error().code == Errc::forbidden);
  Actor stranger("other", Role::editor);
  stranger.organisation = OrganisationId{77};
  stranger.reach = {OrganisationId{77}};
  site.import(small_plan);
  const auto kept = event_called(site, "Установче засідання");
  CHECK(edit_programme(site.context, stranger, kept.id, 0, late).wait().error().code == Errc::not_found);
  CHECK(edit_programme(site.context, editor, EventId{999}, 0, late).wait().error().code == Errc::not_found);
}

TEST_CASE("a removed section leaves its talks waiting and a removed talk is gone") {
  Conference site;
  site.add_section("Секція", "Зала", 600);
  site.add_row(1, "Лишиться", {"Явір С. М."});
  site.add_row(1, "Зникне", {});
  const auto uid = event_called(site, "Лишиться").uid;
  site.step(What::remove_row, 1, 1);
  auto programme = site.step(What::remove_section, 1);
  CHECK(programme.sections.empty());
  REQUIRE(programme.unplaced.size() == 1);
  CHECK(event_called(site, "Лишиться").uid == uid);
  CHECK_FALSE(event_called(site, "Лишиться").period.has_dates());
  CHECK(all_events(site).size() == 2);
}

TEST_CASE("a removed conference takes its talks along") {
  Conference site;
  site.add_section("Секція", "", 600);
  site.add_row(1, "Виступ", {"Явір С. М."});
  REQUIRE(remove_event(site.context, editor, site.event.id).wait());
  CHECK(all_events(site).empty());
}

TEST_CASE(
    "calendars of months leave talks to the page of their conference and feeds have them as its parts") {
  Conference site;
  site.add_section("Секція", "", 600);
  site.add_row(1, "Виступ", {"Явір С. М."});
  Snapshots snapshots(site.context);
  const auto snapshot = snapshots.current().wait().value();
  const auto months = months_of(*snapshot, {}, std::chrono::year{2026} / 11, 1);
  REQUIRE(months.size() == 1);
  for (const auto& [day, entries] : months[0].days)
    for (const auto& entry : entries) CHECK(entry.event->id == site.event.id);
  const auto file =
      programme_file(site.context.settings, *snapshot, *snapshot->find_event(site.event.id), Language::uk);
  CHECK_THAT(file, Contains("SUMMARY:Виступ") && Contains("RELATED-TO;RELTYPE=PARENT:") &&
                       Contains("DTSTART;TZID=Europe/Kyiv:20261112T100000"));
  CHECK_THAT(file, Contains("Явір С. М."));
  const auto talk = event_called(site, "Виступ");
  const auto waiting = site.context.store
                           .read([id = talk.id](db::Unit& unit) {
                             db::ReminderSelection selection;
                             selection.event = id;
                             return unit.reminders().list(selection).size();
                           })
                           .wait()
                           .value();
  CHECK(waiting == 0);
}

TEST_CASE("a row of a plan that is removed and put back has its programme again") {
  Conference site;
  const auto plan = site.import(small_plan).plan;
  site.event = event_called(site, "Установче засідання");
  site.version = 0;
  site.add_section("Секція", "", 600);
  site.add_row(1, "Виступ", {"Явір С. М."});
  const auto before = event_called(site, "Виступ");
  const Editor who{editor, "Калина О.П.", {}};
  RowsChange remove;
  remove.what = RowsChange::What::remove;
  const auto done = change_rows(site.context, who, plan, {site.event.id}, remove).wait();
  REQUIRE(done);
  for (const auto& one : all_events(site)) CHECK(one.title != "Виступ");
  const auto last = plan_table(site.context, plan, {}).wait().value().last_edit;
  REQUIRE(last);
  REQUIRE(undo_edit(site.context, who, plan, last->id).wait());
  const auto again = event_called(site, "Виступ");
  CHECK(again.parent == site.event.id);
  CHECK(again.period == before.period);
  CHECK(again.agenda == before.agenda);
  CHECK(again.uid != before.uid);
  CHECK(site.desk().programme.sections.at(0).rows.at(0).talk == again.id);
}
