// Calendars behind unguessable addresses: what they show, to whom, and until when (threats G6, D7).
#include "service/personal_calendars.hpp"
#include "base/id.hpp"
#include "service/calendar_addresses.hpp"
#include "service/events.hpp"
#include "service/people.hpp"
#include "tests/service/account_fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string olena = "olena@library.example";

struct Calendars : AccountFixture {
  Snapshots snapshots{context};
  Feeds feeds{context, snapshots};
  OrganisationId organisation;
  PersonId kalyna, yavir;
  SignedIn who;

  Calendars() {
    import(small_plan);
    organisation = all_organisations(*this).at(0).id;
    kalyna = enter("Калина О.П.");
    yavir = enter("Явір С.М.");
    NewAccount wanted;
    wanted.login = olena;
    wanted.name = "Калина";
    wanted.password = good_password;
    wanted.organisation = std::to_string(organisation.value);
    wanted.person = std::to_string(kalyna.value);
    add(wanted);
    who = signs_in(olena).who;
  }

  PersonId enter(const std::string& name) {
    PersonChange person;
    person.name = name;
    person.organisation = organisation;
    return save_person(context, editor, person).wait().value().id;
  }
  void change(AccountChange wanted) {
    REQUIRE(change_account(context, editor, olena, std::move(wanted)).wait());
  }

  IssuedCalendar make(PersonalScope scope, const std::string& query = "",
                      const std::string& name = "мій телефон") {
    const auto issued = make_personal_calendar(context, who, {scope, name, query}).wait();
    if (!issued) FAIL(issued.error().message);
    return *issued;
  }
  std::string text(const std::string& token, const std::string& agent = "curl/8") {
    const auto body = personal_feed(context, feeds, token, agent).wait();
    if (!body) FAIL(body.error().message);
    return (*body)->identity.text();
  }
  Errc refusal(const std::string& token) {
    const auto body = personal_feed(context, feeds, token, "curl/8").wait();
    REQUIRE_FALSE(body);
    return body.error().code;
  }
  PersonalCalendar stored(PersonalCalendarId id) {
    let_writes_end();
    for (auto& calendar : personal_calendars_of(context, who).wait().value())
      if (calendar.id == id) return calendar;
    FAIL("no such calendar");
    return {};
  }
};

std::size_t entries(const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find("\r\nUID:"); at != std::string::npos; at = text.find("\r\nUID:", at + 1)) ++count;
  return count;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the calendar of what I am responsible for shows that and nothing else") {
  Calendars fixture;
  const auto issued = fixture.make(PersonalScope::responsible);
  CHECK(issued.token.size() >= 27);  // 160 bits
  CHECK(issued.address == "http://127.0.0.1:8080/feeds/p/" + issued.token + ".ics");
  CHECK(issued.address.size() <= 200);
  const auto text = fixture.text(issued.token);
  CHECK(has(text, "Установче засідання"));
  CHECK_FALSE(has(text, "Книга в дорозі"));
  CHECK(has(text, "X-WR-CALNAME:мій телефон\r\n"));
}

TEST_CASE("an account that nobody stands behind has an empty calendar that is whole") {
  Calendars fixture;
  AccountChange nobody;
  nobody.person = "";
  fixture.change(nobody);
  const auto text = fixture.text(fixture.make(PersonalScope::responsible).token);
  CHECK(entries(text) == 0);
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\n"));
  CHECK(text.ends_with("END:VCALENDAR\r\n"));
}

