// The door: who is here, counted once, whatever telephones send and however late.
#include "service/registration_door.hpp"

#include "db/store.hpp"
#include "notify/mails/registration.hpp"
#include "notify/message.hpp"
#include "service/registration_entry.hpp"
#include "tests/service/fixture.hpp"

#include <map>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;

namespace {

// Two associations with a conference each; it is 09:30 in Kyiv on the day of the first one's.
class Doors {
 public:
  template<class Fn>
  auto read(Fn fn) {
    return fixture.context.store.read(fn).wait().value();
  }
  template<class Fn>
  auto write(Fn fn) {
    return fixture.context.store.write(db::Author("test", fixture.clock.now()), fn).wait().value();
  }

  explicit Doors(std::string places = "3") {
    fixture.clock.set(parse_iso_instant("2026-09-24T06:30:00Z").value());
    fixture.context.settings.mail_domain = "plans.example.org";
    ours = organisation("Об’єднання бібліотек Вишневої громади");
    theirs = organisation("Об’єднання бібліотек Лугової громади");
    event = conference(ours, "Конференція «Книга в дорозі»");
    next = conference(ours, "Семінар «Читаємо вголос»");
    foreign = conference(theirs, "Конференція «Ліс і книга»");
    settings.offered = {true, true};
    settings.places[0] = std::move(places);
    for (const auto one : {event, next, foreign}) open(one);
  }

  void open(EventId id) {
    const auto saved = save_registration(fixture.context, editor, DeskScope(id, {}), settings).wait();
    if (!saved) FAIL(saved.error().message);
  }
  Registration enter(const std::string& name, EventId id, AttendanceFormat format = AttendanceFormat::hall) {
    RegistrationEntry entry;
    entry.name = name;
    entry.format = format;
    const auto entered = add_registration(fixture.context, editor, DeskScope(id, {}), entry).wait();
    if (!entered) FAIL(entered.error().message);
    return stored(entered->id);
  }
  Registration enter(const std::string& name) { return enter(name, event); }
  Registration stored(RegistrationId id) {
    return read([id](db::Unit& unit) { return *unit.registrations().find(id); });
  }
  void step(const Registration& one, RegistrationStep what) {
    REQUIRE(step_registration(fixture.context, editor, DeskScope(one.event, {}), one.id, what).wait());
  }
  DeskScope scope() const { return DeskScope(event, ours); }

  static Arrival seen(const Registration& one, std::chrono::seconds ago = 0s, bool undo = false) {
    Arrival arrival;
    arrival.person = one.id;
    arrival.ago = ago;
    arrival.undo = undo;
    return arrival;
  }
  static Arrival ticket(std::string code) {
    Arrival arrival;
    arrival.code = std::move(code);
    return arrival;
  }
  Result<std::vector<Arrived>> arrive_all(std::vector<Arrival> all, const Actor& actor = editor) {
    return arrive(fixture.context, actor, scope(), std::move(all)).wait();
  }
  Arrived comes(Arrival one) { return arrive_all({std::move(one)}).value().front(); }
  ArrivalAnswer answer(Arrival one) { return comes(std::move(one)).answer; }

  Door door(DoorSelection selection = {}) {
    return door_of_event(fixture.context, editor, scope(), std::move(selection)).wait().value();
  }
  std::string counts() {
    const auto counted = door().counts;
    std::string text;
    for (std::size_t i = 0; i < 2; ++i)
      text += std::to_string(counted.came.at(i)) + "/" + std::to_string(counted.expected.at(i)) + " ";
    return text;
  }
  RegistrationEntry stranger(const std::string& name, const std::string& key = "a key of a walk-in") {
    RegistrationEntry entry;
    entry.key = key;
    entry.name = name;
    entry.format = AttendanceFormat::hall;
    entry.consent = true;
    return entry;
  }
  Result<WalkIn> walks_in(RegistrationEntry entry) {
    return walk_in(fixture.context, editor, scope(), std::move(entry)).wait();
  }
  int taken() {
    return read([this](db::Unit& unit) { return unit.registrations().form(event); })
        ->of(AttendanceFormat::hall)
        .taken;
  }
  std::size_t everybody() { return door().people.size(); }

