// Clashes, free days and date polls over HTTP, as organisers and those who are asked use them.
#include "db/polls.hpp"
#include "db/store.hpp"
#include "notify/answer_links.hpp"
#include "notify/poll_links.hpp"
#include "notify/recipients.hpp"
#include "service/people.hpp"
#include "service/plan_edits.hpp"
#include "service/polls.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

#include <array>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

// The sample's clock stands on 7 October 2024: event 2 is a round table of 24 October, 10:00–12:30; event 3 a
// seminar of November 2024.
const std::string seminar = "/events/3";

struct DatesSite : AccountsSite {
  Browser browser{*this};
  std::string csrf;
  Person first = enter("Гордейчик О.В.", "hordiejchyk@example.org");
  Person second = enter("Зимянина Т.Р.", "zimianina@example.org");

  DatesSite() {
    add("organiser@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    csrf = browser.form_token("/manage/plans/1");
  }
  Person enter(const std::string& name, const std::string& email) {
    service::PersonChange wanted;
    wanted.name = name;
    wanted.email = email;
    return service::save_person(context, service::Actor("test", service::Role::editor), wanted)
        .wait()
        .value();
  }
  Event event(std::int64_t id) {
    return context.store.read([id](db::Unit& unit) { return *unit.events().find(EventId{id}); })
        .wait()
        .value();
  }
  RawReply date(std::int64_t id, Pairs fields) {
    fields.emplace_back("csrf", csrf);
    return browser.post("/manage/events/" + std::to_string(id) + "/date", fields);
  }
  Pairs poll_form() {
    return {{"csrf", csrf},
            {"day-0", "2024-11-12"},
            {"time-0", "10:00"},
            {"end-0", "12:00"},
            {"day-1", "2024-11-14"},
            {"day-2", ""},
            {"person", number(first)},
            {"person", number(second)},
            {"note", "Обирайте <день>"},
            {"last_day", "2024-10-20"}};
  }
  static std::string number(const Person& person) { return std::to_string(person.id.value); }
  std::string link(const Person& person, PollId poll = PollId{1}) {
    const auto key =
        context.store
            .read([](db::Unit& unit) { return *unit.secrets().find(std::string(notify::link_key_name)); })
            .wait()
            .value();
    notify::PollLink one;
    one.poll = poll;
    one.who = notify::person_key(person.id);
    one.expires = clock.now() + std::chrono::hours{24 * 40};
    return "/poll/" + notify::poll_token(key, one);
  }
  std::vector<PollVoice> voices() {
    return context.store.read([](db::Unit& unit) { return unit.polls().voices(PollId{1}); }).wait().value();
  }
};

}  // namespace

TEST_CASE("an organiser dates an event by one of its free days and readers see no such form") {
  DatesSite site;
  const auto page = site.browser.get(seminar + "?lang=en");
  CHECK_THAT(page.body, Contains("id=\"day\"") && Contains("Choose the day") &&
                            Contains("name=\"date\" value=\"2024-11-"));
  Browser reader(site);
  CHECK_THAT(reader.get(seminar + "?lang=en").body, !Contains("id=\"day\""));
  const auto done = site.date(3, {{"date", "2024-11-13"}, {"time", "14:00"}});
  CHECK(done.status == 303);
  CHECK(done.header("location") == "/events/3?done=dated#day");
  CHECK(site.event(3).period.first == make_date(2024, 11, 13));
  CHECK(site.event(3).period.time == TimeOfDay{14 * 60});
  CHECK_THAT(site.browser.get("/events/3?done=dated&lang=en").body, Contains("The day is fixed."));
  CHECK(site.date(3, {{"date", "31.12.2024"}}).status == 400);
  CHECK(site.date(3, {{"date", "2024-11-13"}, {"time", "99:99"}}).status == 400);
  CHECK(site.date(999, {{"date", "2024-11-13"}}).status == 404);
  CHECK(site.date(3, {{"date", "2024-11-20"}, {"next", "//evil.example"}}).header("location") ==
        "/events/3?done=dated#day");
}

