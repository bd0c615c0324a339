#include "base/text.hpp"
#include "db/store.hpp"
#include "service/events.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/served_feeds.hpp"
#include "tests/support/temporary_store.hpp"
#include "tests/web/pages_sample.hpp"
#include "web/access.hpp"
#include "web/pages/assets.hpp"
#include "web/problem.hpp"
#include "web/router.hpp"
#include "web/routes.hpp"
#include "web/security_headers.hpp"
#include "web/target.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <exception>
#include <set>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;
namespace json = boost::json;

namespace {

// The sample in a store, and its routes called without sockets.
struct Site {
  boost::asio::io_context loop;  // outlives the store, whose threads post to it
  tests::TemporaryStore temporary;
  FixedClock clock{parse_iso_instant("2024-10-07T06:00:00Z").value()};
  service::Context context{*temporary, clock, service::Settings{"https://plans.example.org", "Europe/Minsk"}};
  service::Snapshots snapshots{context};
  service::Feeds feeds{context, snapshots};
  Services services{context, snapshots, feeds};
  Router router{make_routes(services)};

  Site() {
    auto stored = temporary->write(db::Author("test", clock.now()), [now = clock.now()](db::Unit& unit) {
      const auto organisation = unit.organisations().insert(tests::sample_organisation());
      auto plan = tests::sample_plan();
      plan.organisation = organisation;
      const auto id = unit.plans().insert(plan);
      for (auto& event : tests::sample_events()) {
        event.plan = id;
        event.organisation = organisation;
        event.uid = random_uuid();
        event.created = event.modified = now;
        unit.events().insert(event);
      }
      return true;
    });
    REQUIRE(std::move(stored).wait());
  }

  Reply call(Method method, const std::string& target, std::string body = {}, Pairs headers = {},
             service::Role role = service::Role::editor) {
    auto parsed = parse_target(target, 100);
    REQUIRE(parsed);
    const auto match = router.match(method, parsed->path);
    if (match.route == nullptr) return Reply::text(404, "no such route");
    Request request;
    request.method = method;
    request.path = parsed->path;
    request.query = parsed->query;
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.captures = match.captures;
    request.actor = service::Actor("token:1", role);
    if (match.route->access >= Access::member) return Reply::text(403, "nobody is signed in here");
    if (!check_role(request.actor, match.route->access)) return Reply::text(403, "not for this role");
    Reply reply;
    loop.restart();
    boost::asio::co_spawn(loop, match.route->handler(std::move(request)),
                          [&reply](const std::exception_ptr& problem, Reply answer) {
                            if (problem) std::rethrow_exception(problem);
                            reply = std::move(answer);
                          });
    loop.run();
    const auto bytes = reply.pieces ? reply.pieces->text() : reply.body ? *reply.body : std::string();
    if (reply.status == 200) convoke::testing::witness_reply(context, target, bytes);
    return reply;
  }
  Reply get(const std::string& target, Pairs headers = {}) {
    return call(Method::get, target, {}, std::move(headers));
  }
};

std::string text_of(const Reply& reply) {
  if (reply.pieces) return reply.pieces->text();
  return reply.body ? *reply.body : std::string();
}

json::object object_of(const Reply& reply) {
  return json::parse(text_of(reply)).as_object();
}

struct Row {
  Method method;
  const char* target;
  const char* body;
  unsigned status;
  const char* has;
  const char* lacks;
};

}  // namespace

