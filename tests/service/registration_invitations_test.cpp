// Asking people to register: who gets a mail, what its link does, and what is never done twice.
#include "service/registration_invitations.hpp"

#include "db/registration_files.hpp"
#include "notify/registration_invitation_links.hpp"
#include "service/invited_lines.hpp"
#include "service/registration_own_data.hpp"
#include "tests/service/conference.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

using What = InvitedAct::What;
using Lines = std::vector<InvitedLine>;

// A conference, and people of a directory: a group of two, and one of them in the association below.
struct Invitations : Conference {
  explicit Invitations(std::string places = "2", bool waiting_list = true, bool moderated = false)
      : Conference(std::move(places), waiting_list, moderated) {
    write([this](db::Unit& unit) {
      home = unit.events().find(event)->organisation;
      Organisation below;
      below.name = "Бібліотека-філія № 3";
      below.parent = home;
      branch = unit.organisations().insert(below);
      Organisation stranger;
      stranger.name = "Інше об’єднання";
      elsewhere = unit.organisations().insert(stranger);
      Roster roster;
      roster.kind = RosterKind::group;
      roster.organisation = home;
      roster.name = "Методична рада";
      roster.tenures.resize(2);
      roster.tenures[0].person = add(unit, "Калина", "Kalyna@example.org", home);
      roster.tenures[1].person = add(unit, "Явір", "yavir@example.org", branch, Language::be);
      group = unit.rosters().save(roster);
      add(unit, "Липа", "", branch);
      add(unit, "Дуб", "dub@example.org", elsewhere);
      return true;
    });
  }
  static PersonId add(db::Unit& unit, const std::string& name, const std::string& email, OrganisationId of,
                      Language language = Language::uk) {
    Person person;
    person.name = name;
    person.email = email;
    person.organisation = of;
    person.language = language;
    return unit.people().insert(person);
  }
  InvitationWish pasted(const std::string& addresses) const {
    InvitationWish wish;
    wish.addresses = addresses;
    return wish;
  }
  InvitationWish council() const {
    InvitationWish wish;
    wish.group = group;
    return wish;
  }
  // "kalyna@example.org invited; …"
  static std::string fates(const InvitationPreview& preview) {
    constexpr std::array<const char*, guest_fate_count> names = {"invited",    "registered",  "before",
                                                                 "no_address", "unreachable", "opted_out",
                                                                 "erased",     "wrong",       "too_many"};
    std::string text;
    for (const auto& guest : preview.guests)
      text += (guest.who.email.empty() ? guest.who.name : guest.who.email) + " " +
              names.at(static_cast<std::size_t>(guest.fate)) + "; ";
    return text;
  }
  std::string look(const InvitationWish& wish) {
    return fates(preview_invitations(fixture.context, editor, scope(), wish).wait().value());
  }
  std::string invite(const InvitationWish& wish) {
    return fates(send_invitations(fixture.context, editor, scope(), wish).wait().value());
  }
  InvitationDesk desk() { return invitation_desk(fixture.context, editor, scope()).wait().value(); }
  RegistrationInvitation invited(const std::string& email) {
    const auto found =
        read([&](db::Unit& unit) { return unit.registration_invitations().find_by_address(event, email); });
    if (!found) FAIL("not invited: " + email);
    return *found;
  }
  std::string token_of(const std::string& email) {
    return notify::registration_invitation_token(key, invited(email).code);
  }
  InvitedActed answer(const std::string& email, What what) {
    InvitedAct act;
    act.what = what;
    act.entry.name = "Калина О. П.";
    act.entry.institution = "Бібліотека № 1";
    act.entry.consent = true;
    act.entry.email = "another@example.org";  // what is not asked is not taken
    return act_on_invitation(fixture.context, token_of(email), act).wait().value();
  }
  int invitation_mails() {
    return read([](db::Unit& unit) {
      db::ReminderSelection selection;
      int count = 0;
      for (const auto& row : unit.reminders().list(selection))
        count += row.reason == ReminderReason::registration_invited ? 1 : 0;
      return count;
    });
  }
  void later(std::chrono::seconds by) { fixture.clock.set(fixture.clock.now() + by); }

  OrganisationId home, branch, elsewhere;
  RosterId group;
};

}  // namespace

