// Personal calendars over HTTP: made, read, revoked, guessed at.
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

#include <boost/json.hpp>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;
namespace json = boost::json;

namespace {

const std::string login = "kalyna@example.org";

struct Reader {
  AccountsSite site;
  Browser browser{site};

  Reader() {
    site.add(login, AccountRole::member, "1");
    REQUIRE(browser.sign_in(login).status == 303);
  }
  // The path of a new calendar.
  std::string make(const Pairs& more = {}) {
    Pairs form = {
        {"csrf", browser.form_token("/calendars")}, {"name", "Мій телефон"}, {"scope", "association"}};
    form.insert(form.end(), more.begin(), more.end());
    const auto page = browser.post("/calendars", form);
    REQUIRE(page.status == 200);
    CHECK(page.header("cache-control") == "no-store");
    const auto at = page.body.find("/feeds/p/");
    REQUIRE(at != std::string::npos);
    CHECK_THAT(page.body, Contains("webcal:") && Contains("calendar.google.com") && Contains("<svg"));
    return page.body.substr(at, page.body.find(".ics", at) + 4 - at);
  }
  std::string action_of_newest() {
    const auto page = browser.get("/calendars").body;
    const auto at = page.find("action=\"/calendars/");
    REQUIRE(at != std::string::npos);
    return page.substr(at + 8, page.find('"', at + 8) - at - 8);
  }
  RawReply revoke() { return browser.post(action_of_newest(), {{"csrf", browser.form_token("/calendars")}}); }
};

}  // namespace

TEST_CASE("a personal calendar is read without a session and kept from shared caches") {
  Reader reader;
  const auto path = reader.make();
  CHECK(path.size() <= 60);
  Browser program(reader.site);
  program.user_agent = "Google-Calendar-Importer";
  const int before = reader.site.look_ups();
  const auto feed = program.get(path);
  CHECK(reader.site.look_ups() == before);
  CHECK(feed.status == 200);
  CHECK_THAT(feed.body, Contains("BEGIN:VCALENDAR") && Contains("BEGIN:VEVENT") && Contains("Мій телефон"));
  CHECK(feed.header("content-type") == "text/calendar; charset=utf-8");
  CHECK(feed.header("cache-control") == "private, max-age=900");
  CHECK(feed.header("referrer-policy") == "no-referrer");
  CHECK(feed.header("x-robots-tag") == "noindex");
  CHECK(feed.header("access-control-allow-origin").empty());
  CHECK(feed.header("set-cookie").empty());
  const auto again = program.get(path, "If-None-Match: " + feed.header("etag") + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.header("cache-control") == "private, max-age=900");
  CHECK(program.send("HEAD", path, "", "").status == 200);
  reader.site.let_writes_end();
  CHECK_THAT(reader.browser.get("/calendars").body, Contains("Google Calendar"));
}

TEST_CASE("a personal calendar has its twins under the same secret and rules") {
  Reader reader;
  const auto path = reader.make();
  const auto stem = path.substr(0, path.size() - 4);
  Browser program(reader.site);
  const std::pair<const char*, const char*> forms[] = {{".json", "application/feed+json"},
                                                       {".atom", "application/atom+xml; charset=utf-8"}};
  for (const auto& [suffix, type] : forms) {
    CAPTURE(suffix);
    const auto twin = program.get(stem + suffix);
    CHECK(twin.status == 200);
    CHECK(twin.header("content-type") == type);
    CHECK(twin.header("cache-control") == "private, max-age=900");
    CHECK(twin.header("referrer-policy") == "no-referrer");
    CHECK(twin.header("x-robots-tag") == "noindex");
    CHECK(twin.header("access-control-allow-origin").empty());
    CHECK_THAT(twin.body, Contains("Мій телефон") && Contains(stem + suffix) && Contains("/calendars"));
    CHECK(program.get(stem + suffix, "If-None-Match: " + twin.header("etag") + "\r\n").status == 304);
  }
  CHECK(reader.revoke().status == 303);
  for (const auto& [suffix, type] : forms) CHECK(program.get(stem + suffix).status == 410);
}

