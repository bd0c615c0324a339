// The calendar over HTTP: what its script asks for, and a day that an organiser names beside it.
#include "base/text.hpp"
#include "db/store.hpp"
#include "service/events.hpp"
#include "service/plan_edits.hpp"
#include "service/series_day.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

#include <boost/json.hpp>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

struct Wall {
  AccountsSite site;
  Browser browser{site};

  explicit Wall(AccountRole role = AccountRole::organiser, const std::string& organisation = "") {
    site.add("someone@example.org", role, organisation);
    REQUIRE(browser.sign_in("someone@example.org").status == 303);
    browser.cookies["lang"] = "en";
  }
  service::PlanTable table() { return service::plan_table(site.context, PlanId{1}, {}).wait().value(); }
  Event row(EventId id) {
    for (const auto& row : table().rows)
      if (row.id == id) return row;
    FAIL("the row is not there");
    return {};
  }
  // A row that waits for its day, in words of the plan.
  Event waiting() {
    for (const auto& row : table().rows)
      if (row.period.precision == Precision::month && is_open(row.status)) return row;
    FAIL("no row waits for a day");
    return {};
  }
  std::string month_of(const Event& event) {
    return "/calendar?from=" + format_iso(*event.period.first).substr(0, 7);
  }
  // A course on three Thursdays of November 2024, at ten.
  EventId course() {
    service::NewEvent wanted;
    wanted.title = "Курс «Живой каталог»";
    wanted.kind = EventKind::training;
    wanted.details.period = "по четвергам с 7 по 21 ноября 2024";
    wanted.details.time = TimeOfDay{10 * 60};
    wanted.details.end_time = TimeOfDay{11 * 60};
    const service::Actor editor("test", service::Role::editor);
    const auto made = service::create_event(site.context, editor, wanted).wait();
    if (!made) FAIL(made.error().message);
    return made->id;
  }
  Event stored(EventId id) {
    return site.context.store.read([id](db::Unit& unit) { return *unit.events().find(id); }).wait().value();
  }
  Pairs form(const Event& event, const std::string& day) {
    return {{"csrf", browser.form_token(month_of(event))},
            {"back", month_of(event)},
            {"day", day},
            {"stamp", service::row_stamp(event)},
            {"was", service::row_fields(event, "uk").period}};
  }
  std::string address(const Event& event) { return "/events/" + std::to_string(event.id.value) + "/day"; }
};

boost::json::object entries(Browser& browser, const std::string& window) {
  const auto reply = browser.get("/calendar/entries?" + window);
  CAPTURE(reply.body);
  REQUIRE(reply.status == 200);
  return boost::json::parse(reply.body).as_object();
}

}  // namespace

TEST_CASE("the month is a table without a script and carries what the script needs") {
  Wall wall;
  const auto page = wall.browser.get("/calendar?from=2024-11");
  CHECK(page.status == 200);
  CHECK_THAT(page.body,
             Contains("<table class=\"month-grid\"") && Contains("data-entries=\"/calendar/entries\""));
  CHECK_THAT(page.body, Contains("/assets/event-calendar.min.") && Contains("id=\"calendar\" hidden"));
  const std::string policy(page.header("content-security-policy"));
  CHECK_THAT(policy, Contains("connect-src 'self'"));
  CHECK_THAT(policy, !Contains("unsafe") && !Contains("nonce"));
  CHECK_THAT(page.body, !Contains("<style") && !Contains(" style="));
}

TEST_CASE("the entries between two days are told with what may be moved to organisers alone") {
  Wall wall;
  const auto mine = entries(wall.browser, "from=2024-09-01&to=2025-05-31");
  const auto& all = mine.at("entries").as_array();
  REQUIRE_FALSE(all.empty());
  int movable = 0;
  for (const auto& one : all) {
    CHECK(one.at("start").as_string().size() >= 10);
    if (one.as_object().contains("action")) ++movable;
  }
  CHECK(movable > 0);
  CHECK_FALSE(mine.at("days").as_array().empty());
  Browser anybody(wall.site);
  const auto seen = entries(anybody, "from=2024-09-01&to=2025-05-31");
  CHECK(seen.at("entries").as_array().size() == all.size());
  for (const auto& one : seen.at("entries").as_array()) {
    CHECK_FALSE(one.as_object().contains("action"));
    CHECK_FALSE(one.as_object().contains("stamp"));
  }
}