TEST_CASE("addresses are read as letters and address books and tables write them") {
  CHECK(read_invited_lines("Калина О. П. <Kalyna@Example.org>; yavir@example.org") ==
        Lines{{"Калина О. П.", "kalyna@example.org"}, {"", "yavir@example.org"}});
  CHECK(read_invited_lines("\"Явір, Степан\" <yavir@example.org>,\r\n\r\nmailto:dub@example.org.\n") ==
        Lines{{"Явір Степан", "yavir@example.org"}, {"", "dub@example.org"}});
  CHECK(read_invited_lines("a@example.org, b@example.org Дуб\nЛипа\tlypa@example.org") ==
        Lines{{"", "a@example.org"}, {"Дуб", "b@example.org"}, {"Липа", "lypa@example.org"}});
  CHECK(read_invited_lines("Липа Н. В.") == Lines{{"Липа Н. В.", ""}});
  CHECK(read_invited_lines(" ;\n,;").empty());
}

TEST_CASE(
    "a group and an association with those below it and pasted addresses are looked at before they are "
    "invited") {
  Invitations conference;
  CHECK(conference.look(conference.council()) == "kalyna@example.org invited; yavir@example.org invited; ");
  InvitationWish all;
  all.organisation = conference.home;
  CHECK(conference.look(all) == "kalyna@example.org invited; yavir@example.org invited; Липа no_address; ");
  all.organisation = conference.branch;
  all.group = conference.group;  // nobody twice
  all.addresses = "yavir@example.org\nДуб <dub@example.org>; no-address@; Марія";
  CHECK(conference.look(all) ==
        "kalyna@example.org invited; yavir@example.org invited; Липа no_address; dub@example.org invited; "
        "no-address@ wrong; Марія no_address; ");
  CHECK(conference.invitation_mails() == 0);
  CHECK(conference.desk().people.empty());
}

TEST_CASE("who is registered or was invited or wants none or cannot be reached gets no invitation") {
  Invitations conference("");
  conference.come("registered");
  conference.invite(conference.pasted("before@example.org out@example.org"));
  conference.answer("out@example.org", What::opt_out);
  conference.write([](db::Unit& unit) {
    AddressTrouble trouble;
    trouble.address = "bounced@example.org";
    unit.address_troubles().mark(trouble);
    return true;
  });
  CHECK(conference.invitation_mails() == 2);
  CHECK(conference.invite(conference.pasted("registered@example.org before@example.org out@example.org "
                                            "bounced@example.org new@example.org")) ==
        "registered@example.org registered; before@example.org before; out@example.org opted_out; "
        "bounced@example.org unreachable; new@example.org invited; ");
  CHECK(conference.invitation_mails() == 3);
  CHECK(conference.invite(conference.pasted("new@example.org")) == "new@example.org before; ");
  CHECK(conference.invitation_mails() == 3);
}

TEST_CASE("one press on the link of an invitation registers without another mail to confirm") {
  Invitations conference;
  conference.invite(conference.council());
  const auto mine = conference.invited("yavir@example.org");
  CHECK(mine.language == Language::be);
  CHECK(mine.institution == "Бібліотека-філія № 3");
  const auto view =
      view_invitation(conference.fixture.context, conference.token_of("yavir@example.org"), std::nullopt)
          .wait()
          .value();
  CHECK(view.language == Language::be);
  CHECK(view.answer == InvitationAnswer::silent);
  CHECK(conference.all().empty());  // looking changes nothing
  const auto joined = conference.answer("kalyna@example.org", What::join);
  CHECK(joined.done);
  CHECK(joined.view.answer == InvitationAnswer::registered);
  const auto one = conference.one("Калина О. П.");
  CHECK(one.state == RegistrationState::registered);
  CHECK(one.email == "kalyna@example.org");
  CHECK(one.confirmed);
  CHECK(one.consent.channel == "invitation");
  CHECK(one.consent.version.size() == 16);
  CHECK(conference.taken() == 1);
  CHECK(conference.mails(ReminderReason::registration_confirm).empty());
  CHECK(conference.mails(ReminderReason::registration_done).size() == 1);
  CHECK_FALSE(conference.answer("kalyna@example.org", What::join).done);
  CHECK(conference.all().size() == 1);
  const auto data =
      own_registration_data(conference.fixture.context, joined.view.registration_token).wait().value();
  CHECK_THAT(data, Catch::Matchers::Contains("\"invitation\":{\"sent\":\"2026-09-01T06:00:00Z\"}"));
  CHECK(view_registration(conference.fixture.context, joined.view.registration_token).wait());
}