TEST_CASE("every address answers as it promises") {
  constexpr auto get = Method::get;
  constexpr auto post = Method::post;
  constexpr auto patch = Method::patch;
  const Row rows[] = {
      {get, "/", "", 200, "Найближчі події", "Заседание № 1"},
      {get, "/?lang=ru", "", 200, "Ближайшие события", "<script"},
      {get, "/?from=2024-09", "", 200, "Заседание № 1", "Найближчі події"},
      {get, "/?kind=opera", "", 400, "opera", "Найближчі"},
      {get, "/?from=yesterday", "", 400, "2024-11", "Найближчі"},
      {get, "/?kind=&organisation=&responsible=&from=", "", 200, "Найближчі події", ""},
      {get, "/?kind=%2C%2C", "", 400, "meeting", "Найближчі"},
      {get, "/subscribe?kind=&responsible=", "", 200, "webcal://plans.example.org/feeds/all.ics", ""},
      {get, "/feeds/all.ics?kind=", "", 400, "meeting, conference", "BEGIN"},
      {get, "/feeds/all.ics?kind=,,", "", 400, "meeting, conference", "BEGIN"},
      {get, "/feeds/all.ics?lang=uk&lang=ru", "", 400, "once", "BEGIN"},
      {get, "/api/v1/events?kind=", "", 400, "meeting, conference", "\"events\""},
      {get, "/api/v1/events?lang=uk&lang=ru", "", 400, "once", "\"events\""},
      {get, "/plans", "", 200, "href=\"/plans/1\"", "Ще не опубліковано"},
      {get, "/plans/1", "", 200, "УТВЕРЖДАЮ", "404"},
      {get, "/plans/2", "", 404, "Такої сторінки немає", "УТВЕРЖДАЮ"},
      {get, "/plans/01", "", 404, "Такої сторінки немає", ""},
      {get, "/plans/-1", "", 404, "Такої сторінки немає", ""},
      {get, "/plans/99999999999999999999", "", 404, "Такої сторінки немає", ""},
      {get, "/events/2", "", 200, "Круглый стол", ""},
      {get, "/events/99", "", 404, "Такої сторінки немає", ""},
      {get, "/events/2.ics", "", 200, "DTSTART;TZID=Europe/Minsk:20241024T100000", "X-WR-CALNAME"},
      {get, "/events/9.ics", "", 404, "", "BEGIN:VCALENDAR"},
      {get, "/events/9", "", 200, "Книжные выставки", "/events/9.ics"},
      {get, "/subscribe", "", 200, "webcal://plans.example.org/feeds/all.ics", ""},
      {get, "/subscribe?kind=opera", "", 400, "opera", "webcal:"},
      {get, "/feeds/all.ics", "", 200, "BEGIN:VCALENDAR", "Помогать молодым"},
      {get, "/feeds/meeting.ics", "", 200, "BEGIN:VCALENDAR", "Круглый стол"},
      {get, "/feeds/all.ics?kind=opera", "", 400, "opera", "<html"},
      {get, "/feeds/all.ics?colour=red", "", 400, "colour", "<html"},
      {get, "/feeds/opera.ics", "", 404, "all.ics", "<html"},
      {get, "/feeds/goal.ics", "", 404, "all.ics", "<html"},
      {get, "/feeds/meeting.ics?kind=seminar", "", 400, "kind", "BEGIN"},
      {get, "/robots.txt", "", 200, "Allow: /feeds/", "Disallow: /feeds"},
      {get, "/healthz", "", 200, "ok", ""},
      {get, "/readyz", "", 200, "ready", ""},
      {get, "/metrics", "", 200, "convoke_events 10", ""},
      {get, "/favicon.svg", "", 200, "<svg", "script"},
      {get, "/favicon.ico", "", 200, "<svg", ""},
      {get, "/assets/convoke.css", "", 200, "--accent", ""},
      {get, "/assets/nothing.css", "", 404, "Такої сторінки немає", ""},
      {get, "/api/v1/plans", "", 200, "\"academic\"", ""},
      {get, "/api/v1/plans/1", "", 200, "\"items\"", ""},
      {get, "/api/v1/plans/7", "", 404, "\"status\":404", "<html"},
      {get, "/api/v1/events", "", 200, "\"total\":9", "Помогать молодым"},
      {get, "/api/v1/events?kind=seminar", "", 200, "\"total\":1", "Круглый"},
      {get, "/api/v1/events?limit=2", "", 200, "\"next\":\"/api/v1/events?limit=2&offset=2\"", ""},
      {get, "/api/v1/events?limit=500", "", 200, "\"next\":null", ""},
      {get, "/api/v1/events?limit=501", "", 400, "limit", "\"events\""},
      {get, "/api/v1/events?limit=0", "", 400, "limit", "\"events\""},
      {get, "/api/v1/events?offset=-1", "", 400, "offset", "\"events\""},
      {get, "/api/v1/events?offset=900", "", 200, "\"events\":[]", ""},
      {get, "/api/v1/events?colour=red", "", 400, "colour", "\"events\""},
      {get, "/api/v1/events/2", "", 200, "\"sequence\":0", "email"},
      {get, "/api/v1/events/two", "", 404, "nothing with this number", ""},
      {get, "/api/v1/organisations", "", 200, "Заречного", ""},
      {get, "/api/v1/people", "", 200, "\"people\":[", ""},
      {get, "/api/v1/reminders", "", 200, "\"reminders\":[", ""},
      {get, "/api/v1/reminders?from=2024-10-01&to=2024-09-01", "", 400, "'to'", ""},
      {get, "/api/v1/reminders?from=soon", "", 400, "from", ""},
      {get, "/api/v1/reminders?when=now", "", 400, "when", ""},
      {get, "/api/v1/openapi.json", "", 200, "\"openapi\": \"3.1.0\"", ""},
      {patch, "/api/v1/events/3", "{\"colour\":\"red\"}", 400, "'colour' is unknown", ""},
      {patch, "/api/v1/events/3", "{\"date\":\"14.11.2024\"}", 400, "'date'", ""},
      {patch, "/api/v1/events/3", "{\"date\":5}", 400, "'date'", ""},
      {patch, "/api/v1/events/3", "{\"status\":\"lost\"}", 400, "planned, dated", ""},
      {patch, "/api/v1/events/3", "{\"kind\":\"opera\"}", 400, "round_table", ""},
      {patch, "/api/v1/events/3", "{\"expected_sequence\":-1}", 400, "expected_sequence", ""},
      {patch, "/api/v1/events/3", "{\"online_url\":\"javascript:alert(1)\"}", 400, "https://", ""},
      {patch, "/api/v1/events/3", "[]", 400, "object", ""},
      {patch, "/api/v1/events/3", "{\"title\":", 400, "JSON", ""},
      {patch, "/api/v1/events/3", "{}", 200, "\"sequence\":0", ""},
      {patch, "/api/v1/events/77", "{}", 404, "\"status\":404", ""},
      {post, "/api/v1/events", "{}", 400, "'title'", ""},
      {post, "/api/v1/people", "{\"name\":\"\"}", 400, "'name'", ""},
      {post, "/api/v1/people", "{\"name\":\"Мак О.П.\",\"email\":\"nobody\"}", 400, "", "\"id\""},
      {post, "/api/v1/plans/import?year=then", "text", 400, "'year'", ""},
      {post, "/api/v1/plans/import?colour=red", "text", 400, "'colour'", ""},
      {post, "/api/v1/plans/import", "", 400, "document", ""},
      {post, "/api/v1/plans/import?name=letter.txt", "Добрый день!\nПриходите к нам.\n", 422, "", "\"plan\""},
  };
  Site site;
  for (const auto& row : rows) {
    CAPTURE(row.target, row.body);
    const auto reply = site.call(row.method, row.target, row.body);
    const auto text = text_of(reply);
    CHECK(reply.status == row.status);
    CHECK_THAT(text, Contains(row.has));
    if (*row.lacks != '\0') CHECK_THAT(text, !Contains(row.lacks));
    const std::string path = row.target;
    if (row.status >= 400 && path.starts_with("/api"))
      CHECK(reply.header("Content-Type") == "application/problem+json");
    if (row.status >= 400 && path.starts_with("/feeds"))
      CHECK(reply.header("Content-Type").starts_with("text/plain"));
  }
}