  Fixture fixture;
  OrganisationId ours, theirs;
  EventId event, next, foreign;
  RegistrationSettings settings;

 private:
  OrganisationId organisation(const std::string& name) {
    return write([name](db::Unit& unit) {
      Organisation one;
      one.name = name;
      return unit.organisations().insert(one);
    });
  }
  EventId conference(OrganisationId whose, const std::string& title) {
    return write([whose, title](db::Unit& unit) {
      Event one;
      one.uid = random_uuid();
      one.organisation = whose;
      one.title = title;
      one.kind = EventKind::conference;
      one.status = EventStatus::dated;
      one.zone = "Europe/Kyiv";
      one.period = make_dated(make_date(2026, 9, 24), std::chrono::hours{10}, std::chrono::hours{16});
      return unit.events().insert(one);
    });
  }
};

}  // namespace

TEST_CASE("whoever is seen twice at the door is counted once and told since when") {
  Doors doors;
  const auto olena = doors.enter("Олена Верба");
  doors.enter("Тарас Яворів", doors.event, AttendanceFormat::online);
  CHECK(doors.counts() == "0/1 0/1 ");
  const auto first = doors.comes(Doors::ticket(olena.code));
  CHECK(first.answer == ArrivalAnswer::here);
  CHECK(first.since == doors.fixture.clock.now());
  CHECK(first.who->name == "Олена Верба");
  CHECK(doors.counts() == "1/1 0/1 ");
  const auto at = doors.fixture.clock.now();
  doors.fixture.clock.set(at + 5min);
  const auto second = doors.comes(Doors::seen(olena));
  CHECK(second.answer == ArrivalAnswer::already);
  CHECK(second.since == at);
  CHECK(doors.counts() == "1/1 0/1 ");
}

TEST_CASE("what a telephone sends late stands at the moment when it was seen and a repeat changes nothing") {
  Doors doors;
  const auto olena = doors.enter("Олена Верба"), taras = doors.enter("Тарас Яворів");
  doors.fixture.clock.set(doors.fixture.clock.now() + 1h);
  const auto now = doors.fixture.clock.now();
  const std::vector<Arrival> batch = {Doors::seen(olena, 20min), Doors::seen(taras, 10min),
                                      Doors::seen(olena, 5min)};
  const auto sent = doors.arrive_all(batch).value();
  CHECK(sent[0].answer == ArrivalAnswer::here);
  CHECK(sent[0].since == now - 20min);
  CHECK(sent[1].since == now - 10min);
  CHECK(sent[2].answer == ArrivalAnswer::already);
  CHECK(sent[2].since == now - 20min);
  // The answer was lost, and the same comes once more.
  for (const auto& one : doors.arrive_all(batch).value()) CHECK(one.answer == ArrivalAnswer::already);
  CHECK(doors.counts() == "2/2 0/0 ");
}

TEST_CASE("a step that was taken back is not taken again by a telephone that did not hear of it") {
  Doors doors;
  const auto olena = doors.enter("Олена Верба");
  doors.fixture.clock.set(doors.fixture.clock.now() + 1h);
  CHECK(doors.answer(Doors::seen(olena, 10min)) == ArrivalAnswer::here);
  CHECK(doors.answer(Doors::seen(olena, 0s, true)) == ArrivalAnswer::undone);
  CHECK(doors.answer(Doors::seen(olena, 0s, true)) == ArrivalAnswer::absent);
  doors.fixture.clock.set(doors.fixture.clock.now() + 1min);
  CHECK(doors.answer(Doors::seen(olena, 11min)) == ArrivalAnswer::outdated);
  CHECK(doors.counts() == "0/1 0/0 ");
  // Who comes after it is here.
  CHECK(doors.answer(Doors::seen(olena)) == ArrivalAnswer::here);
  CHECK(doors.answer(Doors::seen(olena, 1min, true)) == ArrivalAnswer::outdated);
  CHECK(doors.counts() == "1/1 0/0 ");
}