TEST_CASE(
    "an invitation gives no place that is not there and asks for consent and keeps what the form asks") {
  Invitations conference("1");
  FieldChange field;
  field.field.required = true;
  field.field.words[3].label = "Section";
  REQUIRE(change_field(conference.fixture.context, editor, conference.scope(), field).wait());
  conference.invite(conference.council());
  CHECK(conference.answer("kalyna@example.org", What::join).problem == RegistrationProblem::field);
  InvitedAct act;
  act.entry.name = "Калина";
  act.entry.answers = {{"f1", "History"}};
  const auto join = [&](const std::string& email) {
    return act_on_invitation(conference.fixture.context, conference.token_of(email), act).wait().value();
  };
  CHECK(join("kalyna@example.org").problem == RegistrationProblem::consent);
  CHECK(conference.all().empty());
  act.entry.consent = true;
  CHECK(join("kalyna@example.org").view.registration->state == RegistrationState::registered);
  act.entry.name = "Явір";
  CHECK(join("yavir@example.org").view.registration->state == RegistrationState::waiting);
  CHECK(conference.taken() == 1);
}

TEST_CASE("who was invited is decided about where the organiser decides about each") {
  Invitations conference("2", true, true);
  conference.invite(conference.council());
  CHECK(conference.answer("kalyna@example.org", What::join).view.registration->state ==
        RegistrationState::pending);
  CHECK(conference.taken() == 0);
}

TEST_CASE("who cannot come is kept as such and may still think better of it") {
  Invitations conference;
  conference.invite(conference.council());
  CHECK(conference.answer("kalyna@example.org", What::decline).done);
  CHECK_FALSE(conference.answer("kalyna@example.org", What::decline).done);
  auto desk = conference.desk();
  CHECK(desk.counts[InvitationAnswer::declined] == 1);
  CHECK(desk.counts[InvitationAnswer::silent] == 1);
  CHECK(conference.answer("kalyna@example.org", What::join).done);
  desk = conference.desk();
  CHECK(desk.counts[InvitationAnswer::registered] == 1);
  CHECK(desk.counts[InvitationAnswer::declined] == 0);
  // Saying no by the invitation cancels nothing; the registration's own link does.
  CHECK_FALSE(conference.answer("kalyna@example.org", What::decline).done);
  conference.cancel("Калина О. П.");
  CHECK(conference.desk().counts[InvitationAnswer::declined] == 1);
}

TEST_CASE("the silent ones are reminded by a button and never twice in a day") {
  Invitations conference;
  conference.invite(conference.pasted("silent@example.org no@example.org yes@example.org out@example.org"));
  conference.answer("no@example.org", What::decline);
  conference.answer("yes@example.org", What::join);
  conference.answer("out@example.org", What::opt_out);
  const auto remind = [&] {
    return remind_invited(conference.fixture.context, editor, conference.scope()).wait().value();
  };
  conference.later(invited_again_after - 1s);
  CHECK(conference.desk().may_be_reminded == 0);
  CHECK(remind() == 0);
  conference.later(1s);
  CHECK(conference.desk().may_be_reminded == 1);
  CHECK(remind() == 1);
  CHECK(remind() == 0);
  CHECK(conference.invitation_mails() == 5);
  conference.later(invited_again_after);
  CHECK(remind() == 1);
  CHECK(conference.invitation_mails() == 6);
}

TEST_CASE("nobody is invited or reminded or registered by a link while the registration is closed") {
  Invitations conference;
  conference.invite(conference.council());
  conference.settings.on = false;
  conference.open();
  auto& context = conference.fixture.context;
  conference.later(invited_again_after);
  const auto sent =
      send_invitations(context, editor, conference.scope(), conference.pasted("a@example.org")).wait();
  REQUIRE_FALSE(sent);
  CHECK(sent.error().code == Errc::conflict);
  CHECK(remind_invited(context, editor, conference.scope()).wait().error().code == Errc::conflict);
  CHECK(conference.answer("kalyna@example.org", What::join).problem == RegistrationProblem::closed);
  CHECK(conference.answer("kalyna@example.org", What::decline).done);
}

