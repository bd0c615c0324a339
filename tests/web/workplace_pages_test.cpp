// Pages of the workplace over HTTP, as organisers' browsers use them: texts of mails, the queue, webhooks;
// and news by mail, which anybody asks for.
#include "base/outside_address.hpp"
#include "service/webhooks.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

#include <limits>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

const std::string text_page = "/manage/texts/deadline/en";

struct Workplace {
  AccountsSite site;
  Browser browser{site};

  explicit Workplace(const std::string& organisation = "1") {
    site.add("organiser@example.org", AccountRole::organiser, organisation);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    browser.cookies["lang"] = "en";
  }

  std::string page(const std::string& target, unsigned status = 200) {
    const auto reply = browser.get(target, "Accept-Language: en\r\n");
    CAPTURE(target, reply.body);
    CHECK(reply.status == status);
    return reply.body;
  }
  RawReply send(const std::string& from, const std::string& target, Pairs fields) {
    fields.emplace_back("csrf", browser.form_token(from));
    return browser.post(target, fields, "Accept-Language: en\r\n");
  }

  template<class Work>
  auto write(Work work) {
    return site.context.store.write(db::Author("test", site.clock.now()), work).wait().value();
  }
  std::vector<Reminder> rows(ReminderReason reason) {
    auto all = write([](db::Unit& unit) {
      db::ReminderSelection selection;
      selection.limit = std::numeric_limits<int>::max();
      return unit.reminders().list(selection);
    });
    std::erase_if(all, [reason](const Reminder& row) { return row.reason != reason; });
    return all;
  }
  ReminderId queue(const std::string& title) {
    return write([&](db::Unit& unit) {
      Reminder row;
      row.key = {EventId{}, "2024-10-09", "test", "name:" + title};
      row.due = site.clock.now() + std::chrono::hours{1};
      row.expires = row.due + std::chrono::hours{24};
      row.message_id = "<" + title + "@plans.example.org>";
      unit.reminders().enqueue(row);
      return unit.reminders().find_by_message_id(row.message_id)->id;
    });
  }
  Reminder row(ReminderId id) {
    return write([id](db::Unit& unit) { return unit.reminders().find(id).value(); });
  }
};

}  // namespace

TEST_CASE("an organiser writes a text of their own and puts ours back") {
  Workplace desk;
  CHECK_THAT(desk.page("/manage/texts"), Contains(text_page) && !Contains(">your own<"));
  const auto ours = desk.page(text_page);
  const auto saved =
      desk.send(text_page, text_page,
                {{"subject", "By {when}: {title}"}, {"body", "{title} is due {when}."}, {"act", "save"}});
  CHECK(saved.status == 303);
  CHECK_THAT(desk.page("/manage/texts"), Contains(">your own<"));
  CHECK_THAT(desk.page(text_page), Contains("By {when}: {title}"));
  CHECK(desk.send(text_page, text_page + "/reset", {}).status == 303);
  CHECK_THAT(desk.page("/manage/texts"), !Contains(">your own<"));
  CHECK_THAT(desk.page(text_page), !Contains("By {when}: {title}"));
  CHECK(ours.find("<textarea") != std::string::npos);
}

TEST_CASE("a text of several lines keeps them in the field in which it is edited and is escaped there") {
  Workplace desk;
  const std::string body = "Hello, {name}!\n\n{title} & <b>more</b>\n</textarea><script>";
  const auto tried =
      desk.send(text_page, text_page, {{"subject", "By {when}"}, {"body", body}, {"act", "try"}});
  CHECK_THAT(tried.body,
             Contains("Hello, {name}!\n\n{title} &amp; &lt;b&gt;more&lt;/b&gt;\n&lt;/textarea&gt;"));
  CHECK_THAT(tried.body, !Contains("<script>"));
}

TEST_CASE("a text with a place that there is not is shown with what is wrong and not stored") {
  Workplace desk;
  const auto refused =
      desk.send(text_page, text_page, {{"subject", "About {salary}"}, {"body", "{title}"}, {"act", "save"}});
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, Contains("salary") && Contains("About {salary}"));
  CHECK_THAT(desk.page("/manage/texts"), !Contains(">your own<"));
  const auto tried = desk.send(
      text_page, text_page, {{"subject", "<b>{title}</b>"}, {"body", "<script>x</script>"}, {"act", "try"}});
  CHECK(tried.status == 200);
  CHECK_THAT(tried.body, !Contains("<script>x") && Contains("&lt;script&gt;x"));
  CHECK_THAT(desk.page("/manage/texts"), !Contains(">your own<"));
  desk.page("/manage/texts/hook/en", 404);
  desk.page("/manage/texts/deadline/fr", 404);
}

