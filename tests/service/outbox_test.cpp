#include "service/outbox.hpp"

#include "db/store.hpp"
#include "tests/service/fixture.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;

namespace {

// The queue of a small plan; each row can be put into any state.
class Queue {
 public:
  Queue() { fixture.import(small_plan); }

  template<class Fn>
  auto write(Fn fn) {
    return fixture.context.store.write(db::Author("test", fixture.clock.now()), fn).wait().value();
  }
  std::vector<Reminder> rows(std::optional<ReminderState> state = std::nullopt) {
    return fixture.context.store
        .read([state](db::Unit& unit) {
          db::ReminderSelection selection;
          selection.state = state;
          return unit.reminders().list(selection);
        })
        .wait()
        .value();
  }
  Reminder row(ReminderId id) {
    return fixture.context.store.read([id](db::Unit& unit) { return *unit.reminders().find(id); })
        .wait()
        .value();
  }
  // A planned row, now in this state, as a dispatcher would have left it.
  Reminder in(ReminderState state) {
    auto one = rows(ReminderState::planned).front();
    return write([=, now = fixture.clock.now()](db::Unit& unit) {
      if (state == ReminderState::superseded) {
        unit.reminders().supersede(one.id, now);
      } else if (state != ReminderState::planned) {
        unit.reminders().claim_due(one.due, one.due + 1h, "boot", 1000);
        auto claimed = *unit.reminders().find(one.id);
        claimed.state = state;
        claimed.last_error = state == ReminderState::sent ? "" : "450 later";
        if (state == ReminderState::retrying) claimed.next_attempt = now + 1h;
        if (state == ReminderState::sent || state == ReminderState::failed) claimed.settled = now;
        if (state != ReminderState::claimed) unit.reminders().settle(claimed);
      }
      return *unit.reminders().find(one.id);
    });
  }

  Fixture fixture;
};

const std::vector<ReminderState> every_state = {
    ReminderState::planned, ReminderState::claimed, ReminderState::sent,      ReminderState::retrying,
    ReminderState::failed,  ReminderState::missed,  ReminderState::superseded};

}  // namespace

TEST_CASE("a mail is sent again now with its attempts forgotten and the sender is woken") {
  for (const auto state : every_state) {
    CAPTURE(name_of(state));
    Queue queue;
    const auto before = queue.in(state);
    const int wakes = queue.fixture.wakes;
    const auto again = resend_mail(queue.fixture.context, editor, before.id).wait();
    const bool may = state != ReminderState::claimed && state != ReminderState::superseded;
    REQUIRE(again.has_value() == may);
    const auto after = queue.row(before.id);
    if (!may) {
      CHECK(again.error().code == Errc::conflict);
      CHECK(after.state == before.state);
      CHECK(after.due == before.due);
      continue;
    }
    CHECK(queue.fixture.wakes == wakes + 1);
    CHECK(after.state == ReminderState::planned);
    CHECK(after.due == queue.fixture.clock.now());
    CHECK(after.expires >= queue.fixture.clock.now() + 24h);
    CHECK(after.attempts == 0);
    CHECK(after.last_error.empty());
    CHECK_FALSE(after.next_attempt);
    CHECK_FALSE(after.settled);
    // What was sent once is another mail; what never arrived keeps its name.
    CHECK((after.message_id == before.message_id) == (state != ReminderState::sent));
  }
}

TEST_CASE("a mail that was sent again twice has three names") {
  Queue queue;
  const auto id = queue.in(ReminderState::sent).id;
  std::set<std::string> names = {queue.row(id).message_id};
  for (int i = 0; i < 2; ++i) {
    REQUIRE(resend_mail(queue.fixture.context, editor, id).wait());
    names.insert(queue.row(id).message_id);
    queue.write([=, now = queue.fixture.clock.now()](db::Unit& unit) {
      unit.reminders().claim_due(now, now + 1h, "boot", 1000);
      auto row = *unit.reminders().find(id);
      row.state = ReminderState::sent;
      return unit.reminders().settle(row);
    });
  }
  CHECK(names.size() == 3);
}

