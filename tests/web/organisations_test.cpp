// Organisations as a tree and keys of one's own, as browsers and programs use them.
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

Browser signed_in(AccountsSite& site, const std::string& login) {
  Browser browser(site);
  REQUIRE(browser.sign_in(login).status == 303);
  return browser;
}

Pairs entry(Browser& browser, const std::string& name, const std::string& parent = "",
            const std::string& zone = "Europe/Kyiv") {
  return {{"csrf", browser.form_token("/manage/organisations")},
          {"name", name},
          {"tier", "district"},
          {"parent", parent},
          {"language", "uk"},
          {"zone", zone},
          {"contact", ""}};
}

// The answer of the API to a program with this key.
RawReply asks(AccountsSite& site, const std::string& key, const std::string& method, const std::string& path,
              const std::string& body = "") {
  Browser program(site);
  return program.send(method, path, body,
                      "Authorization: Bearer " + key + "\r\nContent-Type: application/json\r\n");
}

}  // namespace

TEST_CASE("an administrator enters associations below one another and moves them") {
  AccountsSite site;
  site.add("a@example.org", AccountRole::administrator);
  site.add("o@example.org", AccountRole::organiser);
  auto administrator = signed_in(site, "a@example.org"), organiser = signed_in(site, "o@example.org");
  CHECK(organiser.get("/manage/organisations").status == 403);
  CHECK_THAT(organiser.get("/manage/accounts").body, !Contains("/manage/organisations"));
  CHECK_THAT(administrator.get("/manage/accounts").body, Contains("/manage/organisations"));
  CHECK(administrator.post("/manage/organisations", entry(administrator, "Луговий район", "1")).status ==
        303);
  const auto page = administrator.get("/manage/organisations");
  CHECK(page.header("cache-control") == "no-store");
  CHECK_THAT(page.body, Contains("Луговий район") && Contains("depth-1"));
  CHECK(administrator.post("/manage/organisations", entry(administrator, "луговий  район")).status == 422);
  CHECK(administrator.post("/manage/organisations", entry(administrator, " ")).status == 422);
  CHECK(administrator.post("/manage/organisations", entry(administrator, "X", "99")).status == 422);
  CHECK(administrator.post("/manage/organisations", entry(administrator, "X", "", "Nowhere")).status == 422);
  // The root cannot come to lie below its own child: it is not even offered.
  const auto root = administrator.get("/manage/organisations/1");
  CHECK(root.status == 200);
  CHECK_THAT(root.body, !Contains("<option value=\"2\""));
  auto circle = entry(administrator, "Корінь", "2");
  CHECK(administrator.post("/manage/organisations/1", circle).status == 422);
  CHECK(administrator.post("/manage/organisations/2", entry(administrator, "Луговий", "")).status == 303);
  CHECK_THAT(administrator.get("/manage/organisations").body, Contains("Луговий<") && !Contains("depth-1"));
  CHECK(administrator.get("/manage/organisations/99").status == 404);
  CHECK(administrator.post("/manage/organisations/99", entry(administrator, "X")).status == 404);
}

TEST_CASE("programs enter and move associations by the API") {
  AccountsSite site;
  const auto key = site.token("write");
  const auto made =
      asks(site, key, "POST", "/api/v1/organisations",
           R"({"name": "Луговий район", "tier": "district", "parent": 1, "timezone": "Europe/Minsk"})");
  CHECK(made.status == 201);
  CHECK_THAT(made.body, Contains("\"tier\":\"district\"") && Contains("\"parent\":1"));
  CHECK(asks(site, key, "PATCH", "/api/v1/organisations/2", R"({"parent": null})").status == 200);
  CHECK(asks(site, key, "PATCH", "/api/v1/organisations/1", R"({"parent": 2})").status == 200);
  CHECK(asks(site, key, "PATCH", "/api/v1/organisations/2", R"({"parent": 1})").status == 409);
  CHECK(asks(site, key, "PATCH", "/api/v1/organisations/2", R"({"parent": 77})").status == 404);
  CHECK(asks(site, key, "PATCH", "/api/v1/organisations/2", R"({"tier": "kingdom"})").status == 400);
  CHECK(asks(site, key, "PATCH", "/api/v1/organisations/2", R"({"owner": 1})").status == 400);
  CHECK(asks(site, site.token("read"), "PATCH", "/api/v1/organisations/2", "{}").status == 403);
}

