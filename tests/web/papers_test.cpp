// The paper of an event over HTTP: as the organiser's browser gives certificates, as their holders load them,
// and as anybody verifies them.
#include "base/text.hpp"
#include "notify/registration_links.hpp"
#include "service/answers.hpp"
#include "service/certificates.hpp"
#include "service/registration_desk.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/pdf_file.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/target.hpp"

#include <cctype>
#include <fstream>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;
using tests::PdfFile;

namespace {

// A seminar on 24 September 2024; it is 7 October.
struct Papers {
  AccountsSite site;
  Browser browser{site};
  EventId event;
  std::string key;

  template<class Work>
  auto write(Work work) {
    return site.context.store.write(db::Author("test", site.clock.now()), work).wait().value();
  }
  Papers() {
    site.add("organiser@example.org", AccountRole::organiser, "1");
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    browser.cookies["lang"] = "en";
    key = service::link_key(site.context).wait().value();
    event = write([](db::Unit& unit) {
      Event one;
      one.uid = random_uuid();
      one.organisation = unit.organisations().list().front().id;
      one.title = "Книга <в> дорозі";
      one.kind = EventKind::seminar;
      one.status = EventStatus::held;
      one.zone = "Europe/Kyiv";
      one.period = make_dated(make_date(2024, 9, 24));
      return unit.events().insert(one);
    });
    REQUIRE(
        service::save_registration(site.context, editor(), scope(), service::RegistrationSettings()).wait());
  }

  static service::Actor editor() { return {"test", service::Role::editor}; }
  service::DeskScope scope() const { return {event, {}}; }
  RegistrationId came(const std::string& name) {
    service::RegistrationEntry entry;
    entry.name = name;
    entry.email = random_token(6) + "@example.org";
    entry.format = AttendanceFormat::hall;
    const auto added = service::add_registration(site.context, editor(), scope(), entry).wait().value();
    REQUIRE_FALSE(added.problem);
    REQUIRE(service::step_registration(site.context, editor(), scope(), added.id, RegistrationStep::attend)
                .wait());
    return added.id;
  }
  std::string path() const { return "/manage/events/" + std::to_string(event.value) + "/papers"; }
  RawReply get(const std::string& target, const std::string& language = "en") {
    return browser.get(target, "Accept-Language: " + language + "\r\n");
  }
  RawReply send(const std::string& target, Pairs fields) {
    fields.emplace_back("csrf", browser.form_token(path()));
    return browser.post(target, fields, "Accept-Language: en\r\n");
  }
  RawReply upload(const std::string& bytes, const std::string& what = "put") {
    const std::string boundary = "----papers4711";
    const auto part = [&](const std::string& name, const std::string& value) {
      return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
             "\r\n";
    };
    const auto body = part("csrf", browser.form_token(path())) + part("do", what) + "--" + boundary +
                      "\r\nContent-Disposition: form-data; name=\"background\"; filename=\"../../a.png\"\r\n"
                      "Content-Type: image/png\r\n\r\n" +
                      bytes + "\r\n--" + boundary + "--\r\n";
    return browser.send(
        "POST", path() + "/background", body,
        "Content-Type: multipart/form-data; boundary=" + boundary + "\r\nAccept-Language: en\r\n");
  }
  std::vector<Certificate> all() {
    return write([this](db::Unit& unit) { return unit.certificates().of_event(event); });
  }
};

}  // namespace

TEST_CASE("an organiser gives certificates and their holders load them and anybody verifies them") {
  Papers papers;
  const auto stepan = papers.came("Дем’янчук-Їжакевич Степан");
  const auto page = papers.get(papers.path());
  CHECK(page.status == 200);
  CHECK_THAT(page.body, Contains("1 person came") && Contains("Книга &lt;в&gt; дорозі"));
  CHECK(papers.send(papers.path() + "/issue", {}).status == 303);
  const auto given = papers.all();
  REQUIRE(given.size() == 1);
  CHECK_THAT(papers.get(papers.path()).body, Contains("1/2024") && Contains(given[0].code));

  Browser anybody(papers.site);
  const auto token = notify::registration_token(
      papers.key, papers.write([&](db::Unit& unit) { return unit.registrations().find(stepan)->code; }));
  const auto own = "/register/link/" + token;
  const auto file = own + "/certificate/" + given[0].code;
  CHECK_THAT(anybody.get(own).body, Contains(file));
  const auto loaded = anybody.get(file);
  CHECK(loaded.status == 200);
  CHECK_THAT(std::string(loaded.header("content-type")), Contains("application/pdf"));
  CHECK_THAT(std::string(loaded.header("content-disposition")), Contains("attachment"));
  CHECK_THAT(PdfFile(loaded.body).text(), Contains("Степан") && Contains("1/2024"));
  CHECK(anybody.get(own + "/certificate/0000-0000-0000-0000-0000").status == 404);
  CHECK(anybody.get("/register/link/nonsense/certificate/" + given[0].code).status == 404);

  for (const auto& [language, valid] :
       {std::pair("uk", "Цей сертифікат чинний"), std::pair("be", "Гэты сертыфікат сапраўдны"),
        std::pair("ru", "Этот сертификат действителен"), std::pair("en", "This certificate is valid")}) {
    const auto check = anybody.get("/certificate/" + given[0].code + "?lang=" + language);
    CAPTURE(language, check.body);
    CHECK(check.status == 200);
    CHECK_THAT(check.body, Contains(valid) && Contains("Дем’янчук-Їжакевич Степан") && Contains("1/2024"));
    CHECK_THAT(std::string(check.header("x-robots-tag")), Contains("noindex"));
  }
}

