// What leaves the house, as every backend keeps it: attempts and copies of mails, their texts, those who
// asked for news, receivers of webhooks.
#include "tests/db/store_contract.hpp"

#include <algorithm>
#include <tuple>

using namespace convoke;
using namespace convoke::tests;
using db::Unit;

namespace {

std::vector<std::string> actions(db::Store& store, const std::string& entity, std::int64_t id) {
  std::vector<std::string> found;
  for (const auto& change : read(store, [=](Unit& unit) { return unit.changes().of_entity(entity, id); }))
    found.push_back(change.action);
  return found;
}

// A reminder of an event of its own.
ReminderId queued(db::Store& store) {
  return write(store, [](Unit& unit) {
    const auto event = unit.events().insert(plain_event());
    unit.reminders().enqueue(plain_reminder(event, 10));
    db::ReminderSelection selection;
    selection.event = event;
    return unit.reminders().list(selection).front().id;
  });
}

void settle(db::Store& store, ReminderId id, int seconds) {
  write(store, [=](Unit& unit) {
    unit.reminders().claim_due(at(seconds), at(seconds + 60), "boot", 100);
    auto row = *unit.reminders().find(id);
    row.state = ReminderState::sent;
    row.settled = at(seconds);
    return unit.reminders().settle(row);
  });
}

auto fields(const Subscriber& one) {
  return std::tie(one.id, one.email, one.language, one.query, one.rhythm, one.created, one.confirmed,
                  one.ended, one.told, one.next);
}

Subscriber full_subscriber(std::string email) {
  Subscriber one;
  one.email = std::move(email);
  one.language = Language::be;
  one.query = "kind=seminar";
  one.rhythm = MailRhythm::daily;
  one.created = at(1);
  one.confirmed = at(2);
  one.ended = at(3);
  one.told = 77;
  one.next = at(4);
  return one;
}

SubscriberId added(db::Store& store, const Subscriber& one) {
  return write(store, [=](Unit& unit) { return unit.subscribers().insert(one); });
}

Webhook full_webhook(std::string name) {
  Webhook one;
  one.name = std::move(name);
  one.url = "https://hooks.example.org/in";
  one.secret = "a key";
  one.created = at(5);
  return one;
}

}  // namespace

TEST_CASE("attempts of a mail are numbered and listed oldest first and those of another mail apart") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto one = queued(store), other = queued(store);
  const DeliveryAttempt first{one, 0, at(1), "retry_later", "451 пізніше"},
      second{one, 0, at(2), "unknown", ""}, theirs{other, 0, at(3), "delivered", "250 ok"};
  for (const auto& attempt : {first, second, theirs})
    write(store, [=](Unit& unit) { return unit.mail_log().add(attempt), 0; });
  const auto found = read(store, [=](Unit& unit) { return unit.mail_log().attempts(one); });
  REQUIRE(found.size() == 2);
  CHECK(found[0] == DeliveryAttempt{one, 1, at(1), "retry_later", "451 пізніше"});
  CHECK(found[1] == DeliveryAttempt{one, 2, at(2), "unknown", ""});
  const auto others = read(store, [=](Unit& unit) { return unit.mail_log().attempts(other); });
  REQUIRE(others.size() == 1);
  CHECK(others[0].number == 1);
}

TEST_CASE("of a mail that was sent again the newest copy is kept") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto id = queued(store);
  CHECK_FALSE(read(store, [=](Unit& unit) { return unit.mail_log().copy(id); }));
  const MailCopy old{"a@example.org", "Раз", "text", "<p>html</p>"},
      now{"b@example.org", "Два", "", "<b>'\"</b>"};
  write(store, [=](Unit& unit) { return unit.mail_log().keep(id, old), 0; });
  CHECK(read(store, [=](Unit& unit) { return unit.mail_log().copy(id); }) == old);
  write(store, [=](Unit& unit) { return unit.mail_log().keep(id, now), 0; });
  CHECK(read(store, [=](Unit& unit) { return unit.mail_log().copy(id); }) == now);
}

