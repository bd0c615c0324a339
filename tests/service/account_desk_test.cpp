// Inviting people, and changing what an account may (threats B5, B6, D2).
#include "service/account_desk.hpp"

#include "base/id.hpp"
#include "service/tokens.hpp"
#include "tests/service/account_fixture.hpp"
#include "tests/support/account_mail.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using convoke::tests::account_rows;
using convoke::tests::composed;
using convoke::tests::newest_token;

namespace {

constexpr auto invited = ReminderReason::account_invitation;

struct Desk : AccountFixture {
  OrganisationId district, village, other;
  SignedIn administrator, organiser, of_all, member;

  Desk() {
    const auto work = [this](db::Unit& unit) {
      Organisation one;
      one.name = "Луговий район";
      district = unit.organisations().insert(one);
      one.name = "Село Вільхове";
      one.parent = district;
      village = unit.organisations().insert(one);
      one.name = "Гірський район";
      one.parent = {};
      other = unit.organisations().insert(one);
      return true;
    };
    context.store.write(db::Author("test", clock.now()), work).wait().value();
    administrator = keeper("a@example.org", AccountRole::administrator, {});
    organiser = keeper("o@example.org", AccountRole::organiser, district);
    of_all = keeper("all@example.org", AccountRole::organiser, {});
    member = keeper("m@example.org", AccountRole::member, district);
  }

  SignedIn keeper(const std::string& login, AccountRole role, OrganisationId organisation) {
    NewAccount wanted;
    wanted.login = login;
    wanted.name = "Hanna";
    wanted.password = good_password;
    wanted.role = role;
    if (organisation) wanted.organisation = std::to_string(organisation.value);
    add(wanted);
    return signs_in(login).who;
  }

