// Mails that come back, through the service as `convoke mail receive` hands them over.
#include "service/inbound.hpp"

#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/event_store.hpp"
#include "tests/service/fixture.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <vector>

namespace convoke::service {
namespace {

using What = Received::What;
using testing::Fixture;

constexpr std::string_view uid = "7d6b0f6e-5a0a-4f1c-9f0e-6a1f0d7c1b22";

// An event on 12 November 2026 at 10:00 in Kyiv, and a person who was sent a mail about it.
struct Mailbox : Fixture {
  Event event;
  PersonId person;
  ReminderId mail;
  std::string message_id = "<0123456789abcdef0123456789abcdef@plans.example.org>";

  explicit Mailbox(bool series = false) {
    const auto work = [this, series](db::Unit& unit) {
      Person one;
      one.name = "Ярмак О.П.";
      one.email = "Yarmak@example.org";
      person = unit.people().insert(one);
      event.uid = uid;
      event.title = "Семінар";
      event.kind = EventKind::seminar;
      event.status = EventStatus::dated;
      event.zone = "Europe/Kyiv";
      event.period = make_dated(make_date(2026, 11, 12), std::chrono::hours{10});
      event.sequence = 3;
      if (series) {
        event.period.precision = Precision::recurring;
        event.period.last = make_date(2026, 12, 24);
        event.period.recurrence = Recurrence{};
        event.period.recurrence->frequency = Frequency::weekly;
        event.period.recurrence->weekdays = {{std::chrono::Thursday, 0}};
      }
      Responsible leads;
      leads.person = person;
      leads.name = one.name;
      event.responsible = {leads};
      event.id = unit.events().insert(event);
      Reminder row;
      row.key = {event.id, "invitation/3", "invitation", notify::person_key(person)};
      row.reason = ReminderReason::invitation;
      row.due = clock.now();
      row.expires = clock.now() + std::chrono::hours{1000};
      row.event_sequence = 3;
      row.message_id = message_id;
      unit.reminders().enqueue(row);
      for (auto claimed :
           unit.reminders().claim_due(clock.now(), clock.now() + std::chrono::hours{1}, "test", 5)) {
        claimed.state = ReminderState::sent;
        claimed.settled = clock.now();
        unit.reminders().settle(claimed);
        mail = claimed.id;
      }
      return true;
    };
    context.store.write(db::Author("test", clock.now()), work).wait().value();
    clock.set(clock.now() + std::chrono::hours{24 * 30});
  }

  Result<Received> receive(const std::string& bytes) { return receive_mail(context, bytes).wait(); }
  What what(const std::string& bytes) {
    const auto received = receive(bytes);
    if (!received) FAIL(received.error().message);
    return received->what;
  }

  template<class Work>
  auto read(Work work) {
    return context.store.read(work).wait().value();
  }
  std::vector<Answer> answers() {
    return read([id = event.id](db::Unit& unit) { return unit.answers().of_event(id); });
  }
  std::vector<Reminder> rows(ReminderReason reason) {
    auto all = read([](db::Unit& unit) {
      db::ReminderSelection selection;
      selection.limit = std::numeric_limits<int>::max();
      return unit.reminders().list(selection);
    });
    std::erase_if(all, [&](const Reminder& row) { return row.reason != reason; });
    return all;
  }
};

struct Reply {
  std::string from = "Ольга Ярмак <yarmak@example.org>", attendee = "yarmak@example.org", says = "ACCEPTED";
  std::string of = std::string(uid), stamp = "20260905T070000Z", extra;
  int sequence = 3;
  std::string method = "REPLY";

  std::string bytes() const {
    return "From: " + from +
           "\r\nTo: plans@example.org\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
           "--b\r\nContent-Type: text/plain\r\n\r\nAccepted\r\n"
           "--b\r\nContent-Type: text/calendar; charset=utf-8; method=" +
           method + "\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Reader//EN\r\nMETHOD:" + method +
           "\r\nBEGIN:VEVENT\r\nUID:" + of + "\r\nDTSTAMP:" + stamp +
           "\r\nSEQUENCE:" + std::to_string(sequence) + "\r\n" + extra + "ATTENDEE;PARTSTAT=" + says +
           ":mailto:" + attendee + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n\r\n--b--\r\n";
  }
};

TEST_CASE("an acceptance by a calendar program is an answer") {
  Mailbox box;
  CHECK(box.what(Reply{}.bytes()) == What::answer);
  const auto answers = box.answers();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].kind == AnswerKind::accepted);
  CHECK(answers[0].channel == AnswerChannel::calendar);
  CHECK(answers[0].who == notify::person_key(box.person));
  CHECK(answers[0].name == "Ярмак О.П.");
  CHECK(answers[0].sequence == 3);
  CHECK(format_iso(answers[0].at) == "2026-09-05T07:00:00Z");
  CHECK(box.rows(ReminderReason::answer).empty());
}

