// Accounts in the workplace, and the link of an invitation, as browsers go through them.
#include "tests/support/account_mail.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

constexpr auto invited = ReminderReason::account_invitation;

Browser signed_in(AccountsSite& site, const std::string& login) {
  Browser browser(site);
  REQUIRE(browser.sign_in(login).status == 303);
  return browser;
}

Pairs invitation(Browser& browser, const std::string& login, const std::string& role = "member") {
  return {{"csrf", browser.form_token("/manage/accounts")},
          {"login", login},
          {"name", "Явір С.М."},
          {"role", role}};
}

Pairs acceptance(Browser& browser, const std::string& path, const std::string& with = password) {
  return {{"csrf", browser.form_token(path)}, {"name", "Явір С.М."}, {"password", with}, {"again", with}};
}

}  // namespace

TEST_CASE("an administrator invites and whoever follows the link begins to work") {
  AccountsSite site;
  site.add("a@example.org", AccountRole::administrator);
  auto keeper = signed_in(site, "a@example.org");
  const auto made = keeper.post("/manage/accounts", invitation(keeper, "yavir@example.org", "organiser"));
  REQUIRE(made.status == 303);
  const auto page = keeper.get(made.header("location"));
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("yavir@example.org") && Contains("запрошено"));
  CHECK_THAT(keeper.get("/manage/accounts").body, Contains("yavir@example.org") && Contains("Явір С.М."));

  const auto token = tests::newest_token(*site.store, "yavir@example.org", invited);
  const auto path = "/invitation/" + token;
  Browser guest(site);
  for (int i = 0; i < 5; ++i) {  // a scanner of mail
    const auto shown = guest.get(path);
    CHECK(shown.status == 200);
    CHECK(shown.header("cache-control") == "no-store");
    CHECK(shown.header("referrer-policy") == "strict-origin");
  }
  auto differs = acceptance(guest, path);
  differs.back().second = "another one altogether";
  CHECK(guest.post(path, differs).status == 422);
  CHECK(guest.post(path, acceptance(guest, path, "password1234")).status == 422);
  const auto begun = guest.post(path, acceptance(guest, path));
  CHECK(begun.status == 303);
  CHECK(begun.header("location") == "/account");
  CHECK_THAT(guest.get("/account").body, Contains("Явір С.М.") && Contains("організатор"));
  CHECK(guest.get("/manage").status == 200);
  // It has acted.
  const auto again = guest.get(path);
  CHECK(again.status == 410);
  CHECK_THAT(again.body, Contains("Посилання не діє"));
  CHECK(guest.get("/invitation/" + std::string(64, '0')).status == 404);
  // The token is nowhere in the database.
  CHECK(site.database_bytes().find(token) == std::string::npos);
}

TEST_CASE("an organiser invites into her association and sees no account of another") {
  AccountsSite site;
  site.add("a@example.org", AccountRole::administrator);
  site.add("o@example.org", AccountRole::organiser, "1");
  auto stored = site.store->write(db::Author("test", site.clock.now()), [](db::Unit& unit) {
    Organisation one;
    one.name = "Сусіди";
    return unit.organisations().insert(one);
  });
  const auto neighbours = std::move(stored).wait().value();
  site.add("far@example.org", AccountRole::organiser, std::to_string(neighbours.value));
  auto administrator = signed_in(site, "a@example.org"), organiser = signed_in(site, "o@example.org");
  const auto page = organiser.get("/manage/accounts");
  CHECK(page.status == 200);
  CHECK_THAT(page.body, !Contains("far@example.org") && !Contains("a@example.org\""));
  CHECK_THAT(page.body, !Contains("value=\"administrator\"") && !Contains("name=\"approves\""));
  CHECK(organiser.post("/manage/accounts", invitation(organiser, "x@example.org", "administrator")).status ==
        422);
  auto elsewhere = invitation(organiser, "x@example.org");
  elsewhere.emplace_back("organisation", std::to_string(neighbours.value));
  CHECK(organiser.post("/manage/accounts", elsewhere).status == 422);
  REQUIRE(organiser.post("/manage/accounts", invitation(organiser, "x@example.org")).status == 303);
  const auto far = std::to_string(site.session("far@example.org").who.account.value);
  const auto csrf = organiser.form_token("/manage/accounts");
  CHECK(organiser.get("/manage/accounts/" + far).status == 404);
  CHECK(organiser.get("/manage/accounts/999").status == 404);
  CHECK(organiser.get("/manage/accounts/abc").status == 404);
  for (const char* action : {"", "/invite", "/withdraw", "/close", "/open"}) {
    CAPTURE(action);
    const auto refused = organiser.post("/manage/accounts/" + far + action,
                                        {{"csrf", csrf}, {"name", "X"}, {"role", "member"}});
    CHECK(refused.status == 404);
    CHECK(refused.body.find("far@example.org") == std::string::npos);
  }
}

TEST_CASE("a role is changed and an account closed and opened on its page") {
  AccountsSite site;
  site.add("a@example.org", AccountRole::administrator);
  site.add("m@example.org");
  auto keeper = signed_in(site, "a@example.org"), member = signed_in(site, "m@example.org");
  const auto path = "/manage/accounts/" + std::to_string(site.session("m@example.org").who.account.value);
  const auto csrf = keeper.form_token(path);
  CHECK(member.get("/manage").status == 403);
  REQUIRE(keeper.post(path, {{"csrf", csrf}, {"name", "Мальва"}, {"role", "organiser"}, {"approves", "1"}})
              .status == 303);
  CHECK(member.get("/account").status == 303);  // signed out everywhere (threats B4)
  CHECK_THAT(keeper.get(path).body, Contains("затверджує плани"));
  CHECK(member.sign_in("m@example.org").status == 303);
  CHECK(member.get("/manage").status == 200);
  CHECK_THAT(member.get("/account").body, Contains("затверджує плани"));
  REQUIRE(keeper.post(path + "/close", {{"csrf", csrf}}).status == 303);
  CHECK(member.get("/account").status == 303);
  CHECK(member.sign_in("m@example.org").status == 401);
  REQUIRE(keeper.post(path + "/open", {{"csrf", csrf}}).status == 303);
  CHECK(member.sign_in("m@example.org").status == 303);
  CHECK(keeper.post(path, {{"csrf", csrf}, {"name", ""}, {"role", "member"}}).status == 422);
  // Her own account is not hers to change.
  const auto own = "/manage/accounts/" + std::to_string(site.session("a@example.org").who.account.value);
  CHECK(keeper.post(own + "/close", {{"csrf", csrf}}).status == 403);
}
