#include "notify/dispatcher.hpp"

#include "tests/notify/world.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <set>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;
using namespace std::chrono_literals;

namespace {

const char* const first_due = "2024-10-31T06:30:00Z";
const char* const last_due = "2024-11-13T06:30:00Z";

std::unique_ptr<Dispatcher> dispatcher_of(World& world, DispatcherSettings settings = DispatcherSettings{}) {
  return std::make_unique<Dispatcher>(*world.store, world.clock, world.channel, settings, mail_settings());
}

}  // namespace

TEST_CASE("a reminder leaves when it is due and not before and not twice") {
  World world;
  world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.clock.set(at(first_due) - 1s);
  CHECK(dispatcher->run_once() == 0);
  CHECK(world.channel.mails().empty());
  world.clock.set(at(first_due));
  CHECK(dispatcher->run_once() == 1);
  CHECK(dispatcher->run_once() == 0);
  REQUIRE(world.channel.mails().size() == 1);
  const auto mail = world.channel.mails().front();
  const auto row = world.row("exact.14d");
  CHECK(row.state == ReminderState::sent);
  CHECK(row.settled == world.clock.now());
  CHECK(mail.message_id == row.message_id);
  CHECK(mail.to == "person0@example.org");
  CHECK(mail.from == "plans@example.org");
}

TEST_CASE("each answer of the channel settles the reminder as it should") {
  struct Row {
    Delivery delivery;
    ReminderState state;
    std::string error;
  };
  const std::vector<Row> rows = {
      {Delivery::done("250 2.0.0 ok"), ReminderState::sent, ""},
      {{Outcome::refused, "550 <a@b.org> unknown", false, false},
       ReminderState::failed,
       "550 <address> unknown"},
      {{Outcome::refused, "552 too big", false, false}, ReminderState::failed, "552 too big"},
      {{Outcome::retry_later, "451 greylisted", false, false}, ReminderState::retrying, "451 greylisted"},
      {{Outcome::retry_later, "connection refused", true, false},
       ReminderState::retrying,
       "connection refused"},
      {{Outcome::retry_later, "connection lost", true, true}, ReminderState::retrying, "connection lost"},
  };
  for (const auto& expected : rows) {
    CAPTURE(expected.delivery.reply);
    World world;
    world.add_simple();
    world.channel.answer(expected.delivery);
    world.clock.set(at(first_due));
    dispatcher_of(world)->run_once();
    const auto row = world.row("exact.14d");
    CHECK(row.state == expected.state);
    CHECK(row.last_error == expected.error);
    CHECK(row.attempts == 1);
    CHECK(row.settled.has_value() == (expected.state != ReminderState::retrying));
    CHECK(world.channel.mails().size() == 1);
    if (expected.state != ReminderState::retrying) continue;
    REQUIRE(row.next_attempt);
    CHECK(*row.next_attempt >= world.clock.now() + (expected.delivery.maybe_delivered ? 10min : 1min));
    CHECK(row.claimed_by.empty());
  }
}

TEST_CASE("a mail is tried again with the same message id and gets through") {
  World world;
  world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.channel.answer(Delivery{Outcome::retry_later, "451 greylisted", false, false});
  world.clock.set(at(first_due));
  dispatcher->run_once();
  CHECK(dispatcher->run_once() == 0);  // not at once
  world.channel.answer(Delivery::done("250 ok"));
  world.pass(72s);
  CHECK(dispatcher->run_once() == 1);
  const auto mails = world.channel.mails();
  REQUIRE(mails.size() == 2);
  CHECK(mails[0].message_id == mails[1].message_id);
  CHECK(world.row("exact.14d").state == ReminderState::sent);
}