TEST_CASE("the chair hears once when the one who leads declines") {
  Mailbox box;
  Reply reply;
  reply.says = "DECLINED";
  reply.extra = "COMMENT:Буду у відпустці\r\n";
  CHECK(box.what(reply.bytes()) == What::answer);
  CHECK(box.answers().at(0).note == "Буду у відпустці");
  REQUIRE(box.rows(ReminderReason::answer).size() == 1);
  CHECK(box.rows(ReminderReason::answer)[0].key.recipient == "duty:chair");
  reply.stamp = "20260906T070000Z";
  CHECK(box.what(reply.bytes()) == What::answer);
  CHECK(box.rows(ReminderReason::answer).size() == 1);
}

TEST_CASE("what is not believed changes nothing") {
  const auto with = [](auto change) {
    Reply reply;
    change(reply);
    return reply.bytes();
  };
  const std::vector<std::string> mails = {
      with([](Reply& r) { r.from = "evil@example.com"; }),                      // in somebody else's name
      with([](Reply& r) { r.from = "yarmak@example.org, evil@example.com"; }),  // two authors
      with([](Reply& r) {
        r.from = "\"yarmak@example.org\" <evil@example.com>";
      }),  // a name that looks like an address
      with([](Reply& r) { r.from = "yarmak@example.org <evil@example.com>"; }),
      with([](Reply& r) { r.from = r.attendee = "other@example.org"; }),  // not invited
      with([](Reply& r) { r.of = "no-such-event"; }),
      with([](Reply& r) { r.says = "DELEGATED"; }),
      with([](Reply& r) { r.says = "NEEDS-ACTION"; }),
      with([](Reply& r) { r.method = "COUNTER"; }),
      with([](Reply& r) { r.method = "REQUEST"; }),
      with([](Reply& r) { r.extra = "RECURRENCE-ID:20261119T080000Z\r\n"; }),  // it takes place once
      with([](Reply& r) { r.extra = std::string(70'000, 'x') + "\r\n"; }),
      with([](Reply& r) { r.extra = "BEGIN:VALARM\r\n"; }),
      "From: yarmak@example.org\r\nSubject: Hello\r\n\r\nIs it still on?\r\n",
  };
  Mailbox box;
  for (const auto& bytes : mails) {
    CAPTURE(bytes.substr(0, 600));
    const auto received = box.receive(bytes);
    REQUIRE(received);
    CHECK(received->what == What::refused);
    CHECK_FALSE(received->why.empty());
    CHECK(received->why.find('@') == std::string::npos);
  }
  CHECK(box.answers().empty());
}

TEST_CASE("the later of two answers counts in whatever order they come") {
  Mailbox box;
  Reply late, early;
  late.says = "TENTATIVE";
  late.stamp = "20260906T070000Z";
  CHECK(box.what(late.bytes()) == What::answer);
  CHECK(box.what(early.bytes()) == What::outdated);
  CHECK(box.what(late.bytes()) == What::outdated);  // delivered twice
  REQUIRE(box.answers().size() == 1);
  CHECK(box.answers()[0].kind == AnswerKind::tentative);
}

TEST_CASE("an answer to an earlier state is kept with the state it answered to") {
  Mailbox box;
  Reply old, made_up;
  old.sequence = 1;
  CHECK(box.what(old.bytes()) == What::answer);
  CHECK(box.answers().at(0).sequence == 1);
  made_up.sequence = 2'000'000;
  made_up.stamp = "20400101T000000Z";
  CHECK(box.what(made_up.bytes()) == What::answer);
  CHECK(box.answers().at(1).sequence == 3);
  CHECK(box.answers().at(1).at == box.clock.now());
}

TEST_CASE("an answer about one lesson is kept with its day") {
  Mailbox box(true);
  Reply one;
  one.extra = "RECURRENCE-ID:20261119T080000Z\r\n";
  CHECK(box.what(one.bytes()) == What::answer);
  one.extra = "RECURRENCE-ID;TZID=Europe/Kyiv:20261126T100000\r\n";
  CHECK(box.what(one.bytes()) == What::answer);
  CHECK(box.what(Reply{}.bytes()) == What::answer);  // the whole series
  one.extra = "RECURRENCE-ID:20261120T080000Z\r\n";
  CHECK(box.what(one.bytes()) == What::refused);
  std::vector<std::string> occurrences;
  for (const auto& answer : box.answers()) occurrences.push_back(answer.occurrence);
  std::sort(occurrences.begin(), occurrences.end());
  CHECK(occurrences == std::vector<std::string>{"", "2026-11-19", "2026-11-26"});
}

TEST_CASE("what is too large or too much in parts is refused before it is read") {
  Mailbox box;
  std::string large = "From: a@example.org\r\n\r\n";
  large.resize(2 * 1024 * 1024, 'x');
  CHECK(box.receive(large));
  CHECK(box.receive(large + "x").error().code == Errc::limit_exceeded);
  const auto nested = [](int depth) {
    std::string bytes = "From: a@example.org\r\nMIME-Version: 1.0\r\n";
    for (int i = 0; i < depth; ++i)
      bytes += fmt::format("Content-Type: multipart/mixed; boundary=b{0}\r\n\r\n--b{0}\r\n", i);
    return bytes + "\r\nend\r\n";
  };
  CHECK(box.receive(nested(100)));
  CHECK(box.receive(nested(101)).error().code == Errc::limit_exceeded);
  CHECK_FALSE(box.receive(""));
}

// As postfix writes it; exim, Gmail and mail.ru differ in the parts named here.
struct Bounce {
  std::string status =
      "Final-Recipient: rfc822; yarmak@example.org\r\nOriginal-Recipient: rfc822;yarmak@example.org\r\n"
      "Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.example.org\r\n"
      "Diagnostic-Code: smtp; 550 5.1.1 <yarmak@example.org>: no such\r\n    mailbox here\r\n";
  std::string returned_type = "message/rfc822";
  std::string id = "<0123456789abcdef0123456789abcdef@plans.example.org>";

  std::string bytes() const {
    return "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)\r\nTo: plans@example.org\r\n"
           "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: "
           "1.0\r\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=\"r/1\"\r\n\r\n"
           "--r/1\r\nContent-Description: Notification\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
           "--r/1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n"
           "Arrival-Date: Sat,  5 Sep 2026 10:00:00 +0300\r\n\r\n" +
           status + "\r\n--r/1\r\nContent-Type: " + returned_type +
           "\r\n\r\nFrom: plans@example.org\r\nSubject: S\r\nMessage-ID: " + id + "\r\n\r\n--r/1--\r\n";
  }
};

// Whoever reads the public calendar knows the UID, the dates and the rules of all mails about an event.
TEST_CASE("a report that names a mail by what everybody can know of it is not believed") {
  Mailbox box;
  Reminder row;
  row.key = {box.event.id, "2026-11-12", "exact.3d", notify::person_key(box.person)};
  row.due = box.clock.now();
  row.expires = box.clock.now() + std::chrono::hours{1};
  const auto known = notify::stable_message_id(uid, row.key, "plans.example.org");
  row.message_id = known;
  const auto sent = [&](db::Unit& unit) {
    notify::enqueue(unit, row);
    for (auto claimed :
         unit.reminders().claim_due(box.clock.now(), box.clock.now() + std::chrono::hours{1}, "test", 5)) {
      claimed.state = ReminderState::sent;
      unit.reminders().settle(claimed);
      row = claimed;
    }
    return true;
  };
  REQUIRE(box.context.store.write(db::Author("test", box.clock.now()), sent).wait());
  REQUIRE(row.state == ReminderState::sent);
  Bounce bounce;
  bounce.id = known;
  CHECK(box.what(bounce.bytes()) == What::nothing);
  CHECK_FALSE(box.read([](db::Unit& unit) { return unit.address_troubles().find("yarmak@example.org"); }));
  bounce.id = row.message_id;
  CHECK(box.what(bounce.bytes()) == What::bounce);
}

TEST_CASE("a mail that came back marks its address and tells the chair") {
  Mailbox box;
  CHECK(box.what(Bounce{}.bytes()) == What::bounce);
  const auto trouble =
      box.read([](db::Unit& unit) { return unit.address_troubles().find("yarmak@example.org"); });
  REQUIRE(trouble);
  CHECK(trouble->status == "5.1.1");
  CHECK(trouble->why.find("no such mailbox here") != std::string::npos);
  CHECK(trouble->why.find('@') == std::string::npos);
  const auto row = box.read([id = box.mail](db::Unit& unit) { return unit.reminders().find(id).value(); });
  CHECK(row.state == ReminderState::failed);
  REQUIRE(box.rows(ReminderReason::undeliverable).size() == 1);
  CHECK(box.rows(ReminderReason::undeliverable)[0].key.recipient == "duty:chair");
  CHECK(box.what(Bounce{}.bytes()) == What::nothing);  // reported twice
  CHECK(box.rows(ReminderReason::undeliverable).size() == 1);
}

TEST_CASE("reports of all the shapes that mail servers send are understood") {
  const auto with = [](auto change) {
    Bounce bounce;
    change(bounce);
    return bounce.bytes();
  };
  const std::vector<std::string> mails = {
      with([](Bounce& b) {
        b.returned_type = "text/rfc822-headers";
      }),                   // exim, when told to return headers alone
      with([](Bounce& b) {  // exim
        b.status =
            "Action: failed\r\nFinal-Recipient: rfc822;yarmak@example.org\r\nStatus: 5.0.0\r\n"
            "Remote-MTA: dns; mx.example.org\r\nDiagnostic-Code: smtp; 550 Unrouteable address\r\n";
      }),
      with([](Bounce& b) {  // Gmail
        b.status =
            "Final-Recipient: rfc822; yarmak@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            "Diagnostic-Code: smtp; 550-5.1.1 The account does not exist. For more, go to\r\n"
            " 550 5.1.1  https://support.example.com/?p=NoSuchUser\r\n"
            "Last-Attempt-Date: Sat, 05 Sep 2026 00:00:00 -0700 (PDT)\r\n";
      }),
      with([](Bounce& b) {  // mail.ru
        b.status =
            "Final-recipient: RFC822;yarmak@example.org\r\naction: FAILED\r\nstatus: 5.2.2 (mailbox is "
            "full)\r\n";
      }),
      with([](Bounce& b) { b.status = "Action: delayed\r\nStatus: 4.4.1\r\n\r\n" + b.status; }),
  };
  for (const auto& bytes : mails) {
    CAPTURE(bytes);
    Mailbox box;
    CHECK(box.what(bytes) == What::bounce);
    CHECK(box.read([](db::Unit& unit) { return unit.address_troubles().list().size(); }) == 1);
  }
}

TEST_CASE("a report that is forged or about nothing final silences nobody") {
  const auto with = [](auto change) {
    Bounce bounce;
    change(bounce);
    return bounce.bytes();
  };
  Mailbox box;
  for (const auto& bytes : {
           with([](Bounce& b) { b.id = "<ffffffffffffffffffffffffffffffff@plans.example.org>"; }),
           with([](Bounce& b) { b.id = "no id"; }),
           with([](Bounce& b) { b.returned_type = "text/plain"; }),
           with([](Bounce& b) { b.status = "Action: delayed\r\nStatus: 4.4.1\r\n"; }),
           with([](Bounce& b) { b.status = "Action: delivered\r\nStatus: 2.0.0\r\n"; }),
           with([](Bounce& b) { b.status = "Nothing at all\r\n"; }),
       }) {
    CAPTURE(bytes);
    CHECK(box.what(bytes) == What::nothing);
  }
  CHECK(box.read([](db::Unit& unit) { return unit.address_troubles().list().empty(); }));
  CHECK(box.rows(ReminderReason::undeliverable).empty());
}

TEST_CASE("the answer of somebody on leave is no answer and is not sent back") {
  Mailbox box;
  CHECK(box.what("From: yarmak@example.org\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nI am "
                 "away.\r\n") == What::nothing);
  CHECK(box.answers().empty());
}

}  // namespace
}  // namespace convoke::service
