// A place that is handed over: whoever gives it learns nothing about the address that gets it, no place is
// lost, and nobody is registered twice.
#include "service/registration_consent.hpp"
#include "tests/service/conference.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;

namespace {

using What = RegistrationAct::What;

// With three places in the hall.
class Places : public Conference {
 public:
  explicit Places(const std::string& places = "3") : Conference(places) {}
  void send(const std::string& name, const std::vector<std::string>& colleagues = {}) {
    fixture.clock.set(fixture.clock.now() + 1min);  // the same mail in the same second is one
    auto one = entry(name);
    one.colleagues = colleagues;
    REQUIRE_FALSE(Conference::send(one));
  }
  void come(const std::string& name, const std::vector<std::string>& colleagues = {}) {
    send(name, colleagues);
    confirm(name);
  }
  RegistrationActed hand(const std::string& from, const std::string& to, const std::string& member = {}) {
    fixture.clock.set(fixture.clock.now() + 1min);
    RegistrationAct act;
    act.what = What::hand_over;
    act.name = "Хтось Інший";
    act.email = to + "@example.org";
    if (!member.empty()) act.who = one(member).id;
    return act_on_registration(fixture.context, token(from), act).wait().value();
  }
  // Alive, of this address.
  int registrations_of(const std::string& name) {
    const auto people = all();
    return static_cast<int>(std::ranges::count_if(people, [&](const Registration& each) {
      return each.email == name + "@example.org" && is_alive(each.state);
    }));
  }
  // Places that are taken are those of people who hold one.
  void check_sound() {
    const auto people = all();
    CHECK(taken() == std::ranges::count_if(people, &Registration::holds_place));
  }
  std::vector<Reminder> mails_of(const Registration& who) {
    return write([&](db::Unit& unit) {
      db::ReminderSelection selection;
      selection.recipient = notify::registration_key(who.id);
      return unit.reminders().list(selection);
    });
  }
};

}  // namespace

TEST_CASE("whoever hands a place over is told the same whether the address is registered or not") {
  for (const std::string to : {"stranger", "known", "waiting", "unconfirmed"}) {
    CAPTURE(to);
    Places places("2");
    places.come("olena");
    places.come("known");
    places.come("waiting");
    CHECK(places.one("waiting").state == RegistrationState::waiting);
    if (to == "unconfirmed") places.send("unconfirmed");
    const auto old = places.token("olena");
    const auto acted = places.hand("olena", to);
    CHECK_FALSE(acted.problem);
    CHECK(acted.done);
    CHECK(acted.handed);
    CHECK(acted.moved);
    CHECK(view_registration(places.fixture.context, old).wait().error().code == Errc::not_found);
    CHECK(places.registrations_of("olena") == 0);
    CHECK(places.registrations_of(to) == 1);
    CHECK(places.taken() == 2);  // nobody waits while one is free
    places.check_sound();
  }
}

TEST_CASE("a place that goes to somebody who has one goes on to whoever waits") {
  Places places("2");
  places.come("olena");
  places.come("known");
  places.come("waiting");
  const auto before = places.mails_of(places.one("known")).size();
  places.hand("olena", "known");
  CHECK(places.one("waiting").state == RegistrationState::registered);
  CHECK(places.one("known").state == RegistrationState::registered);
  CHECK(places.mails_of(places.one("known")).size() == before + 1);
  const auto people = places.all();
  const auto gone = std::ranges::find(people, RegistrationState::cancelled, &Registration::state);
  REQUIRE(gone != people.end());
  CHECK(gone->name.empty());
  CHECK(gone->email.empty());
  CHECK(places.mails_of(*gone).size() == 2);  // what it had as olena's: no word of a cancellation
}

TEST_CASE("a place that goes to somebody who waits is theirs and not that of whoever waits longer") {
  Places places("1");
  places.come("olena");
  places.come("longer");
  places.come("waiting");
  places.hand("olena", "waiting");
  CHECK(places.one("waiting").state == RegistrationState::registered);
  CHECK(places.one("longer").state == RegistrationState::waiting);
  CHECK(places.taken() == 1);
  places.check_sound();
  const auto mails = places.mails_of(places.one("waiting"));
  CHECK(mails.back().reason == ReminderReason::registration_promoted);
}

