#include "notify/queue.hpp"

#include "notify/planner.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <limits>
#include <map>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

const Instant september = at("2024-09-05T09:00:00Z");

class Queue {
 public:
  explicit Queue(Event event) : event_(std::move(event)) {
    event_ = store_
                 ->write(db::Author("test", september),
                         [event = event_](db::Unit& unit) mutable {
                           for (auto& responsible : event.responsible) {
                             if (!responsible.person) continue;
                             Person person;
                             person.name = responsible.name;
                             person.email = "somebody@example.org";
                             responsible.person = unit.people().insert(person);
                           }
                           event.id = unit.events().insert(event);
                           unit.rule_sets().save(few_rules());
                           return event;
                         })
                 .wait()
                 .value();
  }

  Event& event() { return event_; }

  QueueChange replan(Instant now = september) {
    return store_
        ->write(db::Author("test", now),
                [event = event_, now](db::Unit& unit) {
                  unit.events().update(event);
                  return notify::replan(unit, event, now);
                })
        .wait()
        .value();
  }

  std::vector<Reminder> rows() {
    return store_
        ->read([id = event_.id](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.event = id;
          return unit.reminders().list(selection);
        })
        .wait()
        .value();
  }

  int count(ReminderState state) {
    int found = 0;
    for (const auto& row : rows()) found += row.state == state ? 1 : 0;
    return found;
  }

  // As the dispatcher would: claims everything due at `now` and settles it as `state`.
  void dispatch(Instant now, ReminderState state) {
    store_
        ->write(
            db::Author("test", now),
            [now, state](db::Unit& unit) {
              for (auto& row : unit.reminders().claim_due(now, now + std::chrono::minutes{5}, "boot", 100)) {
                row.state = state;
                if (state != ReminderState::claimed) unit.reminders().settle(row);
              }
              return true;
            })
        .wait()
        .value();
  }

  db::Store& store() { return *store_; }

  template<class Work>
  auto write(Work work) {
    return store_->write(db::Author("test", september), work).wait().value();
  }

 private:
  tests::TemporaryStore store_;
  Event event_;
};

}  // namespace

TEST_CASE("an imported event queues its reminders once whatever is replanned") {
  Queue queue(dated_event());
  const auto first = queue.replan();
  CHECK(first.planned == 6);  // two recipients, three offsets
  CHECK(first.missed + first.superseded + first.kept == 0);
  const auto again = queue.replan();
  CHECK(again.kept == 6);
  CHECK(again.planned + again.missed + again.superseded == 0);
  CHECK(queue.rows().size() == 6);
}

TEST_CASE("importing an old plan fires nothing and records what was missed") {
  Queue queue(dated_event());
  const Instant later = at("2025-03-01T00:00:00Z");
  CHECK(queue.replan(later).missed == 6);
  CHECK(queue.count(ReminderState::missed) == 6);
  queue.dispatch(later, ReminderState::sent);
  CHECK(queue.count(ReminderState::sent) == 0);
}

TEST_CASE("fixing the date takes the reminders of the month back and plans those of the day") {
  Queue queue(month_event());
  CHECK(queue.replan().planned == 6);
  queue.event().period = make_dated(make_date(2024, 11, 14), std::chrono::hours{10});
  const auto change = queue.replan();
  CHECK(change.superseded == 6);
  CHECK(change.planned == 6);
  for (const auto& row : queue.rows())
    CHECK((row.state == ReminderState::planned) == (row.key.occurrence == "2024-11-14"));
}

TEST_CASE("after a move people are reminded of the new date even when they were of the old") {
  Queue queue(dated_event(make_date(2024, 10, 10)));
  queue.replan();
  queue.dispatch(at("2024-10-09T12:00:00Z"), ReminderState::sent);
  CHECK(queue.count(ReminderState::sent) == 6);
  queue.event().period = make_dated(make_date(2024, 11, 20));
  CHECK(queue.replan(at("2024-10-09T13:00:00Z")).planned == 6);
  CHECK(queue.count(ReminderState::sent) == 6);
  CHECK(queue.count(ReminderState::planned) == 6);
}

TEST_CASE("a date moved away and back revives the same rows with the same message ids") {
  Queue queue(dated_event());
  queue.replan();
  std::map<ReminderKey, std::string> ids;
  for (const auto& row : queue.rows()) ids[row.key] = row.message_id;
  queue.event().period = make_dated(make_date(2024, 12, 3));
  queue.replan();
  queue.event().period = make_dated(make_date(2024, 11, 14), std::chrono::hours{10});
  const auto change = queue.replan();
  CHECK(change.planned == 6);
  CHECK(change.superseded == 6);
  for (const auto& row : queue.rows())
    if (row.state == ReminderState::planned) CHECK(ids.at(row.key) == row.message_id);
  CHECK(queue.count(ReminderState::planned) == 6);
}

