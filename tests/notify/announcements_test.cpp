// What people are told when an event changes, through the queue and the dispatcher as they are.
#include "notify/announcements.hpp"

#include "tests/notify/child.hpp"
#include "tests/notify/world.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace convoke::notify {
namespace {

using namespace samples;

constexpr std::string_view september = "2024-09-05T09:00:00Z";

// A world in which every change of an event is announced.
class Announcing : public World {
 public:
  Announcing() : World(september) {}

  PersonId person(const std::string& name, const std::string& email, const std::string& post = {}) {
    return store
        ->write(db::Author("test", clock.now()),
                [=](db::Unit& unit) {
                  Person one;
                  one.name = name;
                  one.email = email;
                  one.post = post;
                  return unit.people().insert(one);
                })
        .wait()
        .value();
  }

  Event enter(Event event) {
    return store
        ->write(db::Author("test", clock.now()),
                [event, now = clock.now()](db::Unit& unit) mutable {
                  event.id = unit.events().insert(event);
                  announce(unit, nullptr, event, "example.org", now);
                  return event;
                })
        .wait()
        .value();
  }

  Announced store_change(const Event& before, Event& after) {
    after.sequence = before.sequence + 1;
    after.modified = clock.now();
    return store
        ->write(db::Author("test", clock.now()),
                [before, after, now = clock.now()](db::Unit& unit) {
                  unit.events().update(after);
                  replan(unit, after, now);
                  return announce(unit, &before, after, "example.org", now);
                })
        .wait()
        .value();
  }

  // What leaves within the next minutes: the address of each mail, and its calendar file.
  std::multimap<std::string, std::string> sent() {
    pass(announcement_delay + std::chrono::minutes{1});
    const std::size_t before = channel.mails().size();
    MailSettings settings = mail_settings();
    settings.organizer = Mailbox{"", "answers@example.org"};
    Dispatcher dispatcher(*store, clock, channel, {}, settings);
    while (dispatcher.run_once() > 0) {
    }
    std::multimap<std::string, std::string> found;
    const auto mails = channel.mails();
    for (std::size_t i = before; i < mails.size(); ++i) found.emplace(mails[i].to, calendar_of(mails[i]));
    return found;
  }

  // Unfolded; line ends as read_mail.py shows them.
  static std::string calendar_of(const OutgoingMail& mail) {
    const std::string output = tests::run_python(CONVOKE_SOURCE_DIR "/tests/notify/read_mail.py", mail.bytes);
    constexpr std::string_view label = "\ntext/calendar=", fold = "\\r\\n ";
    const auto begin = output.find(label);
    if (begin == std::string::npos) return {};
    const auto from = begin + label.size();
    std::string calendar = output.substr(from, output.find('\n', from) - from);
    for (auto at = calendar.find(fold); at != std::string::npos; at = calendar.find(fold, at))
      calendar.erase(at, fold.size());
    return calendar;
  }
};

bool says(const std::string& calendar, const std::string& line) {
  return calendar.find("\\r\\n" + line) != std::string::npos;
}

Event seminar(PersonId person) {
  Event event = dated_event();
  event.id = {};
  event.responsible = {somebody("Ярмак О.П.", person)};
  return event;
}

TEST_CASE("who is responsible is invited as soon as an event with a day is entered") {
  Announcing world;
  const auto event = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  const auto mails = world.sent();
  REQUIRE(mails.size() == 1);
  const auto& [to, calendar] = *mails.begin();
  CHECK(to == "yarmak@example.org");
  CHECK(says(calendar, "METHOD:REQUEST"));
  CHECK(says(calendar, "UID:" + event.uid));
  CHECK(says(calendar, "SEQUENCE:2"));
  CHECK(calendar.find("PARTSTAT=NEEDS-ACTION;RSVP=TRUE") != std::string::npos);
  CHECK(calendar.find("mailto:answers@example.org") != std::string::npos);
  CHECK(world.sent().empty());
}

TEST_CASE("a month is no invitation and the day that is named in it is") {
  Announcing world;
  Event month = month_event();
  month.id = {};
  month.responsible = {somebody("Ярмак О.П.", world.person("Ярмак О.П.", "yarmak@example.org"))};
  const Event before = world.enter(month);
  CHECK(world.sent().empty());
  Event later = before;
  later.period.last = make_date(2024, 12, 31);  // from vague to vague
  CHECK(world.store_change(before, later).invitations == 0);
  Event dated = later;
  dated.period = make_dated(make_date(2024, 11, 14), std::chrono::hours{10});
  CHECK(world.store_change(later, dated).invitations == 1);
  CHECK(world.sent().size() == 1);
}

TEST_CASE("a day that is corrected within minutes is one mail") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  Event second = first;
  second.period = make_dated(make_date(2024, 11, 15), std::chrono::hours{10});
  CHECK(world.store_change(first, second).superseded == 1);
  const auto mails = world.sent();
  REQUIRE(mails.size() == 1);
  CHECK(says(mails.begin()->second, "SEQUENCE:3"));
  CHECK(mails.begin()->second.find("20241115T100000") != std::string::npos);
}

