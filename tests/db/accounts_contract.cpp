#include "base/id.hpp"
#include "tests/db/store_contract.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

Account plain_account(const std::string& login = "olena@library.example") {
  Account account;
  account.login = login;
  account.name = "Олена";
  account.created = at(1);
  return account;
}

AccountId add_account(Fixture& fixture, const std::string& login = "olena@library.example") {
  return write(fixture.store(), [=](Unit& unit) { return unit.accounts().insert(plain_account(login)); });
}

Session plain_session(AccountId account, const std::string& secret, int second) {
  Session session;
  session.account = account;
  session.hash = sha256_hex(secret);
  session.created = session.last_seen = at(second);
  session.agent = "Firefox";
  return session;
}

PersonalCalendar plain_calendar(AccountId account, const std::string& secret) {
  PersonalCalendar calendar;
  calendar.account = account;
  calendar.scope = PersonalScope::association;
  calendar.name = "мій телефон";
  calendar.query = "kind=meeting";
  calendar.hash = sha256_hex(secret);
  calendar.created = at(5);
  return calendar;
}

void check_same(const Account& a, const Account& b) {
  CHECK(a.id == b.id);
  CHECK(a.login == b.login);
  CHECK(a.name == b.name);
  CHECK(a.person == b.person);
  CHECK(a.organisation == b.organisation);
  CHECK(a.role == b.role);
  CHECK(a.password == b.password);
  CHECK(a.language == b.language);
  CHECK(a.created == b.created);
  CHECK((a.closed == b.closed));
  CHECK(a.may_approve == b.may_approve);
  CHECK(a.totp == b.totp);
  CHECK(a.totp_step == b.totp_step);
}

}  // namespace

TEST_CASE("an account comes back as it was stored and as it was changed") {
  Fixture fixture;
  auto account = plain_account();
  account.id = write(fixture.store(), [=](Unit& unit) { return unit.accounts().insert(account); });
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.accounts().find(account.id); });
  REQUIRE(found);
  check_same(*found, account);
  account = write(fixture.store(), [account](Unit& unit) mutable {
    Organisation organisation;
    organisation.name = "Рада";
    Person person;
    person.name = "Калина О.П.";
    account.organisation = unit.organisations().insert(organisation);
    account.person = unit.people().insert(person);
    account.login = "kalyna@library.example";
    account.name = "Калина";
    account.role = AccountRole::administrator;
    account.password = "$argon2id$…";
    account.language = Language::be;
    account.closed = at(9);
    account.may_approve = true;
    account.totp = "JBSWY3DPEHPK3PXP";
    account.totp_step = 57;
    unit.accounts().update(account);
    return account;
  });
  const auto changed = read(
      fixture.store(), [](Unit& unit) { return unit.accounts().find_by_login("kalyna@library.example"); });
  REQUIRE(changed);
  check_same(*changed, account);
  CHECK_FALSE(read(fixture.store(),
                   [](Unit& unit) { return unit.accounts().find_by_login("olena@library.example"); }));
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.accounts().list(); }).size() == 1);
}

TEST_CASE("two accounts never share a login") {
  Fixture fixture;
  add_account(fixture);
  const auto second = fixture.store()
                          .write(author(), [](Unit& unit) { return unit.accounts().insert(plain_account()); })
                          .wait();
  CHECK_FALSE(second);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.accounts().list(); }).size() == 1);
}

TEST_CASE("there is an administrator only while one of that role is not closed") {
  Fixture fixture;
  const auto has = [&] {
    return read(fixture.store(), [](Unit& unit) { return unit.accounts().has_administrator(); });
  };
  CHECK_FALSE(has());
  const auto id = add_account(fixture);
  CHECK_FALSE(has());
  const auto change = [&](AccountRole role, std::optional<Instant> closed) {
    write(fixture.store(), [=](Unit& unit) {
      auto account = *unit.accounts().find(id);
      account.role = role;
      account.closed = closed;
      return unit.accounts().update(account), 0;
    });
  };
  change(AccountRole::administrator, std::nullopt);
  CHECK(has());
  change(AccountRole::administrator, at(3));
  CHECK_FALSE(has());
}