TEST_CASE("another zone moves the same reminders to another time") {
  Queue queue(dated_event());
  queue.replan();
  const Instant before = queue.rows().front().due;
  queue.event().zone = "Europe/Berlin";
  const auto change = queue.replan();
  CHECK(change.superseded == 6);
  CHECK(change.planned == 6);
  REQUIRE(queue.rows().size() == 6);
  CHECK(queue.rows().front().due == before + std::chrono::hours{1});
}

TEST_CASE("a title that changes leaves the reminders as they are") {
  Queue queue(dated_event());
  queue.replan();
  queue.dispatch(at("2024-10-31T12:00:00Z"), ReminderState::sent);
  queue.event().title = "Інша назва";
  const auto change = queue.replan(at("2024-11-01T00:00:00Z"));
  CHECK(change.kept == 6);
  CHECK(queue.count(ReminderState::sent) == 2);
  CHECK(queue.count(ReminderState::planned) == 4);
}

TEST_CASE("a cancelled or held event keeps no waiting reminder") {
  Queue queue(dated_event());
  queue.replan();
  queue.event().status = GENERATE(EventStatus::cancelled, EventStatus::held);
  CHECK(queue.replan().superseded == 6);
  CHECK(queue.count(ReminderState::planned) == 0);
  queue.event().status = EventStatus::planned;
  CHECK(queue.replan().planned == 6);
}

TEST_CASE("a reminder that waits for its next attempt is not taken for a past one") {
  Queue queue(dated_event());
  queue.replan();
  queue.dispatch(at("2024-10-31T12:00:00Z"), ReminderState::planned);  // put back after a 4xx
  const auto change = queue.replan(at("2024-10-31T13:00:00Z"));
  CHECK(change.missed == 0);
  CHECK(change.kept == 6);
}

TEST_CASE("a reminder in the dispatcher's hands is left there") {
  Queue queue(dated_event());
  queue.replan();
  queue.dispatch(at("2024-10-31T12:00:00Z"), ReminderState::claimed);
  CHECK(queue.replan(at("2024-10-31T12:00:01Z")).kept == 6);
  CHECK(queue.count(ReminderState::claimed) == 2);
}

TEST_CASE("another responsible gets what is still to come and the former one nothing more") {
  Queue queue(dated_event());
  queue.replan();
  queue.event().responsible = {somebody("Коваль І.І.")};
  const auto change = queue.replan(at("2024-11-01T00:00:00Z"));
  CHECK(change.superseded == 6);
  CHECK(change.planned == 2);
  CHECK(change.missed == 1);
}

TEST_CASE("rows that a group was spread to stay as long as the group is wanted") {
  Event event = dated_event();
  event.responsible = {office("методист")};
  Queue queue(event);
  queue.replan();
  const Instant due = at("2024-10-31T12:00:00Z");
  queue.dispatch(due, ReminderState::superseded);
  queue.store()
      .write(db::Author("test", due),
             [row = queue.rows().front()](db::Unit& unit) {
               Reminder one;
               one.key = row.key;
               one.key.recipient = "person:5";
               one.due = row.due;
               one.expires = row.expires;
               one.message_id = "<spread@convoke.invalid>";
               return unit.reminders().enqueue(one);
             })
      .wait()
      .value();
  CHECK(queue.replan(due).superseded == 0);
  CHECK(queue.count(ReminderState::planned) == 3);
  CHECK(queue.rows().size() == 4);
  queue.event().period = make_dated(make_date(2024, 12, 3));
  CHECK(queue.replan(due).superseded == 3);
}

TEST_CASE("done takes the ladder back and sending the work back brings it again") {
  Queue queue(dated_event());
  queue.replan();
  const auto answer = queue.write([id = queue.event().id](db::Unit& unit) {
    Answer done;
    done.event = id;
    done.kind = AnswerKind::done;
    done.decision = Decision::pending;
    done.at = september;
    return unit.answers().insert(done);
  });
  CHECK(queue.replan().superseded == 6);
  CHECK(queue.count(ReminderState::planned) == 0);
  queue.write([answer](db::Unit& unit) {
    return unit.answers().decide(answer, Decision::declined, "account:1", september, "бракує протоколу");
  });
  CHECK(queue.replan().planned == 6);
}

