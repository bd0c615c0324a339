// The door over HTTP: the page, its forms, what its script sends, and tickets in strangers' hands.
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "service/registration_desk.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/handlers/arrival_input.hpp"

#include <boost/json/parse.hpp>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const service::Actor organiser("test", service::Role::editor);

// Event 2 of the sample has a registration with two places.
struct DoorSite : AccountsSite {
  Browser browser{*this};
  std::string csrf;
  Registration olena, taras;

  DoorSite() {
    add("organiser@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    service::RegistrationSettings settings;
    settings.places[0] = "2";
    REQUIRE(service::save_registration(context, organiser, scope(), settings).wait());
    olena = enter("Верба <Олена>");
    taras = enter("Яворів Тарас");
    csrf = browser.form_token("/manage/events/2/door");
  }
  static service::DeskScope scope() { return service::DeskScope(EventId{2}, {}); }
  Registration enter(const std::string& name) {
    service::RegistrationEntry entry;
    entry.name = name;
    entry.institution = "Бібліотека № 3";
    const auto entered = service::add_registration(context, organiser, scope(), entry).wait();
    REQUIRE(entered);
    return stored(entered->id);
  }
  Registration stored(RegistrationId id) {
    return context.store.read([id](db::Unit& unit) { return *unit.registrations().find(id); }).wait().value();
  }
  RawReply post(const std::string& target, Pairs fields) {
    fields.emplace_back("csrf", csrf);
    return browser.post(target, fields);
  }
  RawReply batch(const std::string& body, const std::string& token) {
    return browser.send("POST", "/manage/events/2/door/arrivals", body,
                        "Content-Type: application/json\r\nX-CSRF-Token: " + token + "\r\n");
  }
  static std::string id(const Registration& one) { return std::to_string(one.id.value); }
};

}  // namespace

TEST_CASE("an organiser without scripts finds a name and says who is here and takes it back") {
  DoorSite site;
  const auto page = site.browser.get("/manage/events/2/door?lang=en&q=%D0%B2%D0%B5%D1%80%D0%B1%D0%B0");
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("Верба &lt;Олена&gt;") && Contains("0 of 2"));
  CHECK_THAT(page.body, !Contains("Яворів"));
  const auto here =
      site.post("/manage/events/2/door", {{"person", DoorSite::id(site.olena)}, {"step", "attend"}});
  CHECK(here.status == 303);
  CHECK(here.header("location") == "/manage/events/2/door?answer=here&person=" + DoorSite::id(site.olena));
  const auto after = site.browser.get(here.header("location") + "&lang=en");
  CHECK_THAT(after.body, Contains("1 of 2") && Contains("door-answer is-good") && Contains("Is here."));
  const auto again = site.post("/manage/events/2/door", {{"code", site.olena.code}, {"step", "attend"}});
  CHECK_THAT(again.header("location"), Contains("answer=already"));
  CHECK_THAT(site.browser.get(again.header("location") + "&lang=en").body,
             Contains("Here already since 09:00."));
  const auto back =
      site.post("/manage/events/2/door", {{"person", DoorSite::id(site.olena)}, {"step", "undo_door"}});
  CHECK_THAT(back.header("location"), Contains("answer=undone"));
  CHECK_THAT(site.browser.get("/manage/events/2/door?lang=en").body, Contains("0 of 2"));
  CHECK_THAT(site.post("/manage/events/2/door", {{"code", "nobody-has-it"}}).header("location"),
             Contains("answer=unknown"));
  CHECK(site.post("/manage/events/3/door", {{"code", site.olena.code}}).status == 404);
}

TEST_CASE("the camera is allowed on the page of the door alone and its policy stays strict") {
  DoorSite site;
  const auto page = site.browser.get("/manage/events/2/door");
  CHECK(page.header("permissions-policy") == "camera=(self), microphone=(), geolocation=()");
  const auto policy = page.header("content-security-policy");
  CHECK_THAT(policy, Contains("default-src 'none'; script-src 'self'; style-src 'self'") &&
                         Contains("connect-src 'self'") && !Contains("unsafe") && !Contains("wasm"));
  CHECK(page.header("cache-control") == "no-store");
  for (const auto* other : {"/manage/events/2/registration", "/events/2", "/manage"}) {
    CAPTURE(other);
    CHECK(site.browser.get(other).header("permissions-policy") == "camera=(), microphone=(), geolocation=()");
  }
}