TEST_CASE("the calendar of my association shows all of it and nothing of another") {
  Calendars fixture;
  fixture.import(with(small_plan, "Вишневої", "Кленової"), "other.txt");
  const auto mine = fixture.make(PersonalScope::association);
  AccountChange other;
  other.organisation = std::to_string(all_organisations(fixture).at(1).id.value);
  const auto before = fixture.text(mine.token);
  const auto everything = fixture.feeds.body(FeedRequest()).wait().value()->identity.text();
  CHECK(entries(before) > 2);
  CHECK(entries(everything) == 2 * entries(before));
  fixture.change(other);
  const auto after = fixture.text(mine.token);
  CHECK(entries(after) == entries(before));
  for (const auto& event : all_events(fixture)) {
    if (!has(everything, event.uid)) continue;
    const bool own = event.organisation == fixture.organisation;
    CHECK(has(before, event.uid) == own);
    CHECK(has(after, event.uid) == !own);
  }
}

TEST_CASE("a person's own filters narrow what their calendar shows and cannot widen it") {
  Calendars fixture;
  const auto narrow = fixture.make(PersonalScope::association, "q=дорозі");
  CHECK(entries(fixture.text(narrow.token)) == 1);
  const auto with_alarms = fixture.make(PersonalScope::association, "alarms=1");
  CHECK(has(fixture.text(with_alarms.token), "BEGIN:VALARM"));
  CHECK_FALSE(has(fixture.text(fixture.make(PersonalScope::association).token), "BEGIN:VALARM"));
}

TEST_CASE("whose events a calendar shows is its scope's alone to say") {
  Calendars fixture;
  const auto refused = [&](PersonalScope scope, const std::string& query) {
    const auto made = make_personal_calendar(fixture.context, fixture.who, {scope, "x", query}).wait();
    return !made && made.error().code == Errc::invalid_input;
  };
  CHECK(refused(PersonalScope::responsible, "responsible=Явір"));
  CHECK(refused(PersonalScope::responsible, "responsible=" + std::to_string(fixture.yavir.value)));
  CHECK(refused(PersonalScope::association, "organisation=" + std::to_string(fixture.organisation.value)));
  CHECK_FALSE(refused(PersonalScope::association, "responsible=Явір"));
  CHECK_FALSE(refused(PersonalScope::registrations, "responsible=Явір"));
}

TEST_CASE("the calendar of what I take part in follows what I say") {
  Calendars fixture;
  const auto token = fixture.make(PersonalScope::registrations).token;
  const auto event = event_called(fixture, "Круглий стіл «Книга в дорозі»");
  CHECK(entries(fixture.text(token)) == 0);
  CHECK(attend(fixture.context, fixture.who, event.id).wait().value());
  CHECK_FALSE(attend(fixture.context, fixture.who, event.id).wait().value());
  CHECK(attends(fixture.context, fixture.who, event.id).wait().value());
  CHECK(attended_events(fixture.context, fixture.who).wait().value() == std::vector{event.id});
  CHECK(has(fixture.text(token), event.uid));
  CHECK(entries(fixture.text(token)) == 1);
  CHECK(withdraw(fixture.context, fixture.who, event.id).wait().value());
  CHECK_FALSE(withdraw(fixture.context, fixture.who, event.id).wait().value());
  CHECK(entries(fixture.text(token)) == 0);
  CHECK(attend(fixture.context, fixture.who, EventId{999}).wait().error().code == Errc::not_found);
  CHECK(withdraw(fixture.context, fixture.who, EventId{999}).wait().error().code == Errc::not_found);
}

TEST_CASE("who takes part in something leaves every public feed as it was") {
  Calendars fixture;
  const auto before = fixture.feeds.body(FeedRequest()).wait().value();
  REQUIRE(attend(fixture.context, fixture.who, all_events(fixture).at(0).id).wait());
  fixture.make(PersonalScope::responsible);
  const auto after = fixture.feeds.body(FeedRequest()).wait().value();
  CHECK(after->etag == before->etag);
  CHECK(after->last_modified == before->last_modified);
}