TEST_CASE("an event of several days is moved as a whole or given other days") {
  DatesSite site;
  REQUIRE(site.date(3, {{"date", "2024-11-12"}, {"last_date", "2024-11-14"}}).status == 303);
  const auto days = [&] { return std::pair(site.event(3).period.first, site.event(3).period.last); };
  CHECK(days() == std::pair(std::optional(make_date(2024, 11, 12)), std::optional(make_date(2024, 11, 14))));
  CHECK(site.event(3).period.precision == Precision::date_range);
  const auto page = site.browser.get(seminar + "?lang=en");
  CHECK_THAT(page.body, Contains("The days") &&
                            Contains("name=\"last_date\" type=\"date\" value=\"2024-11-14\"") &&
                            Contains("name=\"date\" value=\"2024-11-19/2024-11-21\"") &&
                            Contains("Tue–Thu, 19–21 November 2024"));
  REQUIRE(site.date(3, {{"date", "2024-11-19/2024-11-21"}}).status == 303);
  CHECK(days() == std::pair(std::optional(make_date(2024, 11, 19)), std::optional(make_date(2024, 11, 21))));
  for (const char* wrong :
       {"2024-11-19/2024-11-18", "2024-11-19/x", "/2024-11-19", "2024-11-19/2024-11-20/2024-11-21"}) {
    CAPTURE(wrong);
    CHECK(site.date(3, {{"date", wrong}}).status == 400);
  }
  CHECK(days().second == make_date(2024, 11, 21));
  // A longer one is offered no days, but is not made one day unawares.
  REQUIRE(site.date(3, {{"date", "2024-11-01"}, {"last_date", "2024-11-30"}}).status == 303);
  CHECK_THAT(site.browser.get(seminar + "?lang=en").body,
             Contains("name=\"last_date\" type=\"date\" value=\"2024-11-30\""));
  REQUIRE(site.date(3, {{"date", "2024-11-19"}, {"last_date", ""}}).status == 303);
  CHECK(site.event(3).period.precision == Precision::exact_date);
}

TEST_CASE("the clashes of a plan have a page of their own and are counted in its table") {
  DatesSite site;
  // A Saturday, and the hours of the round table with its leader.
  REQUIRE(site.date(3, {{"date", "2024-11-17"}}).status == 303);
  const auto page = site.browser.get("/manage/plans/1/clashes?lang=en");
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("a weekend") && Contains("2024-11-17") && Contains("/events/3#day"));
  CHECK_THAT(site.browser.get("/manage/plans/1?lang=en").body,
             Contains("href=\"/manage/plans/1/clashes\">1 clash<"));
  // One row alone is marked.
  const auto marked = site.browser.get("/manage/plans/1?lang=en").body;
  const auto mark = marked.find(">clash</a>");
  REQUIRE(mark != std::string::npos);
  CHECK(marked.find(">clash</a>", mark + 1) == std::string::npos);
  REQUIRE(site.date(3, {{"date", "2024-11-13"}}).status == 303);
  CHECK_THAT(site.browser.get("/manage/plans/1/clashes?lang=en").body,
             Contains("Nothing stands in the way of this plan"));
  CHECK_THAT(site.browser.get("/manage/plans/1?lang=en").body, !Contains("1 clash"));
  CHECK(site.browser.get("/manage/plans/99/clashes").status == 404);
}

TEST_CASE("a program reads the clashes of a plan") {
  DatesSite site;
  REQUIRE(site.date(3, {{"date", "2024-11-17"}}).status == 303);
  Browser program(site);
  const auto reply =
      program.get("/api/v1/plans/1/conflicts", "Authorization: Bearer " + site.token("read") + "\r\n");
  CHECK(reply.status == 200);
  CHECK_THAT(reply.body, Contains("\"kind\":\"weekend\"") && Contains("\"day\":\"2024-11-17\"") &&
                             Contains("\"cut\":false"));
  CHECK(program.get("/api/v1/plans/1/conflicts").status == 401);
}