TEST_CASE("a certificate that is revoked says so and one that nobody gave is not found") {
  Papers papers;
  papers.came("Явір Степан");
  REQUIRE(papers.send(papers.path() + "/issue", {}).status == 303);
  const auto one = papers.all().front();
  const auto row = papers.path() + "/certificates/" + std::to_string(one.id.value);
  Browser anybody(papers.site);
  CHECK(papers.get(row).status == 200);
  CHECK(papers.send(row, {{"do", "revoke"}}).status == 303);
  CHECK(papers.get(row).status == 404);
  const auto revoked = anybody.get("/certificate/" + one.code, "Accept-Language: en\r\n");
  CHECK(revoked.status == 200);
  CHECK_THAT(revoked.body, Contains("was revoked") && !Contains("Явір") && Contains("1/2024"));
  CHECK(papers.send(row, {{"do", "reissue"}, {"name", "Явір <i>Степан</i>"}}).status == 303);
  CHECK_THAT(anybody.get("/certificate/" + one.code).body, Contains("Явір &lt;i&gt;Степан&lt;/i&gt;"));
  CHECK(papers.all().front().number == one.number);
  CHECK(papers.send(row, {{"do", "reissue"}, {"name", " "}}).status == 422);
  CHECK(papers.send(row, {{"do", "burn"}}).status == 400);
  CHECK(papers.send(papers.path() + "/certificates/4711", {{"do", "revoke"}}).status == 404);
  CHECK(anybody.get("/certificate/0000-0000-0000-0000-0000").status == 404);
  CHECK(anybody.get("/certificate/%3Cscript%3E").status == 404);
}

TEST_CASE("the words of certificates are kept in four languages and what is wrong stays on the page") {
  Papers papers;
  const auto saved = papers.send(papers.path(), {{"awaited", "yes"},
                                                 {"hours", "8"},
                                                 {"title_uk", "Диплом"},
                                                 {"text_uk", "за доповідь\r\n{event}"},
                                                 {"signatory_uk", "О. П. Калина"}});
  CHECK(saved.status == 303);
  const auto page = papers.get(papers.path()).body;
  CHECK_THAT(page,
             Contains("value=\"Диплом\"") && Contains("за доповідь\n{event}") && Contains("value=\"8\""));
  const PdfFile preview(papers.get(papers.path() + "/preview-uk").body);
  CHECK_THAT(preview.text(), Contains("Диплом") && Contains("О. П. Калина"));
  CHECK(papers.get(papers.path() + "/preview-fr").status == 404);
  const auto refused = papers.send(papers.path(), {{"text_en", "{salary}"}, {"title_en", "Mine"}});
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, Contains("role=\"alert\"") && Contains("{salary}") && Contains("value=\"Mine\""));
}

