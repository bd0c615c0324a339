#include "tests/db/store_contract.hpp"

#include <atomic>
#include <set>
#include <thread>
#include <tuple>

namespace convoke::tests {
namespace {

using db::Unit;

EventId store_event(db::Store& store) {
  return write(store, [](Unit& unit) { return unit.events().insert(plain_event()); });
}

ReminderId enqueue(db::Store& store, const Reminder& reminder) {
  REQUIRE(write(store, [=](Unit& unit) { return unit.reminders().enqueue(reminder); }));
  const auto rows = read(store, [=](Unit& unit) {
    db::ReminderSelection selection;
    selection.event = reminder.key.event;
    return unit.reminders().list(selection);
  });
  for (const auto& row : rows)
    if (row.key == reminder.key) return row.id;
  return {};
}

Reminder find(db::Store& store, ReminderId id) {
  const auto found = read(store, [=](Unit& unit) { return unit.reminders().find(id); });
  REQUIRE(found);
  return *found;
}

std::vector<Reminder> claim(db::Store& store, int now, int lease, const std::string& who, int limit = 100) {
  return write(store, [=](Unit& unit) { return unit.reminders().claim_due(at(now), at(lease), who, limit); });
}

bool settle(db::Store& store, const Reminder& reminder) {
  return write(store, [=](Unit& unit) { return unit.reminders().settle(reminder); });
}

}  // namespace

TEST_CASE("a reminder comes back as it was queued") {
  Fixture fixture;
  auto reminder = plain_reminder(store_event(fixture.store()), 500);
  reminder.key.occurrence = "2026-Q4";
  reminder.reason = ReminderReason::fix_date;
  reminder.event_sequence = 4;
  reminder.id = enqueue(fixture.store(), reminder);
  check_same(find(fixture.store(), reminder.id), reminder);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.reminders().find(ReminderId{99}); }));
}

TEST_CASE("a reminder that was missed before it was queued is recorded as missed and never claimed") {
  Fixture fixture;
  auto reminder = plain_reminder(store_event(fixture.store()), 1);
  reminder.state = ReminderState::missed;
  reminder.reason = ReminderReason::deadline;
  reminder.settled = at(50);
  reminder.id = enqueue(fixture.store(), reminder);
  check_same(find(fixture.store(), reminder.id), reminder);
  CHECK(claim(fixture.store(), 1000, 1100, "boot-a").empty());
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.reminders().next_due(); }));
}

TEST_CASE("one reminder is queued once whatever is replanned") {
  Fixture fixture;
  const auto event = store_event(fixture.store());
  const auto first = plain_reminder(event, 100);
  const auto id = enqueue(fixture.store(), first);
  auto again = plain_reminder(event, 900);
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.reminders().enqueue(again); }));
  CHECK(find(fixture.store(), id).due == at(100));
  CHECK(find(fixture.store(), id).message_id == first.message_id);
  // Any other part of the key makes it another reminder.
  auto occurrence = again, rule = again, recipient = again;
  occurrence.key.occurrence = "2026-11-14";
  rule.key.rule = "exact.3d";
  recipient.key.recipient = "post:рада";
  for (const auto& other : {occurrence, rule, recipient})
    CHECK(write(fixture.store(), [=](Unit& unit) { return unit.reminders().enqueue(other); }));
}

TEST_CASE("a superseded reminder is revived with new times and its old message id") {
  Fixture fixture;
  const auto event = store_event(fixture.store());
  auto first = plain_reminder(event, 100);
  const auto id = enqueue(fixture.store(), first);
  write(fixture.store(), [=](Unit& unit) { return unit.reminders().supersede(id, at(60)), 0; });
  CHECK(find(fixture.store(), id).state == ReminderState::superseded);
  CHECK((find(fixture.store(), id).settled == at(60)));
  CHECK(claim(fixture.store(), 1000, 1100, "boot-a").empty());
  auto again = plain_reminder(event, 900);
  again.event_sequence = 2;
  again.reason = ReminderReason::deadline;
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.reminders().enqueue(again); }));
  again.id = id;
  again.message_id = first.message_id;
  check_same(find(fixture.store(), id), again);
  CHECK(claim(fixture.store(), 1000, 1100, "boot-a").size() == 1);
}

TEST_CASE("what was sent stays sent when its event changes") {
  Fixture fixture;
  const auto event = store_event(fixture.store());
  for (const auto state : {ReminderState::sent, ReminderState::failed, ReminderState::missed}) {
    auto reminder = plain_reminder(event, 10, "person:" + std::to_string(static_cast<int>(state)));
    reminder.state = state;
    reminder.id = enqueue(fixture.store(), reminder);
    write(fixture.store(), [=](Unit& unit) { return unit.reminders().supersede(reminder.id, at(60)), 0; });
    CHECK(find(fixture.store(), reminder.id).state == state);
    reminder.state = ReminderState::planned;
    CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.reminders().enqueue(reminder); }));
  }
}