TEST_CASE("a relay that says later for two days is believed and the organiser sees why") {
  World world;
  world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.channel.answer(Delivery{Outcome::retry_later, "452 4.2.2 mailbox full", false, false});
  world.clock.set(at(first_due));
  while (world.row("exact.14d").state != ReminderState::failed) {
    REQUIRE(world.clock.now() < at(first_due) + 72h);
    dispatcher->run_once();
    world.pass(1min);
  }
  CHECK(world.clock.now() >= at(first_due) + 48h);
  CHECK(world.clock.now() < at(first_due) + 50h);
  CHECK(world.row("exact.14d").attempts > 40);
  CHECK(world.row("exact.14d").last_error == "452 4.2.2 mailbox full");
}

TEST_CASE("a relay that cannot be reached for days loses nothing that is still of use") {
  World world;
  world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.channel.answer(Delivery{Outcome::retry_later, "connection refused", true, false});
  world.clock.set(at(first_due));
  for (int minute = 0; minute < 5 * 24 * 60; ++minute) {
    dispatcher->run_once();
    world.pass(1min);
  }
  CHECK(world.row("exact.14d").state == ReminderState::retrying);
  const auto tries = world.channel.mails().size();
  CHECK(tries > 40);
  CHECK(tries < 200);  // the pauses grow
  world.channel.answer(Delivery::done("250 ok"));
  world.pass(4h);
  dispatcher->run_once();
  CHECK(world.row("exact.14d").state == ReminderState::sent);
}

TEST_CASE("an unreachable relay is asked once and not once for every mail that is due") {
  World world;
  for (int i = 0; i < 5; ++i) world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.channel.answer(Delivery{Outcome::retry_later, "connection refused", true, false});
  world.clock.set(at(first_due));
  dispatcher->run_once();
  CHECK(dispatcher->run_once() == 0);
  CHECK(world.channel.mails().size() == 1);
  CHECK(world.count(ReminderState::claimed) == 0);  // the claims were given back
  world.channel.answer(Delivery::done("250 ok"));
  world.pass(10min);
  while (dispatcher->run_once() > 0) {
  }
  CHECK(world.count(ReminderState::sent) == 5);
}

TEST_CASE("a mail that the relay chokes on does not hold up the others") {
  World world;
  for (int i = 0; i < 4; ++i) world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.channel.answer([](const OutgoingMail& mail) {
    if (mail.to == "person0@example.org")
      return Delivery{Outcome::retry_later, "connection lost", true, false};
    return Delivery::done("250 ok");
  });
  world.clock.set(at(first_due));
  for (int minute = 0; minute < 10; ++minute) {
    dispatcher->run_once();
    world.pass(1min);
  }
  CHECK(world.count(ReminderState::sent) == 3);
}

TEST_CASE("a pause for the relay ends when the clock is set back") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due) + 10h);
  auto dispatcher = dispatcher_of(world);
  world.channel.answer(Delivery{Outcome::retry_later, "connection refused", true, false});
  dispatcher->run_once();
  Event another = dated_event(make_date(2024, 11, 13));
  another.responsible = {somebody("Інша Л.Л.", PersonId{1})};
  world.clock.set(at("2024-10-30T05:00:00Z"));
  world.add(another);
  world.clock.set(at("2024-10-30T06:30:00Z"));
  world.channel.answer(Delivery::done("250 ok"));
  CHECK(dispatcher->run_once() == 1);
}

TEST_CASE("a reminder that comes too late is recorded as missed and not sent") {
  World world;
  world.add_simple();
  world.clock.set(at("2024-11-14T08:00:01Z"));  // a second after the event began
  auto dispatcher = dispatcher_of(world);
  CHECK(dispatcher->run_once() == 3);
  CHECK(world.channel.mails().empty());
  CHECK(world.count(ReminderState::missed) == 3);
}

TEST_CASE("after a long pause each person gets one mail for an event and not three") {
  World world;
  const auto pause = GENERATE(1min, 1h, 4h);
  Event event = dated_event();
  event.responsible = {somebody("Ярмак О.П.", PersonId{1}), somebody("Гнатюк Л.І.", PersonId{2})};
  world.add(event);
  world.add_simple();
  world.clock.set(at(last_due) + pause);
  DispatcherSettings settings;
  settings.batch = GENERATE(1, 2, 100);
  auto dispatcher = dispatcher_of(world, settings);
  while (dispatcher->run_once() > 0) {
  }
  CHECK(world.channel.mails().size() == 3);
  for (const auto& row : world.rows())
    CHECK(row.state == (row.key.rule == "exact.1d" ? ReminderState::sent : ReminderState::missed));
}

