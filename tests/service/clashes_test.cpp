// What stands in the way of the rows of a plan, and days that are free.
#include "service/plan_clashes.hpp"

#include "service/events.hpp"
#include "service/plan_edits.hpp"
#include "tests/service/stored.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

// Invented. 7 October 2026 is a Wednesday; Kyiv keeps 25 December; 14 November is a Saturday.
const char* const crowded_plan =
    "План роботи методичного об’єднання бібліотекарів Вишневої громади на 2026/2027 навчальний рік\n"
    "\n"
    "№\tЗахід\tТермін\tВідповідальний\n"
    "1.\tНарада завідувачів\t7 жовтня 2026 року\tКалина О.П.\n"
    "2.\tКруглий стіл «Книга в дорозі»\t7 жовтня 2026 року\tКалина О.П., Явір С.М.\n"
    "3.\tСемінар для методистів\t14 листопада 2026 року\tЯвір С.М.\n"
    "4.\tРіздвяні читання\t25 грудня 2026 року\tВерба Н.І.\n"
    "5.\tОгляд новинок\tлистопад 2026 року\tКалина О.П.\n"
    "6.\tЗвіт\tдо 7 жовтня 2026 року\tКалина О.П.\n";

struct Crowded : Fixture {
  Snapshots snapshots{context};

  Crowded() { import(crowded_plan); }
  std::shared_ptr<const Snapshot> now() { return snapshots.current().wait().value(); }
  PlanClashes clashes(bool past = false, Reach within = {}) {
    return clashes_of_plan(context, now(), editor, PlanId{1}, std::move(within), past).wait().value();
  }
  Event called(const std::string& title) { return event_called(*this, title); }
  std::vector<Clash> typed(const std::string& title, const std::string& period) {
    const auto event = called(title);
    auto fields = row_fields(event, "uk");
    fields.period = period;
    return clashes_of_row(context, now(), editor, PlanId{1}, event.id, fields, {}).wait().value();
  }
  DayChoice choice(const std::string& title) {
    return day_choice(context, now(), editor, called(title).id).wait().value();
  }
};

}  // namespace

TEST_CASE("the clashes of a plan come by day and a pair of its rows is told once") {
  Crowded crowded;
  const auto clashes = crowded.clashes();
  REQUIRE(clashes.coming.size() == 3);
  const auto& pair = clashes.coming[0];
  CHECK(pair.day == make_date(2026, 10, 7));
  REQUIRE(pair.other);
  CHECK(pair.event->title == "Нарада завідувачів");
  CHECK(pair.other->other->title == "Круглий стіл «Книга в дорозі»");
  CHECK(pair.other->responsible);
  CHECK_FALSE(clashes.coming[1].other);
  CHECK(clashes.coming[1].standing.standing == calendar::DayStanding::weekend);
  CHECK(clashes.coming[2].standing.standing == calendar::DayStanding::holiday);
  CHECK(clashes.coming[2].standing.name == "Різдво Христове");
  CHECK(clashes.past == 0);
  CHECK_FALSE(clashes.cut);
}

TEST_CASE("clashes on days that are over are counted and shown when they are asked for") {
  Crowded crowded;
  crowded.clock.set(parse_iso_instant("2026-11-20T08:00:00Z").value());
  CHECK(crowded.clashes().coming.size() == 1);
  CHECK(crowded.clashes().past == 2);
  CHECK(crowded.clashes().gone.empty());
  CHECK(crowded.clashes(true).gone.size() == 2);
}

TEST_CASE("what was cancelled or held clashes with nothing and another association's plan is not found") {
  Crowded crowded;
  EventChange change;
  change.status = EventStatus::cancelled;
  REQUIRE(change_event(crowded.context, editor, crowded.called("Нарада завідувачів").id, change).wait());
  CHECK(crowded.clashes().coming.size() == 2);
  const auto other =
      clashes_of_plan(crowded.context, crowded.now(), editor, PlanId{1}, {OrganisationId{99}}).wait();
  REQUIRE_FALSE(other);
  CHECK(other.error().code == Errc::not_found);
  CHECK_FALSE(clashes_of_plan(crowded.context, crowded.now(), editor, PlanId{7}, {}).wait());
}

