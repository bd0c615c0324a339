// Making accounts: the first administrator's link, and what the command line does.
#include "tests/service/account_fixture.hpp"

#include <future>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

FirstAdministrator administrator(const std::string& token) {
  FirstAdministrator entered;
  entered.token = token;
  entered.login = "first@library.example";
  entered.name = "Hanna";
  entered.password = good_password;
  return entered;
}

std::string link(AccountFixture& fixture) {
  return first_administrator_link(fixture.context).wait().value();
}
bool acts(AccountFixture& fixture, const std::string& token) {
  return check_first_link(fixture.context, token).wait().has_value();
}
Errc refusal(AccountFixture& fixture, const FirstAdministrator& entered) {
  const auto made = create_first_administrator(fixture.context, entered).wait();
  REQUIRE_FALSE(made);
  return made.error().code;
}

}  // namespace

TEST_CASE("the first administrator is made by the link and is signed in at once") {
  AccountFixture fixture;
  const auto token = link(fixture);
  CHECK(token.size() == 43);
  for (int i = 0; i < 5; ++i) CHECK(acts(fixture, token));  // looking changes nothing
  const auto session = create_first_administrator(fixture.context, administrator(token)).wait();
  REQUIRE(session);
  CHECK(session->who.role == AccountRole::administrator);
  CHECK(fixture.opens(session->cookie));
  CHECK(fixture.try_sign_in("first@library.example"));

  CHECK_FALSE(acts(fixture, token));
  auto again = administrator(token);
  again.login = "second@library.example";
  CHECK(refusal(fixture, again) == Errc::not_found);
  CHECK(link(fixture).empty());
}

TEST_CASE("a newer link ends the one before and each lives for 48 hours") {
  AccountFixture fixture;
  const auto first = link(fixture), second = link(fixture);
  CHECK(first != second);
  CHECK_FALSE(acts(fixture, first));
  CHECK(refusal(fixture, administrator(first)) == Errc::not_found);
  fixture.later(std::chrono::hours{48} - std::chrono::seconds{1});
  CHECK(acts(fixture, second));
  fixture.later(std::chrono::seconds{1});
  CHECK_FALSE(acts(fixture, second));
  CHECK(refusal(fixture, administrator(second)) == Errc::not_found);
  CHECK(create_first_administrator(fixture.context, administrator(link(fixture))).wait());
}

TEST_CASE("a link survives what is entered wrongly and costs strangers no hashing") {
  AccountFixture fixture;
  const auto token = link(fixture);
  const auto runs = password_hash_runs();
  const auto wrong = [&](auto change) {
    auto entered = administrator(token);
    change(entered);
    return refusal(fixture, entered);
  };
  CHECK(wrong([](auto& entered) { entered.password = "short"; }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.password = ""; }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.password = "password1234"; }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.password = std::string(257, 'x'); }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.login = "no address"; }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.name = " \t "; }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.name = "\xff"; }) == Errc::invalid_input);
  CHECK(wrong([](auto& entered) { entered.token = "guessed"; }) == Errc::not_found);
  CHECK(wrong([](auto& entered) { entered.token = ""; }) == Errc::not_found);
  CHECK(password_hash_runs() == runs);
  CHECK(acts(fixture, token));
}

TEST_CASE("two who use the link at once make one administrator") {
  AccountFixture fixture;
  const auto token = link(fixture);
  std::vector<std::function<void()>> held;
  std::vector<std::future<bool>> made;
  for (const auto* login : {"a@library.example", "b@library.example"}) {
    auto entered = administrator(token);
    entered.login = login;
    auto promise = std::make_shared<std::promise<bool>>();
    made.push_back(promise->get_future());
    const auto before = held.size();
    auto asked = std::make_shared<std::promise<void>>();
    fixture.context.run_password_work = [&held, asked](std::function<void()> work) {
      held.push_back(std::move(work));
      asked->set_value();
      return true;
    };
    create_first_administrator(fixture.context, entered).start([promise](Result<NewSession> session) {
      promise->set_value(session.has_value());
    });
    asked->get_future().wait();
    REQUIRE(held.size() == before + 1);
  }
  for (auto& work : held) work();
  CHECK(made[0].get() + made[1].get() == 1);
  CHECK(list_accounts(fixture.context).wait().value().size() == 1);
}