TEST_CASE("a reminder of an event that closed without a word is dropped") {
  World world;
  Event event = world.add_simple();
  event.status = EventStatus::cancelled;
  world.store
      ->write(db::Author("test", world.clock.now()),
              [event](db::Unit& unit) {
                unit.events().update(event);
                return true;
              })
      .wait()
      .value();
  world.clock.set(at(first_due));
  dispatcher_of(world)->run_once();
  CHECK(world.channel.mails().empty());
  CHECK(world.row("exact.14d").state == ReminderState::superseded);
}

TEST_CASE("an event that changes while its mail is on the way stays changed") {
  World world;
  Event event = world.add_simple();
  world.channel.answer([&](const OutgoingMail&) {
    event.status = EventStatus::cancelled;
    world.change(event);
    return Delivery::done("250 ok");
  });
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  CHECK(dispatcher->run_once() == 1);
  CHECK(world.row("exact.14d").state == ReminderState::superseded);
  CHECK(world.count(ReminderState::planned) == 0);
  CHECK(dispatcher->run_once() == 0);
}

TEST_CASE("two dispatchers on one database never send one reminder twice within its lease") {
  World world;
  for (int i = 0; i < 3; ++i) world.add_simple();
  auto first = dispatcher_of(world), second = dispatcher_of(world);
  world.channel.answer([&, inside = false](const OutgoingMail&) mutable {
    if (!inside) {
      inside = true;
      CHECK(second->run_once() == 0);  // all three are the first one's
    }
    return Delivery::done("250 ok");
  });
  world.clock.set(at(first_due));
  CHECK(first->run_once() == 3);
  CHECK(second->run_once() == 0);
  CHECK(world.channel.mails().size() == 3);
}

TEST_CASE("a process killed between sending and settling sends again with the same message id") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due));
  const std::string message_id = world.row("exact.14d").message_id;
  world.claim_and_die();
  auto dispatcher = dispatcher_of(world);
  world.pass(24min);
  CHECK(dispatcher->run_once() == 0);
  world.pass(1min);
  CHECK(dispatcher->run_once() == 1);
  REQUIRE(world.channel.mails().size() == 1);
  CHECK(world.channel.mails().front().message_id == message_id);
  CHECK(world.row("exact.14d").state == ReminderState::sent);
}

TEST_CASE(
    "the only dispatcher takes a killed one's claims back and repeats after ten minutes what may be out") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due));
  world.claim_and_die();
  DispatcherSettings settings;
  settings.alone = true;
  auto dispatcher = dispatcher_of(world, settings);
  CHECK(dispatcher->run_once() == 0);
  CHECK(world.row("exact.14d").state == ReminderState::retrying);
  REQUIRE(world.attempts("exact.14d").size() == 1);
  CHECK(world.attempts("exact.14d").front().outcome == "unknown");
  world.pass(9min);
  CHECK(dispatcher->run_once() == 0);
  world.pass(1min);
  CHECK(dispatcher->run_once() == 1);
  CHECK(world.row("exact.14d").state == ReminderState::sent);
}