TEST_CASE("a link of an invitation opens that one alone and shows no place that was handed over") {
  Invitations conference;
  conference.invite(conference.council());
  auto& context = conference.fixture.context;
  CHECK_FALSE(view_invitation(context, "invented", std::nullopt).wait());
  CHECK_FALSE(view_invitation(context, conference.token_of("kalyna@example.org") + "x", std::nullopt).wait());
  const auto joined = conference.answer("kalyna@example.org", What::join);
  // Neither token is the other kind's.
  CHECK_FALSE(view_invitation(context, joined.view.registration_token, std::nullopt).wait());
  CHECK_FALSE(view_registration(context, conference.token_of("kalyna@example.org")).wait());
  RegistrationAct hand;
  hand.what = RegistrationAct::What::hand_over;
  hand.name = "Another";
  hand.email = "another@example.org";
  REQUIRE(act_on_registration(context, joined.view.registration_token, hand).wait().value().done);
  const auto view =
      view_invitation(context, conference.token_of("kalyna@example.org"), std::nullopt).wait().value();
  CHECK_FALSE(view.registration);
  CHECK(view.registration_token.empty());
  // Whoever gave the place away may think better of it.
  CHECK(view.answer == InvitationAnswer::declined);
  CHECK(conference.answer("kalyna@example.org", What::join).done);
  CHECK(conference.desk().counts[InvitationAnswer::registered] == 1);
}

TEST_CASE("nobody is reminded at an address from which mails come back") {
  Invitations conference;
  conference.invite(conference.council());
  conference.later(std::chrono::hours{25});
  const int silent = conference.desk().may_be_reminded;
  REQUIRE(silent > 0);
  conference.write([&](db::Unit& unit) {
    return unit.address_troubles().mark(
               {"kalyna@example.org", conference.fixture.clock.now(), "5.1.1", "no such user"}),
           true;
  });
  CHECK(conference.desk().may_be_reminded == silent - 1);
  CHECK(remind_invited(conference.fixture.context, editor, conference.scope()).wait().value() == silent - 1);
}

TEST_CASE("an organiser invites people and groups within reach and sees the own events alone") {
  Invitations conference;
  auto& context = conference.fixture.context;
  const DeskScope home(conference.event, conference.home), other(conference.event, conference.elsewhere);
  const auto code = [&](DeskScope scope, const InvitationWish& wish, Actor actor = editor) {
    const auto looked = preview_invitations(context, actor, scope, wish).wait();
    return looked ? std::optional<Errc>() : looked.error().code;
  };
  CHECK_FALSE(code(home, conference.council()));
  CHECK(code(other, conference.council()) == Errc::not_found);
  CHECK(code(home, conference.council(), Actor()) == Errc::unauthenticated);
  InvitationWish foreign;
  foreign.organisation = conference.elsewhere;
  CHECK(code(home, foreign) == Errc::invalid_input);
  foreign = InvitationWish();
  foreign.group = RosterId{99};
  CHECK(code(home, foreign) == Errc::invalid_input);
  CHECK(code(home, InvitationWish()) == Errc::invalid_input);
  // What the directory knows of another's people is not told to whoever pastes their address.
  const auto guests =
      preview_invitations(context, editor, home, conference.pasted("dub@example.org")).wait().value();
  CHECK(guests.guests.front().who.name.empty());
  const auto desk = invitation_desk(context, editor, home).wait().value();
  CHECK(desk.organisations.size() == 2);
  CHECK(desk.groups.size() == 1);
  CHECK(desk.group_sizes == std::vector<std::size_t>{2});
}

TEST_CASE("a thousand people are invited at once and not one more") {
  Invitations conference;
  std::string addresses;
  for (std::size_t i = 0; i < most_invited_at_once; ++i)
    addresses += "p" + std::to_string(i) + "@example.org\n";
  auto& context = conference.fixture.context;
  CHECK(preview_invitations(context, editor, conference.scope(), conference.pasted(addresses))
            .wait()
            .value()
            .invited == static_cast<int>(most_invited_at_once));
  const auto more = preview_invitations(context, editor, conference.scope(),
                                        conference.pasted(addresses + "one@example.org"))
                        .wait();
  REQUIRE_FALSE(more);
  CHECK(more.error().code == Errc::limit_exceeded);
}