TEST_CASE("the address of a personal calendar is shown once and is nowhere else") {
  Reader reader;
  const auto path = reader.make();
  const auto token = path.substr(9, path.size() - 13);
  CHECK(token.size() >= 22);
  for (const char* page : {"/calendars", "/account", "/", "/metrics", "/api/v1/calendars"})
    CHECK_THAT(reader.browser.get(page).body, !Contains(token));
  CHECK(reader.site.database_bytes().find(token) == std::string::npos);
  Browser program(reader.site);
  for (const auto& wrong : {path + "x", path.substr(0, path.size() - 4), path + "/x"})
    CHECK_THAT(program.get(wrong).body, !Contains(token));
  CHECK_THAT(program.send("POST", path, "", "").body, !Contains(token));
}

TEST_CASE("a revoked calendar is gone at the next request and a wrong address tells nothing") {
  Reader reader;
  const auto path = reader.make();
  Browser program(reader.site);
  REQUIRE(program.get(path).status == 200);
  CHECK(reader.revoke().status == 303);
  const auto gone = program.get(path);
  CHECK(gone.status == 410);
  CHECK(gone.header("content-type") == "text/plain; charset=utf-8");
  CHECK(gone.body.size() < 100);
  const auto unknown = program.get("/feeds/p/" + std::string(32, 'x') + ".ics");
  const auto malformed = program.get("/feeds/p/x.ics");
  CHECK(unknown.status == 404);
  CHECK(unknown.header("content-type") == "text/plain; charset=utf-8");
  CHECK(malformed.status == 404);
  CHECK(unknown.head.substr(unknown.head.find("\r\nDate")) ==
        malformed.head.substr(malformed.head.find("\r\nDate")));
  CHECK(unknown.body == malformed.body);
}

TEST_CASE("whoever guesses at personal calendars is told to wait while right addresses answer") {
  Reader reader;
  const auto path = reader.make();
  Browser program(reader.site);
  unsigned refused = 0;
  for (std::size_t i = 0; i < wrong_calendars_per_minute + 20; ++i) {
    const auto reply = program.get("/feeds/p/" + std::string(32, 'x') + std::to_string(i) + ".ics");
    if (i < wrong_calendars_per_minute) CHECK(reply.status == 404);
    if (reply.status == 429) {
      ++refused;
      CHECK(std::stoi(reply.header("retry-after")) > 0);
    }
  }
  CHECK(refused > 0);
  CHECK(program.get(path).status == 200);
}

TEST_CASE("a form that makes no calendar is shown again and says why") {
  Reader reader;
  const auto csrf = reader.browser.form_token("/calendars");
  const auto post = [&](const Pairs& fields) {
    Pairs form = {{"csrf", csrf}};
    form.insert(form.end(), fields.begin(), fields.end());
    return reader.browser.post("/calendars", form);
  };
  CHECK(post({{"name", ""}, {"scope", "association"}}).status == 422);
  CHECK(post({{"name", std::string(101, 'x')}, {"scope", "association"}}).status == 422);
  CHECK(post({{"name", "x"}, {"scope", "everything"}}).status == 422);
  CHECK(post({{"name", "x"}, {"scope", "association"}, {"kind", "opera"}}).status == 422);
  CHECK_THAT(post({{"name", "<b>"}, {"scope", "x"}}).body,
             Contains("value=\"&lt;b&gt;\"") && !Contains("<b>"));
  for (std::size_t i = 0; i < service::most_personal_calendars; ++i)
    CHECK(post({{"name", std::string(100, 'x')}, {"scope", "responsible"}}).status == 200);
  CHECK(post({{"name", "one more"}, {"scope", "responsible"}}).status == 422);
}