TEST_CASE("a window that is none is refused with what is expected") {
  Wall wall;
  for (const char* window : {"", "from=2024-11-01", "from=2024-11-01&to=x", "from=2024-11-02&to=2024-11-01",
                             "from=2024-01-01&to=2026-01-01", "from=2024-11-01&to=2024-11-30&colour=red"}) {
    CAPTURE(window);
    CHECK(wall.browser.get("/calendar/entries?" + std::string(window)).status == 400);
  }
  CHECK(wall.browser.get("/calendar/entries?from=2024-11-01&to=2024-11-30&kind=meeting").status == 200);
}

TEST_CASE("an organiser names the day of what waits and the words of the plan stay") {
  Wall wall;
  const auto before = wall.waiting();
  CHECK_THAT(wall.browser.get(wall.month_of(before)).body,
             Contains("Waiting for a day") && Contains("action=\"" + wall.address(before) + "\""));
  const Date day = add_days(*before.period.first, 11);
  auto form = wall.form(before, format_iso(day));
  form.emplace_back("time", "10:30");
  const auto done = wall.browser.post(wall.address(before), form);
  CHECK(done.status == 303);
  CHECK(done.header("location") == wall.month_of(before) + "&done=dated");
  const auto after = wall.row(before.id);
  CHECK(after.period.first == day);
  CHECK(after.period.time == TimeOfDay{10 * 60 + 30});
  CHECK(after.period.source_text == before.period.source_text);
  CHECK(after.status == EventStatus::dated);
  CHECK_THAT(wall.browser.get(wall.month_of(before) + "&done=dated").body, Contains("The day is named"));
  // It is an edit of the plan, and can be taken back as any other.
  const auto edit = wall.table().last_edit;
  REQUIRE(edit.has_value());
  const service::Editor editor(service::Actor("test", service::Role::editor), "T", {});
  REQUIRE(service::undo_edit(wall.site.context, editor, PlanId{1}, edit->id).wait().has_value());
  CHECK(wall.row(before.id).period == before.period);
}

TEST_CASE("who names a day second sees both and loses neither") {
  Wall wall;
  const auto before = wall.waiting();
  const auto mine = wall.form(before, format_iso(add_days(*before.period.first, 4)));
  const auto theirs = wall.form(before, format_iso(add_days(*before.period.first, 9)));
  REQUIRE(wall.browser.post(wall.address(before), theirs).status == 303);
  const auto merge = wall.browser.post(wall.address(before), mine);
  CHECK(merge.status == 409);
  const auto typed = [](Date date) { return service::period_as_typed(make_dated(date), "uk"); };
  CHECK_THAT(merge.body, Contains(typed(add_days(*before.period.first, 4))));
  CHECK_THAT(merge.body, Contains(typed(add_days(*before.period.first, 9))));
  CHECK(wall.row(before.id).period.first == add_days(*before.period.first, 9));
}

TEST_CASE("a day that is none changes nothing and nor does an organiser of another association") {
  Wall wall;
  const auto before = wall.waiting();
  for (const char* day : {"", "tomorrow", "2024-02-30"})
    CHECK(wall.browser.post(wall.address(before), wall.form(before, day)).status == 400);
  auto late = wall.form(before, format_iso(*before.period.first));
  late.emplace_back("time", "25:00");
  CHECK(wall.browser.post(wall.address(before), late).status == 400);
  CHECK(wall.browser.post("/events/99999/day", wall.form(before, "2024-11-14")).status == 404);
  CHECK(wall.row(before.id).period == before.period);
}

TEST_CASE("the report of a plan comes as a document in the language of the plan") {
  Wall wall(AccountRole::member);
  CHECK_THAT(wall.browser.get("/plans/1/report").body, Contains("href=\"/plans/1/report.docx\""));
  const auto file = wall.browser.get("/plans/1/report.docx");
  CHECK(file.status == 200);
  CHECK_THAT(std::string(file.header("content-disposition")),
             Contains("attachment") && Contains("report-1.docx"));
  CHECK(file.body.starts_with("PK"));
  CHECK(wall.browser.get("/plans/77/report.docx").status == 404);
  CHECK(Browser(wall.site).get("/plans/1/report.docx").status != 200);
}