TEST_CASE("an invitation forgets who it was for with the registration and when the time of keeping is over") {
  Invitations conference;
  conference.invite(conference.council());
  const auto joined = conference.answer("kalyna@example.org", What::join);
  RegistrationAct erase;
  erase.what = RegistrationAct::What::erase;
  REQUIRE(act_on_registration(conference.fixture.context, joined.view.registration_token, erase)
              .wait()
              .value()
              .erased);
  CHECK(conference.desk().people.front().invitation.email.empty());
  conference.at("2027-09-30T06:00:00Z");
  conference.round();
  CHECK(conference.desk().people.back().invitation.email.empty());
  CHECK(conference.desk().people.size() == 2);
}

TEST_CASE("whoever was invited and does not register has their data erased and is not invited anew") {
  Invitations conference;
  conference.invite(conference.council());
  const auto token = conference.token_of("kalyna@example.org");
  conference.answer("kalyna@example.org", What::opt_out);
  const auto erased = conference.answer("kalyna@example.org", What::erase);
  CHECK(erased.done);
  CHECK(erased.erased);
  const auto people = conference.desk().people;
  REQUIRE(people.size() == 2);
  CHECK((people[0].invitation.name + people[0].invitation.email + people[0].invitation.institution).empty());
  CHECK_FALSE(people[0].invitation.person);
  CHECK(people[1].invitation.email == "yavir@example.org");
  CHECK_FALSE(view_invitation(conference.fixture.context, token, std::nullopt).wait());
  CHECK_FALSE(conference.read(
      [](db::Unit& unit) { return unit.registration_invitations().has_opted_out("kalyna@example.org"); }));
  CHECK(conference.look(conference.pasted("Калина <Kalyna@example.org>; new@example.org")) ==
        "kalyna@example.org erased; new@example.org invited; ");
  CHECK(conference.invite(conference.council()) == "kalyna@example.org erased; yavir@example.org before; ");
  // To nothing else either; and what they do themselves still works.
  const auto other = conference.write([&](db::Unit& unit) {
    auto one = unit.events().find(conference.event).value();
    one.uid = random_uuid();
    return unit.events().insert(one);
  });
  const auto first = conference.event;
  conference.event = other;
  conference.open();
  CHECK(conference.look(conference.pasted("kalyna@example.org")) == "kalyna@example.org erased; ");
  conference.event = first;
  conference.come("kalyna");
  CHECK(conference.one("kalyna").state == RegistrationState::registered);
}

TEST_CASE(
    "erasing behind an invitation takes what was given up along and leaves a registration to its page") {
  Invitations conference;
  conference.invite(conference.council());
  const auto joined = conference.answer("kalyna@example.org", What::join);
  CHECK_FALSE(conference.answer("kalyna@example.org", What::erase).done);
  CHECK(conference.one("Калина О. П.").state == RegistrationState::registered);
  CHECK(conference.invited("kalyna@example.org").name == "Калина");
  conference.cancel("Калина О. П.");
  CHECK(conference.answer("kalyna@example.org", What::erase).erased);
  for (const auto& one : conference.all()) CHECK((one.name + one.email).empty());
  CHECK_FALSE(view_registration(conference.fixture.context, joined.view.registration_token).wait());
}

TEST_CASE("whoever erased a registration is not invited to that event anew and is to others") {
  Invitations conference;
  conference.come("olena");
  RegistrationAct erase;
  erase.what = RegistrationAct::What::erase;
  REQUIRE(act_on_registration(conference.fixture.context, conference.token("olena"), erase)
              .wait()
              .value()
              .erased);
  CHECK(conference.look(conference.pasted("olena@example.org")) == "olena@example.org erased; ");
  conference.event = conference.write([&](db::Unit& unit) {
    auto one = unit.events().find(conference.event).value();
    one.uid = random_uuid();
    return unit.events().insert(one);
  });
  conference.open();
  CHECK(conference.look(conference.pasted("olena@example.org")) == "olena@example.org invited; ");
}

TEST_CASE("the look at invitations says when every place is taken and nobody may wait") {
  for (const bool waiting_list : {false, true}) {
    CAPTURE(waiting_list);
    Invitations conference("1", waiting_list);
    const auto no_room = [&] {
      return preview_invitations(conference.fixture.context, editor, conference.scope(), conference.council())
          .wait()
          .value()
          .no_room;
    };
    CHECK_FALSE(no_room());
    conference.come("olena");
    CHECK(no_room() == !waiting_list);
  }
}
