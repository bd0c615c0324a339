// Replies that are given by heart: the handler is asked once, and everything that guards a request still
// does.
#include "web/standing.hpp"

#include "tests/support/catch.hpp"
#include "tests/web/raw_client.hpp"
#include "web/server.hpp"

#include <atomic>
#include <thread>

namespace convoke::web {
namespace {

using Catch::Matchers::Contains;
namespace asio = boost::asio;

// One calendar on a server whose clock stands still until it is set.
class Site {
 public:
  explicit Site(ServerSettings settings = quiet(), std::size_t piece_size = 5, std::size_t pieces = 3)
      : piece_size_(piece_size),
        pieces_(pieces),
        server_(with_clock(std::move(settings)), routes(), authenticate),
        thread_([this] { server_.run(); }) {
    change();
  }
  ~Site() { server_.stop(); }

  static ServerSettings quiet() {
    ServerSettings settings;
    settings.log_requests = false;
    return settings;
  }

  // Publishes another version.
  void change() {
    const int version = ++version_;
    auto body = std::make_shared<Rope>();
    for (std::size_t i = 0; i < pieces_; ++i)
      body->append(std::make_shared<const std::string>(piece_size_, static_cast<char>('a' + version)));
    std::atomic_store(&body_, std::shared_ptr<const Rope>(body));
  }
  // Nobody keeps the bytes any more, though they are still right.
  void forget() {
    const auto copy = std::make_shared<const Rope>(*std::atomic_load(&body_));
    std::atomic_store(&body_, copy);
  }
  std::string text() const { return std::atomic_load(&body_)->text(); }
  int asked() const { return asked_; }
  FixedClock& clock() { return clock_; }
  std::uint16_t port() const { return server_.port(); }

  RawReply reply_to(std::string_view request) {
    RawClient client(port());
    client.send(request);
    auto reply = client.read_reply(request.starts_with("HEAD "));
    REQUIRE(reply);
    return *reply;
  }
  // The handler's first answer makes it stand.
  void learn(std::string_view more = "") { REQUIRE(reply_to(get("/calendar", more)).status == 200); }

 private:
  ServerSettings with_clock(ServerSettings settings) {
    settings.clock = &clock_;
    return settings;
  }

  static asio::awaitable<Result<service::Actor>> authenticate(std::string token) {
    Result<service::Actor> actor = Error(Errc::unauthenticated, "this token is not known");
    if (token == "reads") actor = service::Actor("token:1", service::Role::reader);
    co_return actor;
  }

  Reply answer(const Request& request) {
    ++asked_;
    const int version = version_;
    auto standing = std::make_shared<Standing>();
    standing->etag = "\"plain" + std::to_string(version) + "\"";
    standing->gzip_etag = "\"packed" + std::to_string(version) + "\"";
    standing->last_modified = Instant{std::chrono::seconds{784111777}};
    standing->stands = [this, version](Instant) { return version == version_; };
    const auto choice = choose(request, standing->validators());
    const bool gzip = choice.coding == Coding::gzip;
    Reply reply;
    reply.status = choice.not_modified ? 304 : 200;
    reply.set("ETag", gzip ? standing->gzip_etag : standing->etag);
    reply.set("Content-Type", "text/calendar; charset=utf-8");
    if (gzip) reply.set("Content-Encoding", "gzip");
    if (!choice.not_modified) reply.pieces = std::atomic_load(&body_);
    reply.standing = std::move(standing);
    return reply;
  }
  static asio::awaitable<Reply> show(Site* site, Request request) { co_return site->answer(request); }
  static asio::awaitable<Reply> hello(Request request) {
    auto reply = Reply::text(200, "hello " + std::string(request.query_value("name").value_or("world")));
    co_return reply;
  }