TEST_CASE("a period that is typed is compared before it is saved") {
  Crowded crowded;
  const auto taken = crowded.typed("Огляд новинок", "7.10.2026");
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].other->other->title == "Нарада завідувачів");
  const auto weekend = crowded.typed("Огляд новинок", "15 листопада 2026 року");
  REQUIRE(weekend.size() == 1);
  CHECK(weekend[0].standing.standing == calendar::DayStanding::weekend);
  CHECK(crowded.typed("Огляд новинок", "8 жовтня 2026").empty());
  CHECK(crowded.typed("Огляд новинок", "жовтень").empty());
  CHECK(crowded.typed("Огляд новинок", "").empty());
  // As it is stored, and a new row.
  const auto stored = clashes_of_row(crowded.context, crowded.now(), editor, PlanId{1},
                                     crowded.called("Нарада завідувачів").id, {})
                          .wait();
  REQUIRE(stored);
  CHECK(stored->size() == 1);
  RowFields fresh;
  fresh.period = "7.10.2026";
  fresh.responsible = "Явір С.М.";
  const auto added =
      clashes_of_row(crowded.context, crowded.now(), editor, PlanId{1}, EventId{}, fresh, {}).wait();
  REQUIRE(added);
  REQUIRE(added->size() == 1);
  CHECK(added->front().other->other->title == "Круглий стіл «Книга в дорозі»");
}

TEST_CASE("people that an agenda names are busy at that time") {
  Crowded crowded;
  auto event = crowded.called("Семінар для методистів");
  event.agenda = {"Відкриття", "Як писати анотацію — Верба Н.І."};
  crowded.context.store
      .write(db::Author("test", crowded.clock.now()),
             [event](db::Unit& unit) { return unit.events().update(event), true; })
      .wait()
      .value();
  const auto clashes = crowded.typed("Різдвяні читання", "14 листопада 2026 року");
  REQUIRE(clashes.size() == 2);
  CHECK(clashes[1].other->speaker);
  CHECK_FALSE(clashes[1].other->responsible);
}

TEST_CASE("free days of a month leave out days off and days on which who is responsible is taken") {
  Crowded crowded;
  const auto choice = crowded.choice("Огляд новинок");
  CHECK(choice.from == make_date(2026, 11, 1));
  CHECK(choice.to == make_date(2026, 11, 30));
  REQUIRE(choice.free.size() == calendar::most_free_days);
  for (const auto& one : choice.free) CHECK_FALSE(is_weekend(one.day));
  // The plan's own month has begun: no day that is past is offered.
  crowded.clock.set(parse_iso_instant("2026-11-20T08:00:00Z").value());
  for (const auto& one : crowded.choice("Огляд новинок").free) CHECK(one.day > make_date(2026, 11, 20));
  crowded.clock.set(parse_iso_instant("2026-12-20T08:00:00Z").value());
  CHECK(crowded.choice("Огляд новинок").free.empty());
}

TEST_CASE("around a day that is taken others are offered and deadlines have none") {
  Crowded crowded;
  const auto choice = crowded.choice("Нарада завідувачів");
  CHECK(choice.from == make_date(2026, 9, 23));
  CHECK(choice.to == make_date(2026, 10, 21));
  REQUIRE_FALSE(choice.free.empty());
  for (const auto& one : choice.free) CHECK(one.day != make_date(2026, 10, 7));
  CHECK(crowded.choice("Різдвяні читання").standing.size() == 1);
  CHECK(crowded.choice("Звіт").free.empty());
  CHECK_FALSE(day_choice(crowded.context, crowded.now(), editor, EventId{999}).wait());
}