TEST_CASE("a mail that no rule asked for is left alone by a change of plan") {
  Queue queue(dated_event());
  Reminder invitation;
  invitation.key = {queue.event().id, "2024-11-14", "invitation.1", "person:1"};
  invitation.reason = ReminderReason::invitation;
  invitation.due = september;
  invitation.expires = at("2024-11-14T08:00:00Z");
  invitation.message_id = "<invitation@convoke.invalid>";
  queue.write([invitation](db::Unit& unit) { return unit.reminders().enqueue(invitation); });
  queue.replan();
  queue.event().status = EventStatus::cancelled;
  CHECK(queue.replan().superseded == 6);
  REQUIRE(queue.count(ReminderState::planned) == 1);
}

TEST_CASE("a Message-ID stays the same over every planning and is known in no other installation") {
  Queue queue(dated_event()), other(dated_event());
  queue.replan();
  other.replan();
  const auto ids = [](Queue& one) {
    std::map<std::string, std::string> found;
    for (const auto& row : one.rows())
      found[row.key.occurrence + row.key.rule + row.key.recipient] = row.message_id;
    return found;
  };
  const auto first = ids(queue);
  REQUIRE(first.size() == 6);
  const auto period = queue.event().period;
  queue.event().period = make_dated(make_date(2024, 12, 3));
  queue.replan();
  queue.event().period = period;
  queue.replan();
  const auto again = ids(queue);
  for (const auto& [key, id] : first) CHECK(again.at(key) == id);
  for (const auto& row : queue.rows()) {
    CHECK(row.message_id != stable_message_id(queue.event().uid, row.key, "convoke.invalid"));
    CHECK(row.message_id.ends_with("@convoke.invalid>"));
    CHECK(row.message_id.size() == std::string_view("<@convoke.invalid>").size() + 32);
  }
  const auto elsewhere = ids(other);
  for (const auto& [key, id] : first) CHECK(elsewhere.at(key) != id);
}

TEST_CASE("a reminder that is being tried again is taken back with the others") {
  Queue queue(dated_event());
  queue.replan();
  queue.dispatch(at("2024-10-31T12:00:00Z"), ReminderState::retrying);
  CHECK(queue.count(ReminderState::retrying) == 2);
  CHECK(queue.replan(at("2024-10-31T13:00:00Z")).kept == 6);
  queue.event().status = EventStatus::cancelled;
  CHECK(queue.replan(at("2024-10-31T13:00:00Z")).superseded == 6);
}

TEST_CASE("an event of its own rules is reminded by them and by the others' no more") {
  Queue queue(dated_event());
  queue.replan();
  queue.write([id = queue.event().id](db::Unit& unit) {
    ReminderRules own = few_rules();
    own.scope.event = id;
    own.rules.resize(1);
    own.rules[0].offset = -2;
    own.rules[0].id = "own";
    return unit.rule_sets().save(own);
  });
  const auto change = queue.replan();
  CHECK(change.superseded == 6);
  CHECK(change.planned == 2);
}

TEST_CASE("the preview says who would get what and when and why and changes nothing") {
  Event undated = month_event();
  undated.id = EventId{8};
  Directory directory;
  directory.people = {person("Ярмак О.П.", "yarmak@example.org")};
  PreviewInput input;
  input.events = {dated_event(), undated};
  input.sets = {few_rules()};
  input.directory = directory;
  const auto rows = preview(input, make_date(2024, 10, 2), make_date(2024, 11, 11));
  REQUIRE(rows.size() == 6);
  CHECK(rows.front().reminder.reason == ReminderReason::fix_date);
  CHECK(rows.front().reminder.key.event == EventId{8});
  CHECK(rows.front().event_title == undated.title);
  CHECK(rows.back().reminder.key.rule == "exact.3d");
  for (const auto& row : rows) {
    const bool is_person = row.reminder.key.recipient == "person:12";
    CHECK(row.people.size() == (is_person ? 1u : 0u));
    CHECK(row.problem == (is_person ? "" : "no such office or group"));
    CHECK(row.reminder.state == ReminderState::planned);
  }
  CHECK(preview(input, make_date(2024, 11, 28), make_date(2025, 1, 1)).empty());
  input.closed[EventId{7}] = {""};
  for (const auto& row : preview(input, make_date(2024, 10, 2), make_date(2024, 11, 11)))
    CHECK(row.reminder.key.event == EventId{8});
}