TEST_CASE("sessions come and go without a word in the change log") {
  Fixture fixture;
  const auto account = add_account(fixture);
  const auto other = add_account(fixture, "other@library.example");
  const auto before = fixture.store().last_change();
  const auto first = write(
      fixture.store(), [=](Unit& unit) { return unit.sessions().insert(plain_session(account, "a", 1)); });
  const auto second = write(
      fixture.store(), [=](Unit& unit) { return unit.sessions().insert(plain_session(account, "b", 2)); });
  write(fixture.store(), [=](Unit& unit) { return unit.sessions().insert(plain_session(other, "c", 3)); });
  write(fixture.store(), [=](Unit& unit) { return unit.sessions().touch(first, at(60)), 0; });
  const auto found =
      read(fixture.store(), [](Unit& unit) { return unit.sessions().find_by_hash(sha256_hex("a")); });
  REQUIRE(found);
  CHECK(found->id == first);
  CHECK(found->account == account);
  CHECK(found->created == at(1));
  CHECK(found->last_seen == at(60));
  CHECK(found->agent == "Firefox");
  const auto of_account =
      read(fixture.store(), [=](Unit& unit) { return unit.sessions().of_account(account); });
  REQUIRE(of_account.size() == 2);
  CHECK(of_account[0].id == second);
  CHECK(of_account[1].id == first);
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.sessions().remove(second); }));
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.sessions().remove(second); }));
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.sessions().remove_of_account(account); }) == 1);
  CHECK_FALSE(
      read(fixture.store(), [](Unit& unit) { return unit.sessions().find_by_hash(sha256_hex("a")); }));
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.sessions().find_by_hash(sha256_hex("c")); }));
  CHECK(fixture.store().last_change() == before);
}

TEST_CASE("sessions that are long over go and the others stay") {
  Fixture fixture;
  const auto account = add_account(fixture);
  write(fixture.store(), [=](Unit& unit) {
    auto& sessions = unit.sessions();
    sessions.insert(plain_session(account, "begun too early", 9));
    sessions.touch(sessions.find_by_hash(sha256_hex("begun too early"))->id, at(100));
    sessions.insert(plain_session(account, "not seen of late", 49));
    sessions.insert(plain_session(account, "just in time", 50));
    return 0;
  });
  CHECK(write(fixture.store(), [](Unit& unit) { return unit.sessions().remove_older(at(10), at(50)); }) == 2);
  CHECK(read(fixture.store(),
             [](Unit& unit) { return unit.sessions().find_by_hash(sha256_hex("just in time")); }));
}

TEST_CASE("a link acts once and not when its time has come") {
  Fixture fixture;
  const auto account = add_account(fixture);
  const auto before = fixture.store().last_change();
  const auto insert = [&](const std::string& secret, const std::string& purpose, AccountId whose) {
    OneTimeLink link;
    link.hash = sha256_hex(secret);
    link.purpose = purpose;
    link.account = whose;
    link.created = at(1);
    link.expires = at(100);
    write(fixture.store(), [=](Unit& unit) { return unit.one_time_links().insert(link), 0; });
  };
  const auto use = [&](const std::string& secret, int second) {
    return write(fixture.store(),
                 [=](Unit& unit) { return unit.one_time_links().use(sha256_hex(secret), at(second)); });
  };
  insert("a", "password", account);
  const auto found =
      read(fixture.store(), [](Unit& unit) { return unit.one_time_links().find(sha256_hex("a")); });
  REQUIRE(found);
  CHECK(found->purpose == "password");
  CHECK(found->account == account);
  CHECK(found->created == at(1));
  CHECK(found->expires == at(100));
  CHECK_FALSE(found->used);
  CHECK_FALSE(use("a", 100));
  CHECK(use("a", 99));
  CHECK_FALSE(use("a", 99));
  CHECK_FALSE(use("unknown", 5));

  insert("b", "first_administrator", {});
  insert("c", "first_administrator", account);
  insert("d", "password", {});
  write(fixture.store(), [](Unit& unit) {
    return unit.one_time_links().end_all("first_administrator", AccountId{}, at(50)), 0;
  });
  CHECK_FALSE(use("b", 60));
  CHECK(use("c", 60));
  CHECK(use("d", 60));
  CHECK(fixture.store().last_change() == before);
}