TEST_CASE("of a killed process only the mails whose answer was lost come a second time") {
  tests::TemporaryFolder folder;
  World world;
  for (int i = 0; i < 4; ++i) world.add_simple();
  world.clock.set(at(first_due));
  world.claim_and_die();
  const auto rows = world.rows_of("exact.14d");
  REQUIRE(rows.size() == 4);
  DispatcherSettings settings;
  settings.alone = true;
  settings.hand_overs = (folder.path() / "hand-overs").string();
  {
    auto dead = HandOvers::open(settings.hand_overs).value();
    dead->take_over("dead");
    dead->begin(rows[0].id);
    dead->end_leaves(dead->begin(rows[1].id));
    const auto heard = dead->begin(rows[2].id);
    dead->end_leaves(heard);
    dead->answered(heard, Delivery::done("250 2.0.0 taken"));
  }
  auto dispatcher = dispatcher_of(world, settings);
  CHECK(dispatcher->run_once() == 2);  // the one that was begun and the one that was not
  std::set<std::string> sent;
  for (const auto& mail : world.channel.mails()) sent.insert(mail.message_id);
  CHECK(sent == std::set<std::string>{rows[0].message_id, rows[3].message_id});
  const auto after = world.rows_of("exact.14d");
  CHECK(after[1].state == ReminderState::retrying);
  CHECK(after[2].state == ReminderState::sent);
  CHECK(after[0].attempts == 1);
  world.pass(10min);
  CHECK(dispatcher->run_once() == 1);
  CHECK(world.channel.mails().back().message_id == rows[1].message_id);
}

TEST_CASE("a mail whose answer is lost twice is not sent a third time") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due));
  world.channel.answer(Delivery{Outcome::retry_later, "connection lost", false, true});
  auto dispatcher = dispatcher_of(world);
  CHECK(dispatcher->run_once() == 1);
  world.pass(10min);
  CHECK(dispatcher->run_once() == 1);
  CHECK(world.row("exact.14d").state == ReminderState::failed);
  CHECK(world.attempts("exact.14d").size() == 2);
  world.pass(24h);
  dispatcher->run_once();
  CHECK(world.channel.mails().size() == 2);
}

TEST_CASE("each attempt is kept with the relay's words and the mail as it was sent") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due));
  world.channel.answer(Delivery{Outcome::retry_later, "451 <a@b.org> later", false, false});
  auto dispatcher = dispatcher_of(world);
  dispatcher->run_once();
  world.pass(2min);
  world.channel.answer(Delivery::done("250 2.0.0 taken"));
  dispatcher->run_once();
  const auto attempts = world.attempts("exact.14d");
  REQUIRE(attempts.size() == 2);
  CHECK(attempts[0].outcome == "retry_later");
  CHECK(attempts[0].reply == "451 <address> later");
  CHECK(attempts[1].outcome == "delivered");
  CHECK(attempts[1].number == 2);
  const auto copy = world.copy("exact.14d");
  REQUIRE(copy);
  CHECK(copy->to == "person0@example.org");
  CHECK_FALSE(copy->subject.empty());
  CHECK(copy->text.find("Круглий стіл") != std::string::npos);
  // Ninety days later it is forgotten.
  world.pass(91 * 24h);
  dispatcher->run_once();
  CHECK(world.attempts("exact.14d").empty());
  CHECK_FALSE(world.copy("exact.14d"));
}

TEST_CASE("the chair is told once of a mail that was refused and never of that telling") {
  World world;
  world.add_simple();
  world.add_controller("Голова Г.Г.", "holova@example.org");
  world.clock.set(at(first_due));
  world.channel.answer(Delivery{Outcome::refused, "550 5.1.1 unknown", false, false});
  auto dispatcher = dispatcher_of(world);
  while (dispatcher->run_once() > 0) {
  }
  const auto mails = world.channel.mails();
  REQUIRE(mails.size() == 2);
  CHECK(mails[1].to == "holova@example.org");
  INFO(mails[1].copy.subject + "\n" + mails[1].copy.text);
  CHECK(mails[1].copy.text.find("550 5.1.1 unknown") != std::string::npos);
  CHECK(mails[1].copy.text.find("person0@example.org") != std::string::npos);
  world.pass(24h);
  while (dispatcher->run_once() > 0) {
  }
  CHECK(world.channel.mails().size() == 2);
}