TEST_CASE("a search that is too long is a wrong address and no large request") {
  Site site;
  CHECK(site.get("/api/v1/events?q=" + std::string(calendar::longest_query_value, 'x')).status == 200);
  const auto longer = std::string(calendar::longest_query_value + 1, 'x');
  for (const char* path : {"/api/v1/events?q=", "/feeds/all.ics?q=", "/subscribe?q="})
    CHECK(site.get(path + longer).status == 400);
}

TEST_CASE("a text longer than its limit is refused as such and one of the limit is kept") {
  constexpr std::size_t longest_title = 1'000;  // as the service has it
  Site site;
  const auto patch_title = [&](std::size_t letters) {
    const auto body = json::object{{"title", std::string(letters, 'x')}};
    return site.call(Method::patch, "/api/v1/events/3", json::serialize(body));
  };
  CHECK(patch_title(longest_title).status == 200);
  const auto refused = patch_title(longest_title + 1);
  CHECK(refused.status == 422);
  CHECK(refused.header("Content-Type") == "application/problem+json");
  CHECK_THAT(text_of(refused), Contains("1000 characters") && Contains("\"status\":422"));
  CHECK(status_of(Errc::limit_exceeded) == 422);
}

TEST_CASE("a title or a place pasted with line breaks is one line and a note keeps its lines") {
  Site site;
  const auto changed =
      site.call(Method::patch, "/api/v1/events/3",
                R"({"title":" Семинар\r\n  о\tчтении ","place":"Школа\n№\u00a03","note":"первая\nвторая"})");
  REQUIRE(changed.status == 200);
  const auto event = object_of(changed);
  CHECK(event.at("title").as_string() == "Семинар о чтении");
  CHECK(event.at("place").as_string() == "Школа № 3");
  CHECK(event.at("note").as_string() == "первая\nвторая");
  const auto created = site.call(Method::post, "/api/v1/events", R"({"title":"Мастер-\nкласс"})");
  REQUIRE(created.status == 201);
  CHECK(object_of(created).at("title").as_string() == "Мастер- класс");
  CHECK(site.call(Method::post, "/api/v1/events", R"({"title":" \n "})").status == 400);
  const auto person =
      site.call(Method::post, "/api/v1/people", R"({"name":"Мак\nО.П.","post":"заведующая \n"})");
  REQUIRE(person.status == 200);
  CHECK(object_of(person).at("name").as_string() == "Мак О.П.");
  CHECK(object_of(person).at("post").as_string() == "заведующая");
}