TEST_CASE("another person behind the account shows in its calendar at the next reading") {
  Calendars fixture;
  const auto token = fixture.make(PersonalScope::responsible).token;
  CHECK(has(fixture.text(token), "Установче засідання"));
  CHECK(personal_request_if_known(fixture.context, token, "curl/8"));
  AccountChange other;
  other.person = "Явір С.М.";
  other.role = AccountRole::organiser;
  fixture.change(other);
  CHECK_FALSE(personal_request_if_known(fixture.context, token, "curl/8"));
  const auto text = fixture.text(token);
  CHECK_FALSE(has(text, "Установче засідання"));
  CHECK(has(text, "Книга в дорозі"));
}

TEST_CASE("a withdrawn calendar and a closed account's are gone at the next reading") {
  Calendars fixture;
  const auto first = fixture.make(PersonalScope::association),
             second = fixture.make(PersonalScope::responsible);
  fixture.text(first.token);
  fixture.text(second.token);
  REQUIRE(revoke_personal_calendar(fixture.context, fixture.who, first.id).wait());
  CHECK(fixture.refusal(first.token) == Errc::gone);
  CHECK(fixture.refusal(first.token) == Errc::gone);
  CHECK(fixture.text(second.token).size() > 100);
  CHECK(revoke_personal_calendar(fixture.context, fixture.who, first.id).wait().error().code ==
        Errc::not_found);
  AccountChange closing;
  closing.closed = true;
  fixture.change(closing);
  CHECK(fixture.refusal(second.token) == Errc::gone);
  closing.closed = false;
  fixture.change(closing);
  CHECK(fixture.text(second.token).size() > 100);
  CHECK(fixture.refusal(first.token) == Errc::gone);
}

TEST_CASE("what another process withdraws is gone at the next reading here") {
  Calendars fixture;
  const auto issued = fixture.make(PersonalScope::association);
  fixture.text(issued.token);
  REQUIRE(personal_request_if_known(fixture.context, issued.token, "curl/8"));
  db::sqlite::Options options;
  options.path = fixture.temporary.file();
  const auto store = db::sqlite::open(options);
  REQUIRE(store);
  Context elsewhere{**store, fixture.clock, Settings{}};
  REQUIRE(revoke_personal_calendar(elsewhere, fixture.who, issued.id).wait());
  CHECK_FALSE(personal_request_if_known(fixture.context, issued.token, "curl/8"));
  CHECK(fixture.refusal(issued.token) == Errc::gone);
}

TEST_CASE("an address that never was is not found however it is written") {
  Calendars fixture;
  const auto token = fixture.make(PersonalScope::association).token;
  auto changed = token;
  changed[5] = changed[5] == 'A' ? 'B' : 'A';
  for (const auto& unknown : {changed, token.substr(1), token + "x", std::string(), std::string(32, '/'),
                              std::string(32, '\0'), std::string(100'000, 'a'), sha256_hex(token)}) {
    CAPTURE(unknown.size());
    CHECK(fixture.refusal(unknown) == Errc::not_found);
  }
}

TEST_CASE("nobody withdraws or sees the calendars of another account") {
  Calendars fixture;
  const auto issued = fixture.make(PersonalScope::association);
  fixture.add("other@library.example");
  const auto other = fixture.signs_in("other@library.example").who;
  CHECK(personal_calendars_of(fixture.context, other).wait().value().empty());
  CHECK(revoke_personal_calendar(fixture.context, other, issued.id).wait().error().code == Errc::not_found);
  CHECK(revoke_personal_calendar(fixture.context, other, PersonalCalendarId{99}).wait().error().code ==
        Errc::not_found);
  CHECK(fixture.text(issued.token).size() > 100);
}

TEST_CASE("an account has twenty calendars in force and may withdraw one for another") {
  Calendars fixture;
  PersonalCalendarId last;
  for (int i = 0; i < 20; ++i) last = fixture.make(PersonalScope::responsible).id;
  const NewPersonalCalendar wanted{PersonalScope::responsible, "ще один", ""};
  const auto refused = make_personal_calendar(fixture.context, fixture.who, wanted).wait();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::limit_exceeded);
  REQUIRE(revoke_personal_calendar(fixture.context, fixture.who, last).wait());
  fixture.make(PersonalScope::responsible);
  const auto all = personal_calendars_of(fixture.context, fixture.who).wait().value();
  REQUIRE(all.size() == 21);
  CHECK(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return b.id < a.id; }));
}