TEST_CASE("a key of one's own is shown once and does what its owner may") {
  AccountsSite site;
  site.add("o@example.org", AccountRole::organiser, "1");
  site.add("m@example.org");
  site.add("a@example.org", AccountRole::administrator);
  auto organiser = signed_in(site, "o@example.org"), member = signed_in(site, "m@example.org");
  CHECK(member.get("/account/tokens").status == 403);
  CHECK_THAT(member.get("/account").body, !Contains("/account/tokens"));
  CHECK_THAT(organiser.get("/account").body, Contains("/account/tokens"));
  const auto csrf = organiser.form_token("/account/tokens");
  CHECK(organiser.post("/account/tokens", {{"csrf", csrf}, {"name", ""}, {"scope", "read"}}).status == 422);
  const auto made =
      organiser.post("/account/tokens", {{"csrf", csrf}, {"name", "Таблиця"}, {"scope", "write"}});
  CHECK(made.status == 200);
  CHECK(made.header("cache-control") == "no-store");
  const auto at = made.body.find("cvk_");
  REQUIRE(at != std::string::npos);
  const auto key = made.body.substr(at, made.body.find('"', at) - at);
  CHECK(organiser.get("/account/tokens").body.find(key) == std::string::npos);
  CHECK(site.database_bytes().find(key) == std::string::npos);

  CHECK(asks(site, key, "GET", "/api/v1/rosters").status == 200);
  CHECK(asks(site, key, "PATCH", "/api/v1/events/1", R"({"note": "інша"})").status == 200);
  // What is the whole installation's is not hers.
  CHECK(asks(site, key, "GET", "/api/v1/reminders").status == 403);
  CHECK(asks(site, key, "POST", "/api/v1/organisations", R"({"name": "X"})").status == 403);
  CHECK(asks(site, key, "GET", "/account").status != 200);
  site.let_writes_end();
  CHECK_THAT(organiser.get("/account/tokens").body, Contains("Таблиця") && !Contains("ніколи"));

  auto administrator = signed_in(site, "a@example.org");
  const auto path = "/manage/accounts/1";
  CHECK(administrator.post(std::string(path) + "/close", {{"csrf", administrator.form_token(path)}}).status ==
        303);
  CHECK(asks(site, key, "GET", "/api/v1/rosters").status == 401);
}

TEST_CASE("another person's key cannot be revoked by guessing its number") {
  AccountsSite site;
  site.add("o@example.org", AccountRole::organiser);
  site.add("p@example.org", AccountRole::organiser);
  auto owner = signed_in(site, "o@example.org"), other = signed_in(site, "p@example.org");
  const auto made = owner.post(
      "/account/tokens", {{"csrf", owner.form_token("/account/tokens")}, {"name", "x"}, {"scope", "read"}});
  const auto csrf = other.form_token("/account/tokens");
  CHECK(other.post("/account/tokens/1/revoke", {{"csrf", csrf}}).status == 404);
  CHECK(other.post("/account/tokens/2/revoke", {{"csrf", csrf}}).status == 404);
  CHECK_THAT(owner.get("/account/tokens").body, Contains("/account/tokens/1/revoke"));
  CHECK(owner.post("/account/tokens/1/revoke", {{"csrf", owner.form_token("/account/tokens")}}).status ==
        303);
  CHECK_THAT(owner.get("/account/tokens").body, !Contains("/account/tokens/1/revoke"));
}