TEST_CASE("the file of an event is offered for download") {
  Site site;
  const auto file = site.get("/events/2.ics");
  CHECK(file.header("Content-Disposition") == "attachment; filename=\"event-2.ics\"");
  std::string head;
  append_security_headers(head, file, {});
  CHECK_THAT(head, Contains("Content-Security-Policy: sandbox; default-src 'none'\r\n"));
}

TEST_CASE("a page that the reader has already is not sent again") {
  Site site;
  for (const char* target : {"/", "/plans", "/plans/1", "/events/2", "/subscribe"}) {
    CAPTURE(target);
    const auto first = site.get(target);
    const std::string etag(first.header("ETag"));
    CHECK_THAT(etag, Catch::Matchers::Matches("\"[0-9a-f]{32}\""));
    for (const auto method : {Method::get, Method::head}) {
      const auto again = site.call(method, target, {}, {{"if-none-match", "\"x\", " + etag}});
      CHECK(again.status == 304);
      CHECK_FALSE(again.body);
      CHECK(again.header("ETag") == etag);
      CHECK(again.header("Vary") == "Accept-Language, Cookie");
      CHECK(again.header("Cache-Control") == "no-cache");
    }
    const Pairs in_english{{"if-none-match", etag}, {"accept-language", "en"}};
    CHECK(site.get(target, in_english).status == 200);
    const Pairs by_date{{"if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"}};
    CHECK(site.get(target, by_date).status == 200);
  }
  const std::string before(site.get("/events/3").header("ETag"));
  REQUIRE(site.call(Method::patch, "/api/v1/events/3", R"({"place":"Школа № 3"})").status == 200);
  CHECK(site.get("/events/3", {{"if-none-match", before}}).status == 200);
  CHECK(site.get("/events/99", {{"if-none-match", "*"}}).status == 404);
}

TEST_CASE("reading changes nothing in the database") {
  Site site;
  const auto before = site.temporary->last_change();
  for (const auto& route : make_routes(site.services)) {
    if (route.method != Method::get) continue;
    auto target = route.pattern;
    const Pairs values = {{"{filter}", "all"},      {"{name}", "convoke.css"}, {"{token}", "none"},
                          {"{code}", "none"},       {"{kind}", "deadline"},    {"{language}", "uk"},
                          {"{format}", "csv"},      {"{number}", "1"},         {"{person}", "1"},
                          {"{document}", "badges"}, {"{day}", "2024-11-14"}};
    for (auto begin = target.find('{'); begin != std::string::npos; begin = target.find('{')) {
      const auto size = target.find('}', begin) + 1 - begin;
      const auto known = std::ranges::find(values, target.substr(begin, size), &Pairs::value_type::first);
      target.replace(begin, size, known == values.end() ? "2" : known->second);
    }
    CAPTURE(target);
    CHECK(site.get(target).status < 500);
  }
  CHECK(site.temporary->last_change() == before);
}