TEST_CASE("a clock that jumps seven hours ahead holds the mails for an hour and says so") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due) - 7h);
  auto dispatcher = dispatcher_of(world);
  const auto began = std::chrono::steady_clock::time_point{};
  dispatcher->round(began);
  world.clock.set(at(first_due));
  CHECK(dispatcher->round(began + 1s) == 30s);
  CHECK(dispatcher->round(began + 59min) == 30s);
  CHECK(world.count(ReminderState::claimed) == 0);
  world.pass(1h);
  CHECK(dispatcher->round(began + 61min) == 0s);  // claimed
}

TEST_CASE("a clock that moves with the steady one holds nothing") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due) - 7h);
  auto dispatcher = dispatcher_of(world);
  const auto began = std::chrono::steady_clock::time_point{};
  dispatcher->round(began);
  world.pass(7h);
  CHECK(dispatcher->round(began + 7h) == 0s);
}

TEST_CASE("a clock that jumps ahead and comes back sends what is due at once") {
  ClockWatch watch;
  const auto began = std::chrono::steady_clock::time_point{};
  CHECK(watch.note(at("2024-11-01T09:00:00Z"), began) == ClockWatch::Finding::steady);
  CHECK(watch.note(at("2024-11-01T15:00:00Z"), began) == ClockWatch::Finding::steady);  // six hours are borne
  CHECK(watch.note(at("2024-11-11T15:00:00Z"), began + 1s) == ClockWatch::Finding::jumped);
  CHECK(watch.holds(began + 2s));
  CHECK(watch.note(at("2024-11-01T15:00:03Z"), began + 3s) == ClockWatch::Finding::came_back);
  CHECK_FALSE(watch.holds(began + 3s));
}

TEST_CASE("mails a minute are spaced evenly and without a limit not at all") {
  const auto began = std::chrono::steady_clock::time_point{} + 1h;
  Pace free(0), thirty(30);
  CHECK(free.next(began) == began);
  CHECK(free.next(began) == began);
  CHECK(thirty.next(began) == began);
  CHECK(thirty.next(began) == began + 2s);
  CHECK(thirty.next(began + 1s) == began + 4s);
  CHECK(thirty.next(began + 1min) == began + 1min);
}

TEST_CASE("several connections share the queue and no mail goes over two of them") {
  World world;
  for (int i = 0; i < 60; ++i) world.add_simple();
  world.clock.set(at(first_due));
  ScriptedChannel second, third;
  DispatcherSettings settings;
  settings.batch = 10;
  Dispatcher dispatcher(*world.store, world.clock, std::vector<Channel*>{&world.channel, &second, &third},
                        settings, mail_settings());
  std::mutex mutex;
  std::condition_variable changed;
  std::multiset<std::string> ids;
  const auto take = [&](const OutgoingMail& mail) {
    const std::lock_guard lock(mutex);
    ids.insert(mail.message_id);
    changed.notify_all();
    return Delivery::done("250 ok");
  };
  world.channel.answer(take);
  second.answer(take);
  third.answer(take);
  dispatcher.start();
  {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, 1min, [&] { return ids.size() >= 60; }));
  }
  dispatcher.stop();
  CHECK(ids.size() == 60);
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == 60);
  CHECK(world.count(ReminderState::sent) == 60);
}

TEST_CASE("a dispatcher that shares its database leaves the claims of others alone at start") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due));
  world.claim_and_die();
  auto dispatcher = dispatcher_of(world);
  dispatcher->start();
  dispatcher->stop();
  CHECK(world.row("exact.14d").state == ReminderState::claimed);
  CHECK(world.channel.mails().empty());
}

TEST_CASE("a claim from before the clock was set back does not last for days") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due) + 240h);
  world.claim_and_die();
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  dispatcher->run_once();
  CHECK(world.count(ReminderState::claimed) == 0);
  world.pass(10min);
  dispatcher->run_once();
  CHECK(world.channel.mails().size() == 1);
}

TEST_CASE("a clock that is set back and comes again sends nothing a second time") {
  World world;
  world.add_simple();
  auto dispatcher = dispatcher_of(world);
  world.clock.set(at(first_due));
  dispatcher->run_once();
  for (const auto step : {-240h, -1h, 1h, 0h}) {
    world.clock.set(at(first_due) + step);
    dispatcher->run_once();
  }
  CHECK(world.channel.mails().size() == 1);
}