TEST_CASE("a telephone's batch is answered one by one and changes nothing without the page's token") {
  DoorSite site;
  const auto body = R"({"arrivals": [{"key": "k1", "person": )" + DoorSite::id(site.olena) +
                    R"(, "ago": 60}, {"key": "k2", "code": "http://127.0.0.1:8080/door/)" + site.taras.code +
                    R"("}, {"key": "k3", "code": "nobody-has-it"}]})";
  site.clock.set(site.clock.now() + std::chrono::minutes{2});
  CHECK(site.batch(body, "wrong").status == 403);
  CHECK(site.stored(site.olena.id).state == RegistrationState::registered);
  for (int round = 0; round < 2; ++round) {
    CAPTURE(round);
    const auto reply = site.batch(body, site.csrf);
    REQUIRE(reply.status == 200);
    const auto json = boost::json::parse(reply.body);
    const auto& answers = json.at("answers").as_array();
    CHECK(answers.size() == 3);
    CHECK(answers[0].at("key") == "k1");
    CHECK(answers[0].at("answer") == (round == 0 ? "here" : "already"));
    CHECK(answers[0].at("person").at("since") == "09:01");
    CHECK(answers[1].at("answer") == (round == 0 ? "here" : "already"));
    CHECK(answers[2].at("answer") == "unknown");
    CHECK(json.at("counts").at("hall").at("came") == 2);
  }
  CHECK(site.batch("{}", site.csrf).status == 400);
  CHECK(site.batch(R"({"arrivals": [{"key": "k", "person": 1, "step": "cancel"}]})", site.csrf).status ==
        400);
}

TEST_CASE("the list for a telephone holds hashes of codes and never the codes or addresses") {
  DoorSite site;
  const auto list = site.browser.get("/manage/events/2/door/people.json");
  REQUIRE(list.status == 200);
  const auto json = boost::json::parse(list.body);
  CHECK(json.at("people").as_array().size() == 2);
  CHECK(json.at("people").at(0).at("code").as_string().size() == 16);
  CHECK_THAT(list.body, !Contains(site.olena.code) && !Contains("email"));
  const auto now = std::to_string(json.at("now").as_int64() + 1);
  const auto news = site.browser.get("/manage/events/2/door/people.json?since=" + now);
  CHECK(boost::json::parse(news.body).at("people").as_array().empty());
}

TEST_CASE("a walk-in is refused in words when every place is taken and entered when one is free") {
  DoorSite site;
  const Pairs stranger = {{"key", "a key of some walk-in"}, {"name", "Липа Марія"}, {"consent", "yes"}};
  const auto full = site.post("/manage/events/2/door/walk-ins?lang=en", stranger);
  CHECK(full.status == 422);
  CHECK_THAT(full.body, Contains("Every place is taken") && Contains("Липа Марія"));
  REQUIRE(service::step_registration(site.context, organiser, DoorSite::scope(), site.taras.id,
                                     RegistrationStep::cancel)
              .wait());
  const auto entered = site.post("/manage/events/2/door/walk-ins", stranger);
  CHECK(entered.status == 303);
  CHECK_THAT(entered.header("location"), Contains("answer=here") && Contains("entered=yes"));
  const auto page = site.browser.get(entered.header("location") + "&lang=en");
  CHECK_THAT(page.body, Contains("Entered, and is here.") && Contains("1 of 2"));
}