TEST_CASE("a moved event is one update and a note that is added is none") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  CHECK(world.sent().size() == 1);
  Event noted = first;
  noted.note = "Візьміть список";
  const auto nothing = world.store_change(first, noted);
  CHECK(nothing.invitations == 0);
  Event moved = noted;
  moved.period = make_dated(make_date(2024, 11, 21), std::chrono::hours{10});
  world.store_change(noted, moved);
  const auto mails = world.sent();
  REQUIRE(mails.size() == 1);
  CHECK(says(mails.begin()->second, "SEQUENCE:4"));
  Event elsewhere = moved;
  elsewhere.place = "Мала зала";
  world.store_change(moved, elsewhere);
  CHECK(world.sent().size() == 1);
}

TEST_CASE("an invitation repeats what was answered until the day is moved") {
  Announcing world;
  const auto person = world.person("Ярмак О.П.", "yarmak@example.org");
  const Event first = world.enter(seminar(person));
  world.sent();
  world.store
      ->write(db::Author("test", world.clock.now()),
              [&](db::Unit& unit) {
                Answer answer;
                answer.event = first.id;
                answer.who = person_key(person);
                answer.kind = AnswerKind::accepted;
                answer.sequence = 5;
                answer.at = world.clock.now();
                return unit.answers().insert(answer).value;
              })
      .wait()
      .value();
  Event second = first;
  second.sequence = 4;
  second.place = "Мала зала";
  Event before = first;
  before.sequence = 4;
  world.store_change(before, second);  // SEQUENCE 5
  const auto same = world.sent();
  REQUIRE(same.size() == 1);
  CHECK(same.begin()->second.find("PARTSTAT=ACCEPTED") != std::string::npos);
  Event moved = second;
  moved.period = make_dated(make_date(2024, 11, 21), std::chrono::hours{10});
  world.store_change(second, moved);
  const auto asked = world.sent();
  REQUIRE(asked.size() == 1);
  CHECK(asked.begin()->second.find("PARTSTAT=NEEDS-ACTION") != std::string::npos);
}

TEST_CASE("a cancelled event is one notice to those who had heard of it") {
  Announcing world;
  Event event = seminar(world.person("Ярмак О.П.", "yarmak@example.org"));
  event.responsible.push_back(somebody("Гай Т.О.", world.person("Гай Т.О.", "")));
  const Event first = world.enter(event);
  CHECK(world.sent().size() == 1);  // nobody knows where to write to the other
  Event cancelled = first;
  cancelled.status = EventStatus::cancelled;
  CHECK(world.store_change(first, cancelled).cancellations == 1);
  const auto mails = world.sent();
  REQUIRE(mails.size() == 1);
  CHECK(mails.begin()->first == "yarmak@example.org");
  CHECK(says(mails.begin()->second, "METHOD:CANCEL"));
  CHECK(says(mails.begin()->second, "STATUS:CANCELLED"));
  CHECK(says(mails.begin()->second, "SEQUENCE:3"));
  Event noted = cancelled;
  noted.note = "Карантин";
  CHECK(world.store_change(cancelled, noted).cancellations == 0);
  CHECK(world.sent().empty());
}

TEST_CASE("an event that is cancelled before anybody heard of it is cancelled silently") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  Event cancelled = first;
  cancelled.status = EventStatus::cancelled;
  CHECK(world.store_change(first, cancelled).cancellations == 0);
  CHECK(world.sent().empty());
}

TEST_CASE("what is cancelled by mistake and taken back at once cancels nothing") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  world.sent();
  Event cancelled = first;
  cancelled.status = EventStatus::cancelled;
  world.store_change(first, cancelled);
  Event open = cancelled;
  open.status = EventStatus::dated;
  world.store_change(cancelled, open);
  const auto mails = world.sent();
  REQUIRE(mails.size() == 1);
  CHECK(says(mails.begin()->second, "METHOD:REQUEST"));
  // Cancelled in earnest, it is told again.
  Event again = open;
  again.status = EventStatus::cancelled;
  world.store_change(open, again);
  CHECK(world.sent().size() == 1);
}

TEST_CASE("what was held is cancelled for nobody") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  world.sent();
  Event held = first;
  held.status = EventStatus::held;
  CHECK(world.store_change(first, held).cancellations == 0);
  CHECK(world.sent().empty());
}

TEST_CASE("what is over is announced no more") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  world.sent();
  world.clock.set(at("2024-11-14T22:00:00Z"));  // midnight in Kyiv
  Event cancelled = first;
  cancelled.status = EventStatus::cancelled;
  CHECK(world.store_change(first, cancelled).cancellations == 0);
  Event moved = first;
  moved.period = make_dated(make_date(2024, 11, 13));
  CHECK(world.store_change(first, moved).invitations == 0);
}

