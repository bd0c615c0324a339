#include "calendar/itip.hpp"

#include "calendar/itip_reply.hpp"
#include "tests/calendar/ical_support.hpp"
#include "tests/support/catch.hpp"

namespace convoke::calendar {
namespace {

using namespace testing;

Invitation invitation() {
  Invitation one;
  one.organizer = {"Об'єднання бібліотек", "plans@example.org"};
  one.attendee = {"Ярмак О.П.", "yarmak@example.org"};
  return one;
}

Event weekly() {
  Event event = meeting();
  event.period = make_dated(day("2026-09-01"), std::chrono::hours{10}, std::chrono::hours{12});
  event.period.precision = Precision::recurring;
  event.period.last = day("2026-12-29");
  event.period.recurrence = Recurrence{};
  event.period.recurrence->frequency = Frequency::weekly;
  event.period.recurrence->weekdays = {{std::chrono::Tuesday, 0}};
  return event;
}

std::string line_of(const std::string& text, std::string_view name) {
  for (const auto& line : unfolded(text))
    if (line.starts_with(name)) return line;
  return {};
}

TEST_CASE("a name holds nothing that programs read in different ways") {
  auto odd = invitation();
  odd.attendee.name = "Ярмак \"О\" \\n ^n П.";
  const auto text = itip_request(meeting(), view(), odd);
  CHECK(line_of(text, "ATTENDEE").starts_with("ATTENDEE;CN=\"Ярмак 'О' /n 'n П.\";"));
}

TEST_CASE("an invitation asks one person and says where answers go") {
  const auto text = itip_request(meeting(), view(), invitation());
  CHECK(value(text, "METHOD") == "REQUEST");
  CHECK(value(text, "UID") == meeting().uid);
  CHECK(value(text, "SEQUENCE") == "3");
  CHECK(value(text, "DTSTAMP") == "20261001T080000Z");
  CHECK(value(text, "STATUS") == "CONFIRMED");
  CHECK(line_of(text, "ORGANIZER") == "ORGANIZER;CN=\"Об'єднання бібліотек\":mailto:plans@example.org");
  CHECK(line_of(text, "ATTENDEE") ==
        "ATTENDEE;CN=\"Ярмак О.П.\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:"
        "mailto:yarmak@example.org");
  CHECK(has_line(text, "DTSTART;TZID=Europe/Kyiv:20261112T100000"));
  CHECK(has_line(text, "TZID:Europe/Kyiv"));
}

TEST_CASE("an invitation says what the person has answered already") {
  auto asked = invitation();
  asked.answered = Participation::tentative;
  CHECK(line_of(itip_request(meeting(), view(), asked), "ATTENDEE").find(";PARTSTAT=TENTATIVE;") !=
        std::string::npos);
}

TEST_CASE("a feed names neither an organizer nor an attendee") {
  const auto body = feed_of({meeting()}).body;
  CHECK(values(body, "ATTENDEE").empty());
  CHECK(values(body, "ORGANIZER").empty());
}

TEST_CASE("no name or address ends a line of an invitation") {
  auto asked = invitation();
  asked.attendee.name = "A\"B\r\nATTENDEE:mailto:evil@example.org ^n;X=1:,";
  const auto text = itip_request(meeting(), view(), asked);
  CHECK(values(text, "ATTENDEE").size() == 1);
  const auto root = parse(text);
  REQUIRE(root);
  CHECK(icalcomponent_count_errors(root.get()) == 0);
  for (const std::string address : {"", "plain", "@example.org", "a@", "a@b@c", "a b@example.org",
                                    "a@example.org\r\nX:1", "я@example.org"}) {
    CAPTURE(address);
    asked.attendee.address = address;
    CHECK(itip_request(meeting(), view(), asked).empty());
    asked.attendee.address = "yarmak@example.org";
    asked.organizer.address = address;
    CHECK(itip_request(meeting(), view(), asked).empty());
    CHECK(itip_cancel(meeting(), view(), asked, Ends::event).empty());
    asked.organizer.address = "plans@example.org";
  }
  asked.attendee.address = "a%b?c&d@example.org";
  CHECK(line_of(itip_request(meeting(), view(), asked), "ATTENDEE")
            .ends_with(":mailto:a%25b%3Fc%26d@example.org"));
}

TEST_CASE("each day of a series that differs asks the same person and a cancelled one is left out") {
  Event event = weekly();
  Override moved, cancelled;
  moved.day = day("2026-10-06");
  moved.date = day("2026-10-08");
  cancelled.day = day("2026-10-13");
  cancelled.cancelled = true;
  event.overrides = {moved, cancelled};
  const auto text = itip_request(event, view(), invitation());
  CHECK(values(text, "BEGIN") ==
        std::vector<std::string>{"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VEVENT"});
  CHECK(values(text, "ATTENDEE").size() == 2);
  CHECK(values(text, "ORGANIZER").size() == 2);
  CHECK(values(text, "RECURRENCE-ID") == std::vector<std::string>{"20261006T100000"});
  CHECK(values(text, "EXDATE") == std::vector<std::string>{"20261013T100000"});
  CHECK(values(text, "STATUS") == std::vector<std::string>{"CONFIRMED", "CONFIRMED"});
}

TEST_CASE("the end of an event is told with its status and the end of an invitation without") {
  Event event = meeting();
  event.status = EventStatus::cancelled;
  event.sequence = 4;
  const auto text = itip_cancel(event, view(), invitation(), Ends::event);
  CHECK(value(text, "METHOD") == "CANCEL");
  CHECK(value(text, "UID") == event.uid);
  CHECK(value(text, "SEQUENCE") == "4");
  CHECK(value(text, "STATUS") == "CANCELLED");
  CHECK(values(text, "ATTENDEE") == std::vector<std::string>{"mailto:yarmak@example.org"});
  CHECK(line_of(text, "ATTENDEE").find("RSVP") == std::string::npos);
  const auto uninvited = itip_cancel(meeting(), view(), invitation(), Ends::invitation);
  CHECK(value(uninvited, "METHOD") == "CANCEL");
  CHECK(values(uninvited, "STATUS").empty());
}

TEST_CASE("the end of a series is told once for all its days") {
  Event event = weekly();
  Override moved;
  moved.day = day("2026-10-06");
  moved.date = day("2026-10-08");
  event.overrides = {moved};
  const auto text = itip_cancel(event, view(), invitation(), Ends::event);
  CHECK(values(text, "UID").size() == 1);
  CHECK(values(text, "RECURRENCE-ID").empty());
}

TEST_CASE("only what takes place on a known day is an invitation") {
  CHECK(can_be_attended(meeting()));
  CHECK(can_be_attended(weekly()));
  CHECK_FALSE(can_be_attended(vague(Precision::month, "2026-11-01", "2026-11-30", "листопад")));
  Event due = meeting();
  due.period.deadline = true;
  CHECK_FALSE(can_be_attended(due));
  for (const auto kind : {EventKind::report, EventKind::task, EventKind::goal}) {
    Event work = meeting();
    work.kind = kind;
    CHECK_FALSE(can_be_attended(work));
  }
  for (const auto status : {EventStatus::cancelled, EventStatus::held}) {
    Event closed = meeting();
    closed.status = status;
    CHECK_FALSE(can_be_attended(closed));
  }
  Event foreign = meeting();
  foreign.source = SourceId{1};
  CHECK_FALSE(can_be_attended(foreign));
}

std::string reply(const std::string& inside, const std::string& method = "REPLY") {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Reader//EN\r\nMETHOD:" + method +
         "\r\nBEGIN:VEVENT\r\nUID:0f8fad5b\r\nDTSTAMP:20261002T070000Z\r\nSEQUENCE:3\r\n" + inside +
         "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

TEST_CASE("an answer of a calendar program is read as it was meant") {
  const auto read = read_itip_reply(
      reply("ATTENDEE;CN=\"O. Yarmak\";PARTSTAT=DECLINED:MAILTO:Yarmak%2Bwork@Example.org\r\nCOMMENT:Я у\r\n "
            " відпустці\r\n"));
  REQUIRE(read);
  REQUIRE(read->size() == 1);
  const auto& one = read->front();
  CHECK(one.uid == "0f8fad5b");
  CHECK(one.attendee == "yarmak+work@example.org");
  CHECK(one.says == Participation::declined);
  CHECK(one.sequence == 3);
  CHECK(one.stamped == at("2026-10-02T07:00:00Z"));
  CHECK(one.comment == "Я у відпустці");
  CHECK_FALSE(one.of_one_day());
}

TEST_CASE("an answer about one day names it in any of the forms that programs use") {
  const std::string accepts = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\n";
  const auto day_of = [&](const std::string& line) {
    return read_itip_reply(reply(line + "\r\n" + accepts)).value().at(0);
  };
  CHECK(day_of("RECURRENCE-ID;VALUE=DATE:20261006").day == day("2026-10-06"));
  CHECK_FALSE(day_of("RECURRENCE-ID;VALUE=DATE:20261006").instant);
  CHECK(day_of("RECURRENCE-ID:20261006T070000Z").instant == at("2026-10-06T07:00:00Z"));
  CHECK(day_of("RECURRENCE-ID;TZID=Europe/Kyiv:20261006T100000").instant == at("2026-10-06T07:00:00Z"));
  CHECK(day_of("RECURRENCE-ID;TZID=FLE Standard Time:20261006T100000").instant == at("2026-10-06T07:00:00Z"));
  CHECK(day_of("RECURRENCE-ID;TZID=Somewhere:20261006T100000").day == day("2026-10-06"));
}

TEST_CASE("what accepts or declines nothing is no answer") {
  const auto refused = [](const std::string& text) { return read_itip_reply(text).error().code; };
  const std::string accepts = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\n";
  for (const std::string method : {"REQUEST", "PUBLISH", "COUNTER", "REFRESH", "CANCEL", "X-REPLY"}) {
    CAPTURE(method);
    CHECK(refused(reply(accepts, method)) == Errc::unsupported_format);
  }
  for (const std::string attendee :
       {"PARTSTAT=DELEGATED:mailto:a@example.org", "PARTSTAT=NEEDS-ACTION:mailto:a@example.org",
        "CN=A:mailto:a@example.org", "PARTSTAT=ACCEPTED:urn:a", "PARTSTAT=ACCEPTED:mailto:a",
        "PARTSTAT=ACCEPTED:mailto:a%0Ab@example.org"}) {
    CAPTURE(attendee);
    CHECK(refused(reply("ATTENDEE;" + attendee + "\r\n")) == Errc::unsupported_format);
  }
  CHECK(refused("") == Errc::unsupported_format);
  CHECK(refused("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n") == Errc::invalid_input);
}

TEST_CASE("an answer larger than any program writes is refused on both sides of the limit") {
  const std::string accepts = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\r\n";
  std::string many;
  for (std::size_t i = 0; i < most_replies; ++i) many += accepts;
  CHECK(read_itip_reply(reply(many)).value().size() == most_replies);
  CHECK(read_itip_reply(reply(many + accepts)).error().code == Errc::limit_exceeded);
  std::string padded = reply(accepts);
  const std::string line = "X-PAD:" + std::string(992, 'x') + "\r\n";
  std::string inside = accepts;
  while (reply(inside + line).size() <= largest_itip_message) inside += line;
  CHECK(read_itip_reply(reply(inside)));
  CHECK(read_itip_reply(reply(inside + line)).error().code == Errc::limit_exceeded);
}

}  // namespace
}  // namespace convoke::calendar
