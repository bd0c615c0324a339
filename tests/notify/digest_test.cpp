#include "notify/digest_times.hpp"
#include "notify/gathering.hpp"
#include "notify/recurring_mails.hpp"
#include "tests/notify/world.hpp"
#include "tests/support/catch.hpp"

#include <map>
#include <random>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

constexpr std::string_view kyiv = "Europe/Kyiv";

DispatcherSettings with_upkeep(RecurringMails& recurring) {
  DispatcherSettings settings;
  settings.upkeep = [&recurring](Instant now) { recurring.tick(now); };
  return settings;
}

MailSettings signed_settings() {
  MailSettings settings = mail_settings();
  settings.link_key = "a key of the tests, never of a server";
  return settings;
}

// Somebody with work in the queue, each piece under a title of its own.
class Desk {
 public:
  explicit Desk(std::string_view now) : world(now), recurring(*world.store, "plans.example.org") {}

  PersonId add_person(MailRhythm rhythm, const std::string& email) {
    return world.store
        ->write(db::Author("test", world.clock.now()),
                [=](db::Unit& unit) {
                  Person one;
                  one.name = "Ярмак О.П.";
                  one.email = email;
                  one.rhythm = rhythm;
                  return unit.people().insert(one);
                })
        .wait()
        .value();
  }

  void owe(PersonId person, const std::string& title, Instant due, std::chrono::hours good_for) {
    world.store
        ->write(db::Author("test", world.clock.now()),
                [=](db::Unit& unit) {
                  Event event = deadline_event(civil_date(due + good_for, kyiv));
                  event.title = title;
                  event.uid = random_uuid();
                  event.agenda.clear();
                  event.responsible = {somebody("Ярмак О.П.", person)};
                  event.id = unit.events().insert(event);
                  Reminder row;
                  row.key = {event.id, format_iso(*event.period.last), "deadline.1d",
                             "person:" + std::to_string(person.value)};
                  row.reason = ReminderReason::deadline;
                  row.due = due;
                  row.expires = due + good_for;
                  row.message_id = "<" + random_uuid() + "@plans.example.org>";
                  return unit.reminders().enqueue(row);
                })
        .wait()
        .value();
  }

  // Until `end`, looking at the queue every `step`.
  void run_until(Instant end, std::chrono::minutes step) {
    Dispatcher dispatcher(*world.store, world.clock, world.channel, with_upkeep(recurring),
                          signed_settings());
    for (; world.clock.now() <= end; world.clock.set(world.clock.now() + step))
      for (int rounds = 0; rounds < 50 && dispatcher.run_once() > 0; ++rounds) {
      }
  }

  int mails_with(const std::string& title) const {
    int found = 0;
    for (const auto& mail : world.channel.mails())
      found += mail.copy.text.find(title) != std::string::npos ? 1 : 0;
    return found;
  }

  World world;
  RecurringMails recurring;
};

}  // namespace

TEST_CASE("digests leave at half past eight of each day or of each Monday") {
  struct Row {
    MailRhythm rhythm;
    const char *after, *next;
  };
  const std::vector<Row> rows = {
      {MailRhythm::daily, "2024-11-11T06:29:59Z", "2024-11-11T06:30:00Z"},
      {MailRhythm::daily, "2024-11-11T06:30:00Z", "2024-11-12T06:30:00Z"},
      {MailRhythm::weekly, "2024-11-11T06:29:59Z", "2024-11-11T06:30:00Z"},
      {MailRhythm::weekly, "2024-11-11T06:30:00Z", "2024-11-18T06:30:00Z"},
      {MailRhythm::weekly, "2024-11-14T12:00:00Z", "2024-11-18T06:30:00Z"},
      // Summer time begins and ends between the two.
      {MailRhythm::daily, "2025-03-29T07:00:00Z", "2025-03-30T05:30:00Z"},
      {MailRhythm::weekly, "2024-10-22T00:00:00Z", "2024-10-28T06:30:00Z"},
      // Past midnight in Kyiv it is Monday already.
      {MailRhythm::weekly, "2024-11-10T22:30:00Z", "2024-11-11T06:30:00Z"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.after);
    CHECK(next_digest(row.rhythm, at(row.after), kyiv) == at(row.next));
  }
  CHECK(next_digest(MailRhythm::daily, at("2024-11-11T00:00:00Z"), "Nowhere/Land") ==
        at("2024-11-11T08:30:00Z"));
}