TEST_CASE("only a mail that waits is taken back and planning again does not bring it") {
  for (const auto state : every_state) {
    CAPTURE(name_of(state));
    Queue queue;
    const auto before = queue.in(state);
    const auto taken = cancel_mail(queue.fixture.context, editor, before.id).wait();
    const bool may = state == ReminderState::planned || state == ReminderState::retrying;
    REQUIRE(taken.has_value() == may);
    const auto after = queue.row(before.id);
    if (!may) {
      CHECK(taken.error().code == Errc::conflict);
      CHECK(after.state == before.state);
      continue;
    }
    CHECK(after.state == ReminderState::missed);
    CHECK(after.last_error == "taken back by an organiser");
    CHECK(after.settled == queue.fixture.clock.now());
    const bool revived =
        queue.write([row = before](db::Unit& unit) { return unit.reminders().enqueue(row); });
    CHECK_FALSE(revived);
    // The same person may still think better of it.
    CHECK(resend_mail(queue.fixture.context, editor, before.id).wait());
  }
}

TEST_CASE("the queue of mails is the organisers' and a mail that is not there is not found") {
  Queue queue;
  auto& context = queue.fixture.context;
  const auto id = queue.rows().front().id;
  const Actor reader("token:1", Role::reader), nobody;
  for (const auto& actor : {reader, nobody}) {
    CHECK(resend_mail(context, actor, id).wait().error().code == Errc::forbidden);
    CHECK(cancel_mail(context, actor, id).wait().error().code == Errc::forbidden);
  }
  CHECK(outbox(context, nobody, std::nullopt, 0).wait().error().code == Errc::unauthenticated);
  CHECK(outbox_mail(context, nobody, id).wait().error().code == Errc::unauthenticated);
  const ReminderId none{9999};
  CHECK(resend_mail(context, editor, none).wait().error().code == Errc::not_found);
  CHECK(cancel_mail(context, editor, none).wait().error().code == Errc::not_found);
  CHECK(outbox_mail(context, editor, none).wait().error().code == Errc::not_found);
}

TEST_CASE("a mail is shown with each attempt and as it was sent and what may be done with it") {
  Queue queue;
  auto& context = queue.fixture.context;
  const auto row = queue.in(ReminderState::retrying);
  const MailCopy copy{"kalyna@example.org", "Тема", "текст", "<p>текст</p>"};
  queue.write([=](db::Unit& unit) {
    unit.mail_log().add({row.id, 0, row.due, "retry_later", "450 later"});
    unit.mail_log().keep(row.id, copy);
    return 0;
  });
  const auto mail = outbox_mail(context, editor, row.id).wait();
  REQUIRE(mail);
  REQUIRE(mail->attempts.size() == 1);
  CHECK(mail->attempts.front().reply == "450 later");
  CHECK(mail->copy == copy);
  CHECK(mail->may_resend);
  CHECK(mail->may_cancel);
  CHECK_FALSE(mail->row.event_title.empty());
  CHECK_FALSE(mail->row.who.empty());
}

TEST_CASE("the queue is listed by pages of fifty and counted by state") {
  Queue queue;
  auto& context = queue.fixture.context;
  const auto event = queue.rows().front().key.event;
  queue.write([=, now = queue.fixture.clock.now()](db::Unit& unit) {
    for (int i = 0; i < outbox_page_size + 1; ++i) {
      Reminder one;
      one.key = {event, std::to_string(i), "own.rule", "name:хтось"};
      one.state = ReminderState::failed;
      one.due = now + std::chrono::seconds{i};
      one.expires = one.due;
      one.message_id = "<" + std::to_string(i) + "@example.org>";
      unit.reminders().enqueue(one);
    }
    return 0;
  });
  const auto first = outbox(context, editor, ReminderState::failed, 0).wait().value();
  CHECK(first.rows.size() == static_cast<std::size_t>(outbox_page_size));
  CHECK(first.more);
  CHECK(first.rows.front().reminder.key.occurrence == "50");  // the newest of what is over
  CHECK(first.counts.at(ReminderState::failed) == outbox_page_size + 1);
  const auto second = outbox(context, editor, ReminderState::failed, 1).wait().value();
  REQUIRE(second.rows.size() == 1);
  CHECK_FALSE(second.more);
  CHECK(second.rows.front().reminder.key.occurrence == "0");
}