TEST_CASE("a calendar's name and filters are checked and the answer names what is allowed") {
  Calendars fixture;
  const auto refused = [&](const std::string& name, const std::string& query) {
    const auto made =
        make_personal_calendar(fixture.context, fixture.who, {PersonalScope::association, name, query})
            .wait();
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::invalid_input);
    return made.error().message;
  };
  refused("", "");
  refused(" \t", "");
  refused(std::string(101, 'x'), "");
  refused("\xff", "");
  CHECK(has(refused("x", "colour=red"), "allowed: "));
  CHECK(has(refused("x", "kind=party"), "meeting"));
  refused("x", "q=%zz");
  refused("x", "q=" + std::string(2000, 'y'));
  fixture.make(PersonalScope::association, "", std::string(100, 'x'));
  const auto id = fixture.make(PersonalScope::association, "lang=be&kind=seminar,meeting").id;
  CHECK(
      fixture.stored(id).query ==
      fixture.stored(fixture.make(PersonalScope::association, "kind=meeting&kind=seminar&lang=be").id).query);
}

TEST_CASE("when and by which app a calendar was read last is written once a minute") {
  Calendars fixture;
  const auto issued = fixture.make(PersonalScope::association);
  CHECK_FALSE(fixture.stored(issued.id).last_read);
  const auto change = fixture.context.store.last_change();
  const auto begun = fixture.clock.now();
  fixture.text(issued.token, "Google-Calendar-Importer");
  CHECK(fixture.stored(issued.id).last_read == begun);
  CHECK(fixture.stored(issued.id).last_reader == "Google Calendar");
  fixture.later(std::chrono::seconds{59});
  fixture.text(issued.token, "Mozilla/5.0 Thunderbird/128.0");
  CHECK(fixture.stored(issued.id).last_read == begun);
  fixture.later(std::chrono::seconds{1});
  fixture.text(issued.token, "Mozilla/5.0 Thunderbird/128.0");
  CHECK(fixture.stored(issued.id).last_read == begun + std::chrono::seconds{60});
  CHECK(fixture.stored(issued.id).last_reader == "Thunderbird");
  CHECK(fixture.context.store.last_change() == change);
  REQUIRE(revoke_personal_calendar(fixture.context, fixture.who, issued.id).wait());
  fixture.later(std::chrono::minutes{5});
  fixture.refusal(issued.token);
  CHECK(fixture.stored(issued.id).last_reader == "Thunderbird");
}

TEST_CASE("an address read before is answered without the database until somebody's rights change") {
  Calendars fixture;
  const auto token = fixture.make(PersonalScope::association).token;
  CHECK_FALSE(personal_request_if_known(fixture.context, token, "curl/8"));
  fixture.text(token);
  for (int i = 0; i < 3; ++i) {
    const auto known = personal_request_if_known(fixture.context, token, "curl/8");
    REQUIRE(known);
    CHECK((*known)->source.ends_with(token + ".ics"));
  }
  // Of an event that changes only the new place in the log has to be read.
  EventChange change;
  change.note = "інша";
  REQUIRE(change_event(fixture.context, editor, all_events(fixture).at(0).id, change).wait());
  CHECK_FALSE(personal_request_if_known(fixture.context, token, "curl/8"));
  fixture.text(token);
  CHECK(personal_request_if_known(fixture.context, token, "curl/8"));
  CHECK(fixture.context.calendar_addresses->kept() == 1);
}