TEST_CASE("copies and attempts are forgotten by the moment of settling and those that wait are kept") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto old = queued(store), young = queued(store);
  settle(store, old, 100);
  settle(store, young, 200);
  const auto waiting = queued(store);
  for (const auto id : {old, young, waiting})
    write(store, [=](Unit& unit) {
      unit.mail_log().add({id, 0, at(1), "delivered", "250 ok"});
      unit.mail_log().keep(id, {"a@example.org", "s", "t", "h"});
      return 0;
    });
  const auto forget = [&](int seconds) {
    return write(store, [=](Unit& unit) { return unit.mail_log().forget_before(at(seconds)); });
  };
  const auto kept = [&](ReminderId id) {
    return read(store, [=](Unit& unit) {
      return unit.mail_log().copy(id).has_value() && unit.mail_log().attempts(id).size() == 1;
    });
  };
  CHECK(forget(100) == 0);  // settled at that very second
  CHECK(kept(old));
  CHECK(forget(101) == 1);
  CHECK_FALSE(kept(old));
  CHECK(kept(young));
  CHECK(forget(100'000) == 1);
  CHECK(kept(waiting));
}

TEST_CASE("the log of mails stands in no change log") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto id = queued(store);
  const auto before = read(store, [](Unit& unit) { return unit.changes().last(); });
  write(store, [=](Unit& unit) {
    unit.mail_log().add({id, 0, at(1), "delivered", "250 ok"});
    unit.mail_log().keep(id, {"a@example.org", "s", "t", "h"});
    unit.address_troubles().mark({"a@example.org", at(1), "5.1.1", "unknown"});
    unit.mail_log().forget_before(at(9));
    return 0;
  });
  CHECK(read(store, [](Unit& unit) { return unit.changes().last(); }) == before);
}

TEST_CASE("there is one text of a mail for an association and a kind and a language") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto ours = write(store, [](Unit& unit) {
    Organisation one;
    one.name = "Об'єднання";
    return unit.organisations().insert(one);
  });
  const MailTemplate text{ours, ReminderReason::deadline, Language::be, "Тэма {when}", "Тэкст\n\n{answers}"};
  auto changed = text;
  changed.body = "Іншы";
  auto of_all = text;
  of_all.organisation = OrganisationId{};
  auto russian = text;
  russian.language = Language::ru;
  for (const auto& one : {text, changed, of_all, russian})
    write(store, [=](Unit& unit) { return unit.mail_templates().save(one), 0; });
  const auto find = [&](OrganisationId organisation, ReminderReason reason, Language language) {
    return read(store,
                [=](Unit& unit) { return unit.mail_templates().find(organisation, reason, language); });
  };
  CHECK(find(ours, ReminderReason::deadline, Language::be) == changed);
  CHECK(find({}, ReminderReason::deadline, Language::be) == of_all);
  CHECK_FALSE(find(ours, ReminderReason::overdue, Language::be));
  CHECK_FALSE(find(ours, ReminderReason::deadline, Language::uk));
  CHECK(read(store, [=](Unit& unit) { return unit.mail_templates().list(ours); }).size() == 2);
  const auto remove = [&] {
    return write(store, [=](Unit& unit) {
      return unit.mail_templates().remove(ours, ReminderReason::deadline, Language::be);
    });
  };
  CHECK(remove());
  CHECK_FALSE(remove());
  CHECK_FALSE(find(ours, ReminderReason::deadline, Language::be));
  CHECK(find({}, ReminderReason::deadline, Language::be) == of_all);
  CHECK(actions(store, "mail_template", ours.value) ==
        std::vector<std::string>{"update", "update", "update", "remove"});
}

TEST_CASE("a subscriber comes back as stored and changed") {
  Fixture fixture;
  auto& store = fixture.store();
  auto one = full_subscriber("Reader@Example.org");
  one.id = added(store, one);
  const auto found = read(store, [=](Unit& unit) { return unit.subscribers().find(one.id); });
  REQUIRE(found);
  CHECK(fields(*found) == fields(one));
  one.confirmed.reset();
  one.ended.reset();
  one.next.reset();
  one.query.clear();
  one.rhythm = MailRhythm::weekly;
  write(store, [=](Unit& unit) { return unit.subscribers().update(one), 0; });
  const auto after = read(store, [=](Unit& unit) { return unit.subscribers().find(one.id); });
  REQUIRE(after);
  CHECK(fields(*after) == fields(one));
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.subscribers().find(SubscriberId{99}); }));
  CHECK(actions(store, "subscriber", one.id.value) == std::vector<std::string>{"insert", "update"});
}