TEST_CASE("whoever has no token reads what is published and changes nothing") {
  Site site;
  const auto before = site.temporary->last_change();
  for (const auto& route : make_routes(site.services)) {
    CAPTURE(route.pattern);
    const bool published = route.access == Access::everyone || route.access == Access::visitor;
    CHECK(published == check_role(service::Actor(), route.access).has_value());
    // A visitor's form has a token of its page; that of an answer, a poll, a registration, a paper, a review,
    // and who wants no more mails, has one in its address.
    const bool signed_address =
        route.pattern.starts_with("/answer/") || route.pattern.starts_with("/poll/") ||
        route.pattern.starts_with("/register/link/") || route.pattern.starts_with("/register/invited/") ||
        route.pattern.starts_with("/call/link/") || route.pattern.starts_with("/review/") ||
        route.pattern.starts_with("/unsubscribe/");
    if (route.method != Method::get && !signed_address) CHECK(route.access != Access::everyone);
    if (route.method == Method::get) CHECK(route.body_limit == 0);
  }
  using service::Role;
  CHECK(site.call(Method::patch, "/api/v1/events/3", "{\"title\":\"x\"}", {}, Role::reader).status == 403);
  CHECK(site.call(Method::get, "/api/v1/people", "", {}, Role::anonymous).status == 403);
  CHECK(site.temporary->last_change() == before);
}

TEST_CASE("fixing a date moves the event in the page and the calendar at once") {
  Site site;
  const auto vague = text_of(site.get("/feeds/seminar.ics"));
  CHECK_THAT(vague, Contains("SEQUENCE:0") && Contains("STATUS:TENTATIVE"));
  const auto changed =
      site.call(Method::patch, "/api/v1/events/3",
                R"({"date":"2024-11-14","time":"10:00","end_time":"12:00","place":"Школа № 3"})",
                {{"if-match", "\"0\""}});
  REQUIRE(changed.status == 200);
  CHECK(changed.header("ETag") == "\"1\"");
  const auto event = object_of(changed);
  CHECK(event.at("status").as_string() == "dated");
  CHECK(event.at("period").as_object().at("start").as_string() == "2024-11-14");
  CHECK(event.at("period").as_object().at("text").as_string() == "ноябрь 2024 года");
  const auto dated = text_of(site.get("/feeds/seminar.ics"));
  CHECK_THAT(dated, Contains("SEQUENCE:1") && Contains("20241114T100000"));
  CHECK_THAT(text_of(site.get("/events/3")),
             Contains("2024-11-14T10:00") && !Contains("день ще не визначено"));
  CHECK_THAT(text_of(site.get("/plans/1")), Contains("ноябрь 2024 года") && Contains("2024-11-14T10:00"));

  const auto stale = site.call(Method::patch, "/api/v1/events/3", R"({"note":"x"})", {{"if-match", "\"0\""}});
  CHECK(stale.status == 412);
  CHECK(site.call(Method::patch, "/api/v1/events/3", R"({"note":"x","expected_sequence":0})").status == 409);
  CHECK(site.call(Method::patch, "/api/v1/events/3", "{}", {{"if-match", "W/\"x\""}}).status == 400);
}

TEST_CASE("a feed that nobody changed is answered with 304 and without the database") {
  Site site;
  const auto first = site.get("/feeds/all.ics");
  const std::string etag(first.header("ETag"));
  REQUIRE_FALSE(etag.empty());
  const auto again = site.get("/feeds/all.ics", {{"if-none-match", etag}});
  CHECK(again.status == 304);
  CHECK(text_of(again).empty());
  calendar::FeedQuery all;
  CHECK(site.feeds.if_current(all) != nullptr);
  CHECK(site.get("/feeds/all.ics").body == first.body);  // the very bytes, shared
}

TEST_CASE("feed rule 11: an unknown feed is a small plain 404") {
  Site site;
  const auto reply = site.get("/feeds/nothing-of-the-kind.ics");
  CHECK(reply.status == 404);
  CHECK_THAT(std::string(reply.header("content-type")), Contains("text/plain"));
  CHECK(text_of(reply).size() < 300);
}