TEST_CASE("more changes than are read at once let go of every address kept") {
  Calendars fixture;
  const auto first = fixture.make(PersonalScope::association),
             second = fixture.make(PersonalScope::responsible);
  fixture.text(first.token);
  fixture.text(second.token);
  REQUIRE(revoke_personal_calendar(fixture.context, fixture.who, first.id).wait());
  fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [](db::Unit& unit) {
               Person person;
               person.name = "Хтось";
               for (std::size_t i = 0; i < CalendarAddresses::most_changes_read; ++i)
                 unit.people().insert(person);
               return 0;
             })
      .wait()
      .value();
  CHECK(fixture.text(second.token).size() > 100);
  CHECK(fixture.context.calendar_addresses->kept() == 1);
  CHECK(fixture.refusal(first.token) == Errc::gone);
}

TEST_CASE("the addresses kept are bounded and the one read longest ago goes") {
  AccountFixture fixture;
  const auto account = fixture.add(olena);
  const auto hash = [](std::size_t i) { return sha256_hex(std::to_string(i)); };
  const std::size_t count = CalendarAddresses::most_kept + 1;
  fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [=](db::Unit& unit) {
               PersonalCalendar calendar;
               calendar.account = account;
               calendar.name = "x";
               for (std::size_t i = 0; i < count; ++i) {
                 calendar.hash = hash(i);
                 unit.personal_calendars().insert(calendar);
               }
               return 0;
             })
      .wait()
      .value();
  auto addresses = make_calendar_addresses();
  fixture.context.store
      .read([=](db::Unit& unit) {
        for (std::size_t i = 0; i < count; ++i) addresses->read(unit, hash(i));
        return 0;
      })
      .wait()
      .value();
  CHECK(addresses->kept() == CalendarAddresses::most_kept);
  const auto change = fixture.context.store.last_change();
  CHECK_FALSE(addresses->find(hash(0), change));
  CHECK(addresses->find(hash(1), change));
  CHECK(addresses->find(hash(count - 1), change));
}

TEST_CASE("calendar apps are called by their names") {
  const std::pair<std::string, std::string> agents[] = {
      {"Google-Calendar-Importer", "Google Calendar"},
      {"Mozilla/5.0 (compatible; Google-Calendar-Importer; +http://www.google.com/)", "Google Calendar"},
      {"iOS/17.5.1 (21F90) dataaccessd/1.0", "Apple Calendar"},
      {"macOS/14.5 (23F79) CalendarAgent/988", "Apple Calendar"},
      {"Mac+OS+X/10.15.7 (19H2) CalendarAgent/930.5.1", "Apple Calendar"},
      {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.0", "Thunderbird"},
      {"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17628; Pro)", "Outlook"},
      {"Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)", "Outlook"},
      {"DAVx5/4.4.1-ose (2024/06/20; dav4jvm; okhttp/4.12.0) Android/14", "DAVx5"},
      {"ICSx5/2.2.3 (ical4j/3.2.18 okhttp/4.12.0)", "ICSx5"},
      {"Nextcloud Calendar Subscription/29", "Nextcloud"},
      {"Evolution/3.46.4", "Evolution"},
      {"YandexCalendar/1.0", "Yandex"},
      {"curl/8.5.0", "curl"},
      {"", ""},
      {"   ", ""},
      {"один два", "один"},
      {std::string(5000, 'x'), std::string(39, 'x') + "…"},
      {"\xff\xfe\x00x", "\xef\xbf\xbd\xef\xbf\xbd"},
  };
  for (const auto& [agent, name] : agents) {
    CAPTURE(agent);
    CHECK(reader_named_by(agent) == name);
  }
}

TEST_CASE("no token of a calendar stands in the database") {
  Calendars fixture;
  const auto token = fixture.make(PersonalScope::association).token;
  fixture.text(token);
  fixture.let_writes_end();
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(fixture.temporary.folder())) {
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  CHECK(has(all, sha256_hex(token)));
  CHECK_FALSE(has(all, token));
}