TEST_CASE("what is in the way of a period is said while it is typed and when it was saved") {
  DatesSite site;
  const std::string base = "/manage/period?year=acad:2024&language=ru&lang=en&plan=1&row=3&text=";
  CHECK_THAT(site.browser.get(base + "17.11.2024").body, Contains("a weekend"));
  CHECK_THAT(site.browser.get(base + "13.11.2024").body, Contains("\"clashes\":[]"));
  CHECK_THAT(site.browser
                 .get(base + "24.10.2024&responsible=%D0%93%D0%BE%D1%80%D0%B4%D0%B5%D0%B9%D1%87%D0%B8%D0%BA"
                             "+%D0%9E.%D0%92.")
                 .body,
             Contains("the same person"));
  // Without a script: before it is saved, and once more behind it.
  const auto table = service::plan_table(site.context, PlanId{1}, {}).wait().value();
  const Event row = table.rows.at(2);
  const auto was = service::row_fields(row, "ru");
  Pairs form{
      {"csrf", site.csrf}, {"back", "/manage/plans/1"}, {"stamp", service::row_stamp(row)}, {"read", ""}};
  for (const auto& [name, value] : {std::pair("number", was.number),
                                    {"title", was.title},
                                    {"responsible", was.responsible},
                                    {"section", was.section},
                                    {"place", was.place},
                                    {"note", was.note},
                                    {"kind", std::string(name_of(row.kind))}})
    form.emplace_back(name, value);
  form.emplace_back("was_period", was.period);
  form.emplace_back("period", "17.11.2024");
  const std::string address = "/manage/plans/1/rows/3";
  CHECK_THAT(site.browser.post(address + "?lang=en", form).body, Contains("<li>") && Contains("a weekend"));
  form[3].second = "17.11.2024";
  const auto saved = site.browser.post(address, form);
  REQUIRE(saved.status == 303);
  const auto target = std::string(saved.header("location"));
  CHECK_THAT(target, Contains("saved=3"));
  CHECK_THAT(site.browser.get(target.substr(0, target.find('#')) + "&lang=en").body,
             Contains("On that day something stands in its way") && Contains("a weekend"));
}

TEST_CASE("free days are offered in the open row of a plan and date the event") {
  DatesSite site;
  const auto open = site.browser.get("/manage/plans/1?edit=3&lang=en").body;
  CHECK_THAT(open, Contains("form=\"date-form\"") && Contains("action=\"/manage/events/3/date\"") &&
                       Contains("Free days"));
  const auto done = site.date(3, {{"date", "2024-11-13"}, {"next", "/manage/plans/1?done=saved"}});
  CHECK(done.header("location") == "/manage/plans/1?done=saved#row-3");
  CHECK_THAT(site.browser.get("/manage/plans/1?edit=3").body, !Contains("form=\"date-form\""));
}

TEST_CASE("an organiser asks people for a day and sees who answered and fixes it") {
  DatesSite site;
  const auto form = site.browser.get("/manage/events/3/poll?lang=en");
  CHECK(form.status == 200);
  CHECK_THAT(form.body, Contains("name=\"day-0\" type=\"date\" value=\"2024-11-") &&
                            Contains("value=\"" + DatesSite::number(site.second) + "\" checked"));
  const auto opened = site.browser.post("/manage/events/3/poll", site.poll_form());
  REQUIRE(opened.status == 303);
  CHECK(opened.header("location") == "/manage/polls/1?done=opened");
  CHECK(site.browser.get("/manage/events/3/poll").header("location") == "/manage/polls/1");
  const auto empty = site.browser.get("/manage/polls/1?done=opened&lang=en").body;
  CHECK_THAT(empty, Contains("0 of 2 have answered") && Contains("Remind them once") &&
                        Contains("Обирайте &lt;день&gt;"));
  CHECK_THAT(site.browser.get("/events/3?lang=en").body, Contains("href=\"/manage/polls/1\""));
  Browser phone(site);
  CHECK(phone.post(site.link(site.first), {{"answer", "poll"}, {"choice-0", "no"}, {"choice-1", "yes"}})
            .status == 200);
  CHECK(site.browser.post("/manage/polls/1/remind", {{"csrf", site.csrf}}).status == 303);
  const auto table = site.browser.get("/manage/polls/1?lang=en").body;
  CHECK_THAT(table, Contains("1 of 2 have answered") && Contains("suits most people") &&
                        Contains("Зимянина Т.Р.") && !Contains("Remind them once"));
  CHECK(site.browser.post("/manage/polls/1/close", {{"csrf", site.csrf}, {"winner", "1"}}).status == 303);
  CHECK(site.event(3).period.first == make_date(2024, 11, 14));
  CHECK_THAT(site.browser.get("/manage/polls/1?lang=en").body,
             Contains("Closed. The chosen day") && !Contains("name=\"winner\""));
  CHECK_THAT(phone.get(site.link(site.first) + "?lang=en").body,
             Contains("The poll is over. The day is fixed") && !Contains("<form class=\"stacked\""));
}