TEST_CASE("subscribers are found by their address in any case and listed by number") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto first = added(store, full_subscriber("Reader@Example.org")),
             second = added(store, full_subscriber("other@example.org")),
             third = added(store, full_subscriber("reader@example.ORG"));
  const auto ids = [](const std::vector<Subscriber>& all) {
    std::vector<SubscriberId> found;
    for (const auto& one : all) found.push_back(one.id);
    return found;
  };
  CHECK(ids(read(store, [](Unit& unit) { return unit.subscribers().of_address("READER@example.org"); })) ==
        std::vector{first, third});
  CHECK(read(store, [](Unit& unit) { return unit.subscribers().of_address("reader@example"); }).empty());
  CHECK(ids(read(store, [](Unit& unit) { return unit.subscribers().list(); })) ==
        std::vector{first, second, third});
}

TEST_CASE("news is due to subscribers who confirmed and did not leave and the longest waiting come first") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto with = [&](std::optional<Instant> confirmed, std::optional<Instant> ended,
                        std::optional<Instant> next) {
    auto one = full_subscriber("a@example.org");
    one.confirmed = confirmed;
    one.ended = ended;
    one.next = next;
    return added(store, one);
  };
  const auto later = with(at(1), std::nullopt, at(20));
  const auto sooner = with(at(1), std::nullopt, at(10));
  with(std::nullopt, std::nullopt, at(5));  // never confirmed
  with(at(1), at(2), at(5));                // left
  with(at(1), std::nullopt, std::nullopt);
  const auto due = [&](int seconds, int limit) {
    std::vector<SubscriberId> ids;
    for (const auto& one :
         read(store, [=](Unit& unit) { return unit.subscribers().due(at(seconds), limit); }))
      ids.push_back(one.id);
    return ids;
  };
  CHECK(due(9, 10).empty());
  CHECK(due(10, 10) == std::vector{sooner});
  CHECK(due(20, 10) == std::vector{sooner, later});
  CHECK(due(20, 1) == std::vector{sooner});
}

TEST_CASE("a removed webhook is found but not listed and is removed once") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto first = write(store, [](Unit& unit) { return unit.webhooks().insert(full_webhook("Перший")); });
  const auto second = write(store, [](Unit& unit) { return unit.webhooks().insert(full_webhook("Другий")); });
  const auto names = [&] {
    std::vector<std::string> found;
    for (const auto& one : read(store, [](Unit& unit) { return unit.webhooks().list(); }))
      found.push_back(one.name);
    return found;
  };
  CHECK(names() == std::vector<std::string>{"Перший", "Другий"});
  const auto remove = [&] {
    return write(store, [=](Unit& unit) { return unit.webhooks().remove(first, at(8)); });
  };
  CHECK(remove());
  CHECK_FALSE(remove());
  CHECK(names() == std::vector<std::string>{"Другий"});
  const auto gone = read(store, [=](Unit& unit) { return unit.webhooks().find(first); });
  REQUIRE(gone);
  CHECK(gone->url == "https://hooks.example.org/in");
  CHECK(gone->secret == "a key");
  CHECK(gone->created == at(5));
  CHECK(gone->removed == at(8));
  CHECK_FALSE(read(store, [=](Unit& unit) { return unit.webhooks().find(second)->removed; }));
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.webhooks().find(WebhookId{99}); }));
  CHECK(actions(store, "webhook", first.value) == std::vector<std::string>{"insert", "remove"});
}

TEST_CASE("two who keep a secret at once get the same one") {
  Fixture fixture;
  const auto other = fixture.open_another();
  const auto first = write(fixture.store(), [](Unit& unit) { return unit.secrets().keep("links", "ours"); });
  const auto second = write(*other, [](Unit& unit) { return unit.secrets().keep("links", "theirs"); });
  CHECK(first == "ours");
  CHECK(second == "ours");
  CHECK(read(*other, [](Unit& unit) { return unit.secrets().find("links"); }) == "ours");
}
