// Coming in by a link from a mail and by a second step, as browsers do (threats B).
#include "service/second_factor.hpp"
#include "service/totp.hpp"
#include "tests/support/account_mail.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string login = "o@example.org";

std::string hidden(const std::string& page, const std::string& name) {
  const auto mark = "name=\"" + name + "\" value=\"";
  const auto at = page.find(mark);
  REQUIRE(at != std::string::npos);
  return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

std::string code_of(const AccountsSite& site, const std::string& key) {
  std::string plain;
  for (const char c : key)
    if (c != ' ') plain += c;
  const auto step = site.clock.now().time_since_epoch() / service::totp_step_length;
  return service::hotp(service::from_base32(plain).value(), static_cast<std::uint64_t>(step));
}

// Sets the factor up through the page; the key.
std::string set_up_factor(AccountsSite& site, Browser& browser) {
  const auto page = browser.get("/account/second-factor");
  REQUIRE(page.status == 200);
  CHECK_THAT(page.body, Contains("<svg") && Contains("otpauth://totp/Convoke:o%40example.org?secret="));
  const auto at = page.body.find("<code class=\"break\">") + 20;
  const auto key = page.body.substr(at, page.body.find('<', at) - at);
  const auto made = browser.post(
      "/account/second-factor",
      {{"csrf", hidden(page.body, "csrf")}, {"key", hidden(page.body, "key")}, {"code", code_of(site, key)}});
  REQUIRE(made.status == 200);
  CHECK(made.header("cache-control") == "no-store");
  CHECK_THAT(made.body, Contains("Ваші резервні коди"));
  return key;
}

void later(AccountsSite& site, std::chrono::seconds by) {
  site.clock.set(site.clock.now() + by);
}

}  // namespace

TEST_CASE("a forgotten password is mended by a link from a mail") {
  AccountsSite site;
  site.add(login);
  Browser browser(site);
  CHECK_THAT(browser.get("/login").body, Contains("/login/mail"));
  const auto ask = [&](const std::string& address) {
    return browser.post("/login/mail", {{"csrf", browser.form_token("/login/mail")}, {"login", address}});
  };
  const auto known = ask(login), unknown = ask("nobody@example.org");
  CHECK(known.status == 200);
  CHECK(known.status == unknown.status);
  CHECK(known.body == unknown.body);
  const auto token = tests::newest_token(*site.store, login, ReminderReason::sign_in);
  CHECK(site.database_bytes().find(token) == std::string::npos);
  const auto path = "/login/link/" + token;
  for (int i = 0; i < 5; ++i) {
    const auto page = browser.get(path);
    CHECK(page.status == 200);
    CHECK(page.header("cache-control") == "no-store");
    CHECK(page.header("referrer-policy") == "strict-origin");
  }
  const std::string fresh = "a new one for the winter";
  const auto csrf = browser.form_token(path);
  CHECK(browser.post(path, {{"csrf", csrf}, {"act", "password"}, {"password", fresh}, {"again", password}})
            .status == 422);
  CHECK(browser.post(path, {{"act", "password"}, {"password", fresh}, {"again", fresh}}).status == 403);
  const auto done =
      browser.post(path, {{"csrf", csrf}, {"act", "password"}, {"password", fresh}, {"again", fresh}});
  CHECK(done.status == 303);
  CHECK(browser.get("/account").status == 200);
  CHECK(browser.get(path).status == 410);
  Browser other(site);
  CHECK(other.sign_in(login).status == 401);
  CHECK(other.sign_in(login, fresh).status == 303);
}

TEST_CASE("whoever asks for links without end is told to wait whatever the address") {
  AccountsSite site;
  Browser browser(site);
  const auto ask = [&](int i) {
    return browser.post("/login/mail", {{"csrf", browser.form_token("/login/mail")},
                                        {"login", std::to_string(i) + "@example.org"}});
  };
  for (int i = 0; i < 10; ++i) CHECK(ask(i).status == 200);
  const auto refused = ask(10);
  CHECK(refused.status == 429);
  CHECK(std::stoi(refused.header("retry-after")) > 0);
}

TEST_CASE("after the password the second step asks a code before anything opens") {
  AccountsSite site;
  site.add(login, AccountRole::organiser);
  Browser owner(site);
  REQUIRE(owner.sign_in(login).status == 303);
  const auto key = set_up_factor(site, owner);
  CHECK_THAT(owner.get("/account").body, Contains("Другий чинник діє"));
  later(site, service::totp_step_length);

  Browser browser(site);
  const auto step = browser.sign_in(login, password, "/calendars");
  CHECK(step.status == 200);
  CHECK(step.header("cache-control") == "no-store");
  CHECK(browser.cookies.count("sid") == 0);
  CHECK(browser.get("/account").status == 303);
  const auto ticket = hidden(step.body, "ticket"), csrf = hidden(step.body, "csrf");
  CHECK(hidden(step.body, "next") == "/calendars");
  const auto enter = [&](const std::string& code, const std::string& next = "/calendars") {
    return browser.post("/login/code", {{"csrf", csrf}, {"ticket", ticket}, {"next", next}, {"code", code}});
  };
  const auto wrong = enter("000000");
  CHECK(wrong.status == 422);
  CHECK(browser.cookies.count("sid") == 0);
  const auto code = code_of(site, key);
  const auto begun = enter(code);
  CHECK(begun.status == 303);
  CHECK(begun.header("location") == "/calendars");
  CHECK(browser.get("/account").status == 200);
  // The same code again, in another browser.
  Browser thief(site);
  const auto again = thief.sign_in(login);
  CHECK(thief
            .post("/login/code", {{"csrf", hidden(again.body, "csrf")},
                                  {"ticket", hidden(again.body, "ticket")},
                                  {"code", code}})
            .status == 422);
}

