// Who is asked to an event and what they said, as its page and the API show it.
#include "service/participants.hpp"

#include "notify/recipients.hpp"
#include "tests/service/fixture.hpp"

#include <string>
#include <vector>

namespace convoke::service {
namespace {

using calendar::Participation;
using testing::Fixture;

struct Seminar : Fixture {
  Event event;
  PersonId yavir, verba;

  Seminar() {
    const auto work = [this](db::Unit& unit) {
      yavir = enter(unit, "Явір С.М.", "yavir@example.org", "");
      verba = enter(unit, "Верба Л.Т.", "verba@example.org", "методист");
      event.uid = "4f1c9f0e-6a1f-4d7c-9b22-7d6b0f6e5a0a";
      event.title = "Семінар";
      event.kind = EventKind::seminar;
      event.status = EventStatus::dated;
      event.zone = "Europe/Kyiv";
      event.period = make_dated(make_date(2026, 11, 12), std::chrono::hours{10});
      event.sequence = 3;
      event.responsible = {named("Явір С.М.", yavir), {}, named("Хтось Н.В.", {}), named("Явір С.М.", yavir)};
      event.responsible[1].post = "методист";
      event.id = unit.events().insert(event);
      invite(unit, yavir, 3);
      return true;
    };
    REQUIRE(context.store.write(db::Author("test", clock.now()), work).wait());
  }

  static PersonId enter(db::Unit& unit, std::string name, std::string email, std::string post) {
    Person one;
    one.name = std::move(name);
    one.email = std::move(email);
    one.post = std::move(post);
    return unit.people().insert(one);
  }

  static Responsible named(std::string name, PersonId person) {
    Responsible one;
    one.name = std::move(name);
    one.person = person;
    return one;
  }

  void invite(db::Unit& unit, PersonId person, int sequence) {
    Reminder row;
    const auto number = std::to_string(sequence);
    row.key = {event.id, "invitation/" + number, "invitation", notify::person_key(person)};
    row.reason = ReminderReason::invitation;
    row.due = clock.now();
    row.expires = clock.now() + std::chrono::hours{1000};
    row.event_sequence = sequence;
    row.message_id = "<" + number + "." + std::to_string(person.value) + "@plans.example.org>";
    REQUIRE(unit.reminders().enqueue(row));
    auto claimed = unit.reminders().claim_due(clock.now(), clock.now() + std::chrono::hours{1}, "test", 10,
                                              db::Claims::mails);
    for (auto& one : claimed) {
      one.state = ReminderState::sent;
      one.settled = clock.now();
      REQUIRE(unit.reminders().settle(one));
    }
  }

  void answer(PersonId person, AnswerKind kind, int sequence) {
    const auto work = [&](db::Unit& unit) {
      Answer one;
      one.event = event.id;
      one.who = notify::person_key(person);
      one.kind = kind;
      one.sequence = sequence;
      one.at = clock.now();
      return unit.answers().insert(one);
    };
    REQUIRE(context.store.write(db::Author("test", clock.now()), work).wait());
  }

  std::vector<Participant> asked() {
    auto all = participants_of(context, event.id).wait();
    REQUIRE(all);
    return *all;
  }
};

TEST_CASE("each responsible is shown once with what they said of the invitation") {
  Seminar seminar;
  seminar.answer(seminar.yavir, AnswerKind::accepted, 3);
  seminar.answer(seminar.yavir, AnswerKind::acknowledged, 3);  // of a reminder: no word about coming
  const auto all = seminar.asked();
  REQUIRE(all.size() == 3);
  CHECK(all[0].name == "Явір С.М.");
  CHECK(all[0].asked);
  CHECK(all[0].status == Participation::accepted);
  CHECK(all[0].answered == seminar.clock.now());
  // The office as the person behind it, and a name that nobody was entered for.
  CHECK(all[1].who == notify::person_key(seminar.verba));
  CHECK_FALSE(all[1].asked);
  CHECK(all[1].status == Participation::needs_action);
  CHECK_FALSE(all[1].answered);
  CHECK(all[2].name == "Хтось Н.В.");
  CHECK(all[2].who.starts_with("name:"));
}

TEST_CASE("what was said of an earlier day does not count for the one announced since") {
  Seminar seminar;
  seminar.answer(seminar.yavir, AnswerKind::declined, 3);
  CHECK(seminar.asked()[0].status == Participation::declined);
  const auto work = [&](db::Unit& unit) {
    seminar.invite(unit, seminar.yavir, 5);
    return true;
  };
  REQUIRE(seminar.context.store.write(db::Author("test", seminar.clock.now()), work).wait());
  CHECK(seminar.asked()[0].status == Participation::needs_action);
  seminar.answer(seminar.yavir, AnswerKind::tentative, 4);
  CHECK(seminar.asked()[0].status == Participation::needs_action);
  seminar.answer(seminar.yavir, AnswerKind::tentative, 5);
  CHECK(seminar.asked()[0].status == Participation::tentative);
}

TEST_CASE("nobody comes to what is not known to take place") {
  Seminar seminar;
  for (const bool cancelled : {true, false}) {
    auto work = [&](db::Unit& unit) {
      Event event = *unit.events().find(seminar.event.id);
      event.status = cancelled ? EventStatus::cancelled : EventStatus::planned;
      if (!cancelled) event.period.precision = Precision::month;
      unit.events().update(event);
      return true;
    };
    REQUIRE(seminar.context.store.write(db::Author("test", seminar.clock.now()), work).wait());
    CHECK(seminar.asked().empty());
  }
  const auto none = participants_of(seminar.context, EventId{4711}).wait();
  REQUIRE_FALSE(none);
  CHECK(none.error().code == Errc::not_found);
}

}  // namespace
}  // namespace convoke::service