TEST_CASE("feed rule 14: robots may read the feeds") {
  Site site;
  const auto reply = site.get("/robots.txt");
  CHECK(reply.status == 200);
  CHECK(text_of(reply).find("Disallow: /feeds") == std::string::npos);
  CHECK(text_of(reply).find("Disallow: /\n") == std::string::npos);
}

TEST_CASE("feed rule 36: what is no event of a calendar never leaks into one") {
  Site site;
  const auto feed = text_of(site.get("/feeds/all.ics?periods=span"));
  const auto snapshot = site.snapshots.current().wait().value();
  for (const auto& event : snapshot->events) {
    CAPTURE(event->title);
    if (event->kind == EventKind::goal) CHECK(feed.find(event->uid) == std::string::npos);
  }
  CHECK(feed.find("BEGIN:VEVENT") != std::string::npos);
}

TEST_CASE("an event and a person can be added through the API") {
  Site site;
  const auto created = site.call(Method::post, "/api/v1/events",
                                 R"({"title":"Мастер-класс","kind":"training","date":"2024-12-03"})");
  REQUIRE(created.status == 201);
  const std::string location(created.header("Location"));
  CHECK_THAT(text_of(site.get(location)), Contains("Мастер-класс"));
  CHECK_THAT(text_of(site.get("/")), Contains("Мастер-класс"));

  const auto person = site.call(Method::post, "/api/v1/people",
                                R"({"name":"Мак О.П.","email":"mak@example.org","language":"be"})");
  CHECK(person.status == 200);
  CHECK(person.header("Cache-Control") == "no-store");
  CHECK_THAT(text_of(site.get("/api/v1/people")), Contains("mak@example.org"));
  const auto csv = site.call(Method::post, "/api/v1/people/import", "ФИО,E-mail\nДуб И.К.,dub@example.org\n");
  CHECK(csv.status == 200);
  CHECK(object_of(csv).at("added").as_int64() == 1);
}

TEST_CASE("an event says how far it reaches and whom it is for and what belongs to it") {
  Site site;
  const auto changed =
      site.call(Method::patch, "/api/v1/events/2",
                R"({"level":"region","audience":["Молодые библиотекари"," Директора  школ "],)"
                R"("contact":"Приёмная, каб. 4","image_url":"https://example.org/a.png",)"
                R"("attachments":[{"url":"https://example.org/p.pdf","name":"Положение",)"
                R"("media_type":"application/pdf"}]})");
  REQUIRE(changed.status == 200);
  const auto event = object_of(changed);
  CHECK(event.at("level") == "region");
  CHECK(event.at("audience") == json::array({"Молодые библиотекари", "Директора школ"}));
  const auto page = text_of(site.get("/events/2?lang=ru"));
  CHECK_THAT(page, Contains("Областной уровень") && Contains("Молодые библиотекари; Директора школ") &&
                       Contains("Приёмная, каб. 4") && Contains("Положение"));
  CHECK(object_of(site.get("/api/v1/events?level=region&audience=" + percent_encode("молодые библиотекари")))
            .at("total") == 1);
  CHECK(object_of(site.get("/api/v1/events?level=national")).at("total") == 0);

  REQUIRE(site.call(Method::patch, "/api/v1/events/3", R"({"parent":2})").status == 200);
  CHECK_THAT(text_of(site.get("/events/2")), Contains("href=\"/events/3\""));
  CHECK_THAT(text_of(site.get("/events/3")), Contains("href=\"/events/2\""));
  const std::string part_of = "RELATED-TO;RELTYPE=PARENT:" + std::string(event.at("uid").as_string());
  CHECK_THAT(text_of(site.get("/feeds/all.ics?periods=span")), Contains(part_of));
  CHECK_THAT(text_of(site.get("/events/3.ics")), Contains(part_of));
  CHECK(object_of(site.call(Method::patch, "/api/v1/events/2", R"({"level":null,"audience":[]})"))
            .at("level") == nullptr);
}