TEST_CASE("due reminders are claimed in order of time up to the limit and each attempt is counted") {
  Fixture fixture;
  const auto event = store_event(fixture.store());
  for (const int due : {300, 100, 400, 200})
    enqueue(fixture.store(), plain_reminder(event, due, "person:" + std::to_string(due)));
  CHECK(claim(fixture.store(), 99, 150, "boot-a").empty());
  const auto first = claim(fixture.store(), 300, 360, "boot-a", 2);
  REQUIRE(first.size() == 2);
  CHECK(first[0].due == at(100));
  CHECK(first[1].due == at(200));
  for (const auto& row : first) {
    CHECK(row.state == ReminderState::claimed);
    CHECK(row.attempts == 1);
    CHECK(row.claimed_by == "boot-a");
    CHECK((row.lease_until == at(360)));
    check_same(find(fixture.store(), row.id), row);
  }
  const auto second = claim(fixture.store(), 300, 360, "boot-b", 2);
  REQUIRE(second.size() == 1);
  CHECK(second[0].due == at(300));
}

TEST_CASE("a lapsed lease is taken over and its first holder can settle nothing any more") {
  Fixture fixture;
  const auto id = enqueue(fixture.store(), plain_reminder(store_event(fixture.store()), 100));
  auto mine = claim(fixture.store(), 100, 160, "boot-a").at(0);
  CHECK(claim(fixture.store(), 159, 219, "boot-b").empty());
  auto theirs = claim(fixture.store(), 160, 220, "boot-b").at(0);
  CHECK(theirs.id == id);
  CHECK(theirs.attempts == 2);
  mine.state = ReminderState::sent;
  mine.settled = at(165);
  CHECK_FALSE(settle(fixture.store(), mine));
  CHECK(find(fixture.store(), id).state == ReminderState::claimed);
  theirs.state = ReminderState::sent;
  theirs.settled = at(170);
  CHECK(settle(fixture.store(), theirs));
  CHECK_FALSE(settle(fixture.store(), theirs));
  const auto sent = find(fixture.store(), id);
  CHECK(sent.state == ReminderState::sent);
  CHECK((sent.settled == at(170)));
  CHECK_FALSE(sent.lease_until);
}

TEST_CASE("a lease that lapsed unnoticed is still settled by its holder") {
  Fixture fixture;
  enqueue(fixture.store(), plain_reminder(store_event(fixture.store()), 100));
  auto mine = claim(fixture.store(), 100, 160, "boot-a").at(0);
  mine.state = ReminderState::sent;
  mine.settled = at(5000);
  CHECK(settle(fixture.store(), mine));
}

TEST_CASE("a reminder whose event changed while it was being sent is not settled but superseded") {
  Fixture fixture;
  const auto id = enqueue(fixture.store(), plain_reminder(store_event(fixture.store()), 100));
  auto mine = claim(fixture.store(), 100, 160, "boot-a").at(0);
  write(fixture.store(), [=](Unit& unit) { return unit.reminders().supersede(id, at(110)), 0; });
  mine.state = ReminderState::sent;
  CHECK_FALSE(settle(fixture.store(), mine));
  CHECK(find(fixture.store(), id).state == ReminderState::superseded);
}

TEST_CASE("a refused mail waits for its next attempt and says why") {
  Fixture fixture;
  const auto id = enqueue(fixture.store(), plain_reminder(store_event(fixture.store()), 100));
  auto mine = claim(fixture.store(), 100, 160, "boot-a").at(0);
  mine.state = ReminderState::planned;
  mine.last_error = "451 try later";
  mine.next_attempt = at(400);
  CHECK(settle(fixture.store(), mine));
  const auto waiting = find(fixture.store(), id);
  CHECK(waiting.state == ReminderState::planned);
  CHECK(waiting.last_error == "451 try later");
  CHECK(waiting.attempts == 1);
  CHECK((waiting.next_attempt == at(400)));
  CHECK(claim(fixture.store(), 399, 460, "boot-a").empty());
  CHECK((read(fixture.store(), [](Unit& unit) { return unit.reminders().next_due(); }) == at(400)));
  CHECK(claim(fixture.store(), 400, 460, "boot-a").at(0).attempts == 2);
}