TEST_CASE("each who cannot come in is told why and nobody of it is counted") {
  Doors doors("1");
  const auto olena = doors.enter("Олена Верба"), waits = doors.enter("Тарас Яворів");
  const auto other = doors.enter("Ірина Клен", doors.next), abroad = doors.enter("Олег Дуб", doors.foreign);
  CHECK(waits.state == RegistrationState::waiting);
  CHECK(doors.answer(Doors::ticket(waits.code)) == ArrivalAnswer::waiting);
  const auto elsewhere = doors.comes(Doors::ticket(other.code));
  CHECK(elsewhere.answer == ArrivalAnswer::other_event);
  CHECK(elsewhere.title == "Семінар «Читаємо вголос»");
  CHECK_FALSE(elsewhere.who);
  // What is of another association is nobody of ours, and so is a number of another event.
  CHECK(doors.answer(Doors::ticket(abroad.code)) == ArrivalAnswer::unknown);
  CHECK(doors.answer(Doors::seen(other)) == ArrivalAnswer::unknown);
  CHECK(doors.answer(Doors::ticket("no-code-of-ours")) == ArrivalAnswer::unknown);
  doors.step(olena, RegistrationStep::cancel);
  CHECK(doors.answer(Doors::ticket(olena.code)) == ArrivalAnswer::gone);
  // The place went to whoever waited.
  CHECK(doors.answer(Doors::ticket(waits.code)) == ArrivalAnswer::here);
  CHECK(doors.counts() == "1/1 0/0 ");
}

TEST_CASE("arrivals are taken up to a number and an age") {
  Doors doors;
  const auto olena = doors.enter("Олена Верба"), taras = doors.enter("Тарас Яворів");
  doors.fixture.clock.set(doors.fixture.clock.now() + 30 * 24h);
  CHECK(doors.answer(Doors::seen(olena, oldest_arrival + 1s)) == ArrivalAnswer::outdated);
  CHECK(doors.answer(Doors::seen(olena, oldest_arrival)) == ArrivalAnswer::here);
  CHECK(doors.arrive_all(std::vector<Arrival>(most_arrivals, Doors::seen(taras))).value().size() ==
        most_arrivals);
  const auto many = doors.arrive_all(std::vector<Arrival>(most_arrivals + 1, Doors::seen(taras)));
  REQUIRE_FALSE(many);
  CHECK(many.error().code == Errc::limit_exceeded);
  CHECK(doors.counts() == "2/2 0/0 ");
  CHECK(doors.arrive_all({}, Actor("reader", Role::reader)).error().code == Errc::forbidden);
  CHECK(doors.arrive_all({}, Actor()).error().code == Errc::unauthenticated);
}

TEST_CASE("a walk-in takes a free place and is here and no place is given that is not there") {
  Doors doors("2");
  doors.enter("Олена Верба");
  const auto entered = doors.walks_in(doors.stranger("Марія Липа"));
  REQUIRE(entered);
  REQUIRE(entered->who);
  CHECK(entered->who->state == RegistrationState::attended);
  CHECK(entered->who->consent.channel == "door");
  CHECK(doors.counts() == "1/2 0/0 ");
  // The same form once more is the same person.
  CHECK(doors.walks_in(doors.stranger("Марія Липа"))->who->id == entered->who->id);
  CHECK(doors.everybody() == 2);
  const auto full = doors.walks_in(doors.stranger("Петро Сосна", "another key of one"));
  REQUIRE_FALSE(full);
  CHECK(full.error().code == Errc::conflict);
  CHECK(doors.everybody() == 2);
  CHECK(doors.taken() == 2);
}

TEST_CASE("a walk-in needs a name and a consent and an address that is not registered already") {
  Doors doors;
  auto wanted = doors.stranger("");
  CHECK(doors.walks_in(wanted)->problem == RegistrationProblem::name);
  wanted = doors.stranger("Марія Липа");
  wanted.consent = false;
  CHECK(doors.walks_in(wanted)->problem == RegistrationProblem::consent);
  CHECK(doors.walks_in(doors.stranger("Марія Липа", "short key"))->problem == RegistrationProblem::old_form);
  wanted = doors.stranger("Марія Липа");
  wanted.email = "not an address";
  CHECK(doors.walks_in(wanted)->problem == RegistrationProblem::email);
  CHECK(doors.everybody() == 0);
  wanted.email = "lypa@example.org";
  CHECK(doors.walks_in(wanted)->who);
  wanted.key = "another key of one";
  wanted.email = "Lypa@Example.org";
  const auto again = doors.walks_in(wanted).value();
  CHECK(again.known);
  CHECK(again.problem == RegistrationProblem::email);
  CHECK(doors.everybody() == 1);
}

