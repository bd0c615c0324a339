// Invitations to register over HTTP: the organiser's page, and the link of the mail.
#include "db/registration_invitations.hpp"
#include "notify/registration_invitation_links.hpp"
#include "tests/web/registration_site.hpp"
#include "web/handlers/register.hpp"

#include <functional>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string invitations = desk + "/invitations";

struct InvitingSite : RegistrationSite {
  RawReply wish(const std::string& what, const std::string& addresses) {
    return organiser.post(invitations + "/" + what,
                          {{"csrf", csrf}, {"group", ""}, {"organisation", ""}, {"addresses", addresses}});
  }
  std::string link_of(const std::string& email) {
    const auto key = service::link_key(context).wait().value();
    const auto one = context.store
                         .read([&](db::Unit& unit) {
                           return unit.registration_invitations().find_by_address(EventId{2}, email);
                         })
                         .wait()
                         .value();
    if (!one) FAIL("not invited: " + email);
    return "/register/invited/" + notify::registration_invitation_token(key, one->code);
  }
};

}  // namespace

TEST_CASE("an organiser looks at who gets an invitation and sends it and sees who has answered") {
  InvitingSite site;
  CHECK_THAT(site.organiser.get(desk).body, Contains(invitations));
  const auto empty = site.organiser.get(invitations);
  CHECK(empty.status == 200);
  CHECK(empty.header("cache-control") == "no-store");
  CHECK(site.wish("look", "").status == 422);
  const auto looked = site.wish("look", "Калина <b> <kalyna@example.org>\nnobody@");
  CHECK(looked.status == 200);
  CHECK_THAT(looked.body, Contains("Отримають лист: 1; не отримають: 1") && Contains("Калина b") &&
                              Contains("це не адреса") && Contains("Надіслати листи (1)"));
  const auto sent = site.wish("send", "Калина <i> <kalyna@example.org>\nnobody@ yavir@example.org");
  CHECK_THAT(sent.body, Contains("Листи в дорозі: 2") && Contains("відповіді немає") && !Contains("<i>"));
  CHECK_THAT(site.wish("look", "kalyna@example.org").body,
             Contains("уже запрошено раніше") && !Contains("Надіслати листи"));
  CHECK_THAT(site.organiser.get(invitations).body, !Contains("Нагадати тим"));
  site.clock.set(site.clock.now() + invited_again_after);
  REQUIRE(site.organiser.sign_in("organiser@example.org").status == 303);  // the session is over by now
  site.csrf = site.organiser.form_token(desk);
  CHECK_THAT(site.organiser.get(invitations).body, Contains("Нагадати тим, хто не відповів (2)"));
  const auto reminded = site.organiser.post(invitations + "/remind", {{"csrf", site.csrf}});
  CHECK_THAT(reminded.body, Contains("Нагадування в дорозі: 2"));
  CHECK_THAT(site.organiser.post(invitations + "/remind", {{"csrf", site.csrf}}).body,
             Contains("в дорозі: 0"));
  CHECK(site.organiser.post(invitations + "/send", {{"csrf", "wrong"}, {"addresses", "a@example.org"}})
            .status == 403);
}

TEST_CASE("the link of an invitation has everything filled in and registers with one press") {
  InvitingSite site;
  site.wish("send", "Калина & К. <kalyna@example.org>");
  const auto link = site.link_of("kalyna@example.org");
  const auto page = site.participant.get(link);
  CHECK(page.status == 200);
  CHECK(page.header("referrer-policy") == "strict-origin");
  CHECK(page.header("x-robots-tag") == "noindex");
  CHECK(page.header("cache-control") == "no-store");
  CHECK_THAT(page.body, Contains("value=\"Калина &amp; К.\"") && Contains("kalyna@example.org") &&
                            !Contains("name=\"email\"") && Contains("value=\"decline\""));
  CHECK(site.all().empty());
  const Pairs filled = {{"do", "join"}, {"name", "Калина"}, {"institution", "Бібліотека"}};
  CHECK(site.participant.post(link, filled).status == 422);
  auto agreed = filled;
  agreed.emplace_back("consent", "yes");
  agreed.emplace_back("email", "another@example.org");
  const auto joined = site.participant.post(link, agreed);
  CHECK(joined.status == 200);
  CHECK_THAT(joined.body, Contains("/register/link/"));
  REQUIRE(site.all().size() == 1);
  CHECK(site.all().front().state == RegistrationState::registered);
  CHECK(site.all().front().email == "kalyna@example.org");
  CHECK_THAT(site.organiser.get(invitations).body, Contains("реєстрація є"));
  CHECK(site.participant.post(link, {{"do", "jump"}}).status == 400);
}

TEST_CASE("saying no by the link is kept and opting out keeps mails away") {
  InvitingSite site;
  site.wish("send", "kalyna@example.org yavir@example.org");
  const auto link = site.link_of("kalyna@example.org");
  const auto page = site.participant.get(link + "?lang=uk&answer=no");
  CHECK_THAT(page.body, Contains("value=\"decline\"") && Contains("нічого не станеться"));
  CHECK_THAT(site.organiser.get(invitations).body,
             !Contains("class=\"chip\">не зможе"));  // looking says nothing
  CHECK(site.participant.post(link, {{"do", "decline"}}).status == 200);
  CHECK_THAT(site.organiser.get(invitations).body, Contains("class=\"chip\">не зможе"));
  CHECK_THAT(site.participant.get(link).body, !Contains("value=\"decline\""));
  CHECK(site.participant.post(site.link_of("yavir@example.org"), {{"do", "opt_out"}}).status == 200);
  CHECK_THAT(site.wish("look", "yavir@example.org").body, Contains("не хоче запрошень"));
  const auto again =
      site.participant.post(site.link_of("yavir@example.org") + "?lang=uk", {{"do", "opt_in"}});
  CHECK_THAT(again.body, Contains("знову можна запрошувати"));
  CHECK_THAT(site.wish("look", "yavir@example.org").body, !Contains("не хоче запрошень"));
}