TEST_CASE("what an event cannot be told is refused with the reason") {
  Site site;
  const std::pair<const char*, const char*> rows[] = {
      {R"({"level":"galaxy"})", "international"},
      {R"({"audience":"all"})", "a list of texts"},
      {R"({"audience":[""]})", "needs words"},
      {R"({"agenda":"one"})", "a list of texts"},
      {R"({"agenda":[" "]})", "needs words"},
      {R"({"parent":1})", "part of itself"},
      {R"({"parent":999})", "no such event"},
      {R"x({"image_url":"javascript:alert(1)"})x", "https://"},
      {R"({"attachments":[{"url":"file:///etc/passwd"}]})", "https://"},
      {R"({"attachments":[{"url":"https://example.org/a","media_type":"a/b;x=y"}]})", "application/pdf"},
      {R"({"attachments":[{"url":"https://example.org/a","size":1}]})", "unknown"},
  };
  for (const auto& [body, reason] : rows) {
    CAPTURE(body);
    const auto reply = site.call(Method::patch, "/api/v1/events/1", body);
    CHECK(reply.status == 400);
    CHECK_THAT(text_of(reply), Contains(reason));
  }
  CHECK(site.call(Method::patch, "/api/v1/events/1", R"({"parent":2})").status == 200);
  CHECK(site.call(Method::patch, "/api/v1/events/2", R"({"parent":1})").status == 400);
  std::string many = R"({"audience":[)";
  for (std::size_t i = 0; i < service::most_audiences; ++i) many += i == 0 ? R"("a")" : R"(,"a")";
  CHECK(site.call(Method::patch, "/api/v1/events/1", many + "]}").status == 200);
  CHECK(site.call(Method::patch, "/api/v1/events/1", many + R"(,"a"]})").status != 200);
}

TEST_CASE("an event taken back leaves the page and the calendar at once") {
  Site site;
  const auto before = site.get("/feeds/all.ics");
  const auto uid = object_of(site.get("/api/v1/events/1")).at("uid").as_string();
  REQUIRE_THAT(text_of(before), Contains(uid.c_str()));
  CHECK(site.call(Method::del, "/api/v1/events/1", {}, {}, service::Role::reader).status == 403);
  CHECK(site.call(Method::del, "/api/v1/events/1", {}, {{"if-match", "\"77\""}}).status == 412);
  site.clock.set(site.clock.now() + std::chrono::minutes{5});
  CHECK(site.call(Method::del, "/api/v1/events/1").status == 204);
  CHECK(site.call(Method::del, "/api/v1/events/1").status == 404);
  CHECK(site.get("/events/1").status == 404);
  const auto after = site.get("/feeds/all.ics");
  CHECK_THAT(text_of(after), !Contains(uid.c_str()));
  CHECK(after.header("ETag") != before.header("ETag"));
  CHECK(after.header("Last-Modified") != before.header("Last-Modified"));
}

TEST_CASE("addresses of mail never stand on a page or in a calendar") {
  Site site;
  REQUIRE(
      site.call(Method::post, "/api/v1/people", R"({"name":"Гордейчик О.В.","email":"secret@example.org"})")
          .status == 200);
  for (const char* target : {"/", "/plans/1", "/events/2", "/events/2.ics", "/subscribe", "/feeds/all.ics",
                             "/api/v1/events", "/api/v1/plans/1", "/api/v1/organisations", "/metrics"})
    CHECK_THAT(text_of(site.get(target)), !Contains("secret"));
}

TEST_CASE("a plan is brought in through the API or only tried") {
  Site site;
  const std::string plan =
      "План работы методического объединения библиотекарей на 2024/2025 учебный год\n\n"
      "№ п/п\tМероприятия\tСроки проведения\tОтветственный\n"
      "1.\tКруглый стол о чтении\tфевраль 2025 года\tМак О.П.\n"
      "2.\tСеминар о каталоге\t20 марта 2025 года\tДуб И.К.\n";
  const auto before = site.temporary->last_change();
  const auto tried = site.call(Method::post, "/api/v1/plans/import?name=plan.txt&dry-run=1", plan);
  CHECK(tried.status == 200);
  CHECK(object_of(tried).at("items").as_array().size() == 2);
  CHECK(site.temporary->last_change() == before);

  const auto stored = site.call(Method::post, "/api/v1/plans/import?timezone=Europe/Minsk", plan,
                                {{"content-disposition", "attachment; filename=\"../../plan.txt\""}});
  REQUIRE(stored.status == 201);
  CHECK(object_of(stored).at("added").as_int64() == 2);
  const std::string location(stored.header("Location"));
  const auto kept = object_of(site.get(location));
  CHECK(kept.at("source_name").as_string() == "plan.txt");
  CHECK(kept.at("items").as_array().size() == 2);
}

TEST_CASE("pages say for which readers they were made") {
  Site site;
  const auto page = site.get("/plans", {{"accept-language", "be,en;q=0.5"}});
  CHECK(page.header("Content-Language") == "be");
  CHECK(page.header("Vary") == "Accept-Language, Cookie");
  CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
  CHECK(page.header("Set-Cookie").empty());
  const auto chosen = site.get("/plans?lang=ru", {{"accept-language", "be"}});
  CHECK(chosen.header("Content-Language") == "ru");
  CHECK_THAT(std::string(chosen.header("Set-Cookie")), Contains("lang=ru") && Contains("HttpOnly"));
  CHECK(site.get("/feeds/all.ics", {{"accept-language", "be"}}).body == site.get("/feeds/all.ics").body);
}

TEST_CASE("files are sent once and then known by their digest") {
  Site site;
  const auto file = site.get(asset_address("convoke.css"));
  CHECK(file.status == 200);
  CHECK_THAT(std::string(file.header("Cache-Control")), Contains("immutable"));
  const auto again =
      site.get(asset_address("convoke.css"), {{"if-none-match", std::string(file.header("ETag"))}});
  CHECK(again.status == 304);
  CHECK(text_of(again).empty());
}

TEST_CASE("a style sheet travels compressed to whoever asks for it so") {
  Site site;
  const auto address = asset_address("convoke.css");
  const auto plain = site.get(address);
  const auto packed = site.get(address, {{"accept-encoding", "gzip, deflate"}});
  CHECK(plain.header("Content-Encoding").empty());
  CHECK(packed.header("Content-Encoding") == "gzip");
  CHECK(packed.header("Vary") == "Accept-Encoding");
  CHECK(text_of(packed).size() * 3 < text_of(plain).size());
  CHECK(text_of(packed).substr(0, 2) == "\x1f\x8b");
  CHECK(packed.header("ETag") != plain.header("ETag"));
  // Neither form is taken for the other, and a date says nothing of either.
  CHECK(site.get(address, {{"if-none-match", std::string(packed.header("ETag"))}}).status == 200);
  CHECK(site.get(address, {{"if-modified-since", "Wed, 18 Nov 2026 07:00:00 GMT"}}).status == 200);
  const auto again =
      site.get(address, {{"accept-encoding", "gzip"}, {"if-none-match", std::string(packed.header("ETag"))}});
  CHECK(again.status == 304);
  CHECK(again.header("Content-Encoding").empty());
}

TEST_CASE("the description of the API names exactly the routes there are") {
  Site site;
  std::set<std::string> described, served;
  const auto document = json::parse(std::string(openapi_document())).as_object();
  for (const auto& [path, item] : document.at("paths").as_object())
    for (const auto& [verb, operation] : item.as_object())
      if (verb != "parameters") described.insert(std::string(verb) + " " + std::string(path));
  for (const auto& route : make_routes(site.services)) {
    if (!route.pattern.starts_with("/api/v1")) continue;
    served.insert(to_lower(name_of(route.method)) + " " + route.pattern);
  }
  CHECK(described == served);
}

TEST_CASE("every address of the public interface is in the route table") {
  Site site;
  for (const char* path : {"/", "/events/1", "/plans", "/plans/1", "/subscribe", "/feeds/all.ics",
                           "/feeds/competition.ics", "/api/v1/openapi.json", "/api/v1/plans",
                           "/api/v1/events", "/api/v1/events/1", "/api/v1/organisations", "/api/v1/people",
                           "/api/v1/reminders", "/healthz", "/readyz", "/metrics", "/robots.txt"}) {
    CAPTURE(path);
    CHECK(site.router.match(Method::get, path).route != nullptr);
  }
  CHECK(site.router.match(Method::post, "/api/v1/plans/import").route != nullptr);
  CHECK(describe_routes().size() == make_routes(site.services).size());
}