TEST_CASE("another responsible is invited and the former one hears that it is over for them") {
  Announcing world;
  const auto yarmak = world.person("Ярмак О.П.", "yarmak@example.org");
  const auto hai = world.person("Гай Т.О.", "hai@example.org");
  const Event first = world.enter(seminar(yarmak));
  world.sent();
  Event handed = first;
  handed.responsible = {somebody("Гай Т.О.", hai)};
  const auto done = world.store_change(first, handed);
  CHECK(done.invitations == 1);
  CHECK(done.cancellations == 1);
  const auto mails = world.sent();
  REQUIRE(mails.size() == 2);
  CHECK(says(mails.find("hai@example.org")->second, "METHOD:REQUEST"));
  const auto& released = mails.find("yarmak@example.org")->second;
  CHECK(says(released, "METHOD:CANCEL"));
  CHECK_FALSE(says(released, "STATUS:"));
  // The new one alone is told of what follows.
  Event moved = handed;
  moved.period = make_dated(make_date(2024, 11, 21), std::chrono::hours{10});
  world.store_change(handed, moved);
  const auto after = world.sent();
  REQUIRE(after.size() == 1);
  CHECK(after.begin()->first == "hai@example.org");
}

TEST_CASE("a name for which a person was found stays invited") {
  Announcing world;
  const auto yarmak = world.person("Ярмак О.П.", "yarmak@example.org");
  Event event = seminar({});
  const Event first = world.enter(event);
  CHECK(world.sent().size() == 1);
  Event linked = first;
  linked.responsible = {somebody("Ярмак О.П.", yarmak)};
  CHECK(world.store_change(first, linked).cancellations == 0);
}

TEST_CASE("an office is invited by one mail for each who holds it") {
  Announcing world;
  world.person("Ярмак О.П.", "yarmak@example.org", "методист");
  world.person("Гай Т.О.", "hai@example.org", "методист");
  Event event = dated_event();
  event.id = {};
  event.responsible = {office("методист")};
  const Event first = world.enter(event);
  const auto mails = world.sent();
  CHECK(mails.size() == 2);
  for (const auto& [to, calendar] : mails) {
    CAPTURE(to);
    CHECK(calendar.find("mailto:" + to) != std::string::npos);
    CHECK(calendar.find("ATTENDEE", calendar.find("ATTENDEE") + 1) == std::string::npos);
  }
  Event cancelled = first;
  cancelled.status = EventStatus::cancelled;
  CHECK(world.store_change(first, cancelled).cancellations == 2);
}

TEST_CASE("an event that loses its day is updated for those who were invited") {
  Announcing world;
  const Event first = world.enter(seminar(world.person("Ярмак О.П.", "yarmak@example.org")));
  world.sent();
  Event vague = first;
  vague.period = month_event().period;
  CHECK(world.store_change(first, vague).invitations == 1);
  const auto mails = world.sent();
  REQUIRE(mails.size() == 1);
  CHECK(says(mails.begin()->second, "METHOD:REQUEST"));
  CHECK(says(mails.begin()->second, "STATUS:TENTATIVE"));
}

TEST_CASE("one lesson that is moved or cancelled is an update of the series") {
  Announcing world;
  Event series = seminar(world.person("Ярмак О.П.", "yarmak@example.org"));
  series.period.precision = Precision::recurring;
  series.period.last = make_date(2024, 12, 26);
  series.period.recurrence = Recurrence{};
  series.period.recurrence->frequency = Frequency::weekly;
  series.period.recurrence->weekdays = {{std::chrono::Thursday, 0}};
  const Event first = world.enter(series);
  const auto invited = world.sent();
  REQUIRE(invited.size() == 1);
  CHECK(invited.begin()->second.find("RRULE:FREQ=WEEKLY") != std::string::npos);
  Event moved = first;
  Override one;
  one.day = make_date(2024, 11, 21);
  one.date = make_date(2024, 11, 22);
  moved.overrides = {one};
  CHECK(world.store_change(first, moved).invitations == 1);
  const auto update = world.sent();
  REQUIRE(update.size() == 1);
  CHECK(update.begin()->second.find("RECURRENCE-ID;TZID=Europe/Kyiv:20241121T100000") != std::string::npos);
  Event cancelled = moved;
  one.day = make_date(2024, 11, 28);
  one.date.reset();
  one.cancelled = true;
  cancelled.overrides.push_back(one);
  CHECK(world.store_change(moved, cancelled).invitations == 1);
  const auto less = world.sent();
  REQUIRE(less.size() == 1);
  CHECK(less.begin()->second.find("EXDATE;TZID=Europe/Kyiv:20241128T100000") != std::string::npos);
}

}  // namespace
}  // namespace convoke::notify