TEST_CASE("the door of an event of several days shows one of them and marks people for it") {
  DoorSite site;
  const auto today = civil_date(site.clock.now(), "Europe/Kyiv");
  const auto stored = site.context.store
                          .write(db::Author("test", site.clock.now()),
                                 [&](db::Unit& unit) {
                                   auto event = unit.events().find(EventId{2}).value();
                                   event.period = make_dated(today);
                                   event.period.precision = Precision::date_range;
                                   event.period.last = add_days(today, 1);
                                   event.zone = "Europe/Kyiv";
                                   return unit.events().update(event), true;
                                 })
                          .wait();
  REQUIRE(stored);
  const auto next = format_iso(add_days(today, 1));
  const auto page = site.browser.get("/manage/events/2/door?lang=en");
  CHECK_THAT(page.body, Contains("class=\"door-days\"") && Contains("?day=" + next) && Contains("· today") &&
                            !Contains("Not today"));
  const auto tomorrow = site.browser.get("/manage/events/2/door?lang=en&day=" + next);
  CHECK_THAT(tomorrow.body, Contains("Not today: who is marked now is marked for") &&
                                Contains("data-pinned=\"" + next + "\"") &&
                                Contains("action=\"/manage/events/2/door?day=" + next + "\""));
  const auto marked = site.post("/manage/events/2/door?day=" + next,
                                {{"person", DoorSite::id(site.olena)}, {"step", "attend"}});
  CHECK(marked.status == 303);
  CHECK_THAT(marked.header("location"), Contains("answer=here") && Contains("day=" + next));
  CHECK_THAT(site.browser.get(marked.header("location") + "&lang=en").body,
             Contains("Is here.") && Contains("1 of 2"));
  CHECK_THAT(site.browser.get("/manage/events/2/door?lang=en").body, Contains("0 of 2"));

  const auto body = R"({"arrivals": [{"key": "k1", "person": )" + DoorSite::id(site.olena) +
                    R"(}, {"key": "k2", "person": )" + DoorSite::id(site.olena) + R"(, "day": ")" + next +
                    "\"}]}";
  const auto json = boost::json::parse(site.batch(body, site.csrf).body);
  CHECK(json.at("answers").at(0).at("answer") == "here");
  CHECK(json.at("answers").at(0).at("day") == boost::json::string(format_iso(today)));
  CHECK(json.at("answers").at(1).at("answer") == "already");
  CHECK(json.at("counts").at("hall").at("came") == 1);
  const auto list = [&](const std::string& query) {
    return boost::json::parse(site.browser.get("/manage/events/2/door/people.json" + query).body);
  };
  CHECK(list("").at("day") == boost::json::string(format_iso(today)));
  CHECK(list("?day=" + next).at("counts").at("hall").at("came") == 1);
  CHECK(list("?day=nonsense").at("day") == boost::json::string(format_iso(today)));
}

TEST_CASE("a walk-in that a telephone sends twice is one person") {
  DoorSite site;
  REQUIRE(service::step_registration(site.context, organiser, DoorSite::scope(), site.taras.id,
                                     RegistrationStep::cancel)
              .wait());
  const auto send = [&](const std::string& ago) {
    const Pairs fields = {{"csrf", site.csrf},
                          {"key", "0123456789abcdef01234567"},
                          {"name", "Липа Марія"},
                          {"consent", "yes"},
                          {"ago", ago}};
    return site.browser.post("/manage/events/2/door/walk-ins", fields, "Accept: application/json\r\n");
  };
  for (const auto* ago : {"120", "125", "99999999999", "-1", "x"}) {
    const auto reply = send(ago);
    CAPTURE(ago, reply.body);
    CHECK(reply.status == 200);
    CHECK(boost::json::parse(reply.body).at("name") == "Липа Марія");
  }
  const auto list = boost::json::parse(site.browser.get("/manage/events/2/door/people.json").body);
  CHECK(list.at("counts").at("hall").at("came") == 1);
  CHECK(list.at("people").as_array().size() == 3);
}

TEST_CASE("a ticket shows a stranger no name and the organiser a button and a GET checks nobody in") {
  DoorSite site;
  const auto address = "/door/" + site.olena.code;
  Browser stranger(site);
  const auto shown = stranger.get(address + "?lang=en");
  CHECK(shown.status == 200);
  CHECK_THAT(shown.body, Contains("Show this at the door.") && Contains("class=\"qr\"") &&
                             !Contains("Верба") && !Contains("Бібліотека № 3"));
  const auto own = site.browser.get(address + "?lang=en");
  CHECK_THAT(own.body, Contains("Верба &lt;Олена&gt;") && Contains("action=\"/manage/events/2/door\""));
  CHECK(site.stored(site.olena.id).state == RegistrationState::registered);
  CHECK(stranger.get("/door/nobody-has-it").status == 404);
  CHECK(stranger.get("/door/%3Cscript%3E").status == 404);
  CHECK(stranger.post("/manage/events/2/door", {{"code", site.olena.code}}).status != 200);
  CHECK(site.stored(site.olena.id).state == RegistrationState::registered);
}

TEST_CASE("signing out erases what the browser kept of a door") {
  DoorSite site;
  const auto out = site.post("/logout", {});
  CHECK(out.status == 303);
  CHECK(out.header("clear-site-data") == "\"storage\"");
}

