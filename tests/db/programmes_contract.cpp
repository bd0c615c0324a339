// Programmes of conferences as every backend keeps them.
#include "db/programmes.hpp"
#include "tests/db/store_contract.hpp"

using namespace convoke;
using namespace convoke::tests;
using db::Unit;

namespace {

EventId enter(Fixture& fixture, const Event& event) {
  return write(fixture.store(), [event](Unit& unit) { return unit.events().insert(event); });
}

// Words stay with what is no event yet, and with breaks.
Programme sample(EventId event, EventId talk) {
  ProgrammeRow placed, pause, waiting;
  placed.talk = talk;
  placed.minutes = 25;
  placed.with_all = true;
  pause.is_break = true;
  pause.title = "Кава \"з рогаликами\"";
  pause.at = TimeOfDay{675};
  waiting.title = "Архів у кишені\nдругий рядок";
  waiting.speakers = {"Явір С. М., Вишнева", "Калина О. П."};
  waiting.abstract = "Про все";
  waiting.cancelled = true;
  ProgrammeSection section;
  section.number = 4;
  section.title = "Секція <перша>";
  section.room = "Зала 2";
  section.chair = "Верба Н. І.";
  section.day = 2;
  section.begin = TimeOfDay{23 * 60 + 59};
  section.rows = {placed, pause};
  Programme programme;
  programme.event = event;
  programme.version = 3;
  programme.sections = {section};
  programme.unplaced = {waiting};
  return programme;
}

}  // namespace

TEST_CASE("a programme comes back as it was kept and a later one takes its place") {
  Fixture fixture;
  const auto event = enter(fixture, plain_event());
  const auto found = [&] {
    return read(fixture.store(), [event](Unit& unit) { return unit.programmes().find(event); });
  };
  CHECK_FALSE(found());
  const auto wanted = sample(event, EventId{77});
  write(fixture.store(), [wanted](Unit& unit) {
    unit.programmes().save(wanted);
    return true;
  });
  REQUIRE(found());
  CHECK(*found() == wanted);
  Programme later;
  later.event = event;
  later.version = 4;
  write(fixture.store(), [later](Unit& unit) {
    unit.programmes().save(later);
    return true;
  });
  CHECK(*found() == later);
  const auto changes = read(fixture.store(), [event](Unit& unit) {
    return unit.changes().of_entity("programme", event.value).size();
  });
  CHECK(changes == 2);
}

TEST_CASE("parts of an event that stand in no plan are listed by their number") {
  Fixture fixture;
  const auto conference = enter(fixture, plain_event());
  Event part = plain_event();
  part.uid = "part-1";
  part.plan = PlanId();
  part.parent = conference;
  const auto first = enter(fixture, part);
  part.uid = "part-2";
  const auto second = enter(fixture, part);
  part.uid = "apart";
  part.parent = EventId();
  enter(fixture, part);
  const auto parts =
      read(fixture.store(), [conference](Unit& unit) { return unit.programmes().parts_of(conference); });
  CHECK(parts == std::vector<EventId>{first, second});
}