TEST_CASE("nobody revokes the calendar of somebody else") {
  Reader reader;
  const auto path = reader.make();
  const auto action = reader.action_of_newest();
  reader.site.add("other@example.org");
  Browser other(reader.site);
  REQUIRE(other.sign_in("other@example.org").status == 303);
  const auto csrf = other.form_token("/calendars");
  CHECK(other.post(action, {{"csrf", csrf}}).status == 404);
  CHECK(other.post("/calendars/999/revoke", {{"csrf", csrf}}).status == 404);
  CHECK(other.get(path).status == 200);
}

TEST_CASE("the API keeps calendars for a session and for no token") {
  Reader reader;
  auto& browser = reader.browser;
  const auto me = json::parse(browser.get("/api/v1/session").body).as_object();
  const std::string header = "X-CSRF-Token: " + std::string(me.at("csrf").as_string().c_str()) + "\r\n";
  const std::string body = R"({"name":"desk","scope":"association","query":"kind=meeting"})";
  CHECK(browser.send("POST", "/api/v1/calendars", body, "").status == 403);
  const auto made = browser.send("POST", "/api/v1/calendars", body, header);
  REQUIRE(made.status == 201);
  const auto answer = json::parse(made.body).as_object();
  const std::string address = answer.at("address").as_string().c_str();
  CHECK(address.starts_with("http://127.0.0.1:8080/feeds/p/"));
  CHECK(browser.get(address.substr(21)).status == 200);
  const auto list = json::parse(browser.get("/api/v1/calendars").body).as_object().at("calendars").as_array();
  REQUIRE(list.size() == 1);
  CHECK(list[0].as_object().at("query") == "kind=meeting");
  const auto target = "/api/v1/calendars/" + std::to_string(answer.at("id").as_int64());
  CHECK(browser.send("DELETE", target, "", "").status == 403);
  CHECK(browser.send("DELETE", target, "", header).status == 204);
  CHECK(browser.send("DELETE", target, "", header).status == 404);
  CHECK(browser.get(address.substr(21)).status == 410);
  for (const char* wrong : {"[]", "{", R"({"name":5})", R"({"colour":"red"})", R"({"scope":"all"})",
                            R"({"name":"x","query":"kind=opera"})"})
    CHECK(browser.send("POST", "/api/v1/calendars", wrong, header).status == 400);
  Browser program(reader.site);
  const auto bearer = "Authorization: Bearer " + reader.site.token("write") + "\r\n";
  const auto refused = program.get("/api/v1/calendars", bearer);
  CHECK(refused.status == 401);
  CHECK_THAT(refused.body, Contains("sign in"));
}

TEST_CASE("who takes part finds the event in a calendar of one's own") {
  Reader reader;
  const auto path = reader.make({{"scope", "association"}});
  auto& browser = reader.browser;
  const auto page = browser.get("/events/3").body;
  CHECK_THAT(page, Contains("action=\"/events/3/attend\""));
  const auto csrf = browser.form_token("/events/3");
  CHECK(browser.post("/events/3/attend", {{"csrf", csrf}}).header("location") == "/events/3");
  CHECK_THAT(browser.get("/events/3").body, Contains("action=\"/events/3/withdraw\""));
  CHECK(browser.post("/events/999/attend", {{"csrf", csrf}}).status == 404);
  Pairs form = {{"csrf", csrf}, {"name", "x"}, {"scope", "registrations"}};
  const auto made = browser.post("/calendars", form).body;
  const auto at = made.find("/feeds/p/");
  const auto mine = made.substr(at, made.find(".ics", at) + 4 - at);
  CHECK_THAT(browser.get(mine).body, Contains("Семинар-практикум") && !Contains("Круглый стол"));
  CHECK(browser.post("/events/3/withdraw", {{"csrf", csrf}}).status == 303);
  CHECK_THAT(browser.get(mine).body, !Contains("BEGIN:VEVENT"));
  CHECK_THAT(browser.get(path).body, Contains("BEGIN:VEVENT"));
}