TEST_CASE("a mail that went out while the disk was full is marked as soon as there is space") {
  World world;
  world.add_simple();
  FailingStore store(*world.store);
  Dispatcher dispatcher(store, world.clock, world.channel, DispatcherSettings{}, mail_settings());
  world.channel.answer([&](const OutgoingMail&) {
    store.full = true;
    return Delivery::done("250 ok");
  });
  world.clock.set(at(first_due));
  CHECK(dispatcher.run_once() == 1);
  CHECK(world.row("exact.14d").state == ReminderState::claimed);
  world.pass(1h);  // the lease has lapsed meanwhile
  CHECK(dispatcher.run_once() == 0);
  store.full = false;
  CHECK(dispatcher.run_once() == 0);
  CHECK(world.row("exact.14d").state == ReminderState::sent);
  CHECK(world.channel.mails().size() == 1);
}

TEST_CASE("a database that cannot be written sends nothing") {
  World world;
  world.add_simple();
  FailingStore store(*world.store);
  store.full = true;
  Dispatcher dispatcher(store, world.clock, world.channel, DispatcherSettings{}, mail_settings());
  world.clock.set(at(first_due));
  CHECK(dispatcher.run_once() == 0);
  CHECK(world.channel.mails().empty());
}

TEST_CASE("an office is everybody who holds it when the mail is sent and nobody gets two") {
  World world;
  Event event = dated_event();
  event.responsible = {somebody("Ярмак О.П.", PersonId{1}), office("Методист"), somebody("Гнатюк Л.І.")};
  event = world.add(event);
  world.add_person("Гнатюк Л. І.", "hnatiuk@example.org", "методист");
  world.add_person("Мороз Т.В.", "moroz@example.org", "методист");
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  while (dispatcher->run_once() > 0) {
  }
  std::set<std::string> to, ids;
  for (const auto& mail : world.channel.mails()) {
    to.insert(mail.to);
    ids.insert(mail.message_id);
  }
  CHECK(to == std::set<std::string>{"person0@example.org", "hnatiuk@example.org", "moroz@example.org"});
  CHECK(world.channel.mails().size() == 3);
  CHECK(ids.size() == 3);
  // Nothing comes again when the event is touched, and the later reminders are still there.
  world.change(event);
  CHECK(dispatcher->run_once() == 0);
  CHECK(world.count(ReminderState::sent) == 3);
  CHECK(world.count(ReminderState::planned) == 6);
}

TEST_CASE("one refused member of a group does not touch the others") {
  World world;
  Event event = dated_event();
  event.responsible = {office("методист")};
  world.add(event);
  world.add_person("Гнатюк Л.І.", "hnatiuk@example.org", "методист");
  world.add_person("Мороз Т.В.", "moroz@example.org", "методист");
  world.channel.answer([](const OutgoingMail& mail) {
    if (mail.to == "moroz@example.org") return Delivery{Outcome::refused, "550 unknown", false, false};
    return Delivery::done("250 ok");
  });
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  while (dispatcher->run_once() > 0) {
  }
  CHECK(world.count(ReminderState::sent) == 1);
  CHECK(world.count(ReminderState::failed) == 1);
  CHECK(world.channel.mails().size() == 2);
}

TEST_CASE("a reminder without an address waits for one and is sent when it is entered") {
  World world;
  Event event = dated_event();
  event.responsible = {somebody("Невідома Н.Н.")};
  world.add(event);
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  dispatcher->run_once();
  CHECK(world.row("exact.14d").state == ReminderState::planned);
  CHECK(world.row("exact.14d").last_error == "nobody of this name is known");
  CHECK(dispatcher->run_once() == 0);  // not asked again at once

  world.add_person("Невідома Н.Н.", "nevidoma@example.org", "");
  world.clock.set(at(first_due) + std::chrono::hours{1});
  while (dispatcher->run_once() > 0) {
  }
  CHECK(world.channel.mails().size() == 1);
  CHECK(world.count(ReminderState::sent) == 1);
}