TEST_CASE("an overview is keyed by its Monday and the association") {
  const auto row = overview_row(OrganisationId{3}, at("2024-11-14T12:00:00Z"), kyiv, "plans.example.org");
  CHECK(row.key.occurrence == "2024-11-18/3");
  CHECK(organisation_of_overview(row.key) == OrganisationId{3});
  CHECK(organisation_of_overview({EventId{}, "2024-11-18", std::string(overview_rule), ""}) == std::nullopt);
  CHECK(subscriber_of_key("subscriber:4") == SubscriberId{4});
  CHECK(subscriber_of_key("subscriber:4x") == std::nullopt);
  CHECK(subscriber_of_key("person:4") == std::nullopt);
}

TEST_CASE("who wants a mail a day gets one with all that came due and nothing beside it") {
  Desk desk("2024-11-11T10:00:00Z");
  const auto person = desk.add_person(MailRhythm::daily, "reader@example.org");
  desk.owe(person, "Звіт перший", at("2024-11-11T12:00:00Z"), std::chrono::hours{72});
  desk.owe(person, "Звіт другий", at("2024-11-12T06:30:00Z"), std::chrono::hours{72});
  desk.run_until(at("2024-11-12T06:00:00Z"), std::chrono::minutes{30});
  CHECK(desk.world.channel.mails().empty());
  desk.run_until(at("2024-11-12T12:00:00Z"), std::chrono::minutes{1});
  const auto mails = desk.world.channel.mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().copy.subject == "Ваша робота: 2 пункти плану");
  CHECK(desk.mails_with("Звіт перший") == 1);
  CHECK(desk.mails_with("Звіт другий") == 1);
  CHECK(mails.front().bytes.find("List-Unsubscribe-Post: List-Unsubscribe=One-Click") != std::string::npos);
}

TEST_CASE("what would be stale before the digest comes by itself") {
  Desk desk("2024-11-12T10:00:00Z");
  const auto person = desk.add_person(MailRhythm::weekly, "reader@example.org");
  desk.owe(person, "Завтрашній звіт", at("2024-11-13T06:30:00Z"), std::chrono::hours{15});
  desk.owe(person, "Далекий звіт", at("2024-11-13T06:30:00Z"), std::chrono::hours{24 * 14});
  desk.run_until(at("2024-11-14T06:00:00Z"), std::chrono::minutes{10});
  CHECK(desk.world.channel.mails().size() == 1);
  CHECK(desk.mails_with("Завтрашній звіт") == 1);
  desk.run_until(at("2024-11-18T12:00:00Z"), std::chrono::minutes{10});
  CHECK(desk.world.channel.mails().size() == 2);
  CHECK(desk.mails_with("Далекий звіт") == 1);
}

TEST_CASE("four mails to one person in one minute come as one and three as three") {
  for (const int count : {storm_size - 1, storm_size}) {
    CAPTURE(count);
    Desk desk("2024-11-11T10:00:00Z");
    const auto person = desk.add_person(MailRhythm::each, "reader@example.org");
    for (int i = 0; i < count; ++i)
      desk.owe(person, "Звіт №" + std::to_string(i) + ".", at("2024-11-12T06:30:00Z"),
               std::chrono::hours{72});
    desk.run_until(at("2024-11-12T08:00:00Z"), std::chrono::minutes{1});
    CHECK(desk.world.channel.mails().size() == (count == storm_size ? 1u : static_cast<std::size_t>(count)));
    for (int i = 0; i < count; ++i) CHECK(desk.mails_with("Звіт №" + std::to_string(i) + ".") == 1);
  }
}