TEST_CASE("a poll form that cannot be used comes back as it was typed with what is wrong") {
  DatesSite site;
  auto form = site.poll_form();
  form[4].second = "";  // the second day
  const auto one_day = site.browser.post("/manage/events/3/poll?lang=en", form);
  CHECK(one_day.status == 422);
  CHECK_THAT(one_day.body, Contains("two to eight days") && Contains("value=\"2024-11-12\"") &&
                               Contains("Обирайте &lt;день&gt;"));
  form = site.poll_form();
  form.back().second = "2024-11-30";
  CHECK_THAT(site.browser.post("/manage/events/3/poll?lang=en", form).body,
             Contains("until when answers are taken"));
  form = site.poll_form();
  std::erase_if(form, [](const auto& pair) { return pair.first == "person"; });
  CHECK_THAT(site.browser.post("/manage/events/3/poll?lang=en", form).body, Contains("Choose who is asked"));
  form = site.poll_form();
  form[2].second = "x";
  CHECK(site.browser.post("/manage/events/3/poll?lang=en", form).status == 422);
  CHECK(site.browser.get("/manage/polls/1").status == 404);
  CHECK(site.browser.post("/manage/events/999/poll", site.poll_form()).status == 404);
}

TEST_CASE("the link of a poll shows the days by GET and only POST answers") {
  DatesSite site;
  REQUIRE(site.browser.post("/manage/events/3/poll", site.poll_form()).status == 303);
  const auto path = site.link(site.first);
  Browser scanner(site);
  for (int i = 0; i < 5; ++i) CHECK(scanner.get(path).status == 200);
  CHECK(scanner.send("PUT", path, "answer=poll", "").status == 405);
  CHECK_FALSE(site.voices().front().answered);
  Browser phone(site);
  const auto page = phone.get(path + "?lang=en");
  CHECK_THAT(page.body, Contains("name=\"choice-0\" value=\"if_need_be\"") && Contains("Send my answer") &&
                            Contains("Гордейчик О.В."));
  CHECK(page.header("cache-control") == "no-store");
  CHECK(page.header("referrer-policy") == "strict-origin");
  CHECK(page.header("x-robots-tag") == "noindex");
  const auto half =
      phone.post(path + "?lang=en", {{"answer", "poll"}, {"choice-0", "yes"}, {"note", "<ой>"}});
  CHECK(half.status == 422);
  CHECK_THAT(half.body, Contains("Say of every day") && Contains("&lt;ой&gt;"));
  CHECK(phone.post(path, {{"choice-0", "yes"}, {"choice-1", "yes"}}).status == 400);
  const auto good = phone.post(
      path + "?lang=en", {{"answer", "poll"}, {"choice-0", "yes"}, {"choice-1", "no"}, {"note", "до обеда"}});
  CHECK(good.status == 200);
  CHECK_THAT(good.body, Contains("your answer is kept") && Contains("Change my answer"));
  CHECK(phone.post(path, {{"answer", "poll"}, {"choice-0", "no"}, {"choice-1", "yes"}}).status == 200);
  CHECK(site.voices().front().choices == std::vector<PollChoice>{PollChoice::no, PollChoice::yes});
  site.clock.set(site.clock.now() + std::chrono::hours{24 * 15});
  CHECK(phone.post(path, {{"answer", "poll"}, {"choice-0", "yes"}, {"choice-1", "yes"}}).status == 409);
  CHECK(site.voices().front().choices.front() == PollChoice::no);
}