TEST_CASE("the list for a telephone has everybody first and then what is new") {
  Doors doors;
  const auto olena = doors.enter("Олена Верба"), taras = doors.enter("Тарас Яворів");
  const auto all = doors.door();
  CHECK(all.people.size() == 2);
  doors.fixture.clock.set(doors.fixture.clock.now() + 1min);
  doors.comes(Doors::seen(taras));
  DoorSelection news;
  news.since = all.now + 1s;
  const auto later = doors.door(news);
  REQUIRE(later.people.size() == 1);
  CHECK(later.people.front().id == taras.id);
  DoorSelection named;
  named.words = "верба";
  REQUIRE(doors.door(named).people.size() == 1);
  CHECK(doors.door(named).people.front().id == olena.id);
  DoorSelection few;
  few.limit = 1;
  CHECK(doors.door(few).more);
  few.limit = 2;
  CHECK_FALSE(doors.door(few).more);
}

TEST_CASE("a ticket names its holder to the event's organiser alone") {
  Doors doors;
  const auto olena = doors.enter("Олена Верба");
  const auto shown = [&](const Actor& actor, OrganisationId within) {
    return door_ticket(doors.fixture.context, actor, within, olena.code).wait().value();
  };
  CHECK_FALSE(shown(Actor(), {}).who);
  CHECK_FALSE(shown(Actor("member", Role::reader), doors.ours).who);
  CHECK_FALSE(shown(editor, doors.theirs).who);
  CHECK(shown(editor, doors.ours).who->name == "Олена Верба");
  CHECK(shown(Actor(), {}).valid);
  CHECK(doors.counts() == "0/1 0/0 ");
  doors.step(olena, RegistrationStep::cancel);
  CHECK_FALSE(shown(Actor(), {}).valid);
  CHECK_FALSE(door_ticket(doors.fixture.context, editor, {}, "no-code-of-ours").wait());
}

TEST_CASE(
    "the mail of a party brings a ticket for each who comes through the door and none to who is online") {
  Doors doors;
  const auto pictures = [&](AttendanceFormat format, std::vector<std::string> colleagues) {
    RegistrationEntry entry;
    entry.name = "Олена Верба";
    entry.email = "olena" + std::to_string(colleagues.size()) + std::string(name_of(format)) + "@example.org";
    entry.format = format;
    entry.colleagues = std::move(colleagues);
    const auto entered =
        add_registration(doors.fixture.context, editor, DeskScope(doors.event, {}), entry).wait();
    REQUIRE(entered);
    notify::MailSettings settings;
    settings.from = {"", "plans@example.org"};
    settings.base_url = "https://plans.example.org";
    settings.link_key = "a key";
    const auto mail = doors.read([&](db::Unit& unit) {
      db::ReminderSelection all;
      for (const auto& row : unit.reminders().list(all)) {
        if (row.key.recipient != "registration:" + std::to_string(entered->id.value)) continue;
        const notify::Composing composing{unit, row, settings, doors.fixture.clock.now()};
        return notify::compose_registration(composing).write();
      }
      return notify::OutgoingMail();
    });
    REQUIRE_FALSE(mail.bytes.empty());
    std::string names;
    for (const auto* name : {"\"ticket.png\"", "\"ticket-1.png\"", "\"ticket-2.png\"", "\"ticket-3.png\""})
      if (mail.bytes.find(name) != std::string::npos) names += name;
    return names;
  };
  CHECK(pictures(AttendanceFormat::hall, {}) == "\"ticket.png\"");
  CHECK(pictures(AttendanceFormat::hall, {"Тарас Яворів"}) == "\"ticket-1.png\"\"ticket-2.png\"");
  CHECK(pictures(AttendanceFormat::online, {}).empty());
}