TEST_CASE("a background is taken when it is a picture and never shown as a page of ours") {
  Papers papers;
  std::ifstream seed(CONVOKE_SOURCE_DIR "/tests/fuzz/corpus/picture_head/two.png", std::ios::binary);
  const std::string png{std::istreambuf_iterator<char>(seed), {}};
  CHECK_THAT(papers.get(papers.path()).body, !Contains("value=\"remove\""));
  CHECK(papers.upload(png).status == 303);
  CHECK_THAT(papers.get(papers.path()).body, Contains("value=\"remove\""));
  CHECK_THAT(papers.get(papers.path() + "/preview-en").body, Contains("/DCTDecode"));
  const auto refused = papers.upload("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, Contains("PNG or JPEG") && !Contains("onload"));
  CHECK(papers.upload("").status == 422);
  CHECK(papers.get(papers.path() + "/background").status == 405);
  CHECK(papers.upload("", "remove").status == 303);
  CHECK_THAT(papers.get(papers.path()).body, !Contains("value=\"remove\""));
}

TEST_CASE("badges and lists are loaded by the organiser of the event and by nobody else") {
  Papers papers;
  papers.came("Явір Степан");
  for (const char* name : {"badges", "attendance"}) {
    CAPTURE(name);
    const auto paper = papers.get(papers.path() + "/" + name);
    CHECK(paper.status == 200);
    CHECK_THAT(std::string(paper.header("content-disposition")), Contains("attachment") && Contains(name));
    CHECK_THAT(PdfFile(paper.body).text(), Contains("Явір Степан"));
    Browser anybody(papers.site);
    CHECK(anybody.get(papers.path() + "/" + name).status != 200);
  }
  CHECK(papers.get(papers.path() + "/certificates").status == 404);
  CHECK(papers.get(papers.path() + "/salaries").status == 404);
  CHECK(papers.get("/manage/events/4711/papers/badges").status == 404);
  CHECK(papers.browser.post(papers.path() + "/issue", {}).status == 403);
}

TEST_CASE("the desk of a registration leads to its paper") {
  Papers papers;
  CHECK_THAT(papers.get("/manage/events/" + std::to_string(papers.event.value) + "/registration").body,
             Contains("href=\"" + papers.path() + "\""));
}

TEST_CASE("one button writes all certificates anew that an event's correction made old") {
  Papers papers;
  papers.came("Явір Степан");
  papers.came("Липа Марія");
  REQUIRE(papers.send(papers.path() + "/issue", {}).status == 303);
  CHECK_THAT(papers.get(papers.path()).body, !Contains("/papers/reissue"));
  papers.write([&](db::Unit& unit) {
    auto event = unit.events().find(papers.event).value();
    event.title = "Книга <в> путі";
    event.period = make_dated(make_date(2024, 9, 25));
    return unit.events().update(event), true;
  });
  const auto page = papers.get(papers.path());
  CHECK_THAT(page.body, Contains("2 certificates no longer say what the event says") &&
                            Contains("title, date</strong>: <bdi>1/2024, 2/2024"));
  CHECK_THAT(page.body, Contains("name=\"tell\" value=\"yes\">"));  // and not ticked
  const auto done = papers.send(papers.path() + "/reissue", {});
  CHECK(done.status == 303);
  CHECK_THAT(papers.get(std::string(done.header("location"))).body,
             Contains("2 certificates were written anew") && !Contains("/papers/reissue") &&
                 !Contains("told by mail"));
  papers.write([&](db::Unit& unit) {
    auto event = unit.events().find(papers.event).value();
    event.period = make_dated(make_date(2024, 9, 26));
    return unit.events().update(event), true;
  });
  const auto told = papers.send(papers.path() + "/reissue", {{"tell", "yes"}});
  CHECK_THAT(
      papers.get(std::string(told.header("location"))).body,
      Contains("2 certificates were written anew; their numbers stayed. Their holders are told by mail."));
  const auto one = papers.all().front();
  CHECK(one.event_title == "Книга <в> путі");
  Browser anybody(papers.site);
  CHECK_THAT(anybody.get("/certificate/" + one.code, "Accept-Language: en\r\n").body,
             Contains("It was written anew on") && Contains("Книга &lt;в&gt; путі") &&
                 Contains("26 September 2024"));
}

TEST_CASE("a code typed off a certificate leads to its page and wrong ones are counted") {
  Papers papers;
  papers.came("Явір Степан");
  REQUIRE(papers.send(papers.path() + "/issue", {}).status == 303);
  const auto one = papers.all().front();
  Browser anybody(papers.site);
  const auto typed = [&](const std::string& text) {
    return anybody.get("/verify?code=" + percent_encode(text), "Accept-Language: en\r\n");
  };
  CHECK_THAT(anybody.get("/certificate/" + one.code).body, Contains("href=\"/verify\""));
  for (const auto& [language, words] :
       {std::pair("uk", "Чи справжній"), std::pair("be", "Ці сапраўдны"), std::pair("ru", "Подлинный ли"),
        std::pair("en", "Is this certificate true")}) {
    const auto page = anybody.get("/verify?lang=" + std::string(language));
    CHECK(page.status == 200);
    CHECK_THAT(page.body, Contains(words) && !Contains("role=\"alert\""));
  }
  auto spaced = one.code;
  for (auto& c : spaced) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
  for (const auto& text : {one.code, spaced, "№ 1/2024 " + one.code, one.code + ", No. 1/2024"}) {
    const auto found = typed(text);
    CAPTURE(text, found.body);
    CHECK(found.status == 303);
    CHECK(found.header("location") == "/certificate/" + one.code);
  }
  const auto garbage = typed("\"><script>");
  CHECK(garbage.status == 422);
  CHECK_THAT(garbage.body, Contains("This is no code") && Contains("&quot;&gt;&lt;script&gt;"));
  CHECK_THAT(typed("№ 1/2024").body, Contains("The number alone is not enough"));
  const auto other = typed("№ 7/2024 " + one.code);
  CHECK(other.status == 404);
  CHECK_THAT(other.body, Contains("or it has another number"));
  CHECK(std::string(other.header("x-robots-tag")) == "noindex");
  unsigned status = 404;
  for (int i = 0; i < 100 && status == 404; ++i) status = typed("0000-0000-0000-0000-0000").status;
  CHECK(status == 429);
}