TEST_CASE("an account is made with its association and person by name or number") {
  AccountFixture fixture;
  fixture.import(small_plan);
  const auto organisation = all_organisations(fixture).at(0);
  const auto people = all_people(fixture);
  const auto person = std::find_if(people.begin(), people.end(), [](const Person& one) {
                        return one.name == "Калина О.П.";
                      })->id;
  for (const bool by_name : {true, false}) {
    NewAccount wanted;
    wanted.login = by_name ? "a@library.example" : "b@library.example";
    wanted.name = "Калина";
    wanted.password = good_password;
    wanted.organisation = by_name ? organisation.name : std::to_string(organisation.id.value);
    wanted.person = by_name ? "калина о. п." : std::to_string(person.value);
    fixture.add(wanted);
    const auto who = fixture.signs_in(wanted.login).who;
    CHECK(who.organisation == organisation.id);
    CHECK(who.person == person);
    CHECK(who.language == organisation.language);
  }
  NewAccount wanted;
  wanted.login = "c@library.example";
  wanted.name = "Калина";
  const auto refused = [&] {
    const auto made = add_account(fixture.context, editor, wanted).wait();
    REQUIRE_FALSE(made);
    return made.error().code;
  };
  wanted.person = "Ніхто Н.Н.";
  CHECK(refused() == Errc::not_found);
  wanted.person = "999";
  CHECK(refused() == Errc::not_found);
  wanted.person = "";
  wanted.organisation = "Ніяка рада";
  CHECK(refused() == Errc::not_found);
  wanted.organisation = "";
  wanted.login = "A@library.example";
  CHECK(refused() == Errc::conflict);
  wanted.login = "a@library";
  CHECK(refused() == Errc::invalid_input);
  wanted.login = "c@library.example";
  CHECK(add_account(fixture.context, Actor("token:1", Role::reader), wanted).wait().error().code ==
        Errc::forbidden);
}

TEST_CASE("a namesake has to be named by number") {
  AccountFixture fixture;
  fixture.context.store
      .write(db::Author("test", fixture.clock.now()),
             [](db::Unit& unit) {
               Person one;
               one.name = "Явір С.М.";
               unit.people().insert(one);
               return unit.people().insert(one);
             })
      .wait()
      .value();
  NewAccount wanted;
  wanted.login = "a@library.example";
  wanted.name = "Явір";
  wanted.person = "Явір С.М.";
  const auto made = add_account(fixture.context, editor, wanted).wait();
  REQUIRE_FALSE(made);
  CHECK(made.error().code == Errc::conflict);
}

TEST_CASE("changing an account that is not there says so") {
  AccountFixture fixture;
  CHECK(set_password(fixture.context, editor, "a@library.example", good_password).wait().error().code ==
        Errc::not_found);
  CHECK(change_account(fixture.context, editor, "a@library.example", {}).wait().error().code ==
        Errc::not_found);
  fixture.add("a@library.example");
  CHECK(set_password(fixture.context, editor, "a@library.example", "password1234").wait().error().code ==
        Errc::invalid_input);
  CHECK(fixture.try_sign_in("a@library.example"));
  const auto listed = list_accounts(fixture.context).wait().value();
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].password.empty());
}

TEST_CASE("a member sets their own password and nobody else's") {
  AccountFixture fixture;
  fixture.add("a@library.example");
  fixture.add("b@library.example");
  const auto who = fixture.signs_in("a@library.example");
  REQUIRE(set_password(fixture.context, actor_of(who.who), "a@library.example", other_good_password).wait());
  CHECK_FALSE(fixture.opens(who.cookie));
  CHECK(fixture.try_sign_in("a@library.example", other_good_password));
  for (const auto* login : {"b@library.example", "nobody@library.example"}) {
    const auto refused = set_password(fixture.context, actor_of(who.who), login, other_good_password).wait();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::forbidden);
  }
  CHECK(fixture.try_sign_in("b@library.example"));
}