  Result<AccountId> invites(const SignedIn& who, const std::string& login,
                            AccountRole role = AccountRole::member, OrganisationId organisation = {}) {
    Invitation wanted;
    wanted.login = login;
    wanted.name = "Явір С.М.";
    wanted.role = role;
    wanted.organisation = organisation;
    return invite(context, who, wanted).wait();
  }
  Result<NewSession> accepts(const std::string& token, const std::string& password = good_password) {
    Acceptance entered;
    entered.token = token;
    entered.name = "Явір Софія";
    entered.password = password;
    return accept_invitation(context, entered).wait();
  }
  std::string token(const std::string& login) { return newest_token(context.store, login, invited); }
  Account account(const std::string& login) {
    return context.store
        .read([login](db::Unit& unit) { return unit.accounts().find_by_login(login).value(); })
        .wait()
        .value();
  }
};

Errc code_of(const auto& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("somebody who is invited by mail chooses a password and is signed in") {
  Desk desk;
  const auto id = desk.invites(desk.organiser, " Yavir@Example.org ", AccountRole::organiser);
  REQUIRE(id);
  CHECK(desk.wakes == 1);
  const auto account = desk.account("yavir@example.org");
  CHECK(account.organisation == desk.district);
  CHECK(account.password.empty());
  CHECK(desk.refusal("yavir@example.org", "") == Errc::unauthenticated);

  const auto rows = account_rows(desk.context.store, "yavir@example.org", invited);
  REQUIRE(rows.size() == 1);
  auto mail = composed(desk.context.store, rows[0], desk.clock.now());
  REQUIRE(mail.kind == notify::Composition::Kind::send);
  const auto sent = mail.write();
  CHECK(sent.to == "yavir@example.org");
  // What is kept of the mail opens nothing.
  CHECK(sent.copy.text.find("https://plans.example.org/invitation/…") != std::string::npos);
  const auto token = desk.token("yavir@example.org");
  CHECK(sent.copy.text.find(token) == std::string::npos);
  CHECK(sent.copy.html.find(token) == std::string::npos);

  const auto view = view_invitation(desk.context, token).wait();
  REQUIRE(view);
  CHECK(view->login == "yavir@example.org");
  CHECK(view->association == "Луговий район");
  CHECK(code_of(desk.accepts(token, "short")) == Errc::invalid_input);
  const auto session = desk.accepts(token);
  REQUIRE(session);
  CHECK(session->who.name == "Явір Софія");
  CHECK(session->who.role == AccountRole::organiser);
  CHECK(desk.opens(session->cookie));
  CHECK(desk.signs_in("yavir@example.org").who.account == *id);
  // A second time it does not act.
  CHECK(code_of(desk.accepts(token)) == Errc::gone);
  CHECK(code_of(view_invitation(desk.context, token).wait()) == Errc::gone);
  CHECK(composed(desk.context.store, rows[0], desk.clock.now()).kind == notify::Composition::Kind::drop);
}

TEST_CASE("an invitation acts for seven days and only the newest one does") {
  Desk desk;
  const auto id = desk.invites(desk.administrator, "y@example.org");
  REQUIRE(id);
  const auto first = desk.token("y@example.org");
  desk.later(std::chrono::hours{1});
  REQUIRE(invite_again(desk.context, desk.administrator, *id).wait());
  const auto second = desk.token("y@example.org");
  CHECK(first != second);
  CHECK(code_of(view_invitation(desk.context, first).wait()) == Errc::gone);
  desk.later(notify::invitation_lifetime - std::chrono::seconds{1});
  CHECK(view_invitation(desk.context, second).wait());
  desk.later(std::chrono::seconds{1});
  CHECK(code_of(view_invitation(desk.context, second).wait()) == Errc::gone);
  CHECK(code_of(desk.accepts(second)) == Errc::gone);
  for (const auto& wrong : {std::string(), std::string(64, 'a'), second + "0", std::string("/../")})
    CHECK(code_of(view_invitation(desk.context, wrong).wait()) == Errc::not_found);
}

TEST_CASE("an address is not invited more than three times a day") {
  Desk desk;
  const auto id = desk.invites(desk.organiser, "y@example.org");
  REQUIRE(id);
  for (int i = 1; i < most_invitations_a_day; ++i) {
    desk.later(std::chrono::minutes{1});
    CHECK(invite_again(desk.context, desk.organiser, *id).wait());
  }
  CHECK(code_of(invite_again(desk.context, desk.organiser, *id).wait()) == Errc::limit_exceeded);
  desk.later(std::chrono::hours{24});
  CHECK(invite_again(desk.context, desk.organiser, *id).wait());
}

TEST_CASE("an invitation that is withdrawn acts no more and may be made anew") {
  Desk desk;
  const auto id = desk.invites(desk.organiser, "y@example.org");
  const auto token = desk.token("y@example.org");
  REQUIRE(withdraw_invitation(desk.context, desk.organiser, *id).wait());
  CHECK(code_of(desk.accepts(token)) == Errc::gone);
  CHECK(code_of(invite_again(desk.context, desk.organiser, *id).wait()) == Errc::conflict);
  const auto rows = account_rows(desk.context.store, "y@example.org", invited);
  CHECK(composed(desk.context.store, rows[0], desk.clock.now()).kind == notify::Composition::Kind::drop);
  desk.later(std::chrono::minutes{1});
  CHECK(desk.invites(desk.organiser, "y@example.org").value() == *id);
  const auto session = desk.accepts(desk.token("y@example.org"));
  REQUIRE(session);
  CHECK(code_of(withdraw_invitation(desk.context, desk.organiser, *id).wait()) == Errc::conflict);
  CHECK(code_of(desk.invites(desk.organiser, "y@example.org")) == Errc::conflict);
}

TEST_CASE("an organiser keeps the accounts of her association and below it and no others") {
  Desk desk;
  CHECK(code_of(desk.invites(desk.member, "y@example.org")) == Errc::forbidden);
  CHECK(code_of(account_desk(desk.context, desk.member).wait()) == Errc::forbidden);
  CHECK(code_of(desk.invites(desk.organiser, "y@example.org", AccountRole::administrator)) ==
        Errc::forbidden);
  CHECK(code_of(desk.invites(desk.organiser, "y@example.org", AccountRole::member, desk.other)) ==
        Errc::not_found);
  CHECK(desk.invites(desk.organiser, "below@example.org", AccountRole::organiser, desk.village));
  const auto foreign = desk.invites(desk.administrator, "far@example.org", AccountRole::member, desk.other);
  REQUIRE(foreign);
  CHECK(code_of(invite_again(desk.context, desk.organiser, *foreign).wait()) == Errc::not_found);
  AccountAlteration closing;
  closing.closed = true;
  CHECK(code_of(alter_account(desk.context, desk.organiser, *foreign, closing).wait()) == Errc::not_found);
  const auto logins = [&](const SignedIn& who) {
    std::vector<std::string> all;
    for (const auto& row : account_desk(desk.context, who).wait().value().rows) {
      CHECK(row.account.password.empty());
      all.push_back(row.account.login);
    }
    std::sort(all.begin(), all.end());
    return all;
  };
  CHECK(logins(desk.organiser) ==
        std::vector<std::string>{"below@example.org", "m@example.org", "o@example.org"});
  CHECK(logins(desk.administrator).size() == 6);
  CHECK(logins(desk.of_all).size() == 6);
  // Nobody changes their own, and an organiser no administrator.
  CHECK(code_of(alter_account(desk.context, desk.organiser, desk.organiser.account, closing).wait()) ==
        Errc::forbidden);
  CHECK(code_of(alter_account(desk.context, desk.of_all, desk.administrator.account, closing).wait()) ==
        Errc::forbidden);
}

TEST_CASE("only an administrator says who approves plans") {
  Desk desk;
  Invitation director;
  director.login = "d@example.org";
  director.name = "Директор";
  director.may_approve = true;
  CHECK(code_of(invite(desk.context, desk.organiser, director).wait()) == Errc::forbidden);
  CHECK(code_of(invite(desk.context, desk.of_all, director).wait()) == Errc::forbidden);
  REQUIRE(invite(desk.context, desk.administrator, director).wait());
  const auto session = desk.accepts(desk.token("d@example.org"));
  REQUIRE(session);
  CHECK(session->who.may_approve);
  CHECK(session->who.role == AccountRole::member);
  AccountAlteration change;
  change.may_approve = false;
  CHECK(code_of(alter_account(desk.context, desk.of_all, session->who.account, change).wait()) ==
        Errc::forbidden);
  REQUIRE(alter_account(desk.context, desk.administrator, session->who.account, change).wait());
  CHECK_FALSE(desk.opens(session->cookie));
  CHECK_FALSE(desk.account("d@example.org").may_approve);
}

TEST_CASE("another role or association and closing sign somebody out everywhere") {
  Desk desk;
  const auto id = desk.member.account;
  const auto ends = [&](AccountAlteration change) {
    const auto session = desk.signs_in("m@example.org");
    REQUIRE(alter_account(desk.context, desk.administrator, id, std::move(change)).wait());
    return !desk.opens(session.cookie);
  };
  AccountAlteration change;
  change.name = "Інше ім’я";
  CHECK_FALSE(ends(change));
  change = {};
  change.role = AccountRole::organiser;
  CHECK(ends(change));
  change = {};
  change.organisation = desk.other;
  CHECK(ends(change));
  change = {};
  change.closed = true;
  CHECK(ends(change));
  CHECK(desk.refusal("m@example.org", good_password) == Errc::unauthenticated);
  change.closed = false;
  REQUIRE(alter_account(desk.context, desk.administrator, id, change).wait());
  CHECK(desk.signs_in("m@example.org").who.role == AccountRole::organiser);
}

TEST_CASE("the last administrator cannot be closed or made less") {
  Desk desk;
  const auto second = desk.keeper("b@example.org", AccountRole::administrator, {});
  AccountAlteration change;
  change.role = AccountRole::member;
  REQUIRE(alter_account(desk.context, second, desk.administrator.account, change).wait());
  // As if it had been two who closed each other at once.
  AccountAlteration closing;
  closing.closed = true;
  CHECK(code_of(alter_account(desk.context, desk.administrator, second.account, closing).wait()) ==
        Errc::conflict);
  CHECK(desk.opens(desk.signs_in("b@example.org").cookie));
}

TEST_CASE("what is wrong with an invitation is said and nothing is stored") {
  Desk desk;
  Invitation wanted;
  wanted.name = "Явір С.М.";
  for (const auto* address :
       {"", "nobody", "a@b@c", "явір@example.org", "y@example.org\r\nBcc: x@example.org"}) {
    CAPTURE(address);
    wanted.login = address;
    CHECK(code_of(invite(desk.context, desk.administrator, wanted).wait()) == Errc::invalid_input);
  }
  wanted.login = "y@example.org";
  wanted.name = " \n";
  CHECK(code_of(invite(desk.context, desk.administrator, wanted).wait()) == Errc::invalid_input);
  wanted.name = "Явір С.М.";
  wanted.person = "Ніхто Н.Н.";
  CHECK(code_of(invite(desk.context, desk.administrator, wanted).wait()) == Errc::not_found);
  wanted.person.clear();
  wanted.organisation = OrganisationId{99};
  CHECK(code_of(invite(desk.context, desk.administrator, wanted).wait()) == Errc::not_found);
  CHECK(account_desk(desk.context, desk.administrator).wait().value().rows.size() == 4);
  CHECK(desk.wakes == 0);
}