TEST_CASE("another site cannot answer a poll and guessing its links is slowed down and no token is kept") {
  DatesSite site;
  REQUIRE(site.browser.post("/manage/events/3/poll", site.poll_form()).status == 303);
  const auto path = site.link(site.first);
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  for (const auto* from : {"Origin: https://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"}) {
    Browser evil(site);
    CHECK(evil.send("POST", path, "answer=poll&choice-0=yes&choice-1=yes", form + from).status == 403);
  }
  CHECK_FALSE(site.voices().front().answered);
  Browser phone(site);
  CHECK(phone.post(path, {{"answer", "poll"}, {"choice-0", "yes"}, {"choice-1", "yes"}}).status == 200);
  const auto token = path.substr(6);
  CHECK(site.database_bytes().find(token) == std::string::npos);
  CHECK(phone.get("/metrics").body.find(token) == std::string::npos);
  CHECK(phone.get(path.substr(0, path.size() - 5) + "?lang=en").status == 404);
  site.clock.set(site.clock.now() + std::chrono::hours{24 * 60});
  CHECK(phone.get(path).status == 410);
  site.clock.set(site.clock.now() - std::chrono::hours{24 * 60});
  unsigned last = 0;
  for (std::size_t i = 0; i <= wrong_calendars_per_minute; ++i) last = phone.get("/poll/x.y").status;
  CHECK(last == 429);
  CHECK(phone.get(path).status == 200);  // a right one is never refused
  CHECK_THAT(phone.get("/robots.txt").body, Contains("Disallow: /poll/"));
}

TEST_CASE("members open and close no polls and forms need their token") {
  DatesSite site;
  REQUIRE(site.browser.post("/manage/events/3/poll", site.poll_form()).status == 303);
  site.add("member@example.org", AccountRole::member);
  Browser member(site);
  REQUIRE(member.sign_in("member@example.org").status == 303);
  CHECK(member.get("/manage/polls/1").status == 403);
  CHECK(member.get("/manage/plans/1/clashes").status == 403);
  CHECK(site.browser.post("/manage/polls/1/close", {{"winner", "0"}}).status == 403);
  CHECK(site.browser.post("/manage/events/3/date", {{"date", "2024-11-13"}}).status == 403);
  CHECK(site.event(3).period.is_vague());
}

namespace {

// A program with a token of this scope, or a browser in whose session its script asks.
struct Program {
  DatesSite& site;
  Browser browser{site};
  std::string head;

  Program(DatesSite& s, const std::string& scope)
      : site(s), head("Authorization: Bearer " + site.token(scope) + "\r\n") {}
  RawReply get(const std::string& target) { return browser.get(target, head); }
  RawReply post(const std::string& target, const std::string& body) {
    return browser.send("POST", target, body, head + "Content-Type: application/json\r\n");
  }
  std::string wanted(const std::string& days =
                         R"([{"day":"2024-11-14"},{"day":"2024-11-12","time":"10:00","end_time":"12:00"}])",
                     const std::string& last = "2024-10-20") const {
    return R"({"days":)" + days + R"(,"people":[)" + DatesSite::number(site.first) + "," +
           DatesSite::number(site.second) + R"(],"note":"Оберіть","last_day":")" + last + R"("})";
  }
};

const std::string polls_of_seminar = "/api/v1/events/3/polls", first_poll = "/api/v1/polls/1";

}  // namespace