TEST_CASE("a place on the waiting list is handed over like any other") {
  Places places("1");
  places.come("first");
  places.come("olena");
  CHECK(places.hand("olena", "stranger").moved);
  CHECK(places.one("Хтось Інший").state == RegistrationState::waiting);
  places.come("taras");
  CHECK(places.hand("taras", "first").moved);
  CHECK(places.registrations_of("first") == 1);
  CHECK(places.taken() == 1);
  places.check_sound();
}

TEST_CASE("whoever hands over one place of several is shown the others alone and keeps a way to them") {
  for (const std::string to : {"stranger", "known"}) {
    CAPTURE(to);
    Places places("5");
    places.come("olena", {"Петро", "Ганна"});
    places.come("known");
    const auto member = places.hand("olena", to, "Петро");
    CHECK(member.done);
    CHECK_FALSE(member.moved);
    CHECK(member.view.party.size() == 2);
    CHECK(std::ranges::none_of(member.view.party,
                               [](const Registration& each) { return each.name == "Хтось Інший"; }));
    if (to == "stranger") {
      const auto theirs =
          view_registration(places.fixture.context, places.token("Хтось Інший")).wait().value();
      CHECK(theirs.party.size() == 1);
    }
    const auto own = places.hand("olena", to == "stranger" ? "another" : "known");
    CHECK(own.moved);
    const auto hanna = places.one("Ганна");
    CHECK(hanna.state == RegistrationState::registered);
    CHECK(places.mails_of(hanna).size() == 1);
    CHECK(view_registration(places.fixture.context, places.token("Ганна")).wait().value().party.size() == 1);
    places.check_sound();
  }
}

TEST_CASE("a place is not handed over to its own address and not twice") {
  Places places;
  places.come("olena");
  CHECK(places.hand("olena", "olena").problem == RegistrationProblem::email);
  CHECK(places.one("olena").state == RegistrationState::registered);
  const auto old = places.token("olena");
  CHECK(places.hand("olena", "stranger").moved);
  RegistrationAct act;
  act.what = What::hand_over;
  act.name = "Третій";
  act.email = "third@example.org";
  CHECK(act_on_registration(places.fixture.context, old, act).wait().error().code == Errc::not_found);
  CHECK(places.taken() == 1);
}

TEST_CASE(
    "an address that got many mails today hears of its place tomorrow and whoever gave it sees no "
    "difference") {
  // Somebody typed this address three times and nobody answered.
  Places busy("10");
  busy.send("victim");
  for (int i = 0; i < 2; ++i) busy.send("victim");
  auto lapsed = busy.one("victim");
  busy.write([&](db::Unit& unit) {
    unit.registrations().give_back(busy.event, AttendanceFormat::hall, 1);
    lapsed.state = RegistrationState::lapsed;
    lapsed.holds_place = false;
    return unit.registrations().update(lapsed), true;
  });
  REQUIRE(busy.mails_of(busy.one("victim")).size() == most_unconfirmed_mails);
  busy.come("olena");
  CHECK(busy.hand("olena", "victim").moved);
  const auto mails = busy.mails_of(busy.one("Хтось Інший"));
  REQUIRE_FALSE(mails.empty());
  CHECK(mails.back().due == busy.fixture.clock.now() + 24h);
  CHECK(busy.one("Хтось Інший").state == RegistrationState::registered);
}

TEST_CASE("what the giver answered and agreed to does not go along with the place") {
  Places places;
  places.come("olena");
  const auto olena = places.one("olena").id;
  places.write([&](db::Unit& unit) {
    auto one = unit.registrations().find(olena).value();
    one.answers = {{"f1", "без глютену"}};
    return unit.registrations().update(one), true;
  });
  REQUIRE_FALSE(places.one("olena").consent.version.empty());
  CHECK(places.hand("olena", "stranger").moved);
  const auto theirs = places.one("Хтось Інший");
  CHECK(theirs.answers.empty());
  CHECK(theirs.consent.version.empty());
  CHECK(theirs.consent.channel == "hand_over");
}

