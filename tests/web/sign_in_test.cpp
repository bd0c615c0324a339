// Signing in and out as browsers do it (threats B and D).
#include "service/answers.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/handlers/forms.hpp"
#include "web/routes.hpp"
#include "web/target.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string login = "kalyna@example.org";

std::string set_up_token(AccountsSite& site) {
  return service::first_administrator_link(site.context).wait().value();
}

bool is_signed_in(Browser& browser) {
  return browser.get("/account").status == 200;
}

void check_refused(Browser& browser) {
  for (const char* page : {"/account", "/calendars"}) {
    const auto reply = browser.get(page);
    CHECK(reply.status == 303);
    CHECK(reply.header("location") == "/login?next=" + percent_encode(page));
  }
  CHECK(browser.get("/api/v1/session").status == 401);
}

}  // namespace

TEST_CASE("the link of the first start makes an administrator who is signed in") {
  AccountsSite site;
  const auto token = set_up_token(site);
  Browser browser(site);
  CHECK(browser.get("/setup/nothing").status == 404);
  const auto page = browser.get("/setup/" + token);
  CHECK(page.status == 200);
  CHECK(page.header("referrer-policy") == "strict-origin");  // its address is a secret
  CHECK(page.header("cache-control") == "no-store");
  for (int i = 0; i < 5; ++i) CHECK(browser.get("/setup/" + token).status == 200);  // a scanner of mail
  const auto csrf = browser.form_token("/setup/" + token);
  Pairs form = {{"csrf", csrf}, {"name", "Калина О.П."}, {"login", login}, {"password", password}};
  const auto with = [&form](const std::string& again) {
    auto fields = form;
    fields.emplace_back("again", again);
    return fields;
  };
  CHECK(browser.post("/setup/" + token, with("another one")).status == 422);
  CHECK(browser.post("/setup/nothing", with(password)).status == 404);
  const auto made = browser.post("/setup/" + token, with(password));
  CHECK(made.status == 303);
  CHECK(made.header("location") == "/account");
  const auto account = browser.get("/account");
  CHECK_THAT(account.body, Contains("Калина О.П.") && Contains("адміністратор"));
  CHECK(browser.get("/setup/" + token).status == 404);
  CHECK(browser.post("/setup/" + token, with(password)).status == 403);  // the form's token went with it
}