TEST_CASE("a program asks people for a day and reads who answered what and closes the poll with a day") {
  DatesSite site;
  Program program(site, "write");
  CHECK_THAT(program.get(polls_of_seminar).body, Contains("\"polls\":[]"));
  const auto opened = program.post(polls_of_seminar, program.wanted());
  CHECK(opened.status == 201);
  CHECK(opened.header("location") == first_poll);
  CHECK(opened.header("cache-control") == "no-store");
  // In the order of the days, with the time zone their times are read in.
  CHECK_THAT(opened.body,
             Contains(R"("days":[{"day":"2024-11-12","time":"10:00","end_time":"12:00","yes":0)") &&
                 Contains(R"({"day":"2024-11-14","time":null)") && Contains(R"("timezone":"Europe/Minsk")") &&
                 Contains(R"("takes_answers":true)") && Contains(R"("winner":null)") &&
                 Contains(R"("answered":null,"choices":[])"));
  CHECK(site.voices().size() == 2);
  Browser person(site);
  REQUIRE(person
              .post(site.link(site.first),
                    {{"answer", "1"}, {"choice-0", "no"}, {"choice-1", "yes"}, {"note", "по обіді"}})
              .status == 200);
  const auto read = program.get(first_poll);
  CHECK(read.status == 200);
  CHECK_THAT(read.body, Contains(R"("name":"Гордейчик О.В.")") &&
                            Contains(R"("choices":["no","yes"],"note":"по обіді")") &&
                            Contains(R"("ranking":[1,0])") && Contains(R"("yes":1,"if_need_be":0,"no":0)"));
  CHECK_THAT(program.get(polls_of_seminar).body, Contains(R"("ranking":[1,0])"));
  CHECK_THAT(program.post(first_poll + "/remind", "").body, Contains("\"reminded\":1"));
  CHECK(program.post(first_poll + "/remind", "").status == 409);
  const auto closed = program.post(first_poll + "/close", R"({"winner":1})");
  CHECK(closed.status == 200);
  CHECK_THAT(closed.body, Contains(R"("winner":1)") && Contains(R"("takes_answers":false)"));
  CHECK(site.event(3).period.first == make_date(2024, 11, 14));
  CHECK(program.post(first_poll + "/close", R"({"winner":1})").status == 409);
}

TEST_CASE("a poll over the API ends without a day as well and in a session its keeper is named") {
  DatesSite site;
  const auto head = "Content-Type: application/json\r\nX-CSRF-Token: " + site.csrf +
                    "\r\nOrigin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n";
  Program program(site, "write");
  const auto opened = site.browser.send("POST", polls_of_seminar, program.wanted(), head);
  CHECK(opened.status == 201);
  CHECK_THAT(opened.body, Contains(R"("keeper":"Калина О.П.")"));
  const auto before = site.event(3).period;
  CHECK(program.post(first_poll + "/close", R"({"winner":null})").status == 200);
  CHECK(site.event(3).period == before);
}

TEST_CASE("what is wrong with a poll over the API is said as problem details and nobody is asked") {
  DatesSite site;
  Program program(site, "write");
  const auto refused = [&](const std::string& target, const std::string& body, unsigned status,
                           const std::string& says) {
    CAPTURE(body);
    const auto reply = program.post(target, body);
    CHECK(reply.status == status);
    CHECK_THAT(std::string(reply.header("content-type")), Contains("application/problem+json"));
    CHECK_THAT(reply.body, Contains(says));
  };
  const std::string day = R"({"day":"2024-11-12"})", past = R"({"day":"2024-10-07"})";
  refused(polls_of_seminar, "[]", 400, "JSON object");
  refused(polls_of_seminar, R"({"last_day":"2024-10-20"})", 400, "'days'");
  refused(polls_of_seminar, program.wanted("[" + day + "]"), 400, "two or more");
  refused(polls_of_seminar, program.wanted("[" + day + "," + past + "]"), 400, "past");
  refused(polls_of_seminar, program.wanted("[" + day + R"(,{"time":"10:00"}])"), 400, "'days'");
  refused(polls_of_seminar, program.wanted("[" + day + R"(,{"day":"2024-11-13","time":"25:00"}])"), 400,
          "'time'");
  refused(polls_of_seminar, program.wanted("[" + day + R"(,{"day":"2024-11-13","end_time":"12:00"}])"), 400,
          "needs a beginning");
  refused(polls_of_seminar, program.wanted("[" + day + R"(,{"day":"2024-11-13"}])", "2024-11-13"), 400,
          "last_day");
  refused(polls_of_seminar, R"({"days":[],"last_day":"2024-10-20","who":[]})", 400, "'who'");
  refused(polls_of_seminar, R"({"days":[],"last_day":"2024-10-20","people":["1"]})", 400, "'people'");
  refused(polls_of_seminar, R"({"days":[)" + day + R"(,{"day":"2024-11-13"}],"last_day":"2024-10-20"})", 400,
          "choose who is asked");
  refused("/api/v1/events/99/polls", program.wanted(), 404, "no such event");
  CHECK_THAT(program.get(polls_of_seminar).body, Contains("\"polls\":[]"));

  REQUIRE(program.post(polls_of_seminar, program.wanted()).status == 201);
  refused(polls_of_seminar, program.wanted(), 409, "already");
  refused(first_poll + "/close", "{}", 400, "'winner'");
  refused(first_poll + "/close", R"({"winner":2})", 400, "winner");
  refused(first_poll + "/close", R"({"winner":-1})", 400, "'winner'");
  refused(first_poll + "/close", R"({"winner":"1"})", 400, "'winner'");
  refused("/api/v1/polls/99/close", R"({"winner":null})", 404, "no such poll");
  CHECK(program.get("/api/v1/polls/99").status == 404);
  CHECK(program.get("/api/v1/events/99/polls").status == 404);
}