TEST_CASE("the newest link in force is found and what has long expired is forgotten") {
  Fixture fixture;
  const auto account = add_account(fixture), other = add_account(fixture, "other@library.example");
  const auto insert = [&](const std::string& secret, AccountId whose, int expires) {
    OneTimeLink link;
    link.hash = sha256_hex(secret);
    link.purpose = "invitation";
    link.account = whose;
    link.created = at(1);
    link.expires = at(expires);
    write(fixture.store(), [=](Unit& unit) { return unit.one_time_links().insert(link), 0; });
  };
  const auto in_force = [&](AccountId whose, int second) {
    const auto link = read(fixture.store(), [=](Unit& unit) {
      return unit.one_time_links().in_force("invitation", whose, at(second));
    });
    return link ? link->hash : std::string();
  };
  insert("a", account, 100);
  insert("b", account, 200);
  insert("c", other, 300);
  CHECK(in_force(account, 50) == sha256_hex("b"));
  write(fixture.store(), [](Unit& unit) { return unit.one_time_links().use(sha256_hex("b"), at(60)); });
  CHECK(in_force(account, 99) == sha256_hex("a"));
  CHECK(in_force(account, 100).empty());
  CHECK(in_force(AccountId{}, 50).empty());
  CHECK(write(fixture.store(), [](Unit& unit) { return unit.one_time_links().remove_expired(at(200)); }) ==
        1);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.one_time_links().find(sha256_hex("a")); }));
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.one_time_links().find(sha256_hex("b")); }));
  CHECK(in_force(other, 250) == sha256_hex("c"));
}

TEST_CASE("each recovery code is used once and new ones take the place of the old") {
  Fixture fixture;
  const auto account = add_account(fixture), other = add_account(fixture, "other@library.example");
  const auto before = fixture.store().last_change();
  const auto replace = [&](std::vector<std::string> secrets) {
    for (auto& secret : secrets) secret = sha256_hex(secret);
    write(fixture.store(), [=](Unit& unit) { return unit.recovery_codes().replace(account, secrets), 0; });
  };
  const auto use = [&](AccountId whose, const std::string& secret) {
    return write(fixture.store(),
                 [=](Unit& unit) { return unit.recovery_codes().use(whose, sha256_hex(secret), at(9)); });
  };
  const auto left = [&] {
    return read(fixture.store(), [=](Unit& unit) { return unit.recovery_codes().left(account); });
  };
  CHECK(left() == 0);
  replace({"a", "b", "c"});
  CHECK(left() == 3);
  CHECK_FALSE(use(other, "a"));
  CHECK(use(account, "a"));
  CHECK_FALSE(use(account, "a"));
  CHECK_FALSE(use(account, "x"));
  CHECK(left() == 2);
  replace({"d"});
  CHECK_FALSE(use(account, "b"));
  CHECK(left() == 1);
  replace({});
  CHECK(left() == 0);
  CHECK(fixture.store().last_change() == before);
}

