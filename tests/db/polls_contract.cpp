// Date polls as every backend keeps them.
#include "db/polls.hpp"
#include "tests/db/store_contract.hpp"

using namespace convoke;
using namespace convoke::tests;
using db::Unit;

namespace {

EventId enter_event(Fixture& fixture) {
  return write(fixture.store(), [](Unit& unit) { return unit.events().insert(plain_event()); });
}

Poll poll_of(EventId event) {
  Poll poll;
  poll.event = event;
  poll.note = "Оберіть зручне\nдля всіх";
  PollDay first, second;
  first.day = make_date(2026, 11, 12);
  first.time = TimeOfDay{600};
  first.end_time = TimeOfDay{720};
  second.day = make_date(2026, 11, 17);
  poll.days = {first, second};
  poll.opened = at(10);
  poll.deadline = at(1'000);
  poll.keeper = "account:3";
  poll.keeper_name = "Калина О.П.";
  return poll;
}

std::vector<PollVoice> two_asked() {
  PollVoice one, other;
  one.who = "person:2";
  one.name = "Явір С.М.";
  other.who = "person:1";
  other.name = "Верба Н.І.";
  return {one, other};
}

PollId open_poll(Fixture& fixture) {
  const auto event = enter_event(fixture);
  return write(fixture.store(),
               [event](Unit& unit) { return unit.polls().insert(poll_of(event), two_asked()); });
}

std::optional<Poll> found(Fixture& fixture, PollId id) {
  return read(fixture.store(), [id](Unit& unit) { return unit.polls().find(id); });
}

}  // namespace

TEST_CASE("a date poll comes back with its days and those who were asked in their order") {
  Fixture fixture;
  const auto id = open_poll(fixture);
  const auto poll = found(fixture, id);
  REQUIRE(poll);
  const auto wanted = poll_of(poll->event);
  CHECK(poll->note == wanted.note);
  CHECK(poll->days == wanted.days);
  CHECK(poll->opened == at(10));
  CHECK(poll->deadline == at(1'000));
  CHECK(poll->keeper == "account:3");
  CHECK(poll->keeper_name == "Калина О.П.");
  CHECK_FALSE(poll->closed);
  CHECK_FALSE(poll->winner);
  CHECK_FALSE(poll->reminded);
  CHECK(read(fixture.store(), [id](Unit& unit) { return unit.polls().voices(id); }) == two_asked());
  CHECK_FALSE(found(fixture, PollId{77}));
}

TEST_CASE("a later answer to a poll takes the place of the earlier one") {
  Fixture fixture;
  const auto id = open_poll(fixture);
  auto voice = two_asked().back();
  voice.answered = at(20);
  voice.choices = {PollChoice::yes, PollChoice::no};
  voice.note = "до обіду";
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.polls().answer(id, voice); }));
  voice.answered = at(30);
  voice.choices = {PollChoice::if_need_be, PollChoice::yes};
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.polls().answer(id, voice); }));
  const auto voices = read(fixture.store(), [id](Unit& unit) { return unit.polls().voices(id); });
  REQUIRE(voices.size() == 2);
  CHECK(voices[0] == two_asked()[0]);
  CHECK(voices[1] == voice);
  voice.who = "person:99";
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.polls().answer(id, voice); }));
}

TEST_CASE("a poll is closed once and reminds once") {
  Fixture fixture;
  const auto id = open_poll(fixture);
  const auto open = [&] {
    return read(fixture.store(), [](Unit& unit) { return unit.polls().open().size(); });
  };
  const auto remind = [&] {
    return write(fixture.store(), [id](Unit& unit) { return unit.polls().mark_reminded(id, at(40)); });
  };
  const auto close = [&](int seconds, std::optional<std::size_t> winner) {
    return write(fixture.store(), [=](Unit& unit) { return unit.polls().close(id, at(seconds), winner); });
  };
  CHECK(open() == 1);
  CHECK(remind());
  CHECK_FALSE(remind());
  CHECK(close(50, 1));
  CHECK_FALSE(close(60, 0));
  CHECK(open() == 0);
  const auto poll = found(fixture, id);
  REQUIRE(poll);
  CHECK(poll->closed == at(50));
  CHECK(poll->winner == std::size_t{1});
  CHECK(poll->reminded == at(40));
}

TEST_CASE("the polls of an event come newest first and go with it") {
  Fixture fixture;
  const auto event = enter_event(fixture);
  const auto insert = [&] {
    return write(fixture.store(), [event](Unit& unit) { return unit.polls().insert(poll_of(event), {}); });
  };
  const auto first = insert(), second = insert();
  const auto polls = read(fixture.store(), [event](Unit& unit) { return unit.polls().of_event(event); });
  REQUIRE(polls.size() == 2);
  CHECK(polls[0].id == second);
  CHECK(polls[1].id == first);
  CHECK(polls[1].days.size() == 2);
  write(fixture.store(), [event](Unit& unit) { return unit.events().remove(event), true; });
  CHECK_FALSE(found(fixture, first));
}