TEST_CASE("anybody asks for news and hears nothing of whether the address is known") {
  Workplace desk;
  Browser anybody(desk.site);
  const auto asked = [&](const std::string& email) {
    return anybody.post("/news",
                        {{"csrf", anybody.form_token("/news")}, {"email", email}, {"rhythm", "weekly"}},
                        "Accept-Language: en\r\n");
  };
  const auto first = asked("reader@example.org"), again = asked("reader@example.org");
  CHECK(first.status == 200);
  CHECK_THAT(first.body, Contains("Look into your mailbox") && !Contains("reader@example.org"));
  CHECK(again.status == 200);
  CHECK_THAT(again.body, Contains("Look into your mailbox"));
  CHECK_FALSE(desk.rows(ReminderReason::confirmation).empty());
  const auto wrong = asked("reader at example");
  CHECK(wrong.status == 422);
  CHECK_THAT(wrong.body, Contains("role=\"alert\"") && Contains("reader at example"));
  CHECK(anybody.post("/news", {{"email", "other@example.org"}}).status == 403);
}

TEST_CASE("the page of subscriptions leads to the news by mail") {
  Workplace desk;
  CHECK_THAT(desk.page("/subscribe"), Contains("href=\"/news"));
}

TEST_CASE("an organiser takes a mail back that waits and sends one again") {
  Workplace desk;
  const auto id = desk.queue("waiting");
  const auto path = "/manage/outbox/" + std::to_string(id.value);
  CHECK_THAT(desk.page("/manage/outbox"), Contains(path));
  CHECK_THAT(desk.page("/manage/outbox?state=failed"), !Contains(path));
  CHECK_THAT(desk.page(path), Contains("/cancel") && Contains("waiting@plans.example.org"));
  CHECK(desk.send(path, path + "/cancel", {}).status == 303);
  CHECK(desk.row(id).state == ReminderState::missed);
  CHECK_THAT(desk.page(path), !Contains("/cancel"));
  CHECK(desk.send(path, path + "/resend", {}).status == 303);
  CHECK(desk.row(id).state == ReminderState::planned);
  desk.page("/manage/outbox/4711", 404);
}

TEST_CASE("a webhook's secret is shown once and its requests from then on") {
  Workplace desk;
  const std::string path = "/manage/webhooks";
  CHECK_THAT(desk.page(path), Contains("No program is told anything yet."));
  const auto made = desk.send(path, path, {{"name", "Board"}, {"url", "https://board.example.org/hook"}});
  CHECK(made.status == 200);
  const auto at = made.body.find("whsec_");
  REQUIRE(at != std::string::npos);
  CHECK(made.header("cache-control") == "no-store");
  CHECK_THAT(desk.page(path), Contains("https://board.example.org/hook") && !Contains("whsec_"));
  const std::string own = path + "/1";
  CHECK_THAT(desk.page(own), Contains("Nothing was sent yet.") && !Contains("whsec_"));
  CHECK(desk.send(own, own + "/test", {}).status == 303);
  CHECK(desk.rows(ReminderReason::hook).back().key.recipient == "hook:1");
  CHECK_THAT(desk.page(own), Contains("trial") && Contains("request waits"));
  CHECK(desk.send(own, own + "/remove", {}).status == 303);
  CHECK_THAT(desk.page(path), Contains("removed"));
  CHECK(desk.send(path, own + "/test", {}).status == 404);
}

TEST_CASE("a webhook that leads inside is refused and what was entered stays in the form") {
  Workplace desk;
  const std::string path = "/manage/webhooks";
  for (const std::string url :
       {"http://127.0.0.1/", "http://169.254.169.254/", "ftp://board.example.org/", "board"}) {
    CAPTURE(url);
    const auto refused = desk.send(path, path, {{"name", "<b>Board"}, {"url", url}});
    CHECK(refused.status == 422);
    CHECK_THAT(refused.body,
               Contains("role=\"alert\"") && Contains("value=\"" + url + "\"") && !Contains("<b>Board"));
  }
  CHECK(desk.send(path, path, {{"name", " "}, {"url", "https://board.example.org/"}}).status == 422);
  CHECK_THAT(desk.page(path), Contains("No program is told anything yet."));
}

TEST_CASE("an organiser of another association finds no webhook of ours") {
  Workplace desk;
  const auto foreign = desk.write([](db::Unit& unit) {
    Organisation other;
    other.name = "Інша громада";
    Webhook hook;
    hook.organisation = unit.organisations().insert(other);
    hook.name = "Foreign board";
    hook.url = "https://foreign.example.org/";
    hook.secret = "whsec_x";
    return unit.webhooks().insert(hook);
  });
  const auto path = "/manage/webhooks/" + std::to_string(foreign.value);
  desk.page(path, 404);
  CHECK_THAT(desk.page("/manage/webhooks"), !Contains("Foreign board"));
  for (const std::string action : {"/test", "/remove"})
    CHECK(desk.send("/manage/webhooks", path + action, {}).status == 404);
  CHECK(desk.write([foreign](db::Unit& unit) { return !unit.webhooks().find(foreign)->removed; }));
}