TEST_CASE("polls over the API need the scope write and another association's are not found") {
  DatesSite site;
  Program writer(site, "write"), reader(site, "read");
  REQUIRE(writer.post(polls_of_seminar, writer.wanted()).status == 201);
  CHECK(reader.get(polls_of_seminar).status == 403);
  CHECK(reader.get(first_poll).status == 403);
  CHECK(reader.post(first_poll + "/close", R"({"winner":null})").status == 403);
  CHECK(Browser(site).get(first_poll).status == 401);
  site.context.store
      .write(db::Author("test", site.clock.now()),
             [](db::Unit& unit) {
               Organisation other;
               other.name = "Сусіднє об’єднання";
               return unit.organisations().insert(other);
             })
      .wait()
      .value();
  site.add("neighbour@example.org", AccountRole::organiser, "Сусіднє об’єднання");
  Browser neighbour(site);
  REQUIRE(neighbour.sign_in("neighbour@example.org").status == 303);
  CHECK(neighbour.get(first_poll).status == 404);
  CHECK(neighbour.get(polls_of_seminar).status == 404);
}

TEST_CASE("an organiser dates what the associations below hold and nobody else's") {
  DatesSite site;
  const auto enter = [&](const std::string& name, OrganisationId parent) {
    Organisation organisation;
    organisation.name = name;
    organisation.parent = parent;
    return site.context.store
        .write(db::Author("test", site.clock.now()),
               [organisation](db::Unit& unit) { return unit.organisations().insert(organisation); })
        .wait()
        .value();
  };
  const auto region = enter("Обласне об’єднання", {}), below = enter("Об’єднання нижче", region);
  const auto beside = enter("Об’єднання поруч", region);
  site.context.store
      .write(db::Author("test", site.clock.now()),
             [below](db::Unit& unit) {
               auto event = *unit.events().find(EventId{3});
               event.organisation = below;
               unit.events().update(event);
               return true;
             })
      .wait()
      .value();
  site.add("region@example.org", AccountRole::organiser, std::to_string(region.value));
  site.add("beside@example.org", AccountRole::organiser, std::to_string(beside.value));
  for (const auto& [login, status] : {std::pair{"beside@example.org", 404U}, {"region@example.org", 303U}}) {
    Browser browser(site);
    REQUIRE(browser.sign_in(login).status == 303);
    const auto csrf = browser.form_token("/manage/plans");
    CAPTURE(login);
    const bool offered = browser.get(seminar).body.find("/manage/events/3/date") != std::string::npos;
    CHECK(offered == (status == 303));
    CHECK(browser.post("/manage/events/3/date", {{"csrf", csrf}, {"date", "2024-11-14"}}).status == status);
  }
  CHECK(site.event(3).period.first == make_date(2024, 11, 14));
}