TEST_CASE("the next due time is that of the earliest reminder still planned") {
  Fixture fixture;
  const auto next = [&] {
    return read(fixture.store(), [](Unit& unit) { return unit.reminders().next_due(); });
  };
  CHECK_FALSE(next());
  const auto event = store_event(fixture.store());
  enqueue(fixture.store(), plain_reminder(event, 300, "person:1"));
  const auto early = enqueue(fixture.store(), plain_reminder(event, 100, "person:2"));
  CHECK((next() == at(100)));
  write(fixture.store(), [=](Unit& unit) { return unit.reminders().supersede(early, at(1)), 0; });
  CHECK((next() == at(300)));
  claim(fixture.store(), 300, 400, "boot-a");
  CHECK_FALSE(next());
}

TEST_CASE("reminders are listed by event and time and state in the order they are due") {
  Fixture fixture;
  const auto event = store_event(fixture.store()), other = store_event(fixture.store());
  for (const int due : {300, 100, 200})
    enqueue(fixture.store(), plain_reminder(event, due, "person:" + std::to_string(due)));
  enqueue(fixture.store(), plain_reminder(other, 150));
  const auto dues = [&](const db::ReminderSelection& selection) {
    std::vector<Instant> times;
    for (const auto& row :
         read(fixture.store(), [=](Unit& unit) { return unit.reminders().list(selection); }))
      times.push_back(row.due);
    return times;
  };
  CHECK(dues({}) == std::vector{at(100), at(150), at(200), at(300)});
  db::ReminderSelection of_event;
  of_event.event = event;
  CHECK(dues(of_event) == std::vector{at(100), at(200), at(300)});
  of_event.limit = 2;
  CHECK(dues(of_event) == std::vector{at(100), at(200)});
  db::ReminderSelection between;
  between.due_from = at(150);
  between.due_before = at(300);
  CHECK(dues(between) == std::vector{at(150), at(200)});
  claim(fixture.store(), 100, 200, "boot-a");
  db::ReminderSelection sending;
  sending.state = ReminderState::claimed;
  CHECK(dues(sending) == std::vector{at(100)});
  sending.event = other;
  CHECK(dues(sending).empty());
}

TEST_CASE("a mail that came back is found by its Message-ID and is failed from then on") {
  Fixture fixture;
  const auto event = store_event(fixture.store());
  auto reminder = plain_reminder(event, 10, "person:1");
  reminder.message_id = "<one@example.org>";
  const auto result = write(fixture.store(), [=](Unit& unit) {
    unit.reminders().enqueue(reminder);
    const auto waiting = unit.reminders().find_by_message_id("<one@example.org>").value();
    const bool too_early = unit.reminders().came_back(waiting.id, at(20), "550");
    auto row = unit.reminders().claim_due(at(11), at(60), "boot", 1).at(0);
    row.state = ReminderState::sent;
    unit.reminders().settle(row);
    const bool failed = unit.reminders().came_back(row.id, at(20), "550");
    const bool again = unit.reminders().came_back(row.id, at(30), "551");
    return std::tuple(too_early, failed, again, unit.reminders().find(row.id).value(),
                      unit.reminders().find_by_message_id("<two@example.org>").has_value());
  });
  const auto& [too_early, failed, again, row, other] = result;
  CHECK_FALSE(too_early);
  CHECK(failed);
  CHECK_FALSE(again);
  CHECK_FALSE(other);
  CHECK(row.state == ReminderState::failed);
  CHECK(row.last_error == "550");
  CHECK(row.settled == at(20));
}

TEST_CASE("dispatchers that claim at once never share a reminder") {
  Fixture fixture;
  const auto event = store_event(fixture.store());
  write(fixture.store(), [=](Unit& unit) {
    for (int i = 0; i < 200; ++i)
      unit.reminders().enqueue(plain_reminder(event, i, "person:" + std::to_string(i)));
    return 0;
  });
  const auto other = fixture.open_another();
  std::vector<std::vector<std::int64_t>> claimed(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < claimed.size(); ++t)
    threads.emplace_back([&, t] {
      auto& store = t % 2 == 0 ? fixture.store() : *other;
      for (;;) {
        const auto rows = store
                              .write(author(),
                                     [=](Unit& unit) {
                                       return unit.reminders().claim_due(at(1000), at(1060),
                                                                         "boot-" + std::to_string(t), 7);
                                     })
                              .wait();
        if (!rows || rows->empty()) return;
        for (const auto& row : *rows) claimed[t].push_back(row.id.value);
      }
    });
  for (auto& thread : threads) thread.join();
  std::multiset<std::int64_t> all;
  for (const auto& ids : claimed) all.insert(ids.begin(), ids.end());
  CHECK(all.size() == 200);
  CHECK(std::set<std::int64_t>(all.begin(), all.end()).size() == 200);
}

}  // namespace convoke::tests
