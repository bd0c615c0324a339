#include "db/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"
#include "tests/web/pages_sample.hpp"
#include "web/router.hpp"
#include "web/routes.hpp"
#include "web/security_headers.hpp"
#include "web/standing.hpp"
#include "web/target.hpp"

#include <libdeflate.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>

#include <exception>
#include <set>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

// The sample in a store, read through the route table without sockets.
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

  void rename(EventId id, const std::string& title) {
    auto written = temporary->write(db::Author("test", clock.now()), [=, now = clock.now()](db::Unit& unit) {
      auto event = *unit.events().find(id);
      event.title = title;
      event.modified = now;
      unit.events().update(event);
      return true;
    });
    REQUIRE(std::move(written).wait());
  }
  void add_many(std::size_t count) {
    auto written = temporary->write(db::Author("test", clock.now()), [=, now = clock.now()](db::Unit& unit) {
      auto event = *unit.events().find(EventId{2});
      event.plan = PlanId{};
      for (std::size_t i = 0; i < count; ++i) {
        event.uid = random_uuid();
        event.modified = now;
        unit.events().insert(event);
      }
      return true;
    });
    REQUIRE(std::move(written).wait());
  }

  Reply call(Method method, const std::string& target, Pairs headers) {
    auto parsed = parse_target(target, 100);
    REQUIRE(parsed);
    const auto match = router.match(method, parsed->path);
    if (match.route == nullptr) return Reply::text(404, "no such route");
    Request request;
    request.method = method;
    request.path = parsed->path;
    request.query = parsed->query;
    request.headers = std::move(headers);
    request.captures = match.captures;
    Reply reply;
    loop.restart();
    boost::asio::co_spawn(loop, match.route->handler(std::move(request)),
                          [&reply](const std::exception_ptr& problem, Reply answer) {
                            if (problem) std::rethrow_exception(problem);
                            reply = std::move(answer);
                          });
    loop.run();
    return reply;
  }
  Reply get(const std::string& target, Pairs headers = {}) {
    return call(Method::get, target, std::move(headers));
  }
};

std::string text_of(const Reply& reply) {
  if (reply.pieces) return reply.pieces->text();
  return reply.body ? *reply.body : std::string();
}

std::string head_of(const Reply& reply) {
  std::string head;
  append_security_headers(head, reply, {});
  return head;
}

std::string unpacked(const std::string& bytes) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> reader(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  std::string out(4 << 20, '\0');
  std::size_t size = 0;
  REQUIRE(libdeflate_gzip_decompress(reader.get(), bytes.data(), bytes.size(), out.data(), out.size(),
                                     &size) == LIBDEFLATE_SUCCESS);
  out.resize(size);
  return out;
}

struct Twin {
  const char* suffix;
  const char* content_type;
};
constexpr Twin twins[] = {{".json", "application/feed+json"},
                          {".atom", "application/atom+xml; charset=utf-8"}};

}  // namespace