TEST_CASE("a batch of arrivals is read strictly and up to its limits") {
  const auto one =
      read_arrivals(R"({"arrivals": [{"key": "k", "code": "abcdefgh", "step": "undo_door", "ago": -5}]})");
  REQUIRE(one);
  CHECK(one->front().arrival.code == "abcdefgh");
  CHECK(one->front().arrival.undo);
  CHECK(one->front().arrival.ago == std::chrono::seconds{0});
  const auto old = read_arrivals(R"({"arrivals": [{"key": "k", "person": 1, "ago": 9000000000}]})");
  REQUIRE(old);
  CHECK(old->front().arrival.ago > service::oldest_arrival);
  for (const auto* body :
       {"", "[]", "{}", R"({"arrivals": 1})", R"({"arrivals": [1]})", R"({"arrivals": [], "more": 1})",
        R"({"arrivals": [{"person": 1}]})", R"({"arrivals": [{"key": "", "person": 1}]})",
        R"({"arrivals": [{"key": "k"}]})", R"({"arrivals": [{"key": "k", "person": 1, "code": "abcdefgh"}]})",
        R"({"arrivals": [{"key": "k", "person": 0}]})", R"({"arrivals": [{"key": "k", "person": "1"}]})",
        R"({"arrivals": [{"key": "k", "code": "a b c d e f"}]})",
        R"({"arrivals": [{"key": "k", "person": 1, "step": "confirm"}]})",
        R"({"arrivals": [{"key": "k", "person": 1, "ago": 1.5}]})",
        R"({"arrivals": [{"key": "k", "person": 1, "day": "tomorrow"}]})",
        R"({"arrivals": [{"key": "k", "person": 1, "day": 20260924}]})",
        R"({"arrivals": [{"key": "k", "person": 1, "name": "x"}]})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_arrivals(body));
  }
  const auto many = [](std::size_t count) {
    std::string body = R"({"arrivals": [)";
    for (std::size_t i = 0; i < count; ++i)
      body += (i == 0 ? "" : ",") + std::string(R"({"key":"k","person":1})");
    return body + "]}";
  };
  CHECK(read_arrivals(many(service::most_arrivals))->size() == service::most_arrivals);
  CHECK(read_arrivals(many(service::most_arrivals + 1)).error().code == Errc::limit_exceeded);
}

TEST_CASE("a walk-in that somebody took back is not said to be here when it comes again") {
  DoorSite site;
  REQUIRE(service::step_registration(site.context, organiser, DoorSite::scope(), site.taras.id,
                                     RegistrationStep::cancel)
              .wait());
  const Pairs stranger = {{"key", "0123456789abcdef01234567"}, {"name", "Липа Марія"}, {"consent", "yes"}};
  const auto sent = [&] {
    auto fields = stranger;
    fields.emplace_back("csrf", site.csrf);
    fields.emplace_back("ago", "30");
    const auto reply =
        site.browser.post("/manage/events/2/door/walk-ins", fields, "Accept: application/json\r\n");
    CHECK(reply.status == 200);
    return boost::json::parse(reply.body);
  };
  CHECK(sent().at("answer") == "here");
  const auto entered = site.post("/manage/events/2/door/walk-ins", stranger);
  CHECK_THAT(entered.header("location"), Contains("answer=here") && Contains("entered=yes"));
  const auto at = entered.header("location").find("person=");
  const auto person = entered.header("location").substr(at + 7);
  site.clock.set(site.clock.now() + std::chrono::minutes{1});
  REQUIRE_THAT(site.post("/manage/events/2/door",
                         {{"person", person.substr(0, person.find('&'))}, {"step", "undo_door"}})
                   .header("location"),
               Contains("answer=undone"));
  const auto again = sent();
  CHECK(again.at("problem") == "");
  CHECK(again.at("answer") == "outdated");
  CHECK(again.at("name") == "Липа Марія");
  const auto page = site.post("/manage/events/2/door/walk-ins", stranger);
  CHECK_THAT(page.header("location"), Contains("answer=outdated") && !Contains("entered"));
  CHECK_THAT(site.browser.get(page.header("location") + "&lang=en").body,
             Contains("Not counted: somebody decided otherwise") && Contains("0 of 2"));
}