TEST_CASE("a digest that is refused leaves each piece its own mail") {
  Desk desk("2024-11-11T10:00:00Z");
  const auto person = desk.add_person(MailRhythm::each, "reader@example.org");
  for (int i = 0; i < 5; ++i)
    desk.owe(person, "Звіт №" + std::to_string(i) + ".", at("2024-11-12T06:30:00Z"), std::chrono::hours{72});
  int refused = 0;
  desk.world.channel.answer([&](const OutgoingMail& mail) {
    if (mail.copy.subject.starts_with("Ваша робота")) {
      ++refused;
      return Delivery{Outcome::refused, "550 no", false, false};
    }
    return Delivery::done("250 ok");
  });
  desk.run_until(at("2024-11-12T09:00:00Z"), std::chrono::minutes{1});
  CHECK(refused == 1);
  for (int i = 0; i < 5; ++i) CHECK(desk.mails_with("Звіт №" + std::to_string(i) + ".") == 2);
}

TEST_CASE("every piece of work ends in exactly one mail whatever rhythm is chosen") {
  std::mt19937 random(20241111);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  for (int round = 0; round < 6; ++round) {
    CAPTURE(round);
    Desk desk("2024-11-11T00:00:00Z");
    std::vector<std::string> titles;
    for (int p = 0; p < 3; ++p) {
      const auto person =
          desk.add_person(static_cast<MailRhythm>(pick(3)), "reader" + std::to_string(p) + "@example.org");
      const int pieces = 1 + pick(9);
      for (int i = 0; i < pieces; ++i) {
        titles.push_back("Справа " + std::to_string(round) + "/" + std::to_string(p) + "/" +
                         std::to_string(i) + ".");
        const auto day = at("2024-11-12T00:00:00Z") + std::chrono::hours{24 * pick(6)};
        const auto due = day + (pick(2) == 0 ? std::chrono::minutes{390} : std::chrono::minutes{pick(1440)});
        desk.owe(person, titles.back(), due, std::chrono::hours{2 + pick(24 * 12)});
      }
    }
    desk.run_until(at("2024-11-27T00:00:00Z"), std::chrono::minutes{10});
    for (const auto& title : titles) {
      CAPTURE(title);
      CHECK(desk.mails_with(title) == 1);
    }
    CHECK(desk.world.count(ReminderState::missed) == 0);
    CHECK(desk.world.count(ReminderState::failed) == 0);
  }
}

TEST_CASE("a quiet tick queues nothing and a new rhythm is seen at the next one") {
  World world("2024-11-11T10:00:00Z");
  RecurringMails recurring(*world.store, "plans.example.org");
  CHECK(recurring.tick(world.clock.now()) == 0);
  const auto person = world.store
                          ->write(db::Author("test", world.clock.now()),
                                  [](db::Unit& unit) {
                                    Person one;
                                    one.name = "Ярмак О.П.";
                                    return unit.people().insert(one);
                                  })
                          .wait()
                          .value();
  world.pass(std::chrono::seconds{30});
  CHECK(recurring.tick(world.clock.now()) == 0);
  world.store
      ->write(db::Author("test", world.clock.now()),
              [person](db::Unit& unit) {
                auto one = *unit.people().find(person);
                one.rhythm = MailRhythm::daily;
                unit.people().update(one);
                return true;
              })
      .wait()
      .value();
  world.pass(std::chrono::seconds{30});
  CHECK(recurring.tick(world.clock.now()) == 1);
  CHECK(recurring.tick(world.clock.now()) == 0);
  REQUIRE(world.rows().size() == 1);
  CHECK(world.rows().front().due == at("2024-11-12T06:30:00Z"));
  world.pass(std::chrono::hours{25});
  CHECK(recurring.tick(world.clock.now()) == 1);
}