TEST_CASE("subscribing and its relatives answer as they promise") {
  Site site;
  struct Row {
    const char* target;
    unsigned status;
    const char* has;
    const char* lacks;
  };
  const Row rows[] = {
      {"/subscribe?kind=seminar&feed-lang=be", 200, "feeds/all.ics?kind=seminar&amp;lang=be",
       "role=\"alert\""},
      {"/subscribe?from=2025-02-01&to=2025-01-01", 400, "Останній день", "webcal:"},
      {"/subscribe?kind=opera", 400, "opera", "webcal:"},
      {"/subscribe?feed-lang=xx", 400, "xx", "webcal:"},
      {"/subscribe/poster?kind=seminar&lang=ru", 200, "Наведите камеру", "<header"},
      {"/subscribe/poster?kind=opera", 400, "opera", "<svg xmlns"},
      {"/subscribe/qr.svg", 200, "<svg", "<script"},
      {"/subscribe/qr.svg?kind=opera", 400, "opera", "<svg xmlns"},
      {"/embed/coming?count=2", 200, "Круглый стол", "Статистический"},
      {"/embed/coming?kind=training", 200, "Ближайших событий нет", "<li>"},
      {"/embed/coming?lang=en", 200, "Subscribe to this calendar", "<script"},
      {"/embed/coming?count=0", 400, "count", "target=\"_blank\""},
      {"/embed/coming?feed-lang=en", 400, "feed-lang", "target=\"_blank\""},
      {"/embed/coming.json?count=1", 200, "\"itemListElement\"", "Статистический"},
      {"/feeds/all.json", 200, "jsonfeed.org", "Помогать молодым"},
      {"/feeds/seminar.json", 200, "Семинар-практикум", "Круглый стол"},
      {"/feeds/opera.json", 404, "all.ics", "jsonfeed.org"},
      {"/feeds/all.atom?kind=opera", 400, "opera", "<feed"},
      {"/feeds/meeting.atom?kind=seminar", 400, "kind", "<feed"},
      {"/feeds/all.atom?lang=en", 200, "xml:lang=\"en\"", "<script"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.target);
    const auto reply = site.get(row.target, {{"accept", "text/html"}});
    CHECK(reply.status == row.status);
    CHECK_THAT(text_of(reply), Contains(row.has));
    if (*row.lacks != '\0') CHECK_THAT(text_of(reply), !Contains(row.lacks));
  }
}

TEST_CASE("only the list for partners may stand on somebody else's page") {
  Site site;
  const auto embed = site.get("/embed/coming", {{"cookie", "lang=be"}, {"accept-language", "be"}});
  CHECK_THAT(head_of(embed) + std::string(embed.header("Content-Security-Policy")),
             Contains("frame-ancestors *"));
  CHECK(embed.header("Set-Cookie").empty());
  CHECK(site.get("/embed/coming?lang=ru").header("Set-Cookie").empty());
  CHECK(text_of(embed) == text_of(site.get("/embed/coming")));  // the same for everybody
  CHECK(embed.header("Access-Control-Allow-Origin") == "*");
  CHECK_THAT(text_of(embed), !Contains("<script") && Contains("target=\"_blank\" rel=\"noopener\""));
  const auto again = site.get("/embed/coming", {{"if-none-match", std::string(embed.header("ETag"))}});
  CHECK(again.status == 304);
  CHECK(text_of(again).empty());
  for (const char* target : {"/subscribe", "/subscribe/poster", "/plans", "/", "/events/2"}) {
    CAPTURE(target);
    const auto page = site.get(target);
    const auto policy = std::string(page.header("Content-Security-Policy")) + head_of(page);
    CHECK_THAT(policy,
               Contains("frame-ancestors 'none'") && Contains("default-src 'none'") && !Contains("unsafe"));
  }
}

TEST_CASE("the list for partners as JSON is a list of schema.org events") {
  Site site;
  const auto reply = site.get("/embed/coming.json?count=3");
  CHECK(reply.header("Content-Type") == "application/ld+json");
  CHECK(reply.header("Access-Control-Allow-Origin") == "*");
  const auto list = boost::json::parse(text_of(reply)).as_object();
  CHECK(list.at("@type").as_string() == "ItemList");
  CHECK(list.at("numberOfItems").to_number<int>() == 3);
  REQUIRE(list.at("itemListElement").as_array().size() == 3);
  std::string before;
  for (const auto& event : list.at("itemListElement").as_array()) {
    CHECK(event.at("@type").as_string() == "Event");
    const std::string start(event.at("startDate").as_string());
    CHECK(before <= start);
    before = start;
  }
}