TEST_CASE("a recipient who stays without an address is a failed reminder that says so") {
  World world;
  Event event = dated_event();
  event.responsible = {somebody("Невідома Н.Н.")};
  world.add(event);
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  dispatcher->run_once();
  world.clock.set(world.row("exact.1d").expires + std::chrono::seconds{1});
  while (dispatcher->run_once() > 0) {
  }
  int failed = 0;
  for (const auto& row : world.rows()) {
    if (row.reason == ReminderReason::undeliverable) continue;
    ++failed;
    CHECK(row.state == ReminderState::failed);
    CHECK(row.last_error == "nobody of this name is known");
  }
  CHECK(failed == 3);
  CHECK(world.channel.mails().empty());
}

TEST_CASE("many reminders leave in the order in which they were due") {
  World world;
  for (unsigned day = 1; day <= 25; ++day) {
    Event event = dated_event(make_date(2024, 11, 26 - day));
    event.responsible = {somebody("Ярмак О.П.", PersonId{1})};
    event.title = std::to_string(day);
    world.add(event);
  }
  world.clock.set(at("2024-11-11T09:00:00Z"));
  DispatcherSettings settings;
  settings.batch = 4;
  auto dispatcher = dispatcher_of(world, settings);
  while (dispatcher->run_once() > 0) {
  }
  std::map<std::string, Instant> dues;
  for (const auto& row : world.rows()) dues[row.message_id] = row.due;
  const auto mails = world.channel.mails();
  CHECK(mails.size() == 14);  // events of 12 to 25 November: the earlier ones have begun
  CHECK(std::is_sorted(mails.begin(), mails.end(), [&](const OutgoingMail& a, const OutgoingMail& b) {
    return dues.at(a.message_id) < dues.at(b.message_id);
  }));
}

TEST_CASE("a stopping dispatcher finishes the mail in hand and gives the other claims back") {
  World world;
  for (int i = 0; i < 3; ++i) world.add_simple();
  world.clock.set(at(first_due));
  auto dispatcher = dispatcher_of(world);
  std::promise<void> sending;
  std::once_flag first;
  world.channel.answer([&](const OutgoingMail&) {
    std::call_once(first, [&] { sending.set_value(); });
    return Delivery::done("250 ok");
  });
  dispatcher->start();
  sending.get_future().wait();
  dispatcher->stop();  // while a mail is in hand, or just after
  CHECK(world.count(ReminderState::claimed) == 0);
  CHECK(world.count(ReminderState::sent) == static_cast<int>(world.channel.mails().size()));
  CHECK(world.count(ReminderState::sent) + world.count(ReminderState::planned) == 9);
}

TEST_CASE("a relay that never answers is interrupted when the time to drain is over") {
  World world;
  world.add_simple();
  world.clock.set(at(first_due));
  world.channel.answer([&](const OutgoingMail&) {
    world.channel.wait_for_interrupt();
    return Delivery{Outcome::retry_later, "interrupted", true, true};
  });
  DispatcherSettings settings;
  settings.drain = 0s;
  auto dispatcher = dispatcher_of(world, settings);
  dispatcher->start();
  REQUIRE(world.channel.wait_for_mails(1));
  dispatcher->stop();
  CHECK(world.row("exact.14d").state == ReminderState::retrying);
}

TEST_CASE("a sleeping dispatcher sends at once when it is told that something was queued") {
  World world;
  DispatcherSettings settings;
  settings.tick = 3600s;
  auto dispatcher = dispatcher_of(world, settings);
  world.clock.set(at(first_due) - 1h);
  dispatcher->start();
  world.add_simple();
  world.clock.set(at(first_due));
  dispatcher->wake();
  CHECK(world.channel.wait_for_mails(1));
  dispatcher->stop();
  dispatcher->stop();
  CHECK(world.count(ReminderState::sent) == 1);
}