TEST_CASE("passwords are kept exactly and too long or known ones are refused") {
  AccountsSite site;
  const auto token = set_up_token(site);
  Browser browser(site);
  const auto csrf = browser.form_token("/setup/" + token);
  const auto choose = [&](const std::string& chosen) {
    return browser
        .post("/setup/" + token, {{"csrf", csrf},
                                  {"name", "Калина О.П."},
                                  {"login", login},
                                  {"password", chosen},
                                  {"again", chosen}})
        .status;
  };
  const auto before = service::password_hash_runs();
  for (const auto& wrong :
       {std::string("short"), std::string(257, 'x'), std::string("password1234"), std::string(20'000, 'x')})
    CHECK(choose(wrong) == 422);
  CHECK(choose(std::string(70'000, 'x')) == 413);
  CHECK(service::password_hash_runs() == before);
  const std::string spaced = "  вербове листя шумить 7 ";
  CHECK(choose(spaced) == 303);
  Browser other(site);
  CHECK(other.sign_in(login, "вербове листя шумить 7").status == 401);
  CHECK(other.sign_in(login, spaced).status == 303);
}

TEST_CASE("whether an address is known here does not show in an answer") {
  AccountsSite site;
  site.add(login);
  Browser browser(site);
  const auto known = browser.sign_in(login, "not the password");
  const auto unknown = browser.sign_in("nobody@example.org", "not the password");
  CHECK(known.status == 401);
  CHECK(unknown.status == 401);
  CHECK(known.body == unknown.body);
  const auto names = [](const RawReply& reply) {
    std::string all;
    for (const auto& [name, value] : reply.headers) all += name + ";";
    return all;
  };
  CHECK(names(known) == names(unknown));
  CHECK_FALSE(is_signed_in(browser));
}

TEST_CASE("ten wrong passwords make everybody wait but a browser that its owner knows") {
  AccountsSite site;
  site.add(login);
  Browser owner(site), stranger(site);
  REQUIRE(owner.sign_in(login).status == 303);
  CHECK(owner.cookies.count("device") == 1);
  REQUIRE(owner.post("/logout", {{"csrf", owner.form_token("/account")}}).status == 303);
  for (int i = 0; i < 10; ++i) CHECK(stranger.sign_in(login, "not the password").status == 401);
  const auto refused = stranger.sign_in(login, "not the password");
  CHECK(refused.status == 429);
  CHECK(std::stoi(refused.header("retry-after")) > 0);
  CHECK(stranger.sign_in(login).status == 429);  // not even with the right one
  CHECK(owner.sign_in(login).status == 303);
  site.clock.set(site.clock.now() + std::chrono::minutes(16));
  CHECK(stranger.sign_in(login).status == 303);
}

TEST_CASE("signing in leads back to a page of ours and nowhere else") {
  for (const char* good : {"/", "/account", "/?kind=meeting&lang=ru", "/events/3", "/plans/%D0%B0"})
    CHECK(local_address(good) == good);
  const std::string rows[] = {"//evil.example",
                              "https:evil",
                              "https://evil.example",
                              "/\\evil.example",
                              "\\\\evil",
                              "javascript:alert(1)",
                              "/a\r\nSet-Cookie: x=y",
                              "/a%0d%0aX: y",
                              "/a%0D%0AX: y",
                              "/" + std::string(5000, 'a'),
                              "account",
                              " /account",
                              "/\tx",
                              "/%2e%2e/x",
                              "/%5cevil",
                              "/%2fevil",
                              "///evil",
                              "/а"};
  AccountsSite site;
  site.add(login);
  for (const auto& row : rows) {
    CAPTURE(row);
    CHECK(local_address(row) == "/");
    Browser browser(site);
    const auto reply = browser.sign_in(login, password, row);
    CHECK(reply.status == 303);
    CHECK(reply.header("location") == "/");
    CHECK(browser.cookies.count("x") == 0);
  }
  CHECK(local_address("") == "/");
  for (const char* nowhere : {"", "/"}) {  // then what needs them now
    Browser browser(site);
    CHECK(browser.sign_in(login, password, nowhere).header("location") == "/my");
  }
  Browser browser(site);
  CHECK(browser.sign_in(login, password, "/calendars").header("location") == "/calendars");
  CHECK(browser.get("/login?next=//evil.example").header("location") == "/");
}

TEST_CASE("a session planted before signing in is worth nothing after it") {
  AccountsSite site;
  site.add(login);
  Browser browser(site);
  const std::string planted(43, 'p');
  browser.cookies["sid"] = planted;
  REQUIRE(browser.sign_in(login).status == 303);
  CHECK(browser.cookies["sid"] != planted);
  CHECK(is_signed_in(browser));
  Browser attacker(site);
  attacker.cookies["sid"] = planted;
  check_refused(attacker);
  // Signing in once more ends the session before.
  const auto first = browser.cookies["sid"];
  const auto csrf = browser.form_token("/account");
  REQUIRE(browser.post("/login", {{"csrf", csrf}, {"login", login}, {"password", password}}).status == 303);
  attacker.cookies["sid"] = first;
  check_refused(attacker);
}

TEST_CASE("a session ends with signing out and with a new password or role") {
  AccountsSite site;
  site.add(login);
  const service::Actor cli("cli", service::Role::editor);
  const auto end_by = [&](const std::function<void(Browser&)>& end) {
    Browser browser(site);
    REQUIRE(browser.sign_in(login).status == 303);
    REQUIRE(is_signed_in(browser));
    Browser thief(site);
    thief.cookies["sid"] = browser.cookies["sid"];
    end(browser);
    check_refused(thief);
    CHECK_THAT(thief.get("/").body, Contains("href=\"/login\""));
  };
  end_by([](Browser& browser) {
    const auto reply = browser.post("/logout", {{"csrf", browser.form_token("/account")}});
    CHECK(reply.status == 303);
    CHECK(browser.cookies.count("sid") == 0);
  });
  end_by([&](Browser&) { REQUIRE(service::set_password(site.context, cli, login, password).wait()); });
  end_by([&](Browser&) {
    service::AccountChange change;
    change.role = AccountRole::organiser;
    REQUIRE(service::change_account(site.context, cli, login, change).wait());
  });
  end_by([&](Browser& browser) {
    Browser other(site);
    REQUIRE(other.sign_in(login).status == 303);
    const auto page = other.get("/account").body;
    const auto at = page.find("/account/sessions/");
    REQUIRE(at != std::string::npos);
    const auto action = page.substr(at, page.find('"', at) - at);
    CHECK(other.post(action, {{"csrf", other.form_token("/account")}}).status == 303);
    (void)browser;
  });
  end_by([&](Browser&) {
    service::AccountChange change;
    change.closed = true;
    REQUIRE(service::change_account(site.context, cli, login, change).wait());
  });
}

TEST_CASE("a password is changed by who knows the old one") {
  AccountsSite site;
  site.add(login);
  Browser browser(site), other(site);
  REQUIRE(browser.sign_in(login).status == 303);
  REQUIRE(other.sign_in(login).status == 303);
  const auto csrf = browser.form_token("/account");
  const std::string fresh = "four slow rivers meet";
  const auto change = [&](const std::string& old, const std::string& chosen, const std::string& again) {
    return browser.post("/account/password",
                        {{"csrf", csrf}, {"old", old}, {"password", chosen}, {"again", again}});
  };
  CHECK(change("not the password", fresh, fresh).status == 422);
  CHECK(change(password, fresh, "other").status == 422);
  CHECK(change(password, "short", "short").status == 422);
  CHECK(is_signed_in(browser));
  CHECK(is_signed_in(other));
  CHECK(change(password, fresh, fresh).header("location") == "/account?changed=1");
  CHECK(is_signed_in(browser));
  CHECK_FALSE(is_signed_in(other));
  CHECK(other.sign_in(login).status == 401);
  CHECK(other.sign_in(login, fresh).status == 303);
}

TEST_CASE("signing in takes a form of ours") {
  AccountsSite site;
  site.add(login);
  Browser browser(site);
  const Pairs form = {{"login", login}, {"password", password}};
  CHECK(browser.post("/login", form).status == 403);
  const auto csrf = browser.form_token("/login");
  auto fields = form;
  fields.emplace_back("csrf", csrf);
  Browser elsewhere(site);  // has not the cookie that goes with the token
  CHECK(elsewhere.post("/login", fields).status == 403);
  CHECK(browser.post("/login", fields).status == 303);
}

TEST_CASE("crawling every address changes not a byte of the database") {
  AccountsSite site;
  site.add(login, AccountRole::administrator);
  Browser browser(site);
  REQUIRE(browser.sign_in(login).status == 303);
  browser.get("/account");
  REQUIRE(service::link_key(site.context).wait());  // a server has it before it answers
  site.let_writes_end();
  const auto before = site.database_bytes();
  for (const auto& route : make_routes(site.services)) {
    if (route.method != Method::get) continue;
    auto target = route.pattern;
    for (const auto& [capture, value] : Pairs{{"{id}", "2"},
                                              {"{filter}", "all"},
                                              {"{name}", "convoke.css"},
                                              {"{token}", "none"},
                                              {"{day}", "2024-11-14"}})
      if (const auto at = target.find(capture); at != std::string::npos)
        target.replace(at, capture.size(), value);
    CAPTURE(target);
    CHECK(browser.get(target).status < 500);
    CHECK(browser.send("HEAD", target, "", "").status < 500);
  }
  site.let_writes_end();
  CHECK(site.database_bytes() == before);
}

TEST_CASE("no page of somebody signed in is kept or framed or runs a script of its own") {
  AccountsSite site;
  site.add(login, AccountRole::administrator);
  Browser browser(site);
  REQUIRE(browser.sign_in(login).status == 303);
  for (const char* target : {"/", "/plans", "/plans/1", "/events/2", "/subscribe", "/account", "/calendars",
                             "/events/99", "/no/such/page", "/api/v1/session", "/api/v1/calendars"}) {
    CAPTURE(target);
    const auto reply = browser.get(target);
    CHECK(reply.header("cache-control") == "no-store");
    CHECK(reply.header("x-content-type-options") == "nosniff");
    CHECK(reply.body.find("<script>") == std::string::npos);
    if (!reply.header("content-type").starts_with("text/html")) continue;
    CHECK_THAT(reply.header("content-security-policy"),
               Contains("frame-ancestors 'none'") && Contains("form-action 'self'"));
  }
  CHECK_THAT(browser.get("/").body, Contains("Калина О.П.") && !Contains("href=\"/login"));
  Browser nobody(site);
  CHECK(nobody.get("/").header("cache-control") == "no-cache");
  CHECK_THAT(nobody.get("/").body, Contains("href=\"/login\"") && !Contains("Калина О.П."));
}

TEST_CASE("over https the session's cookie is for this host and for no script") {
  AccountsSite site({}, "https://127.0.0.1");
  site.add(login);
  Browser browser(site);
  const auto csrf = browser.form_token("/login");
  const auto reply = browser.send(
      "POST", "/login",
      "csrf=" + csrf + "&login=" + percent_encode(login) + "&password=" + percent_encode(password),
      "Content-Type: application/x-www-form-urlencoded\r\nOrigin: https://127.0.0.1\r\n");
  REQUIRE(reply.status == 303);
  bool found = false;
  for (const auto& [name, line] : reply.headers) {
    if (name != "set-cookie" || !line.starts_with("__Host-sid=")) continue;
    found = true;
    CHECK_THAT(line, Contains("; Path=/;") && Contains("; HttpOnly") && Contains("; SameSite=Lax") &&
                         Contains("; Secure") && !Contains("Domain"));
  }
  CHECK(found);
  CHECK(is_signed_in(browser));
}