TEST_CASE("one day of a series is dragged and the others stay") {
  Wall wall;
  const auto id = wall.course();
  const auto told = [&](Browser& browser) {
    boost::json::array mine;
    const auto all = entries(browser, "from=2024-11-01&to=2024-11-30");
    for (const auto& one : all.at("entries").as_array())
      if (one.at("id").as_int64() == id.value) mine.push_back(one);
    return mine;
  };
  auto days = told(wall.browser);
  REQUIRE(days.size() == 3);
  CHECK(days[1].at("of") == "2024-11-14");
  CHECK(days[1].at("start") == "2024-11-14T10:00");
  Browser anybody(wall.site);
  for (const auto& one : told(anybody)) CHECK_FALSE(one.as_object().contains("action"));
  const std::string address(days[1].at("action").as_string());
  const Pairs form = {{"csrf", wall.browser.form_token("/calendar?from=2024-11")},
                      {"back", "/calendar?from=2024-11"},
                      {"of", "2024-11-14"},
                      {"day", "2024-11-15"},
                      {"time", "12:00"},
                      {"stamp", std::string(days[1].at("stamp").as_string())}};
  const auto done = wall.browser.post(address, form);
  CHECK(done.status == 303);
  CHECK(done.header("location") == "/calendar?from=2024-11&done=dated");
  days = told(wall.browser);
  REQUIRE(days.size() == 3);
  CHECK(days[0].at("start") == "2024-11-07T10:00");
  CHECK(days[1].at("of") == "2024-11-14");
  CHECK(days[1].at("start") == "2024-11-15T12:00");
  CHECK(days[1].at("end") == "2024-11-15T13:00");
  CHECK(days[2].at("start") == "2024-11-21T10:00");
  // The same form once more: somebody was faster, and nothing moves.
  CHECK(wall.browser.post(address, form).header("location") == "/calendar?from=2024-11&problem=1");
  auto wrong = form;
  wrong[2].second = "2024-11-13";  // none of its days
  CHECK(wall.browser.post(address, wrong).status == 404);
  wrong[2].second = "soon";
  CHECK(wall.browser.post(address, wrong).status == 400);
  CHECK(wall.stored(id).overrides.size() == 1);
}

TEST_CASE("one day of a series is changed on its page and who is slower loses nothing") {
  Wall wall;
  const auto id = wall.course();
  const auto event_page = "/events/" + std::to_string(id.value);
  const auto page = "/manage" + event_page + "/days/2024-11-14";
  CHECK_THAT(wall.browser.get(event_page).body, Contains("href=\"" + page + "\""));
  Browser anybody(wall.site);
  CHECK_THAT(anybody.get(event_page).body, !Contains("/days/"));
  const auto opened = wall.browser.get(page);
  CHECK(opened.status == 200);
  CHECK_THAT(opened.body, Contains("value=\"2024-11-14\"") && Contains("value=\"10:00\"") &&
                              Contains("Cancel this day") && !Contains("As in the series again"));
  CHECK(wall.browser.get("/manage" + event_page + "/days/2024-11-13").status == 404);
  CHECK(wall.browser.get("/manage" + event_page + "/days/soon").status == 404);
  const auto stamp = service::series_stamp(wall.stored(id));
  const auto csrf = wall.browser.form_token(page);
  const auto send = [&](const std::string& step, const std::string& date, const std::string& with) {
    return wall.browser.post(
        page, {{"csrf", csrf}, {"stamp", with}, {"do", step}, {"date", date}, {"note", "Лектор <болен>"}});
  };
  const auto refused = send("save", "tomorrow", stamp);
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, Contains("This is no day.") && Contains("Лектор &lt;болен&gt;"));
  const auto cancelled = send("cancel", "", stamp);
  CHECK(cancelled.status == 303);
  CHECK(cancelled.header("location") == event_page + "?done=day#coming");
  CHECK_THAT(wall.browser.get(event_page + "?done=day").body, Contains("The day is changed."));
  CHECK_THAT(anybody.get(event_page).body, Contains("is-cancelled") && Contains("Лектор &lt;болен&gt;"));
  CHECK_THAT(wall.browser.get(page).body,
             Contains("This day is cancelled.") && Contains("As in the series again"));
  const auto overtaken = send("save", "2024-11-15", stamp);
  CHECK(overtaken.status == 409);
  CHECK_THAT(overtaken.body, Contains("Somebody changed this event while you wrote.") &&
                                 Contains("value=\"2024-11-15\"") && Contains("2024-11-14</bdi>"));
  CHECK(send("restore", "", service::series_stamp(wall.stored(id))).status == 303);
  CHECK(wall.stored(id).overrides.empty());
}