  RouteTable routes() {
    const Handler calendar = [this](Request request) { return show(this, std::move(request)); };
    RouteTable table;
    table.emplace_back(Method::get, "/calendar", Access::everyone, 0, calendar);
    table.emplace_back(Method::post, "/calendar", Access::everyone, 64, calendar);
    table.emplace_back(Method::get, "/guarded", Access::reader, 0, calendar);
    table.emplace_back(Method::get, "/hello", Access::everyone, 0, hello);
    return table;
  }

  std::size_t piece_size_, pieces_;
  std::atomic<int> version_ = 0, asked_ = 0;
  std::shared_ptr<const Rope> body_;
  FixedClock clock_{Instant{std::chrono::seconds{1'700'000'000}}};
  Server server_;
  std::jthread thread_;
};

std::string without_date(const std::string& head) {
  const auto at = head.find("Date: ");
  return head.substr(0, at) + head.substr(head.find("\r\n", at) + 2);
}

}  // namespace

TEST_CASE("a reply that stands is given again without asking its handler") {
  Site site;
  const auto first = site.reply_to(get("/calendar"));
  for (int i = 0; i < 3; ++i) {
    const auto again = site.reply_to(get("/calendar"));
    CHECK(again.head == first.head);
    CHECK(again.body == site.text());
  }
  CHECK(site.asked() == 1);
  CHECK(site.reply_to(get("/calendar?x=1")).body == site.text());  // another address
  CHECK(site.asked() == 2);
}

TEST_CASE("a changed calendar is served changed at once") {
  Site site;
  site.learn();
  RawClient client(site.port());
  for (int i = 0; i < 20; ++i) {
    site.change();
    for (int twice = 0; twice < 2; ++twice) {
      client.send(get("/calendar"));
      REQUIRE(client.read_reply()->body == site.text());
    }
  }
}

TEST_CASE("the date of a reply that stands is today's and its handler is asked once a second") {
  Site site;
  const auto first = site.reply_to(get("/calendar"));
  CHECK(first.header("date") == "Tue, 14 Nov 2023 22:13:20 GMT");
  site.clock().set(Instant{std::chrono::seconds{1'700'000'001}});
  const auto next = site.reply_to(get("/calendar"));
  const auto by_heart = site.reply_to(get("/calendar"));
  CHECK(next.header("date") == "Tue, 14 Nov 2023 22:13:21 GMT");
  CHECK(by_heart.head == next.head);
  CHECK(without_date(next.head) == without_date(first.head));
  CHECK(site.asked() == 2);
}

TEST_CASE("conditions are kept apart in replies that stand") {
  Site site;
  struct Row {
    const char* more;
    unsigned status;
    const char* etag;
  };
  const Row rows[] = {
      {"", 200, "\"plain1\""},
      {"Accept-Encoding: gzip\r\n", 200, "\"packed1\""},
      {"Accept-Encoding: gzip;q=0\r\n", 200, "\"plain1\""},
      {"Accept-Encoding: identity;q=0.5, gzip\r\n", 200, "\"packed1\""},
      {"Accept-Encoding: br\r\n", 200, "\"plain1\""},
      {"If-None-Match: \"plain1\"\r\n", 304, "\"plain1\""},
      {"If-None-Match: \"old\", W/\"plain1\"\r\n", 304, "\"plain1\""},
      {"If-None-Match: *\r\n", 304, "\"plain1\""},
      {"If-None-Match: \"plain1\"\r\nAccept-Encoding: gzip\r\n", 200, "\"packed1\""},
      {"If-None-Match: \"packed1\"\r\nAccept-Encoding: gzip\r\n", 304, "\"packed1\""},
      {"If-None-Match: \"old\"\r\nIf-None-Match: \"plain1\"\r\n", 304, "\"plain1\""},
      {"If-None-Match: \"old\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 200, "\"plain1\""},
      {"If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 304, "\"plain1\""},
      {"If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT\r\n", 200, "\"plain1\""},
  };
  // The second time round all of them stand.
  for (int round = 0; round < 2; ++round) {
    for (const auto& row : rows) {
      CAPTURE(round, row.more);
      const bool packed = std::string_view(row.etag) == "\"packed1\"";
      const auto reply = site.reply_to(get("/calendar", row.more));
      CHECK(reply.status == row.status);
      CHECK(reply.header("etag") == row.etag);
      CHECK(reply.header("content-encoding") == (packed ? "gzip" : ""));
      CHECK(reply.body == (row.status == 200 ? site.text() : std::string()));
    }
  }
}

TEST_CASE("HEAD is answered from a reply that stands and makes none stand") {
  Site site;
  const auto head = site.reply_to("HEAD /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto whole = site.reply_to(get("/calendar"));
  const auto again = site.reply_to("HEAD /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(head.head == whole.head);
  CHECK(again.head == whole.head);
  CHECK(whole.body == site.text());
  CHECK(site.asked() == 1);
}

TEST_CASE("a reply that stands is given only past the gate") {
  Site site;
  site.learn();
  struct Row {
    const char* request;
    unsigned status;
  };
  const Row rows[] = {
      {"GET /calendar HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
      {"GET http://evil.example/calendar HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
      {"GET http://127.0.0.1/calendar HTTP/1.1\r\nHost: localhost\r\n\r\n", 421},
      {"GET /calendar HTTP/1.1\r\n\r\n", 400},
      {"GET /calendar HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400},
      {"GET /calendar HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx", 400},
      {"GET /calendar HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
      {"GET /calendar HTTP/1.1\r\nHost: localhost\r\nX_Y: 1\r\n\r\n", 400},
      {"GET /calendar HTTP/1.1\r\nHost: localhost\r\nExpect: magic\r\n\r\n", 417},
      {"GET /calendar HTTP/2.0\r\nHost: localhost\r\n\r\n", 505},
      {"GET /calendar HTTP/1.1\nHost: localhost\n\n", 400},
      {"GET /calendar HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400},
      {"TRACE /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"DELETE /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"get /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n", 501},
  };
  for (const auto& row : rows) {
    CAPTURE(row.request);
    CHECK(site.reply_to(row.request).status == row.status);
  }
  CHECK(site.asked() == 1);
  CHECK(site.reply_to("GET http://localhost/calendar HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200);
  CHECK(site.asked() == 1);
}

TEST_CASE("requests that are answered by heart count against the rate limit") {
  auto settings = Site::quiet();
  settings.rate_loopback = true;
  settings.limits.requests_per_minute = 5;
  Site site(std::move(settings));
  RawClient client(site.port());
  std::vector<unsigned> statuses;
  for (int i = 0; i < 7; ++i) {
    client.send(get("/calendar"));
    statuses.push_back(client.read_reply()->status);
  }
  CHECK(statuses == std::vector<unsigned>{200, 200, 200, 200, 200, 429, 429});
  CHECK(site.asked() == 1);
}

TEST_CASE("our proxy's clients are counted each for itself when answered by heart") {
  auto settings = Site::quiet();
  settings.trusted_proxy = "127.0.0.1";
  settings.limits.requests_per_minute = 3;
  Site site(std::move(settings));
  const auto from = [&](const std::string& client) {
    return site.reply_to(get("/calendar", "X-Forwarded-For: " + client + "\r\n")).status;
  };
  for (int i = 0; i < 3; ++i) CHECK(from("192.0.2.1") == 200);
  CHECK(from("192.0.2.1") == 429);
  CHECK(from("198.51.100.9, 192.0.2.1") == 429);
  CHECK(from("192.0.2.2") == 200);
  for (int i = 0; i < 5; ++i) CHECK(site.reply_to(get("/calendar")).status == 200);  // names nobody
  CHECK(site.asked() == 1);
}

TEST_CASE("a reply to who showed a token never stands for others") {
  Site site;
  CHECK(site.reply_to(get("/guarded", "Authorization: Bearer reads\r\n")).status == 200);
  CHECK(site.reply_to(get("/guarded")).status == 401);
  CHECK(site.reply_to(get("/guarded", "Authorization: Bearer reads\r\n")).status == 200);
  CHECK(site.asked() == 2);
}

TEST_CASE("a reply to POST never stands for GET") {
  Site site;
  CHECK(site.reply_to(post("/calendar", "x")).status == 200);
  CHECK(site.asked() == 1);
  site.learn();
  CHECK(site.reply_to(post("/calendar", "x")).status == 200);
  CHECK(site.asked() == 3);
}

TEST_CASE("the connection is kept or closed as asked when a reply is given by heart") {
  Site site;
  site.learn();
  RawClient kept(site.port());
  for (int i = 0; i < 3; ++i) {
    kept.send(get("/calendar"));
    const auto reply = kept.read_reply();
    REQUIRE(reply);
    CHECK(reply->header("connection").empty());
  }
  kept.send(get("/calendar", "Connection: close\r\n"));
  CHECK(kept.read_reply()->header("connection") == "close");
  CHECK(kept.read_some(1).empty());
  RawClient old(site.port());
  old.send("GET /calendar HTTP/1.0\r\nHost: localhost\r\n\r\n");
  const auto reply = old.read_reply();
  REQUIRE(reply);
  CHECK(reply->header("connection") == "close");
  CHECK(reply->body == site.text());
  CHECK(old.read_some(1).empty());
  CHECK(site.asked() == 1);
}

TEST_CASE("pipelined requests are answered in order whether a reply stands or not") {
  Site site;
  site.learn();
  std::string requests;
  for (int i = 0; i < 60; ++i) {
    requests += get("/calendar");
    requests += get("/hello?name=" + std::to_string(i));
    requests += get("/calendar", "If-None-Match: \"plain1\"\r\n");
  }
  // Cut at odd places, too.
  for (const std::size_t step : {requests.size(), std::size_t{97}}) {
    RawClient client(site.port());
    std::thread sending([&] {
      for (std::size_t at = 0; at < requests.size(); at += step) client.send(requests.substr(at, step));
    });
    for (int i = 0; i < 60; ++i) {
      REQUIRE(client.read_reply()->body == site.text());
      REQUIRE(client.read_reply()->body == "hello " + std::to_string(i));
      REQUIRE(client.read_reply()->status == 304);
    }
    sending.join();
  }
}

TEST_CASE("a long reply that stands arrives whole at a slow reader in pieces") {
  Site site(Site::quiet(), 10'007, 2'500);  // 25 MB, far beyond the sockets' buffers
  site.learn();
  const auto text = site.text();
  RawClient slow(site.port(), 4096);
  slow.send(get("/calendar") + get("/hello") + get("/calendar", "Connection: close\r\n"));
  // Meanwhile others are served.
  for (int i = 0; i < 3; ++i) CHECK(site.reply_to(get("/hello")).body == "hello world");
  for (int i = 0; i < 10; ++i) CHECK(site.reply_to(get("/calendar", "If-None-Match: *\r\n")).status == 304);
  CHECK(slow.read_reply()->body == text);
  CHECK(slow.read_reply()->body == "hello world");
  CHECK(slow.read_reply()->body == text);
}

TEST_CASE("a slow reader gets the version it asked for though another is published meanwhile") {
  Site site(Site::quiet(), 10'007, 1'000);
  site.learn();
  const auto before = site.text();
  RawClient slow(site.port(), 4096);
  slow.send(get("/calendar"));
  REQUIRE(slow.has_news(std::chrono::seconds(10)));
  site.change();
  CHECK(site.reply_to(get("/calendar")).body == site.text());
  CHECK(slow.read_reply()->body == before);
}

TEST_CASE("a client that vanishes in the middle of a reply that stands harms nobody") {
  Site site(Site::quiet(), 10'007, 1'000);
  site.learn();
  for (int i = 0; i < 20; ++i) {
    RawClient client(site.port(), 4096);
    client.send(get("/calendar"));
    if (i % 2 == 0) client.read_some(1000);
    client.vanish();
  }
  CHECK(site.reply_to(get("/calendar")).body == site.text());
}

TEST_CASE("the handler is asked again when nobody keeps the bytes any more") {
  Site site;
  site.learn();
  site.forget();
  CHECK(site.reply_to(get("/calendar", "If-None-Match: \"plain1\"\r\n")).status == 304);
  CHECK(site.reply_to("HEAD /calendar HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200);
  const int asked = site.asked();
  CHECK(site.reply_to(get("/calendar")).body == site.text());
  CHECK(site.asked() == asked + 1);
  CHECK(site.reply_to(get("/calendar")).body == site.text());
  CHECK(site.asked() == asked + 1);
}

TEST_CASE("a reply that stands carries the headers that keep browsers safe") {
  auto settings = Site::quiet();
  settings.base_url = "https://plans.example";
  Site site(std::move(settings));
  site.learn();
  const auto reply = site.reply_to(get("/calendar"));
  CHECK(site.asked() == 1);
  CHECK(reply.header("strict-transport-security") == "max-age=31536000; includeSubDomains");
  CHECK(reply.header("x-content-type-options") == "nosniff");
  CHECK(reply.header("referrer-policy") == "no-referrer");
  CHECK(reply.header("cache-control") == "no-store");
  CHECK(reply.header("content-length") == "15");
}

TEST_CASE("no more addresses are known by heart than the limit") {
  StandingReplies replies;
  auto standing = std::make_shared<Standing>();
  standing->etag = "\"e\"";
  standing->stands = [](Instant) { return true; };
  Reply reply;
  reply.set("ETag", "\"e\"");
  reply.pieces = std::make_shared<const Rope>("body");
  reply.standing = standing;
  const Request request;
  const auto known = [&](std::size_t i) {
    return replies.find("/" + std::to_string(i), Conditions(), Instant()) != nullptr;
  };
  for (std::size_t i = 0; i < StandingReplies::most_addresses; ++i)
    replies.keep("/" + std::to_string(i), request, reply, HeaderPolicy(), Instant());
  CHECK(replies.size() == StandingReplies::most_addresses);
  CHECK(known(0));
  replies.keep("/one more", request, reply, HeaderPolicy(), Instant());
  CHECK(replies.size() == StandingReplies::most_addresses);
  CHECK(known(0));        // asked for a moment ago
  CHECK_FALSE(known(1));  // the one that was not for longest
  CHECK(known(2));
}

TEST_CASE("what a handler does not stand by is not given again") {
  StandingReplies replies;
  auto standing = std::make_shared<Standing>();
  standing->etag = "\"e\"";
  bool stands = true;
  standing->stands = [&](Instant) { return stands; };
  Reply reply;
  reply.set("ETag", "\"e\"");
  reply.pieces = std::make_shared<const Rope>("body");
  const Request request;
  const auto kept = [&](const Reply& given) {
    replies.keep("/", request, given, HeaderPolicy(), Instant());
    return replies.find("/", Conditions(), Instant()) != nullptr;
  };
  CHECK_FALSE(kept(reply));  // says nothing of standing
  reply.standing = standing;
  stands = false;
  CHECK_FALSE(kept(reply));
  stands = true;
  auto other = reply;
  other.set("ETag", "\"other\"");
  CHECK_FALSE(kept(other));
  other = reply;
  other.status = 404;
  CHECK_FALSE(kept(other));
  other = reply;
  other.pieces = nullptr;
  other.length = 4;
  CHECK_FALSE(kept(other));
  CHECK(kept(reply));
  stands = false;
  CHECK(replies.find("/", Conditions(), Instant()) == nullptr);
}

}  // namespace convoke::web