TEST_CASE("whoever got a place proves the address by acting and may hand the place on") {
  for (const auto what : {What::change, What::hand_over}) {
    Places places;
    places.come("olena");
    CHECK(places.hand("olena", "stranger").moved);
    RegistrationAct act;
    act.what = what;
    act.who = places.one("Хтось Інший").id;  // as the page sends it, for oneself too
    act.name = "Третій";
    act.email = "third@example.org";
    const auto acted =
        act_on_registration(places.fixture.context, places.token("Хтось Інший"), act).wait().value();
    CHECK(acted.done);
    CHECK(acted.moved == (what == What::hand_over));
    if (what == What::change) CHECK(places.one("Третій").confirmed);
  }
}

TEST_CASE("mails to whoever gave a place away are not counted against whoever got it") {
  Places places("10");
  places.come("olena");  // two mails
  places.hand("olena", "stranger");
  const auto sent = places.write([&](db::Unit& unit) {
    return unit.registrations().unconfirmed_mails("stranger@example.org", places.fixture.clock.now() - 24h);
  });
  CHECK(sent == 1);
}

TEST_CASE("the first of a party who is still there has the link to the others") {
  Places places("10");
  places.come("olena", {"Петро", "Ганна", "Дарина"});
  RegistrationAct cancel;
  cancel.what = What::cancel;
  cancel.who = places.one("Петро").id;
  REQUIRE(act_on_registration(places.fixture.context, places.token("olena"), cancel).wait().value().done);
  CHECK(places.hand("olena", "stranger").moved);
  const auto view = view_registration(places.fixture.context, places.token("Ганна")).wait().value();
  CHECK(std::ranges::any_of(view.party, [](const Registration& one) { return one.name == "Дарина"; }));
}

TEST_CASE("whoever got a place is asked for a consent of their own and keeps the place without an answer") {
  Places places;
  places.come("olena");
  CHECK(places.hand("olena", "stranger").moved);
  const auto theirs = [&] { return places.one("Хтось Інший"); };
  CHECK(lacks_consent(theirs()));
  const auto before = theirs();
  const auto view = view_registration(places.fixture.context, places.token("Хтось Інший")).wait().value();
  const auto text = consent_text(view.form, view.association, Language::be);
  const auto answer = [&](bool box, const std::string& version) {
    RegistrationAct act;
    act.what = What::agree;
    act.consent = box;
    act.shown_version = version;
    act.language = Language::be;
    return act_on_registration(places.fixture.context, places.token("Хтось Інший"), act).wait().value();
  };
  CHECK(answer(false, consent_version(text)).problem == RegistrationProblem::consent);
  CHECK(answer(true, "0000000000000000").problem == RegistrationProblem::consent_changed);
  CHECK(answer(true, "").problem == RegistrationProblem::consent_changed);
  CHECK(lacks_consent(theirs()));
  CHECK(theirs().state == RegistrationState::registered);
  CHECK(theirs().holds_place);
  CHECK(theirs().code == before.code);
  places.fixture.clock.set(places.fixture.clock.now() + 1h);
  const auto agreed = answer(true, consent_version(text));
  CHECK(agreed.done);
  CHECK_FALSE(agreed.moved);
  CHECK_FALSE(lacks_consent(agreed.view.mine));
  CHECK(theirs().consent.version == consent_version(text));
  CHECK(theirs().consent.purpose == consent_purpose);
  CHECK(theirs().consent.at == places.fixture.clock.now());
  CHECK(theirs().consent.channel == "link");
  const auto when = theirs().consent.at;
  places.fixture.clock.set(places.fixture.clock.now() + 1h);
  CHECK_FALSE(answer(true, consent_version(text)).done);
  CHECK(theirs().consent.at == when);
  places.check_sound();
}

TEST_CASE("nobody is asked for consent who gave it with the form") {
  Places places;
  places.come("olena");
  CHECK_FALSE(lacks_consent(places.one("olena")));
  RegistrationAct act;
  act.what = What::agree;
  act.consent = true;
  CHECK_FALSE(act_on_registration(places.fixture.context, places.token("olena"), act).wait().value().done);
  CHECK(places.one("olena").consent.channel == "form");
}