TEST_CASE("made up links of invitations are not found and are counted") {
  InvitingSite site;
  site.wish("send", "kalyna@example.org");
  const auto link = site.link_of("kalyna@example.org");
  CHECK(site.participant.get(link + "x").status == 404);
  CHECK(site.participant.post(link + "x", {{"do", "decline"}}).status == 404);
  unsigned status = 0;
  for (int i = 0; i < 200 && status != 429; ++i)
    status = site.participant.get("/register/invited/made.up").status;
  CHECK(status == 429);
}

TEST_CASE("invitations are the organisers of that association alone") {
  InvitingSite site;
  site.wish("send", "kalyna@example.org");
  auto browser = site.stranger();
  CHECK(browser.get(invitations).status == 404);
  const auto csrf = browser.form_token("/account");
  for (const auto* what : {"look", "send", "remind"})
    CHECK(browser.post(invitations + "/" + what, {{"csrf", csrf}, {"addresses", "a@example.org"}}).status ==
          404);
  CHECK(site.participant.get(invitations).status == 303);
}

TEST_CASE("whoever was invited erases their data behind the link and the next look at a list says so") {
  InvitingSite site;
  site.wish("send", "Журавель <kalyna@example.org>");
  const auto link = site.link_of("kalyna@example.org");
  CHECK_THAT(site.participant.get(link + "?lang=uk").body,
             Contains("value=\"erase\"") && Contains("геш адреси з ключем"));
  CHECK(site.participant.post(link, {{"do", "erase"}}).status == 400);  // without the word that one is sure
  CHECK_THAT(site.organiser.get(invitations).body, Contains("kalyna@example.org"));
  const auto erased = site.participant.post(link + "?lang=uk", {{"do", "erase"}, {"sure", "yes"}});
  CHECK(erased.status == 200);
  CHECK_THAT(erased.body, Contains("Ваші дані стерто") && !Contains("kalyna@example.org") &&
                              !Contains("Журавель") && !Contains("<form class=\"stacked\""));
  CHECK(site.participant.get(link).status == 404);
  CHECK_THAT(site.organiser.get(invitations).body,
             Contains("(стерто)") && !Contains("kalyna@example.org") && !Contains("Журавель"));
  const auto looked = site.wish("look", "kalyna@example.org");
  CHECK_THAT(looked.body, Contains("дані стерто на прохання") && !Contains("Надіслати листи"));
  CHECK_THAT(site.wish("send", "kalyna@example.org").body, Contains("Листи в дорозі: 0"));
}

TEST_CASE("whoever has registered by an invitation is led to the page that erases the registration") {
  InvitingSite site;
  site.wish("send", "kalyna@example.org");
  const auto link = site.link_of("kalyna@example.org");
  const Pairs filled = {{"do", "join"}, {"name", "Калина"}, {"consent", "yes"}};
  REQUIRE(site.participant.post(link, filled).status == 200);
  CHECK_THAT(site.participant.get(link).body, !Contains("value=\"erase\"") && Contains("/register/link/"));
}

TEST_CASE("an organiser is told before inviting that every place is taken and nobody may wait") {
  InvitingSite site;
  site.send("olena");  // the one place
  const std::string plainly = "хто перейде за посиланням зараз, не зможе зареєструватися";
  CHECK_THAT(site.wish("look", "kalyna@example.org").body, !Contains(plainly));
  const auto closed = site.organiser.post(
      desk,
      {{"csrf", site.csrf}, {"on", "yes"}, {"hall", "yes"}, {"hall_places", "1"}, {"keep_months", "12"}});
  REQUIRE(closed.status == 303);
  CHECK_THAT(site.wish("look", "kalyna@example.org").body, Contains(plainly));
}

TEST_CASE("an answer to an invitation that comes while too much is being done keeps what was typed") {
  InvitingSite site;
  REQUIRE(site.organiser
              .post(desk + "/fields",
                    {{"csrf", site.csrf}, {"kind", "file"}, {"label_uk", "Портрет"}, {"do", "save"}})
              .status == 303);
  site.wish("send", "Калина <kalyna@example.org>");
  const auto link = site.link_of("kalyna@example.org");
  site.context.run_long_work = [](const std::function<void()>&) { return false; };
  const Pairs typed = {
      {"do", "join"}, {"name", "Калина Олена"}, {"institution", "Бібліотека № 7"}, {"consent", "yes"}};
  const auto busy =
      site.send_files(site.participant, link + "?lang=uk", typed, {{"f1", "a.pdf", "%PDF-1.7\n%%EOF\n"}});
  CHECK(busy.status == 503);
  CHECK(busy.header("retry-after") == "5");
  CHECK_THAT(busy.body, Contains("натисніть кнопку ще раз") && Contains("value=\"Калина Олена\"") &&
                            Contains("value=\"Бібліотека № 7\"") && Contains("файли ще раз"));
  CHECK(site.all().empty());
}
