// The pages behind links in mails, as mail scanners, phones and other sites open them (threats B5, D3, D7).
#include "notify/answer_links.hpp"
#include "notify/recipients.hpp"
#include "service/answers.hpp"
#include "service/people.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;
using notify::LinkPurpose;

namespace {

struct AnswerSite : AccountsSite {
  std::string key = service::link_key(context).wait().value();
  Person person = enter();

  // Responsible for event 2, the round table of 24 October.
  Person enter() {
    service::PersonChange wanted;
    wanted.name = "Гордейчик О.В.";
    wanted.email = "hordiejchyk@example.org";
    wanted.language = Language::be;
    return service::save_person(context, service::Actor("test", service::Role::editor), wanted)
        .wait()
        .value();
  }
  std::string token(LinkPurpose purpose, EventId event = EventId{2}) {
    notify::AnswerLink link;
    link.purpose = purpose;
    link.event = event;
    link.who = notify::person_key(person.id);
    link.expires = clock.now() + notify::link_lifetime;
    return notify::token_of(key, link);
  }
  std::string path(LinkPurpose purpose) { return "/answer/" + token(purpose); }
  std::vector<Answer> answers() {
    return service::answers_of(context, service::Actor("test", service::Role::editor), EventId{2})
        .wait()
        .value();
  }
};

constexpr std::array with_page = {LinkPurpose::acknowledge, LinkPurpose::done,   LinkPurpose::postpone,
                                  LinkPurpose::hand_over,   LinkPurpose::accept, LinkPurpose::decline,
                                  LinkPurpose::name_day};

Pairs postponement() {
  return {{"answer", "yes"}, {"date", "2024-11-05"}, {"note", "ремонт зала"}};
}

}  // namespace

TEST_CASE("a scanner that opens every link of a mail changes not a byte") {
  AnswerSite site;
  site.let_writes_end();
  const auto before = site.database_bytes();
  Browser scanner(site);
  for (const auto purpose : with_page) {
    const auto path = site.path(purpose);
    for (int i = 0; i < 5; ++i) CHECK(scanner.get(path).status == 200);
    CHECK(scanner.send("HEAD", path, "", "").status == 200);
    CHECK(scanner.send("PUT", path, "answer=yes", "").status == 405);
  }
  site.let_writes_end();
  CHECK(site.database_bytes() == before);
}

TEST_CASE("the page of a link is in the language of whom the mail was sent to and can be switched") {
  AnswerSite site;
  Browser phone(site);
  const auto path = site.path(LinkPurpose::postpone);
  CHECK_THAT(phone.get(path, "Accept-Language: uk\r\n").body, Contains("lang=\"be\"") && Contains("Прычына"));
  CHECK_THAT(phone.get(path + "?lang=en").body, Contains("lang=\"en\"") && Contains("Reason"));
  const auto reply = phone.post(path + "?lang=en", postponement());
  CHECK_THAT(reply.body, Contains("The chair decides about it"));
}

TEST_CASE("a button acts without cookies and a second press says that it was done") {
  AnswerSite site;
  const auto path = site.path(LinkPurpose::postpone) + "?lang=en";
  Browser first(site), second(site);
  const auto reply = first.post(path, postponement());
  CHECK(reply.status == 200);
  CHECK_THAT(reply.body, Contains("Thank you") && Contains("The chair decides about it"));
  const auto again = second.post(path, postponement());
  CHECK(again.status == 200);
  CHECK_THAT(again.body, Contains("This has been answered already") && !Contains("<form"));
  REQUIRE(site.answers().size() == 1);
  CHECK(site.answers().front().note == "ремонт зала");
  CHECK_THAT(second.get(path).body, Contains("This has been answered already") && !Contains("<form"));
}

TEST_CASE("a form with a mistake keeps what was typed") {
  AnswerSite site;
  Browser phone(site);
  const auto reply =
      phone.post(site.path(LinkPurpose::postpone) + "?lang=en",
                 {{"answer", "yes"}, {"date", "2024-10-01"}, {"note", "<b>ремонт</b> & \"зал\""}});
  CHECK(reply.status == 422);
  CHECK_THAT(reply.body, Contains("This day is past") && Contains("value=\"2024-10-01\"") &&
                             Contains("&lt;b&gt;ремонт&lt;/b&gt; &amp; &quot;зал&quot;"));
  CHECK(site.answers().empty());
}

TEST_CASE("another site's page cannot press the button of a link it has got hold of") {
  AnswerSite site;
  const auto path = site.path(LinkPurpose::done);
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  for (const auto* from :
       {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
        "Origin: null\r\nSec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n"}) {
    CAPTURE(from);
    Browser browser(site);
    CHECK(browser.send("POST", path, "answer=yes", form + from).status == 403);
  }
  CHECK(site.answers().empty());
  Browser program(site);  // sends neither; so do old browsers
  CHECK(program.send("POST", path, "", form).status == 400);
  CHECK(site.answers().empty());
  CHECK(program.send("POST", path, "answer=yes", form).status == 200);
  CHECK(site.answers().size() == 1);
}

TEST_CASE("no cache keeps the page of a link and no other site learns its address") {
  AnswerSite site;
  Browser phone(site);
  const auto path = site.path(LinkPurpose::hand_over);
  for (const auto& reply :
       {phone.get(path), phone.post(path, {{"answer", "yes"}}), phone.get("/answer/none")}) {
    CHECK(reply.header("cache-control") == "no-store");
    CHECK(reply.header("referrer-policy") == "strict-origin");
    CHECK(reply.header("x-robots-tag") == "noindex");
    CHECK(reply.header("x-content-type-options") == "nosniff");
    CHECK_THAT(reply.header("content-security-policy"), Contains("frame-ancestors 'none'"));
  }
  CHECK_THAT(phone.get("/robots.txt").body, Contains("Disallow: /answer/"));
}

TEST_CASE("links that expired or are not ours say what to do and guessing is slowed down") {
  AnswerSite site;
  Browser phone(site);
  const auto path = site.path(LinkPurpose::done);
  CHECK(phone.get(path.substr(0, path.size() - 5) + "?lang=en").status == 404);
  CHECK_THAT(phone.get("/answer/x.y?lang=en").body, Contains("This link is not complete"));
  site.clock.set(site.clock.now() + notify::link_lifetime + std::chrono::seconds{1});
  const auto expired = phone.get(path + "?lang=en");
  CHECK(expired.status == 410);
  CHECK_THAT(expired.body, Contains("This link has expired") && !Contains("<form"));
  CHECK(phone.post(path, {{"answer", "yes"}}).status == 410);
  CHECK(site.answers().empty());
  unsigned last = 0;
  for (std::size_t i = 0; i <= wrong_calendars_per_minute; ++i) last = phone.get("/answer/x.y").status;
  CHECK(last == 429);
  site.clock.set(site.clock.now() - notify::link_lifetime);
  CHECK(phone.get(path).status == 200);  // a right one is never refused
}

TEST_CASE("an answer is stored without the token that gave it") {
  AnswerSite site;
  Browser phone(site);
  const auto token = site.token(LinkPurpose::done);
  CHECK(phone.post("/answer/" + token, {{"answer", "yes"}}).status == 200);
  site.let_writes_end();
  CHECK(site.answers().size() == 1);
  CHECK(site.database_bytes().find(token) == std::string::npos);
  CHECK(site.database_bytes().find(token.substr(token.find('.') + 1)) == std::string::npos);
  CHECK(phone.get("/metrics").body.find(token) == std::string::npos);
}