TEST_CASE("the other forms of a feed are made once and again when something changes") {
  Site site;
  for (const auto& twin : twins) {
    CAPTURE(twin.suffix);
    const auto target = std::string("/feeds/all") + twin.suffix;
    const auto kept_before = site.services.twins->size();
    const auto first = site.get(target);
    REQUIRE(first.status == 200);
    CHECK(site.services.twins->size() == kept_before + 1);
    CHECK(site.get(target).pieces == first.pieces);  // the same bytes, not others like them
    CHECK(site.get(target, {{"if-none-match", std::string(first.header("ETag"))}}).status == 304);
    REQUIRE(first.standing);
    CHECK(first.standing->stands(site.clock.now()));

    site.clock.set(site.clock.now() + std::chrono::seconds(60));
    CHECK(site.get(target).pieces == first.pieces);
    site.rename(EventId{2}, std::string("Круглый стол") + twin.suffix);
    CHECK_FALSE(first.standing->stands(site.clock.now()));
    const auto second = site.get(target);
    CHECK_THAT(text_of(second), Contains(std::string("Круглый стол") + twin.suffix));
    CHECK(second.header("ETag") != first.header("ETag"));
    CHECK(second.header("Last-Modified") != first.header("Last-Modified"));
    CHECK(site.services.twins->size() == kept_before + 1);  // in its place
  }
  // A document in another form, of another choice or in another language is another one.
  std::set<std::string> etags;
  for (const char* target : {"/feeds/all.json", "/feeds/all.atom", "/feeds/all.json?kind=seminar",
                             "/feeds/all.json?lang=en", "/feeds/all.atom?lang=en"})
    CHECK(etags.insert(std::string(site.get(target).header("ETag"))).second);
}

TEST_CASE("a cancelled event leaves the other forms of a feed when it leaves the calendar") {
  Site site;
  for (const auto& twin : twins) {
    CAPTURE(twin.suffix);
    const auto target = std::string("/feeds/all") + twin.suffix;
    const auto start = site.clock.now();
    const auto leaving = service::cancelled_shown_for - std::chrono::seconds(1);
    const auto shown = site.get(target);
    CHECK_THAT(text_of(shown), Contains("Экскурсия в областной архив"));
    REQUIRE(shown.standing);
    site.clock.set(start + leaving);
    CHECK(site.get(target).pieces == shown.pieces);
    CHECK(shown.standing->stands(site.clock.now()));
    site.clock.set(start + service::cancelled_shown_for);
    CHECK_FALSE(shown.standing->stands(site.clock.now()));
    const auto after = site.get(target);
    CHECK_THAT(text_of(after), !Contains("Экскурсия в областной архив"));
    CHECK(after.header("Last-Modified") != shown.header("Last-Modified"));
    site.clock.set(start);
  }
}

TEST_CASE("the other forms of a long feed are made where long work is done") {
  Site site;
  int elsewhere = 0;
  bool has_room = true;
  site.context.run_long_work = [&](const std::function<void()>& work) {
    ++elsewhere;
    if (has_room) work();
    return has_room;
  };
  CHECK(site.get("/feeds/all.json").status == 200);
  CHECK(elsewhere == 0);
  site.add_many(service::Feeds::most_events_at_once);
  CHECK(site.get("/feeds/all.json").status == 200);
  CHECK(elsewhere == 1);
  CHECK(site.get("/feeds/all.json").status == 200);  // is kept
  CHECK(elsewhere == 1);
  has_room = false;
  CHECK(site.get("/feeds/all.json").status == 200);
  const auto busy = site.get("/feeds/all.atom");
  CHECK(busy.status == 503);
  CHECK_FALSE(busy.header("Retry-After").empty());
}

TEST_CASE("no more of the other forms are kept than the limits say") {
  TwinCache cache;
  const auto twin_of = [](std::size_t size) {
    auto twin = std::make_shared<MadeTwin>();
    twin->identity = Rope(std::string(size / 2, 'a'));
    twin->gzip = Rope(std::string(size - size / 2, 'b'));
    return twin;
  };
  for (std::size_t i = 0; i < TwinCache::most_twins; ++i) cache.keep(std::to_string(i), twin_of(10));
  CHECK(cache.size() == TwinCache::most_twins);
  CHECK(cache.find("0"));  // now 1 is the one asked for least recently
  cache.keep("more", twin_of(10));
  CHECK(cache.size() == TwinCache::most_twins);
  CHECK(cache.bytes() == TwinCache::most_twins * 10);
  CHECK(cache.find("0"));
  CHECK_FALSE(cache.find("1"));

  TwinCache full;
  full.keep("a", twin_of(TwinCache::most_bytes));
  CHECK(full.find("a"));
  full.keep("b", twin_of(1));
  CHECK_FALSE(full.find("a"));
  CHECK(full.find("b"));
  full.keep("c", twin_of(TwinCache::most_bytes + 1));
  CHECK_FALSE(full.find("c"));
  CHECK(full.find("b"));
  full.keep("b", twin_of(TwinCache::most_bytes + 1));  // the old one is wrong by now
  CHECK_FALSE(full.find("b"));
  CHECK(full.bytes() == 0);
}