TEST_CASE("the second step leads nowhere but to pages of ours") {
  AccountsSite site;
  site.add(login, AccountRole::organiser);
  Browser owner(site);
  REQUIRE(owner.sign_in(login).status == 303);
  const auto key = set_up_factor(site, owner);
  for (const char* next : {"//evil.example", "https:evil", "/\\evil", "javascript:alert(1)", "/a\r\nb"}) {
    CAPTURE(next);
    later(site, service::totp_step_length);
    Browser browser(site);
    const auto step = browser.sign_in(login, password, next);
    CHECK(hidden(step.body, "next") == "/");
    const auto begun = browser.post("/login/code", {{"csrf", hidden(step.body, "csrf")},
                                                    {"ticket", hidden(step.body, "ticket")},
                                                    {"next", next},
                                                    {"code", code_of(site, key)}});
    CHECK(begun.status == 303);
    CHECK(begun.header("location") == "/");
  }
}

TEST_CASE("a link from a mail does not go round the second factor") {
  AccountsSite site;
  site.add(login, AccountRole::organiser);
  Browser owner(site);
  REQUIRE(owner.sign_in(login).status == 303);
  const auto key = set_up_factor(site, owner);
  later(site, service::totp_step_length);
  Browser browser(site);
  browser.post("/login/mail", {{"csrf", browser.form_token("/login/mail")}, {"login", login}});
  const auto path = "/login/link/" + tests::newest_token(*site.store, login, ReminderReason::sign_in);
  const auto step = browser.post(path, {{"csrf", browser.form_token(path)}, {"act", "sign_in"}});
  CHECK(step.status == 200);
  CHECK(browser.get("/account").status == 303);
  CHECK(browser
            .post("/login/code", {{"csrf", hidden(step.body, "csrf")},
                                  {"ticket", hidden(step.body, "ticket")},
                                  {"code", code_of(site, key)}})
            .status == 303);
  CHECK(browser.get("/account").status == 200);
}

TEST_CASE("a change of the password needs no second step and keeps the second factor") {
  AccountsSite site;
  site.add(login, AccountRole::organiser);
  Browser owner(site);
  REQUIRE(owner.sign_in(login).status == 303);
  set_up_factor(site, owner);
  const std::string fresh = "a new one for the winter";
  const auto changed = owner.post(
      "/account/password",
      {{"csrf", owner.form_token("/account")}, {"old", password}, {"password", fresh}, {"again", fresh}});
  CHECK(changed.status == 303);
  CHECK(changed.header("location") == "/account?changed=1");
  CHECK(owner.get("/account").status == 200);
  Browser other(site);
  CHECK(other.sign_in(login, fresh).status == 200);  // the second step
}

TEST_CASE("where a second factor is asked an administrator without one can only set it up") {
  AccountsSite site;
  site.context.settings.require_totp = true;
  site.add(login, AccountRole::administrator);
  site.add("p@example.org", AccountRole::organiser);
  Browser administrator(site), organiser(site);
  REQUIRE(administrator.sign_in(login).status == 303);
  REQUIRE(organiser.sign_in("p@example.org").status == 303);
  CHECK(organiser.get("/manage").status == 200);
  const auto led = administrator.get("/manage/accounts");
  CHECK(led.status == 303);
  CHECK(led.header("location") == "/account/second-factor");
  CHECK(administrator.get("/api/v1/people").status == 403);
  CHECK(administrator.get("/").status == 200);
  const auto csrf = administrator.form_token("/account");
  CHECK(administrator.post("/manage/accounts", {{"csrf", csrf}, {"login", "x@example.org"}, {"name", "X"}})
            .status == 403);
  set_up_factor(site, administrator);
  CHECK(administrator.get("/manage/accounts").status == 200);
}

TEST_CASE("an administrator ends the second factor of somebody who has lost it") {
  AccountsSite site;
  site.add("a@example.org", AccountRole::administrator);
  site.add(login, AccountRole::organiser);
  Browser owner(site), administrator(site);
  REQUIRE(owner.sign_in(login).status == 303);
  set_up_factor(site, owner);
  REQUIRE(administrator.sign_in("a@example.org").status == 303);
  const auto path = "/manage/accounts/2";
  CHECK_THAT(administrator.get(path).body, Contains(login) && Contains("другий чинник"));
  const auto csrf = administrator.form_token(path);
  CHECK(administrator.post(std::string(path) + "/second-factor/end", {{"csrf", csrf}}).status == 303);
  CHECK(owner.get("/account").status == 303);
  CHECK(owner.sign_in(login).status == 303);
}