TEST_CASE("a key of a person is found by its owner and all of them end together") {
  Fixture fixture;
  const auto account = add_account(fixture), other = add_account(fixture, "other@library.example");
  const auto insert = [&](const std::string& secret, AccountId whose) {
    db::ApiToken token;
    token.name = secret;
    token.hash = sha256_hex(secret);
    token.scope = "read";
    token.created = at(1);
    token.account = whose;
    return write(fixture.store(), [=](Unit& unit) { return unit.tokens().insert(token); });
  };
  insert("a", account);
  insert("b", account);
  insert("c", other);
  insert("d", {});
  const auto own = read(fixture.store(), [=](Unit& unit) { return unit.tokens().of_account(account); });
  REQUIRE(own.size() == 2);
  CHECK(own[0].name == "b");
  CHECK(own[0].account == account);
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.tokens().revoke_of_account(account, at(5)); }) ==
        2);
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.tokens().revoke_of_account(account, at(6)); }) ==
        0);
  const auto revoked = [&](const std::string& secret) {
    return read(fixture.store(),
                [=](Unit& unit) { return unit.tokens().find_by_hash(sha256_hex(secret))->revoked; });
  };
  CHECK(revoked("a") == at(5));
  CHECK_FALSE(revoked("c"));
  CHECK_FALSE(revoked("d"));
}

TEST_CASE("what lies below an organisation is found however deep and a circle ends") {
  Fixture fixture;
  const auto insert = [&](const std::string& name, OrganisationId parent) {
    Organisation one;
    one.name = name;
    one.parent = parent;
    one.tier = Tier::district;
    return write(fixture.store(), [=](Unit& unit) { return unit.organisations().insert(one); });
  };
  const auto within = [&](OrganisationId id) {
    return read(fixture.store(), [=](Unit& unit) { return unit.organisations().within(id); });
  };
  const auto root = insert("root", {}), child = insert("child", root), leaf = insert("leaf", child);
  const auto beside = insert("beside", {});
  CHECK(within(root) == std::vector<OrganisationId>{root, child, leaf});
  CHECK(within(child) == std::vector<OrganisationId>{child, leaf});
  CHECK(within(beside) == std::vector<OrganisationId>{beside});
  CHECK(within(OrganisationId{99}).empty());
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.organisations().find(leaf); });
  CHECK(found->parent == child);
  CHECK(found->tier == Tier::district);
  write(fixture.store(), [=](Unit& unit) {
    auto one = *unit.organisations().find(root);
    one.parent = leaf;
    return unit.organisations().update(one), 0;
  });
  CHECK(within(child) == std::vector<OrganisationId>{root, child, leaf});
}

TEST_CASE("a personal calendar is found by its hash and counts until it is revoked") {
  Fixture fixture;
  const auto account = add_account(fixture);
  const auto insert = [&](const std::string& secret) {
    return write(fixture.store(), [=](Unit& unit) {
      return unit.personal_calendars().insert(plain_calendar(account, secret));
    });
  };
  const auto count = [&] {
    return read(fixture.store(),
                [=](Unit& unit) { return unit.personal_calendars().count_in_force(account); });
  };
  const auto first = insert("a"), second = insert("b");
  CHECK(count() == 2);
  const auto found = read(fixture.store(),
                          [](Unit& unit) { return unit.personal_calendars().find_by_hash(sha256_hex("a")); });
  REQUIRE(found);
  CHECK(found->id == first);
  CHECK(found->account == account);
  CHECK(found->scope == PersonalScope::association);
  CHECK(found->name == "мій телефон");
  CHECK(found->query == "kind=meeting");
  CHECK(found->created == at(5));
  CHECK_FALSE(found->last_read);
  CHECK_FALSE(found->revoked);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.personal_calendars().find_by_hash("a"); }));

  const auto before = fixture.store().last_change();
  write(fixture.store(),
        [=](Unit& unit) { return unit.personal_calendars().touch(first, at(70), "Thunderbird"), 0; });
  CHECK(fixture.store().last_change() == before);
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.personal_calendars().revoke(first, at(80)); }));
  CHECK_FALSE(
      write(fixture.store(), [=](Unit& unit) { return unit.personal_calendars().revoke(first, at(90)); }));
  CHECK_FALSE(write(fixture.store(), [](Unit& unit) {
    return unit.personal_calendars().revoke(PersonalCalendarId{99}, at(90));
  }));
  CHECK(fixture.store().last_change() == before + 1);
  CHECK(count() == 1);
  const auto all =
      read(fixture.store(), [=](Unit& unit) { return unit.personal_calendars().of_account(account); });
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == second);
  CHECK(all[1].last_read == at(70));
  CHECK(all[1].last_reader == "Thunderbird");
  CHECK(all[1].revoked == at(80));
}