TEST_CASE("the other forms of a feed are sent and kept by the rules of the calendar") {
  Site site;
  for (const auto& twin : twins) {
    CAPTURE(twin.suffix);
    const auto target = std::string("/feeds/all") + twin.suffix;
    const auto first = site.get(target);
    REQUIRE(first.status == 200);
    CHECK(first.header("Content-Type") == twin.content_type);
    CHECK(first.header("Cache-Control") == "public, max-age=900");
    CHECK(first.header("Vary") == "Accept-Encoding");
    CHECK(first.header("Access-Control-Allow-Origin") == "*");
    CHECK(first.header("Set-Cookie").empty());
    const std::string etag(first.header("ETag")), date(first.header("Last-Modified"));
    CHECK_THAT(etag, Catch::Matchers::Matches("\"[0-9a-f]{32}\""));
    for (const Pairs& conditions :
         {Pairs{{"if-none-match", etag}}, Pairs{{"if-none-match", "\"x\", W/" + etag}},
          Pairs{{"if-none-match", "*"}}, Pairs{{"if-modified-since", date}}}) {
      const auto kept = site.get(target, conditions);
      CHECK(kept.status == 304);
      CHECK(text_of(kept).empty());
      CHECK(kept.header("ETag") == etag);
      CHECK(kept.header("Last-Modified") == date);
    }
    CHECK(site.get(target, {{"if-none-match", "\"x\""}, {"if-modified-since", date}}).status == 200);
    const auto packed = site.get(target, {{"accept-encoding", "gzip"}});
    CHECK(packed.header("Content-Encoding") == "gzip");
    CHECK(packed.header("ETag") != etag);
    CHECK(unpacked(text_of(packed)) == text_of(first));
    CHECK(site.get(target, {{"accept-encoding", "gzip;q=0"}}).header("Content-Encoding").empty());
    const auto head = site.call(Method::head, target, {});
    CHECK(head.status == 200);
    CHECK(head.header("ETag") == etag);
    CHECK(text_of(site.get(target)) == text_of(first));
    CHECK(text_of(site.get(target, {{"accept-language", "be"}, {"cookie", "lang=be"}})) == text_of(first));
  }
}

TEST_CASE("a change and the end of a cancelled event give the other forms another validator") {
  Site site;
  for (const auto& twin : twins) {
    const auto target = std::string("/feeds/all") + twin.suffix;
    const std::string etag(site.get(target).header("ETag")), date(site.get(target).header("Last-Modified"));
    const auto until_then = site.clock.now();
    site.clock.set(until_then + service::cancelled_shown_for + std::chrono::seconds{5});
    const auto later = site.get(target, {{"if-modified-since", date}});
    CHECK(later.status == 200);
    CHECK(later.header("ETag") != etag);
    CHECK_THAT(text_of(later), !Contains("областной архив"));
    site.clock.set(until_then);
  }
}

TEST_CASE("pages tell readers of feeds where the other forms are") {
  Site site;
  const auto html = text_of(site.get("/subscribe?kind=seminar"));
  CHECK_THAT(html, Contains("type=\"text/calendar\"") && Contains("href=\"/feeds/all.ics?kind=seminar\""));
  CHECK_THAT(html,
             Contains("type=\"application/feed+json\"") && Contains("href=\"/feeds/all.json?kind=seminar\""));
  CHECK_THAT(html,
             Contains("type=\"application/atom+xml\"") && Contains("href=\"/feeds/all.atom?kind=seminar\""));
}