TEST_CASE("who takes part in what is kept until they withdraw or the event goes") {
  Fixture fixture;
  const auto account = add_account(fixture), other = add_account(fixture, "other@library.example");
  const auto first = write(fixture.store(), [](Unit& unit) { return unit.events().insert(plain_event()); });
  const auto second = write(fixture.store(), [](Unit& unit) { return unit.events().insert(plain_event()); });
  const auto add = [&](AccountId who, EventId event) {
    return write(fixture.store(), [=](Unit& unit) { return unit.attendances().add(who, event, at(1)); });
  };
  const auto of = [&](AccountId who) {
    return read(fixture.store(), [=](Unit& unit) { return unit.attendances().of_account(who); });
  };
  CHECK(add(account, second));
  CHECK(add(account, first));
  CHECK_FALSE(add(account, first));
  CHECK(add(other, first));
  CHECK(of(account) == std::vector{first, second});
  CHECK(of(other) == std::vector{first});
  CHECK(read(fixture.store(), [=](Unit& unit) { return unit.attendances().count_of_event(first); }) == 2);
  CHECK(read(fixture.store(), [=](Unit& unit) { return unit.attendances().has(other, first); }));
  CHECK_FALSE(read(fixture.store(), [=](Unit& unit) { return unit.attendances().has(other, second); }));
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.attendances().remove(account, first); }));
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.attendances().remove(account, first); }));
  CHECK(of(account) == std::vector{second});
  write(fixture.store(), [=](Unit& unit) { return unit.events().remove(second), 0; });
  CHECK(of(account).empty());
}

TEST_CASE("accounts and personal calendars stand in the change log and change no feed") {
  Fixture fixture;
  write(fixture.store(), [](Unit& unit) {
    Organisation organisation;
    organisation.name = "Рада";
    unit.organisations().insert(organisation);
    return 0;
  });
  const auto event = write(fixture.store(), [](Unit& unit) { return unit.events().insert(plain_event()); });
  const auto visible = read(fixture.store(), [](Unit& unit) { return unit.changes().last_visible(); });
  const auto account = add_account(fixture);
  const auto calendar = write(fixture.store(), [=](Unit& unit) {
    return unit.personal_calendars().insert(plain_calendar(account, "a"));
  });
  write(fixture.store(), [=](Unit& unit) { return unit.personal_calendars().revoke(calendar, at(9)); });
  write(fixture.store(), [=](Unit& unit) { return unit.attendances().add(account, event, at(9)); });
  write(fixture.store(),
        [=](Unit& unit) { return unit.accounts().update(*unit.accounts().find(account)), 0; });
  const auto log =
      read(fixture.store(), [=](Unit& unit) { return unit.changes().since(visible->number, 100); });
  REQUIRE(log.size() == 5);
  const std::vector<std::tuple<std::string, std::int64_t, std::string>> expected = {
      {"account", account.value, "insert"},
      {"personal_calendar", calendar.value, "insert"},
      {"personal_calendar", calendar.value, "update"},
      {"attendance", account.value, "insert"},
      {"account", account.value, "update"}};
  for (std::size_t i = 0; i < log.size(); ++i) {
    CAPTURE(i);
    CHECK((std::tuple(log[i].entity, log[i].entity_id, log[i].action) == expected[i]));
  }
  const auto after = read(fixture.store(), [](Unit& unit) { return unit.changes().last_visible(); });
  CHECK(after->number == visible->number);
}

}  // namespace convoke::tests
